import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, HttpMethod } from 'aws-cdk-lib/aws-lambda';
import {
  AppFunction,
  ColdStart,
  ServerlessApp,
  Sharding,
  Trigger,
  UrlFunctionOptions,
} from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { identityStatements } from '../support/policies';
import { templatesOf } from '../support/shards';
import { all, HANDLERS, ids, only, quickApp, quickCdkApp, templateOf } from '../support/synth';
import { findCycle } from '../support/template-graph';
import { sinceCdk } from '../support/since-cdk';

const URL = 'AWS::Lambda::Url';
const PERMISSION = 'AWS::Lambda::Permission';

function withUrl(options: UrlFunctionOptions = {}): { fn: AppFunction; stack: Stack } {
  const { app, stack } = quickApp();
  return { fn: app.onFunctionUrl('ok.ts', options), stack };
}

const open = { authType: FunctionUrlAuthType.NONE };
const provisioned = { coldStart: ColdStart.provisioned({ min: 1 }) };

describe('a function URL', () => {
  test.each(['ca-west-1', 'us-gov-west-1', 'cn-northwest-1'])(
    'is refused in %s, which has none',
    (region) => {
      const stack = new Stack(quickCdkApp(), 'Test', { env: { account: '111111111111', region } });
      const app = new ServerlessApp(stack, 'App', { root: HANDLERS });

      expect(() => app.onFunctionUrl('ok.ts')).toThrow(
        `must have a function URL only in a region where CloudFormation supports AWS::Lambda::Url, got one in ${region}: use \`onRequest\``,
      );
    },
  );

  test('is for signed requests of who may invoke it, and nobody may at first', () => {
    const { stack } = withUrl();

    expect(only(stack, URL)).toEqual({
      AuthType: 'AWS_IAM',
      InvokeMode: 'BUFFERED',
      TargetFunctionArn: { 'Fn::GetAtt': [expect.stringMatching(/^AppOkFunction/), 'Arn'] },
    });
    expect(ids(stack, PERMISSION)).toEqual([]);
  });

  test('lets a principal call it by both permissions', () => {
    const { fn, stack } = withUrl();
    const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    fn.functionUrl.grantInvokeUrl(role);

    const granted = identityStatements(stack).filter(({ owner }) => owner.startsWith('Caller'));
    expect(granted.map(({ actions, condition }) => [actions, condition])).toEqual([
      [['lambda:InvokeFunctionUrl'], { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }],
      [['lambda:InvokeFunction'], { Bool: { 'lambda:InvokedViaFunctionUrl': true } }],
    ]);
  });

  test('is open to everybody by both permissions, which hold for the URL only', () => {
    const { stack } = withUrl(open);

    expect(only(stack, URL)).toMatchObject({ AuthType: 'NONE' });
    expect(all(stack, PERMISSION)).toMatchObject([
      { Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' },
      { Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true },
    ]);
  });

  test('belongs to the alias of a function that has one, with its permissions', () => {
    const { stack } = withUrl({ ...open, ...provisioned });

    expect(only(stack, URL)).toMatchObject({ Qualifier: 'live' });
    for (const { FunctionName } of all(stack, PERMISSION)) {
      expect(FunctionName).toEqual({ Ref: expect.stringMatching(/^AppOkLive/) as string });
    }
  });

  test('streams on request', () => {
    expect(only(withUrl({ stream: true }).stack, URL)).toMatchObject({
      InvokeMode: 'RESPONSE_STREAM',
    });
  });

  test('may be called by pages of other origins on request', () => {
    const { stack } = withUrl({
      cors: {
        allowedOrigins: ['https://example.com'],
        allowedMethods: [HttpMethod.GET],
        maxAge: Duration.hours(1),
      },
    });

    expect(only(stack, URL)).toMatchObject({
      Cors: { AllowOrigins: ['https://example.com'], AllowMethods: ['GET'], MaxAge: 3600 },
    });
  });

  test.each([
    [Duration.days(1), undefined],
    [Duration.seconds(86_401), '`functions.Ok.cors.maxAge`'],
  ])('takes a `maxAge` of %s up to a day', (maxAge, error) => {
    const make = (): unknown => withUrl({ cors: { maxAge } });

    if (error === undefined) {
      expect(make).not.toThrow();
    } else {
      expect(make).toThrow(error);
    }
  });

  test.each(['allowedHeaders', 'allowedMethods', 'allowedOrigins', 'exposedHeaders'])(
    'refuses an empty list of `%s`, as Lambda does',
    (name) => {
      const error = `\`functions.Ok.cors.${name}.length\` must be`;

      expect(() => withUrl({ cors: { [name]: [] } })).toThrow(error);
      expect(() => withUrl({ cors: { [name]: undefined } })).not.toThrow();
    },
  );

  sinceCdk('2.276.0')('is behind CloudFront with both permissions for that distribution', () => {
    const { fn, stack } = withUrl(provisioned);
    new cloudfront.Distribution(stack, 'Cdn', {
      defaultBehavior: { origin: FunctionUrlOrigin.withOriginAccessControl(fn.functionUrl) },
    });

    const url = { 'Fn::GetAtt': [expect.stringMatching(/^AppOkUrl/), 'FunctionArn'] };
    expect(all(stack, PERMISSION)).toMatchObject([
      {
        Action: 'lambda:InvokeFunctionUrl',
        FunctionName: url,
        Principal: 'cloudfront.amazonaws.com',
      },
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: url,
        Principal: 'cloudfront.amazonaws.com',
        InvokedViaFunctionUrl: true,
      },
    ]);
    for (const { SourceArn } of all(stack, PERMISSION)) {
      expect(JSON.stringify(SourceArn)).toMatch(/distribution\/",\{"Ref":"Cdn/);
    }
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('may take 15 minutes, and takes 10 seconds unless told otherwise', () => {
    const { app, stack } = quickApp();
    app.onFunctionUrl('ok.ts', { timeout: Duration.minutes(15) });
    app.onFunctionUrl('other.ts');

    expect(all(stack, 'AWS::Lambda::Function').map(({ Timeout }) => Timeout)).toEqual([900, 10]);
    expect(app.findings().filter(({ id }) => id.endsWith('http-timeout'))).toEqual([]);
  });

  test('is in the model', () => {
    const { fn } = withUrl({ ...open, stream: true });

    expect(AppContext.of(fn).model.functions[0]?.triggers).toEqual([
      {
        kind: 'functionUrl',
        invocation: 'synchronous',
        source: 'Test/App/Ok/Url',
        details: { authorization: 'NONE', stream: true },
      },
    ]);
  });

  test('has an alarm on its answers', () => {
    const { app } = quickApp({ notify: ['ops@example.com'] });
    app.onFunctionUrl('ok.ts');
    const alarm = app.tryGetAlarm('OkUrlErrors');

    expect(alarm?.node.path).toBe('Test/App/Ok/UrlErrorsAlarm');
    expect(JSON.stringify(Stack.of(app).resolve(alarm?.metric))).toMatch(
      /Url5xxCount.*UrlRequestCount/,
    );
  });

  test('is one of a function’s triggers', () => {
    const { app, stack } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts').addTrigger(Trigger.functionUrl());

    expect(fn.functionUrl.node.path).toBe('Test/App/Ok/Url');
    expect(ids(stack, URL)).toHaveLength(1);
  });

  test('stays in the shard of its function', () => {
    const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(2) });
    app.onFunctionUrl('ok.ts', open);
    app.onFunctionUrl('other.ts', open);

    for (const template of Object.values(templatesOf(stack))) {
      expect(findCycle(template)).toBeUndefined();
    }
    expect(ids(stack, URL)).toEqual([]);
  });

  test('fails twice', () => {
    const { fn } = withUrl();

    expect(() => fn.addTrigger(Trigger.functionUrl())).toThrow(
      '`functions.Ok.triggers` must have only one function URL',
    );
  });

  test('fails with tenant isolation', () => {
    expect(() => withUrl({ tenancyConfig: { tenancyConfigProperty: {} } as never })).toThrow(
      'tenan',
    );
  });

  test('cannot be read where there is none', () => {
    const { app } = quickApp();
    const fn = app.addFunction('F', { entry: 'ok.ts' });

    expect(() => fn.functionUrl).toThrow(
      '`functions.F.triggers` must have a function URL if `functionUrl` is read',
    );
  });
});

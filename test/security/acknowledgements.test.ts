/** @own-modules cdk-nag looks for the newest release in `Runtime.ALL`, to which other files add releases that do not exist. */
// Everything that the library acknowledges, by resource and rule. Another one makes these fail.
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';
import { IConstruct } from 'constructs';
import { nagFindings } from '../support/nag';
import { everything, IN_BOTH_STAGES, referenceApp } from '../support/secured-apps';
import { HANDLERS, quickApp, quickCdkApp, templateOf } from '../support/synth';

const FUNCTIONS = [
  'CloseDay',
  'CreateOrder',
  'GetOrder',
  'ImportOrders',
  'ListOrders',
  'ProjectOrder',
];
const KEY = 'aws:cdk:acknowledged-rules';

/** What was acknowledged below a construct, by path. */
function acknowledged(root: IConstruct): Record<string, Record<string, string>> {
  const entries = root.node.findAll().flatMap(({ node }) => {
    const rules = node.metadata
      .filter(({ type }) => type === KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>));
    return rules.length === 0 ? [] : [[node.path, Object.fromEntries(rules)] as const];
  });
  return Object.fromEntries(entries);
}

/** The same without what differs by name, as lines. */
function lines(root: IConstruct): string[] {
  return Object.entries(acknowledged(root))
    .flatMap(([path, rules]) => Object.keys(rules).map((rule) => `${path}: ${nameless(rule)}`))
    .sort();
}

/** A rule without prefix, where logical ids and names of buckets are left out. */
function nameless(rule: string): string {
  return rule
    .replace(/^Annotation::/i, '')
    .replace(/<[A-Za-z0-9]+\.Arn>/g, '<Arn>')
    .replace(/s3:::[^{]*\{.*\}\]\}\]\}\]\}/, 's3:::<name>');
}

function synthesized(make: (cdk: App) => Stack): Stack {
  const cdk = quickCdkApp();
  const stack = make(cdk);
  cdk.synth();
  return stack;
}

test('the reference app acknowledges exactly these', () => {
  const stack = synthesized((cdk) => referenceApp(cdk, AppStage.PRODUCTION));

  expect(lines(stack)).toEqual(
    [
      ...FUNCTIONS.flatMap((id) => [
        `Reference/Orders/${id}/Function/Resource: Serverless-LambdaDLQ`,
        `Reference/Orders/${id}/Function/Resource: Serverless-LambdaTracing`,
        ...(id === 'ImportOrders'
          ? [
              'Reference/Orders/ImportOrders/Role/Resource: AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<name>/*]',
            ]
          : []),
        ...(id === 'ProjectOrder'
          ? [
              'Reference/Orders/ProjectOrder/Role/Resource: AwsSolutions-IAM5[Resource::<Arn>/aws/lambda/*]',
            ]
          : []),
      ]),
      'Reference/Orders/FailureQueue/Resource: AwsSolutions-SQS3',
      'Reference/Orders/FailureQueue/Resource: Serverless-SQSRedrivePolicy',
      'Reference/Orders/FailureRule/Resource: Serverless-EventBusDLQ',
    ].sort(),
  );
});

test('in development it also acknowledges missing access logs of its buckets', () => {
  const [production, development] = [AppStage.PRODUCTION, AppStage.DEVELOPMENT].map((stage) =>
    lines(synthesized((cdk) => referenceApp(cdk, stage))),
  );

  expect(development?.filter((line) => production?.includes(line) === false)).toEqual([
    'Reference/Orders/FailureBucket/Resource: AwsSolutions-S1',
    'Reference/Orders/Uploads/Resource: AwsSolutions-S1',
  ]);
});

test('an app with everything acknowledges exactly these of its roles', () => {
  const stack = synthesized((cdk) => everything(cdk, AppStage.PRODUCTION));

  expect(lines(stack).filter((line) => line.includes('Role/'))).toEqual([
    'Everything/App/CodeDeployRole/DefaultPolicy/Resource: AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudwatch:eu-west-1:111111111111:alarm:*]',
    'Everything/App/Everything/Role/Resource: AwsSolutions-IAM5[Resource::*]',
    'Everything/App/Everything/Role/Resource: AwsSolutions-IAM5[Resource::<Arn>/aws/lambda/*]',
    'Everything/App/Everything/Role/Resource: AwsSolutions-IAM5[Resource::<Arn>/index/*]',
    'Everything/App/Everything/Role/Resource: AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<name>/*]',
    'Everything/App/Everything/Role/Resource: AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::theirs/*]',
    'Everything/App/Everything/Role/Resource: AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:eu-west-1:111111111111:parameter/shop/*]',
    'Everything/App/Everything/Role/Resource: Serverless-LambdaStarPermissions',
    'Everything/App/SmokeTest/Role/Resource: AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda:eu-west-1:111111111111:function:<AppEverythingFunction1D734D55>:*]',
  ]);
});

test.each(IN_BOTH_STAGES)('%s: each is attached to a resource, with a reason', (_, make) => {
  const stack = synthesized(make);
  const all = acknowledged(stack);

  const ofLibrary = Object.entries(all).filter(
    ([, rules]) => !Object.keys(rules).some((rule) => /APIG1|APIG4|COG|-SF1/.test(rule)), // the examples' own
  );

  expect(ofLibrary.filter(([path]) => !path.endsWith('/Resource'))).toEqual([]);
  const reasons = ofLibrary.flatMap(([, rules]) => Object.values(rules));
  expect(reasons.filter((reason) => reason.length < 40)).toEqual([]);
});

test('the template contains none of them', () => {
  const stack = synthesized((cdk) => referenceApp(cdk, AppStage.PRODUCTION));
  const other = synthesized((cdk) =>
    referenceApp(cdk, AppStage.PRODUCTION, { acknowledgements: false }),
  );

  expect(templateOf(stack)).toEqual(templateOf(other));
});

test('their form is the CDK’s own', () => {
  const stack = synthesized((cdk) => referenceApp(cdk, AppStage.PRODUCTION));
  const ours = acknowledged(stack)['Reference/Orders/FailureRule/Resource'];
  const theirs = new Stack(quickCdkApp(), 'Theirs');

  const [rule] = Object.entries(ours ?? {});
  const [id = '', reason = ''] = rule ?? [];
  Validations.of(theirs).acknowledge({ id: id.replace(/^Annotation::/i, ''), reason });

  expect(Validations.ACKNOWLEDGED_RULES_METADATA_KEY).toBe(KEY);
  expect(acknowledged(theirs)).toEqual({ Theirs: ours });
});

test('a second synthesis adds nothing', () => {
  const cdk = quickCdkApp();
  const stack = referenceApp(cdk, AppStage.PRODUCTION);
  const count = (): number =>
    stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === KEY))
      .length;
  cdk.synth();
  const once = count();

  cdk.synth({ force: true });

  expect(count()).toBe(once);
});

test('`acknowledgements: false` writes none', () => {
  const stack = synthesized((cdk) =>
    referenceApp(cdk, AppStage.DEVELOPMENT, { acknowledgements: false }),
  );

  expect(acknowledged(stack)).toEqual({});
});

describe('findings of the user’s own are not acknowledged', () => {
  const found = (declare: (app: ServerlessApp, stack: Stack) => void): string[] => {
    const cdk = quickCdkApp();
    const stack = new Stack(cdk, 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });
    declare(app, stack);
    cdk.synth();
    return nagFindings(cdk);
  };
  const ROLE = 'Test/App/Ok/Role/Resource';
  const star = (...actions: string[]): iam.PolicyStatement =>
    new iam.PolicyStatement({ actions, resources: ['*'] });

  test('a statement on `*`, beside none of ours', () => {
    expect(
      found((app) => {
        app.addFunction('Ok', { entry: 'ok.ts' }).function.addToRolePolicy(star('s3:GetObject'));
      }),
    ).toEqual([
      `error AwsSolutions-IAM5[Resource::*] ${ROLE}`,
      `warning Serverless-LambdaStarPermissions ${ROLE}`,
    ]);
  });

  test.each([
    ['on `*`', star('s3:GetObject')],
    ['of all actions', new iam.PolicyStatement({ actions: ['*'], resources: ['arn:aws:s3:::a'] })],
  ])('a statement %s, beside one of ours on `*`', (_, statement) => {
    const findings = found((app) => {
      const fn = app.addFunction('Ok', { entry: 'ok.ts', tracing: lambda.Tracing.ACTIVE });
      fn.function.addToRolePolicy(statement);
    });

    expect(findings).toContain(`error AwsSolutions-IAM5[Resource::*] ${ROLE}`);
    expect(findings).toContain(`warning Serverless-LambdaStarPermissions ${ROLE}`);
  });

  test('a grant of the CDK, which has wildcards in its actions', () => {
    expect(
      found((app) => {
        app.addBucket('Files').grantRead(app.addFunction('Ok', { entry: 'ok.ts' }));
      }).filter((finding) => finding.includes('Action::')),
    ).toEqual([
      `error AwsSolutions-IAM5[Action::s3:GetBucket*] ${ROLE}`,
      `error AwsSolutions-IAM5[Action::s3:GetObject*] ${ROLE}`,
      `error AwsSolutions-IAM5[Action::s3:List*] ${ROLE}`,
    ]);
  });

  test('the objects of a bucket that the user grants', () => {
    expect(
      found((app) => {
        app.addBucket('Files').grantPut(app.addFunction('Ok', { entry: 'ok.ts' }));
      }).filter((finding) => finding.includes('Resource::')),
    ).toHaveLength(1);
  });

  test('a function that the user created beside the app’s', () => {
    expect(
      found((app) => {
        app.addFunction('Ok', { entry: 'ok.ts' });
        const code = lambda.Code.fromInline('exports.handler = async () => 1;');
        const runtime = lambda.Runtime.NODEJS_24_X;
        new lambda.Function(app, 'Theirs', { code, runtime, handler: 'index.handler' });
      }),
    ).toContain('warning Serverless-LambdaTracing Test/App/Theirs/Resource');
  });

  test('`serverAccessLogs: false`', () => {
    const cdk = quickCdkApp();
    referenceApp(cdk, AppStage.DEVELOPMENT, { serverAccessLogs: false });
    cdk.synth();

    expect(nagFindings(cdk)).toEqual([
      'error AwsSolutions-S1 Reference/Orders/FailureBucket/Resource',
      'error AwsSolutions-S1 Reference/Orders/Uploads/Resource',
    ]);
  });
});

test('a resource that follows the rule needs no acknowledgement', () => {
  const { app, stack } = quickApp();
  const { function: fn } = app.addFunction('Ok', {
    entry: 'ok.ts',
    tracing: lambda.Tracing.ACTIVE,
  });
  const resource = fn.node.defaultChild as lambda.CfnFunction;
  resource.deadLetterConfig = { targetArn: new sqs.Queue(stack, 'Dead').queueArn };
  templateOf(stack);

  expect(acknowledged(fn)).toEqual({});
});

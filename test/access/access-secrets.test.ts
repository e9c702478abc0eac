// `Access.secret`, `parameter`, `send` and `publish`: grants, keys, variables.
import { Lazy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Access, AccessOptions, IAccess, ServerlessApp } from 'cdk-serverless-app';
import { statementsOf } from '../support/policies';
import { HANDLERS, only, quickApp, quickCdkApp, resources } from '../support/synth';
import { AppContext } from '../../lib/core/app-context';
import { sinceCdk } from '../support/since-cdk';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret';

/** What a function is granted beside its log, by the access, as `action on resource`. */
function granted(give: (stack: Stack) => IAccess): { grants: string[]; stack: Stack } {
  const { app, stack } = quickApp();
  app.onRequest('GET /', 'ok.ts', { access: [give(stack)] });
  const grants = statementsOf(stack, 'AppOkRole')
    .filter(({ actions }) => !actions.includes('logs:PutLogEvents'))
    .map(({ actions, resources: on }) => `${actions.join(' ')} on ${on.join(' ')}`);
  return { grants, stack };
}

function variables(stack: Stack): Record<string, unknown> {
  const { Environment } = only(stack, 'AWS::Lambda::Function');
  return (Environment as { Variables: Record<string, unknown> }).Variables;
}

type Kind = 'Secret' | 'Parameter' | 'Queue' | 'Topic';

const MADE: Record<Kind, (stack: Stack, options?: AccessOptions, key?: kms.IKey) => IAccess> = {
  Secret: (stack, options, encryptionKey) =>
    Access.secret(new secretsmanager.Secret(stack, 'Db', { encryptionKey }), options),
  Parameter: (stack, options) =>
    Access.parameter(new ssm.StringParameter(stack, 'Limit', { stringValue: '7' }), options),
  Queue: (stack, options, encryptionMasterKey) =>
    Access.send(new sqs.Queue(stack, 'Jobs', { encryptionMasterKey }), options),
  Topic: (stack, options, masterKey) =>
    Access.publish(new sns.Topic(stack, 'News', { masterKey }), options),
};

describe.each<[Kind, string, RegExp, string, unknown]>([
  [
    'Secret',
    'secretsmanager:DescribeSecret secretsmanager:GetSecretValue',
    /^\{"Ref":"Db[0-9A-F]{8}"\}$/,
    'DB_SECRET_ARN',
    { Ref: expect.stringMatching(/^Db/) as unknown },
  ],
  [
    'Parameter',
    'ssm:GetParameter ssm:GetParameters',
    /:parameter\/",\{"Ref":"Limit[0-9A-F]{8}"\}\]\]\}$/,
    'LIMIT_PARAMETER_NAME',
    { Ref: expect.stringMatching(/^Limit/) as unknown },
  ],
  [
    'Queue',
    'sqs:SendMessage',
    /^\{"Fn::GetAtt":\["Jobs[0-9A-F]{8}","Arn"\]\}$/,
    'JOBS_QUEUE_URL',
    { Ref: expect.stringMatching(/^Jobs/) as unknown },
  ],
  [
    'Topic',
    'sns:Publish',
    /^\{"Ref":"News[0-9A-F]{8}"\}$/,
    'NEWS_TOPIC_ARN',
    { Ref: expect.stringMatching(/^News/) as unknown },
  ],
])('%s', (kind, actions, resource, variable, value) => {
  test('is granted with exactly these actions on exactly this resource', () => {
    const { grants } = granted((stack) => MADE[kind](stack));

    expect(grants).toHaveLength(1);
    const [action, on] = (grants[0] ?? '').split(' on ');
    expect(action).toBe(actions);
    expect(on).toMatch(resource);
  });

  test('reaches the handler in a variable', () => {
    expect(variables(granted((stack) => MADE[kind](stack)).stack)).toEqual({ [variable]: value });
  });

  test('reaches the handler in a variable that the user names', () => {
    const { stack } = granted((scope) => MADE[kind](scope, { environmentVariable: 'MINE' }));

    expect(variables(stack)).toEqual({ MINE: value });
  });

  test('is in the app’s model', () => {
    const { app, stack } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts', { access: [MADE[kind](stack)] });

    expect(
      AppContext.of(app).model.functions.find(({ id }) => id === fn.node.id)?.access,
    ).toMatchObject([{ kind: kind.toLowerCase(), environmentVariable: variable }]);
  });

  test.each([undefined, null, 'mine', 7])('fails for %p', (nothing) => {
    const { app } = quickApp();
    const give = { Secret: 'secret', Parameter: 'parameter', Queue: 'send', Topic: 'publish' };
    const access = (Access as unknown as Record<string, (resource: unknown) => IAccess>)[
      give[kind]
    ];

    expect(() =>
      app.onRequest('GET /', 'ok.ts', { access: [access?.(nothing) as IAccess] }),
    ).toThrow(`\`functions.Ok.access\` must name a ${kind.toLowerCase()}, got`);
  });
});

describe('a key that encrypts it', () => {
  test.each<[Kind, string[]]>([
    ['Secret', ['kms:Decrypt']],
    ['Queue', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['Topic', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ])('%s is granted only the necessary actions', (kind, actions) => {
    const { stack } = granted((scope) =>
      MADE[kind](scope, {}, new kms.Key(scope, 'Key', { enableKeyRotation: true })),
    );

    const onKey = statementsOf(stack, 'AppOkRole').filter(({ resources: on }) =>
      on.some((resource) => resource.includes('"Key')),
    );
    expect(onKey.map((statement) => statement.actions.sort())).toEqual([actions]);
  });

  test('a secure parameter is granted if its name is known', () => {
    const { grants } = granted((stack) =>
      Access.parameter(
        ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Limit', {
          parameterName: '/limit',
          encryptionKey: kms.Key.fromKeyArn(
            stack,
            'Key',
            'arn:aws:kms:eu-west-1:111111111111:key/1',
          ),
        }),
      ),
    );

    expect(grants).toEqual([
      expect.stringMatching(/^ssm:GetParameter ssm:GetParameters on .*:parameter\/limit/),
      'kms:Decrypt on "arn:aws:kms:eu-west-1:111111111111:key/1"',
    ]);
  });
});

describe('an imported secret', () => {
  test.each<[string, (stack: Stack) => secretsmanager.ISecret, string]>([
    [
      'by its whole ARN is that one',
      (stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Db', `${ARN}:db-AbCdEf`),
      `"${ARN}:db-AbCdEf"`,
    ],
    [
      'by its ARN without the end has the six characters of AWS open',
      (stack) => secretsmanager.Secret.fromSecretPartialArn(stack, 'Db', `${ARN}:db`),
      `"${ARN}:db-??????"`,
    ],
    [
      'by its name has the six characters of AWS open',
      (stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Db', 'db'),
      ':secret:db-??????"]]}',
    ],
  ])('%s', (_, secret, resource) => {
    const { grants } = granted((stack) => Access.secret(secret(stack)));

    expect(grants.map((grant) => grant.split(' on ')[1])).toEqual([
      expect.stringContaining(resource),
    ]);
  });

  test('with a token as its name is not compared', () => {
    const name = Lazy.string({ produce: () => 'db' });

    const { grants } = granted((stack) =>
      Access.secret(secretsmanager.Secret.fromSecretNameV2(stack, 'Db', name)),
    );

    expect(grants.join()).toContain(':secret:db-??????');
  });
});

sinceCdk('2.276.0')('the policy of a queue in another account allows the function', () => {
  const cdk = quickCdkApp();
  const region = 'eu-west-1';
  const theirs = new Stack(cdk, 'Theirs', { env: { account: '222222222222', region } });
  const stack = new Stack(cdk, 'Test', { env: { account: '111111111111', region } });
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS });
  const queue = new sqs.Queue(theirs, 'Jobs', { queueName: 'jobs' });

  app.onRequest('GET /', 'ok.ts', { access: [Access.send(queue)] });

  const { RoleName } = only(stack, 'AWS::IAM::Role');
  expect(JSON.stringify(only(theirs, 'AWS::SQS::QueuePolicy'))).toContain(
    `:iam::111111111111:role/${String(RoleName)}`,
  );
});

test('the template contains no secret value', () => {
  const { stack } = granted((scope) =>
    Access.secret(new secretsmanager.Secret(scope, 'Db', { generateSecretString: {} })),
  );

  expect(JSON.stringify(resources(stack))).not.toContain('resolve:secretsmanager');
});

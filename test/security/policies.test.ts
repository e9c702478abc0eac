// Every policy of every example, of the reference app, and of an app with everything that makes a grant.
import { App } from 'aws-cdk-lib';
import { AnyStatement, resourcesIn, statementsIn, templatesIn } from '../support/assembly-policies';
import { IN_BOTH_STAGES } from '../support/secured-apps';
import { quickCdkApp } from '../support/synth';
import { findCycle } from '../support/template-graph';
import { sinceCdk } from '../support/since-cdk';

/** Actions for which AWS knows no resource, each with what needs it. */
const ON_EVERYTHING: Readonly<Record<string, string>> = {
  'cloudwatch:PutMetricData': '`Access.putMetrics`, whose condition names the namespace',
  'ec2:AssignPrivateIpAddresses': 'a function in a VPC',
  'ec2:CreateNetworkInterface': 'a function in a VPC',
  'ec2:DeleteNetworkInterface': 'a function in a VPC',
  'ec2:DescribeNetworkInterfaces': 'a function in a VPC',
  'ec2:DescribeSubnets': 'a function in a VPC',
  'ec2:UnassignPrivateIpAddresses': 'a function in a VPC',
  'xray:PutTelemetryRecords': '`tracing: Tracing.ACTIVE`',
  'xray:PutTraceSegments': '`tracing: Tracing.ACTIVE`',
};

/** In the policy of a key, where `*` is that key. */
const ON_THAT_KEY: Readonly<Record<string, string>> = {
  'kms:*':
    'AWS’ own statement for the account, without which nobody could administer the key or delete it',
  'kms:Decrypt': 'CloudWatch and AWS Budgets, which publish to the encrypted topic',
  'kms:GenerateDataKey': 'the same',
};
const isOfKey = ({ type }: AnyStatement): boolean => type === 'AWS::KMS::Key';
const isOfAccount = (statement: AnyStatement): boolean =>
  isOfKey(statement) &&
  statement.actions.join() === 'kms:*' &&
  /^\{"AWS":.*"AWS::AccountId".*":root"/.test(JSON.stringify(statement.principal));

/** Which resources with a wildcard which actions may name, each with the reason. */
/** CloudFront names the distribution, and so the account. */
function isOfOneDistribution({ principal, condition }: AnyStatement): boolean {
  return (
    principal?.Service === 'cloudfront.amazonaws.com' &&
    /:distribution\//.test(JSON.stringify(condition))
  );
}

const WILDCARDS: ReadonlyArray<readonly [resource: RegExp, actions: RegExp, reason: string]> = [
  [/[^:]\/\*"|"\/\*"/, /^s3:(GetObject|PutObject|DeleteObject|AbortMultipartUpload)$/, 'objects'],
  [
    /SiteBucket[0-9A-F]{8}","Arn"\]\},"\/\*"/,
    /^s3:ListBucket$/,
    'the CDK grants the actions of a site together, on the bucket and its objects',
  ],
  [/\/aws\/lambda\/\*"/, /^s3:PutObject$/, 'what Lambda writes of records that failed'],
  [/:parameter\/[^*]+\/\*"/, /^ssm:GetParameter(s|sByPath)?$/, 'the parameters below a path'],
  [/\/index\/\*"/, /^dynamodb:/, 'the indexes of one table'],
  [/\/@connections\/\*"/, /^execute-api:ManageConnections$/, 'the connections of one API'],
  [/:alarm:\*"/, /^cloudwatch:DescribeAlarms$/, 'CloudWatch asks for all alarms'],
  [
    /Function[0-9A-F]{8}","Arn"\]\},":\*"/,
    /^lambda:InvokeFunction$/,
    'the CDK’s grant to a task of a state machine',
  ],
  [/:function:.*:\*"/, /^lambda:InvokeFunction$/, 'the versions of one function, for its hook'],
];

/** What each service that takes on a role is held to. */
const TRUSTED: Readonly<Record<string, readonly string[]>> = {
  'apigateway.amazonaws.com': [],
  // Lambda sends neither; a role of another account cannot be passed to it.
  'lambda.amazonaws.com': [],
  'events.amazonaws.com': ['aws:SourceAccount', 'aws:SourceArn'],
  'scheduler.amazonaws.com': ['aws:SourceAccount', 'aws:SourceArn'],
  'codedeploy.amazonaws.com': ['aws:SourceAccount'],
  'states.amazonaws.com': ['aws:SourceAccount', 'aws:SourceArn'],
};

const keysOf = ({ condition = {} }: AnyStatement): string[] =>
  Object.values(condition).flatMap(Object.keys).sort();

/** SNS is held to the topics themselves, which may be in another account. */
const isOfTopics = (statement: AnyStatement): boolean =>
  statement.principal?.Service === 'sns.amazonaws.com' &&
  keysOf(statement).join() === 'aws:SourceArn' &&
  !JSON.stringify(statement.condition).includes('*');

describe.each(IN_BOTH_STAGES)('%s', (_, make) => {
  let cdk: App;
  let statements: AnyStatement[];
  let allowed: AnyStatement[];

  beforeAll(() => {
    cdk = quickCdkApp();
    make(cdk);
    statements = statementsIn(cdk);
    allowed = statements.filter(({ effect }) => effect === 'Allow');
  });

  test('has policies to check', () => {
    expect(allowed.length).toBeGreaterThan(4);
  });

  test('has no circular dependency', () => {
    expect(templatesIn(cdk).flatMap(({ template }) => findCycle(template) ?? [])).toEqual([]);
  });

  test('allows no action by a wildcard', () => {
    expect(
      allowed
        .filter((statement) => !isOfAccount(statement))
        .flatMap(({ where, actions }) =>
          actions.filter((action) => action.includes('*')).map((action) => `${where} ${action}`),
        ),
    ).toEqual([]);
  });

  test('allows on all resources only actions for which AWS knows none', () => {
    expect(
      allowed
        .filter(({ resources }) => resources.includes('"*"'))
        .flatMap((statement) =>
          statement.actions
            .filter((action) => !(action in (isOfKey(statement) ? ON_THAT_KEY : ON_EVERYTHING)))
            .map((action) => ({ where: statement.where, action })),
        ),
    ).toEqual([]);
  });

  test('has wildcards in resources only if AWS requires them', () => {
    const wild = allowed.flatMap(({ where, actions, resources }) =>
      resources
        .filter((resource) => resource !== '"*"' && resource.includes('*'))
        .flatMap((resource) => actions.map((action) => ({ where, resource, action }))),
    );

    expect(
      wild.filter(
        ({ resource, action }) =>
          !WILDCARDS.some(([form, actions]) => form.test(resource) && actions.test(action)),
      ),
    ).toEqual([]);
  });

  sinceCdk('2.276.0')(
    'has roles that trust one service, with a condition if the service supports one',
    () => {
      const trusts = statements.filter(({ where }) => where.endsWith('AssumeRolePolicyDocument'));
      const roles = resourcesIn(cdk).filter(({ Type }) => Type === 'AWS::IAM::Role');

      expect(trusts).toHaveLength(roles.length);
      for (const trust of trusts) {
        const { Service = '' } = trust.principal ?? {};
        expect([trust.actions, keysOf(trust)]).toEqual([
          ['sts:AssumeRole'],
          TRUSTED[String(Service)] ?? 'a service that is not listed',
        ]);
      }
    },
  );

  test('admits services only for this account or one source', () => {
    const toResources = allowed.filter(
      ({ where, principal }) =>
        principal !== undefined && !where.endsWith('AssumeRolePolicyDocument'),
    );

    expect(
      toResources.filter(
        (statement) =>
          !isOfAccount(statement) &&
          (statement.principal?.Service === undefined ||
            !(
              isOfTopics(statement) ||
              isOfOneDistribution(statement) ||
              keysOf(statement).includes('aws:SourceAccount')
            )),
      ),
    ).toEqual([]);
  });

  test('lets only one source run a function, or S3 of this account', () => {
    const permissions = resourcesIn(cdk).filter(({ Type }) => Type === 'AWS::Lambda::Permission');

    for (const {
      Properties: { SourceArn, SourceAccount, Principal, Action } = {},
    } of permissions) {
      expect([Action, SourceArn !== undefined]).toEqual(['lambda:InvokeFunction', true]);
      expect(Principal).toMatch(/^(apigateway|events|s3|sns)\.amazonaws\.com$/);
      expect(SourceAccount !== undefined).toBe(Principal === 's3.amazonaws.com');
    }
  });

  test.each([
    ['buckets', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 's3:*'],
    ['queues', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'sqs:*'],
  ])('has %s that refuse requests without TLS', (_name, type, policyType, action) => {
    const made = resourcesIn(cdk).filter(({ Type }) => Type === type);
    const denials = statements.filter((one) => one.type === policyType && one.effect === 'Deny');

    expect(denials).toHaveLength(made.length);
    for (const { actions, condition, principal } of denials) {
      expect({ actions, condition, principal }).toEqual({
        actions: [action],
        condition: { Bool: { 'aws:SecureTransport': 'false' } },
        principal: { AWS: '*' },
      });
    }
  });

  test('has buckets without public access', () => {
    for (const { Type, Properties } of resourcesIn(cdk)) {
      if (Type === 'AWS::S3::Bucket') {
        expect(Properties).toMatchObject({
          BucketEncryption: expect.anything() as unknown,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        });
      }
    }
  });

  test('gives its handlers names, ARNs and addresses, but no secret', () => {
    const variables = resourcesIn(cdk)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .flatMap(({ Properties: { Environment } = {} }) => {
        const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
        return Object.entries(Variables);
      });

    expect(
      variables.filter(
        ([name, value]) =>
          !/_(NAME|NAMESPACE|ARN|URL|ENDPOINT|ID|PATH)$|^NEW_VERSION$/.test(name) ||
          JSON.stringify(value).includes('resolve:'),
      ),
    ).toEqual([]);
  });
});

test.each(Object.entries(ON_EVERYTHING))('%s on `*` is allowed for %s', (action) => {
  const used = IN_BOTH_STAGES.filter(([name]) => name.startsWith('an app with everything,')).map(
    ([, make]) => {
      const cdk = quickCdkApp();
      make(cdk);
      return statementsIn(cdk).some(({ actions }) => actions.includes(action));
    },
  );

  expect(used).not.toContain(false);
});

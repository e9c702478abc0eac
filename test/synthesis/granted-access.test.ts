import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AppFunction, AppFunctionOptions, ServerlessApp } from 'cdk-serverless-app';
import { describeAccess } from '../../lib/report/describe-function';
import { declaredModel } from '../../lib/synthesis/app-info';
import { quickApp } from '../support/synth';

interface Use {
  readonly app: ServerlessApp;
  readonly stack: Stack;
  readonly fn: AppFunction;
}

/** The accesses of a function, as `describe` and the report show them. */
function accesses(use: (parts: Use) => void, options: AppFunctionOptions = {}): string[] {
  const { app, stack } = quickApp();
  use({ app, stack, fn: app.addFunction('Ok', { entry: 'ok.ts', ...options }) });
  return declaredModel(app).functions.flatMap(({ access }) => access.map(describeAccess));
}

const table = ({ app }: Use): dynamodb.TableV2 => app.addTable('T', { partitionKey: 'id' });

test.each<[string, (use: Use) => void, string[]]>([
  ['reading a table', (use) => table(use).grantReadData(use.fn), ['reads T (through a CDK grant)']],
  [
    'writing a table',
    (use) => table(use).grantWriteData(use.fn),
    ['writes T (through a CDK grant)'],
  ],
  [
    'reading and writing a table',
    (use) => table(use).grantReadWriteData(use.fn),
    ['reads and writes T (through a CDK grant)'],
  ],
  [
    'reading and then writing a table',
    (use) => {
      const made = table(use);
      made.grantReadData(use.fn);
      made.grantWriteData(use.fn);
    },
    ['reads and writes T (through a CDK grant)'],
  ],
  [
    'writing to a bucket of the app',
    ({ app, fn }) => app.addBucket('B').grantPut(fn),
    ['writes B (through a CDK grant)'],
  ],
  [
    'reading a bucket made elsewhere',
    ({ stack, fn }) => new s3.Bucket(stack, 'B').grantRead(fn),
    ['reads B (through a CDK grant)'],
  ],
  [
    'some keys of a bucket',
    ({ app, fn }) => app.addBucket('B').grantPut(fn, 'out/*'),
    ['writes B (out/*; through a CDK grant)'],
  ],
  [
    'sending to a queue',
    ({ app, fn }) => app.addQueue('Q').grantSendMessages(fn),
    ['sends to Q (through a CDK grant)'],
  ],
  [
    'receiving from a queue',
    ({ app, fn }) => app.addQueue('Q').grantConsumeMessages(fn),
    ['receives messages from Q (through a CDK grant)'],
  ],
  [
    'publishing to a topic',
    ({ stack, fn }) => new sns.Topic(stack, 'N').grantPublish(fn),
    ['publishes to N (through a CDK grant)'],
  ],
  [
    'reading a secret',
    ({ stack, fn }) => new secretsmanager.Secret(stack, 'S').grantRead(fn),
    ['reads S (through a CDK grant)'],
  ],
  [
    'reading a parameter',
    ({ stack, fn }) => new ssm.StringParameter(stack, 'P', { stringValue: 'x' }).grantRead(fn),
    ['reads P (through a CDK grant)'],
  ],
  [
    'an imported table',
    ({ stack, fn }) => dynamodb.Table.fromTableName(stack, 'I', 'theirs').grantReadData(fn),
    ['reads I (through a CDK grant)'],
  ],
  [
    'a statement',
    (use) =>
      use.fn.role.addToPrincipalPolicy(
        new iam.PolicyStatement({
          actions: ['dynamodb:*'],
          resources: [table(use).tableArn],
        }),
      ),
    ['reads and writes T (through a CDK grant)'],
  ],
])('shows a grant of the CDK for %s', (_what, use, expected) => {
  expect(accesses(use)).toEqual(expected);
});

test.each<[string, (use: Use) => void, string[]]>([
  [
    'what the function declares already',
    (use) => {
      const made = table(use);
      use.fn.readsAndWrites(made);
      made.grantReadData(use.fn);
    },
    ['reads and writes T'],
  ],
  ['what a trigger needs', ({ app }) => app.onMessage(app.addQueue('Q'), 'other.ts'), []],
  ['what a failure destination needs', (use) => use.app.onTableChange(table(use), 'other.ts'), []],
  [
    'what a statement denies',
    (use) =>
      use.fn.role.addToPrincipalPolicy(
        new iam.PolicyStatement({
          effect: iam.Effect.DENY,
          actions: ['dynamodb:*'],
          resources: [table(use).tableArn],
        }),
      ),
    [],
  ],
  [
    'what is no access to a resource that it knows',
    (use) => {
      const other = use.app.addFunction('Other', { entry: 'other.ts' });
      other.function.grantInvoke(use.fn);
    },
    [],
  ],
])('does not show as a grant of the CDK %s', (_what, use, expected) => {
  expect(accesses(use)).toEqual(expected);
});

test('does not show the user’s own failure destination as an access', () => {
  const { app, stack } = quickApp();
  const queue = new sqs.Queue(stack, 'Mine');
  app.addFunction('Ok', { entry: 'ok.ts', onFailure: new destinations.SqsDestination(queue) });

  expect(declaredModel(app).functions[0]?.access).toEqual([]);
});

test('shows more than the declared access where the CDK grants more', () => {
  const shown = accesses((use) => {
    const made = table(use);
    use.fn.reads(made);
    made.grantWriteData(use.fn);
  });

  expect(shown).toEqual(['reads T', 'writes T (through a CDK grant)']);
});

test('counts a grant of the CDK in the estimate', () => {
  const { app } = quickApp();
  const made = app.addTable('T', { partitionKey: 'id' });
  const fn = app.addFunction('Ok', { entry: 'ok.ts', runtime: lambda.Runtime.NODEJS_24_X });
  const dollars = (): number => app.estimate().moderate.monthlyDollars;
  const before = dollars();

  made.grantWriteData(fn);

  expect(dollars()).toBeGreaterThan(before);
});

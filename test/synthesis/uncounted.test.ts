import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ServerlessApp } from 'cdk-serverless-app';
import { estimateOf } from '../../lib/cost/estimate';
import { reportHtml } from '../../lib/report/report-html';
import { declaredModel } from '../../lib/synthesis/app-info';
import { HANDLERS, quickApp } from '../support/synth';

/** What the estimate of an app does not count. */
function uncounted(declare: (app: ServerlessApp, stack: Stack) => void): string[] {
  const { app, stack } = quickApp({ notify: ['ops@example.com'] });
  app.onRequest('GET /', 'ok.ts');
  declare(app, stack);
  return app.estimate().uncounted;
}

test.each<[string, (app: ServerlessApp, stack: Stack) => void, string[]]>([
  ['a secret', (_, stack) => new secretsmanager.Secret(stack, 'Db'), ['1 secret (Db)']],
  [
    'several secrets',
    (_, stack) => {
      ['A', 'B', 'C', 'D', 'E'].forEach((id) => new secretsmanager.Secret(stack, id));
    },
    ['5 secrets (A, B, C, 2 more)'],
  ],
  ['a bus', (_, stack) => new events.EventBus(stack, 'Bus'), ['1 event bus (Bus)']],
  [
    'two buses',
    (_, stack) => {
      ['A', 'B'].forEach((id) => new events.EventBus(stack, id));
    },
    ['2 event buses (A, B)'],
  ],
  ['a bucket beside the app', (_, stack) => new s3.Bucket(stack, 'Mine'), ['1 bucket (Mine)']],
  ['a topic beside the app', (_, stack) => new sns.Topic(stack, 'News'), ['1 topic (News)']],
  ['a queue that runs nothing', (app) => app.addQueue('Jobs'), ['1 queue (Jobs)']],
  [
    'a secret inside the app',
    (app) => new secretsmanager.Secret(app, 'Inner'),
    ['1 secret (Inner)'],
  ],
])('names %s', (_what, declare, expected) => {
  expect(uncounted(declare)).toEqual(expected);
});

test.each<[string, (app: ServerlessApp, stack: Stack) => void]>([
  ['what the app makes itself', () => undefined],
  ['a queue that runs a function', (app) => app.onMessage(app.addQueue('Jobs'), 'other.ts')],
  [
    'a table and a bucket',
    (app) => [app.addTable('T', { partitionKey: 'id' }), app.addBucket('B')],
  ],
  [
    'what costs nothing',
    (_, stack) => new iam.Role(stack, 'R', { assumedBy: new iam.AccountRootPrincipal() }),
  ],
  [
    'another app',
    (_, stack) => new ServerlessApp(stack, 'Other', { root: HANDLERS }).onRequest('GET /', 'ok.ts'),
  ],
])('does not name %s', (_what, declare) => {
  expect(uncounted(declare)).toEqual([]);
});

test('appears on the page', () => {
  const { app, stack } = quickApp();
  app.onRequest('GET /', 'ok.ts');
  new secretsmanager.Secret(stack, 'Db');
  new sqs.Queue(stack, 'Jobs');
  const model = declaredModel(app);

  expect(estimateOf(model).uncounted).toEqual(['1 secret (Db)', '1 queue (Jobs)']);
  expect(reportHtml({ model })).toContain(
    'In the stack, and not counted: 1 secret (Db), 1 queue (Jobs).',
  );
});

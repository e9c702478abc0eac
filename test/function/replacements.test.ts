import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppFunction, AppTableProps, ColdStart, ServerlessApp } from 'cdk-serverless-app';
import { ids, quickApp } from '../support/synth';

const VERSION = 'AWS::Lambda::Version';
const PUBLISHED = { entry: 'ok.ts', coldStart: ColdStart.provisioned({ min: 1, force: true }) };

/** The logical id of the version of a function, which is a new one when a version is published. */
function versionId(declare: (fn: AppFunction, app: ServerlessApp, stack: Stack) => void): string {
  const { app, stack } = quickApp();
  declare(app.addFunction('Ok', PUBLISHED), app, stack);
  const [id = ''] = ids(stack, VERSION);
  expect(id).not.toBe('');
  return id;
}

const withTable = (props: Partial<AppTableProps>): string =>
  versionId((fn, app) => fn.reads(app.addTable('Orders', { partitionKey: 'id', ...props })));
const index = (name: string): dynamodb.GlobalSecondaryIndexPropsV2 => ({
  indexName: name,
  partitionKey: { name, type: dynamodb.AttributeType.STRING },
});

test('the same app has the same version', () => {
  expect(withTable({})).toBe(withTable({}));
});

test.each<[string, Partial<AppTableProps>]>([
  ['another key', { sortKey: 'at' }],
  ['a name', { tableName: 'orders' }],
])('%s of a table, which replaces it, publishes a new version', (_, props) => {
  expect(withTable(props)).not.toBe(withTable({}));
});

test.each<[string, Partial<AppTableProps>]>([
  ['an index', { globalSecondaryIndexes: [index('byA')] }],
  ['a time to live', { timeToLiveAttribute: 'until' }],
  ['another billing', { billing: dynamodb.Billing.onDemand({ maxReadRequestUnits: 7 }) }],
])('%s of a table, which AWS updates in place, publishes none', (_, props) => {
  expect(withTable(props)).toBe(withTable({}));
});

test('a resource of the user’s that is replaced publishes a new version', () => {
  const withQueue = (queueName: string, retentionPeriod?: number): string =>
    versionId((fn, _, stack) => {
      const queue = new sqs.CfnQueue(stack, 'Jobs', {
        queueName,
        messageRetentionPeriod: retentionPeriod,
      });
      fn.addEnvironment('JOBS', `before ${queue.attrQueueUrl} after`);
    });
  expect(withQueue('one')).not.toBe(withQueue('two'));
  expect(withQueue('one')).toBe(withQueue('one', 60));
});

test('a resource that is replaced together with another one publishes a new version', () => {
  const withTarget = (queueName: string): string =>
    versionId((fn, _, stack) => {
      const queue = new sqs.CfnQueue(stack, 'Jobs', { queueName });
      const mapping = new lambda.CfnEventSourceMapping(stack, 'Mapping', {
        functionName: 'other',
        eventSourceArn: queue.attrArn,
      });
      fn.addEnvironment('MAPPING', mapping.ref);
    });
  expect(withTarget('one')).not.toBe(withTarget('two'));
});

test('a resource that only a tag of the function names publishes none, because Lambda would not either', () => {
  const withTag = (queueName: string): string =>
    versionId((fn, _, stack) => {
      const queue = new sqs.CfnQueue(stack, 'Jobs', { queueName });
      (fn.function.node.defaultChild as lambda.CfnFunction).tags.setTag('jobs', queue.attrArn);
    });
  expect(withTag('one')).toBe(withTag('two'));
});

test('a function without an alias has no version', () => {
  const { app, stack } = quickApp();
  app.addFunction('Ok', { entry: 'ok.ts' }).reads(app.addTable('Orders', { partitionKey: 'id' }));
  expect(ids(stack, VERSION)).toEqual([]);
});

import { Lazy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ServerlessApp } from 'cdk-serverless-app';
import { HANDLERS, only, quickApp, quickCdkApp } from '../support/synth';

const env = { account: '111111111111', region: 'eu-west-1' };
const REMEDY =
  'use `onObjectCreated` for a bucket, `onTableChange` for a table, `onMessage` for a queue, and `onNotification` for a topic';

describe('the source of events', () => {
  test('of an object trigger must not be a table', () => {
    const { app } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' }) as unknown as s3.IBucket;

    expect(() => app.onObjectCreated(table, 'ok.ts')).toThrow(
      `Test/App: \`functions.Ok.bucket\` must be a bucket, got Test/App/Orders, which is not one: ${REMEDY}`,
    );
  });

  test('of a table trigger must not be a bucket', () => {
    const { app } = quickApp();
    const bucket = app.addBucket('Uploads') as unknown as dynamodb.ITable;

    expect(() => app.onTableChange(bucket, 'ok.ts')).toThrow(
      `Test/App: \`functions.Ok.table\` must be a table, got Test/App/Uploads, which is not one: ${REMEDY}`,
    );
  });

  test.each<[string, unknown, string]>([
    ['a name', 'uploads', '"uploads"'],
    ['nothing', undefined, 'undefined'],
    ['a resource that is no construct', { bucketArn: 'arn' }, 'an object'],
  ])('of an object trigger must not be %s', (_name, bucket, got) => {
    const { app } = quickApp();

    expect(() => app.onObjectCreated(bucket as s3.IBucket, 'ok.ts')).toThrow(
      `Test/App: \`functions.Ok.bucket\` must be a bucket, got ${got}: create one with \`addBucket\`, or import one`,
    );
  });

  test('must not be a table in a stack of another account', () => {
    const cdk = quickCdkApp();
    const data = new Stack(cdk, 'Data', { env: { ...env, account: '222222222222' } });
    const table = new dynamodb.TableV2(data, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
    });
    const app = new ServerlessApp(new Stack(cdk, 'Test', { env }), 'App', { root: HANDLERS });

    expect(() => app.onTableChange(table, 'ok.ts')).toThrow(
      'Test/App: `functions.Ok.table` must be in the function’s account, 111111111111, got "Data/Orders in 222222222222"',
    );
  });

  // A policy of the stream may let Lambda read it: https://aws.amazon.com/blogs/database/simplify-cross-account-stream-processing-with-aws-lambda-and-amazon-dynamodb
  test('may be the stream of another account, imported by its ARN', () => {
    const { app, stack } = quickApp({}, { env });
    const tableArn = 'arn:aws:dynamodb:eu-west-1:222222222222:table/theirs';
    const tableStreamArn = `${tableArn}/stream/label`;
    const table = dynamodb.Table.fromTableAttributes(stack, 'Imported', {
      tableArn,
      tableStreamArn,
    });

    app.onTableChange(table, 'ok.ts');

    expect(only(stack, 'AWS::Lambda::EventSourceMapping').EventSourceArn).toBe(tableStreamArn);
  });
});

describe('a bucket in another place', () => {
  test('fails in another account', () => {
    const { app, stack } = quickApp({}, { env });
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Imported', {
      bucketName: 'theirs',
      account: '222222222222',
    });

    expect(() => app.onObjectCreated(bucket, 'ok.ts')).toThrow(
      'Test/App: `functions.Ok.bucket` must be in the function’s account, 111111111111, got "Test/Imported in 222222222222": create an app in a stack in 222222222222',
    );
  });

  test('fails in the stack of another account', () => {
    const cdk = quickCdkApp();
    const data = new Stack(cdk, 'Data', { env: { ...env, account: '222222222222' } });
    const app = new ServerlessApp(new Stack(cdk, 'Test', { env }), 'App', { root: HANDLERS });

    expect(() => app.onObjectCreated(new s3.Bucket(data, 'Mine'), 'ok.ts')).toThrow(
      'must be in the function’s account, 111111111111, got "Data/Mine in 222222222222"',
    );
  });

  test('is not compared if the function’s account is unknown', () => {
    const { app, stack } = quickApp();
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Imported', {
      bucketName: 'theirs',
      account: '222222222222',
    });

    expect(() => app.onObjectCreated(bucket, 'ok.ts')).not.toThrow();
  });

  test('is not compared where its account is a token', () => {
    const { app, stack } = quickApp({}, { env });
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Imported', {
      bucketName: 'theirs',
      account: Lazy.string({ produce: () => '222222222222' }),
    });

    expect(() => app.onObjectCreated(bucket, 'ok.ts')).not.toThrow();
  });
});

import { NestedStack, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ServerlessApp } from 'cdk-serverless-app';
import { HANDLERS, only, quickApp, quickCdkApp } from '../support/synth';
import { sinceCdk } from '../support/since-cdk';

const NAME = /^[a-z0-9][a-z0-9-]{0,48}[a-z0-9]-$/;

/** The part of a bucket's name that stands before the stack's own. */
function prefix(stackId: string, appId: string, id: string): unknown {
  const stack = new Stack(quickCdkApp(), stackId);
  const app = new ServerlessApp(stack, appId, { root: HANDLERS });
  app.addFunction('F', { entry: 'ok.ts' });
  app.addBucket(id);
  const { BucketName } = only(stack, 'AWS::S3::Bucket') as {
    BucketName: { 'Fn::Join': [string, unknown[]] };
  };
  return BucketName['Fn::Join'][1][0];
}

test('a name contains stack, app and id', () => {
  expect(prefix('Test', 'App', 'Uploads')).toMatch(/^test-app-uploads-[0-9a-f]{8}-$/);
});

test.each([
  ['short', 'S', 'A', 'B'],
  ['long', `S${'x'.repeat(60)}`, 'App', `B${'y'.repeat(60)}`],
  ['with capitals and other characters', 'My-Stack', 'My_App', 'Bücket 2'],
  ['that end in a hyphen where they are cut', `S${'x'.repeat(38)}`, 'A', 'B'],
])('a name of ids that are %s is accepted by S3', (_name, stackId, appId, id) => {
  expect(prefix(stackId, appId, id)).toMatch(NAME);
});

test('names differ if only their ends do', () => {
  const long = 'x'.repeat(80);

  expect(prefix('Test', 'App', `${long}1`)).not.toBe(prefix('Test', 'App', `${long}2`));
});

test('a name differs for each creation of the stack, by the time part of the stack’s id', () => {
  const { app, stack } = quickApp();
  app.addFunction('F', { entry: 'ok.ts' });

  const bucket = app.addBucket('Uploads');

  expect([bucket.node.path, JSON.stringify(only(stack, 'AWS::S3::Bucket').BucketName)]).toEqual([
    'Test/App/Uploads',
    expect.stringMatching(
      /\{"Fn::Select":\[0,\{"Fn::Split":\["-",\{"Fn::Select":\[2,\{"Fn::Split":\["\/",\{"Ref":"AWS::StackId"/,
    ),
  ]);
});

test('a name in a nested stack derives from the nested stack', () => {
  const nested = new NestedStack(new Stack(quickCdkApp(), 'Test'), 'Nested');
  const app = new ServerlessApp(nested, 'App', { root: HANDLERS });
  app.addFunction('F', { entry: 'ok.ts' });

  app.addBucket('Uploads');

  expect(JSON.stringify(only(nested, 'AWS::S3::Bucket').BucketName)).toContain(
    '{"Ref":"AWS::StackId"}',
  );
});

describe('in the account’s own namespace', () => {
  const namespaced = (
    props: s3.BucketProps = {},
  ): { properties: Record<string, unknown>; text: string } => {
    const { app, stack } = quickApp({ serverAccessLogs: false });
    const bucket = app.addBucket('Uploads', {
      bucketNamespace: s3.BucketNamespace.ACCOUNT_REGIONAL,
      ...props,
    });
    app.onObjectCreated(bucket, 'ok.ts').reads(bucket);
    const { SourceArn } = only(stack, 'AWS::Lambda::Permission');
    return { properties: only(stack, 'AWS::S3::Bucket'), text: JSON.stringify(SourceArn) };
  };

  sinceCdk('2.276.0')(
    'a bucket has a prefix that differs for each creation of the stack, short enough for every region',
    () => {
      const { properties, text } = namespaced();
      const [prefix = ''] =
        /test-app-[^"]*/.exec(JSON.stringify(properties.BucketNamePrefix)) ?? [];

      expect(properties).toMatchObject({ BucketNamespace: 'account-regional' });
      expect(properties.BucketName).toBeUndefined();
      expect(`${prefix}0123456789ab-123456789012-ap-southeast-1-an`.length).toBeLessThanOrEqual(63);
      expect(text).toMatch(
        /test-app-.*"-",{"Ref":"AWS::AccountId"},"-",{"Ref":"AWS::Region"},"-an"/,
      );
    },
  );

  sinceCdk('2.276.0')('a bucket may have a prefix given by the user', () => {
    const { properties, text } = namespaced({ bucketNamePrefix: 'orders' });

    expect(properties).toMatchObject({ BucketNamePrefix: 'orders' });
    expect(text).toContain(':s3:::orders-"');
  });

  sinceCdk('2.276.0')('a bucket cannot have a full name', () => {
    expect(() => namespaced({ bucketName: 'orders' })).toThrow("'bucketName' cannot be used with");
  });
});

test('the CDK’s own notifications fail, since they would add a helper function', () => {
  const { app, stack } = quickApp();
  const bucket = app.addBucket('Uploads');
  const queue = new sqs.Queue(stack, 'Queue');

  expect(() => {
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SqsDestination(queue));
  }).toThrow(
    'Test/App/Uploads: `addEventNotification` would add a helper Lambda function that overwrites the notifications of this bucket: use `onObjectCreated`',
  );
});

test('the CDK’s other methods for notifications fail too', () => {
  const { app, stack } = quickApp();
  const bucket = app.addBucket('Uploads');
  const queue = new sqs.Queue(stack, 'Queue');

  expect(() => {
    bucket.addObjectCreatedNotification(new s3n.SqsDestination(queue));
  }).toThrow('`addEventNotification` would add a helper Lambda function');
});

test('EventBridge can be enabled beside the triggers', () => {
  const { app, stack } = quickApp();
  const bucket = app.addBucket('Uploads');

  app.onObjectCreated(bucket, 'ok.ts');
  bucket.enableEventBridgeNotification();

  expect(Object.keys(only(stack, 'AWS::S3::Bucket').NotificationConfiguration as object)).toEqual(
    expect.arrayContaining(['EventBridgeConfiguration', 'LambdaConfigurations']),
  );
});

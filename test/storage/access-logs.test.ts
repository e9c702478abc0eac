import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppStage, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { resourceStatements } from '../support/policies';
import {
  cdkApp,
  HANDLERS,
  ids,
  quickApp,
  quickCdkApp,
  resources,
  templateOf,
  warnings,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const BUCKET = 'AWS::S3::Bucket';

/** Where each bucket of a stack logs who uses it, by the bucket’s id. */
function logging(stack: Stack): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resources(stack, BUCKET)).map(([id, { Properties }]) => [
      id.slice(0, -8),
      Properties?.LoggingConfiguration,
    ]),
  );
}

function withBuckets(props: ServerlessAppProps = {}, bucket: s3.BucketProps = {}): Stack {
  const { app, stack } = quickApp(props);
  app.onObjectCreated(app.addBucket('Uploads', bucket), 'ok.ts');
  return stack;
}

const toAccessLogs = (prefix: string): unknown => ({
  DestinationBucketName: { Ref: expect.stringMatching(/^AppAccessLogs/) as unknown },
  LogFilePrefix: prefix,
});

describe('in production', () => {
  test('all buckets of the app log to one', () => {
    const { app, stack } = quickApp();
    app.addBucket('Uploads');
    app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');

    expect(logging(stack)).toEqual({
      AppAccessLogs: undefined,
      AppFailureBucket: toAccessLogs('Test/App/FailureBucket/'),
      AppUploads: toAccessLogs('Test/App/Uploads/'),
    });
  });

  test('an app without a bucket has no bucket for logs', () => {
    const { app, stack } = quickApp();
    app.onRequest('GET /', 'ok.ts');

    expect(ids(stack, BUCKET)).toEqual([]);
    expect(app.serverAccessLogsBucket).toBeUndefined();
  });

  test('S3 may write the logs of these buckets, and nobody may write without TLS', () => {
    const statements = resourceStatements(withBuckets()).filter(({ owner }) =>
      owner.includes('AccessLogs'),
    );

    expect(statements).toMatchObject([
      { effect: 'Deny', condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        effect: 'Allow',
        actions: ['s3:PutObject'],
        principal: { Service: 'logging.s3.amazonaws.com' },
        condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': [expect.anything()] },
        },
      },
    ]);
    expect(JSON.stringify(statements[1]?.condition)).toContain('test-app-uploads-');
  });

  test('logs expire after 90 days, and are retained with the data', () => {
    const [, logs] =
      Object.entries(resources(withBuckets(), BUCKET)).find(([id]) => id.includes('AccessLogs')) ??
      [];

    expect(logs).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        LifecycleConfiguration: {
          Rules: expect.arrayContaining([
            expect.objectContaining({ Id: 'ForgetAccessLogs', ExpirationInDays: 90 }),
          ]) as unknown,
        },
      },
    });
  });

  test('the template is valid, without a cycle', () => {
    const stack = new Stack(cdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });
    const bucket = app.addBucket('Uploads');
    app.onObjectCreated(bucket, 'ok.ts').readsAndWrites(bucket);

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('`serverAccessLogs: false` disables them', () => {
    expect(logging(withBuckets({ serverAccessLogs: false }))).toEqual({ AppUploads: undefined });
  });

  test.each<[string, s3.BucketProps]>([
    ['prefix', { serverAccessLogsPrefix: 'mine/' }],
    ['bucket', {}],
  ])('a bucket may have its own %s', (what, props) => {
    const { app, stack } = quickApp({}, { env: { account: '1'.repeat(12), region: 'eu-west-1' } });
    const serverAccessLogsBucket = s3.Bucket.fromBucketName(stack, 'Mine', 'mine');

    app.addBucket('Uploads', what === 'bucket' ? { serverAccessLogsBucket } : props);
    app.addFunction('F', { entry: 'ok.ts' });

    expect(logging(stack)).toEqual({
      AppUploads:
        what === 'bucket' ? { DestinationBucketName: 'mine' } : { LogFilePrefix: 'mine/' },
    });
  });
});

describe('in development', () => {
  const stage = AppStage.DEVELOPMENT;

  test('there are none by default', () => {
    expect(logging(withBuckets({ stage }))).toEqual({ AppUploads: undefined });
  });

  test('they can be enabled', () => {
    expect(logging(withBuckets({ stage, serverAccessLogs: true }))).toMatchObject({
      AppUploads: toAccessLogs('Test/App/Uploads/'),
    });
  });

  test('a bucket for them enables them', () => {
    const { app, stack } = quickApp();
    const serverAccessLogsBucket = new s3.Bucket(stack, 'Mine');
    const dev = new ServerlessApp(stack, 'Dev', { root: HANDLERS, stage, serverAccessLogsBucket });
    app.addFunction('F', { entry: 'ok.ts' });
    dev.onObjectCreated(dev.addBucket('Uploads'), 'ok.ts');

    expect(logging(stack)).toMatchObject({
      DevUploads: { DestinationBucketName: { Ref: expect.stringMatching(/^Mine/) as unknown } },
    });
  });
});

describe('a bucket of the user for access logs', () => {
  test('allows S3 of this account, and refers to no bucket, which would create a dependency', () => {
    const cdk = quickCdkApp();
    const logs = new Stack(cdk, 'Logs');
    const serverAccessLogsBucket = new s3.Bucket(logs, 'Mine');
    const stack = new Stack(cdk, 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, serverAccessLogsBucket });
    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts');

    expect(resourceStatements(logs)).toMatchObject([
      {
        principal: { Service: 'logging.s3.amazonaws.com' },
        condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
    expect(logs.dependencies).toEqual([]);
    expect(app.serverAccessLogsBucket).toBe(serverAccessLogsBucket);
  });

  test('that is imported is reported, since its policy cannot be changed', () => {
    const { app: outer, stack } = quickApp();
    outer.addFunction('F', { entry: 'ok.ts' });
    const serverAccessLogsBucket = s3.Bucket.fromBucketName(stack, 'Mine', 'mine');
    const app = new ServerlessApp(stack, 'Other', { root: HANDLERS, serverAccessLogsBucket });
    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts');

    expect(warnings(stack)).toEqual([
      expect.stringContaining(
        'Test/Other: `serverAccessLogsBucket` is imported, so the app cannot change its policy: it must allow logging.s3.amazonaws.com to put objects',
      ),
    ]);
  });

  test('fails together with `serverAccessLogs: false`', () => {
    const { stack } = quickApp();
    const serverAccessLogsBucket = new s3.Bucket(stack, 'Mine');

    expect(
      () => new ServerlessApp(stack, 'Other', { serverAccessLogs: false, serverAccessLogsBucket }),
    ).toThrow(
      'Test/Other: `serverAccessLogsBucket` must not be combined with `serverAccessLogs: false`, got both: leave out one of them',
    );
  });
});

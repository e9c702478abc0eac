import * as cdk from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as constructs from 'constructs';
import { ServerlessApp } from 'cdk-serverless-app';
import * as ours from '../../lib/storage/app-bucket';
import { only, quickApp, templateOf, warnings } from '../support/synth';

describe('a bucket of the user with other notifications', () => {
  const notifying = (): { app: ServerlessApp; stack: cdk.Stack; bucket: s3.Bucket } => {
    const made = quickApp();
    const bucket = new s3.Bucket(made.stack, 'Mine');
    made.app.onObjectCreated(bucket, 'ok.ts');
    const topic = new sns.Topic(made.stack, 'Topic');
    bucket.addEventNotification(s3.EventType.OBJECT_REMOVED, new SnsDestination(topic));
    return { ...made, bucket };
  };

  test('fails if it does not also send events to EventBridge', () => {
    expect(() => templateOf(notifying().stack)).toThrow(
      'Test/App: `functions.Ok.bucket` must send its events to EventBridge',
    );
  });

  test('is accepted if it does', () => {
    const { stack, bucket } = notifying();

    bucket.enableEventBridgeNotification();

    expect(() => templateOf(stack)).not.toThrow();
  });

  test('is accepted if the CDK does not expose that', () => {
    const { stack, bucket } = notifying();

    Reflect.deleteProperty(bucket.node.findChild('Notifications'), 'eventBridgeEnabled');

    expect(() => templateOf(stack)).not.toThrow();
  });
});

describe('a bucket of an app from another copy of this library', () => {
  const made = (): { stack: cdk.Stack; bucket: s3.Bucket } => {
    const { app, stack } = quickApp();
    const bucket = new (otherCopy().AppBucket)(stack, 'Theirs', {});
    app.onObjectCreated(bucket, 'ok.ts');
    return { stack, bucket };
  };

  test('is not an instance of our class', () => {
    expect(made().bucket).not.toBeInstanceOf(ours.AppBucket);
  });

  test('sends its events to EventBridge', () => {
    expect(only(made().stack, 'AWS::S3::Bucket').NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  test('is not reported', () => {
    expect(warnings(made().stack)).toEqual([]);
  });

  /** The module once more, with the same CDK, as in a workspace that has the library twice. */
  function otherCopy(): typeof ours {
    let copy: typeof ours | undefined;
    jest.isolateModules(() => {
      jest.doMock('aws-cdk-lib', () => cdk);
      jest.doMock('aws-cdk-lib/aws-s3', () => s3);
      jest.doMock('constructs', () => constructs);
      copy = jest.requireActual<typeof ours>('../../lib/storage/app-bucket');
    });
    if (copy === undefined) {
      throw new Error('the module was not loaded');
    }
    return copy;
  }
});

import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

export function sendsToEventBridge(bucket: s3.Bucket): boolean {
  const stack = Stack.of(bucket);
  const cfnBucket = bucket.node.defaultChild as s3.CfnBucket;
  const configuration = stack.resolve(cfnBucket.notificationConfiguration) as
    s3.CfnBucket.NotificationConfigurationProperty | undefined;
  if (configuration?.eventBridgeConfiguration !== undefined) {
    return true;
  }
  // The CDK's own construct for notifications. Its EventBridge setting is not public. If another version of the CDK names it
  // differently, the bucket is assumed to send its events.
  const notifications = bucket.node.tryFindChild('Notifications');
  return (
    notifications !== undefined &&
    stack.resolve(Reflect.get(notifications, 'eventBridgeEnabled')) !== false
  );
}

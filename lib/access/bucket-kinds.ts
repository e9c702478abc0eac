import { Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Whether S3 keeps earlier versions of a bucket's objects; false for an imported bucket, where this is unknown. Object Lock includes
 * versioning (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html).
 */
export function isVersioned(bucket: s3.IBucket): boolean {
  const { defaultChild } = bucket.node;
  if (defaultChild === undefined) {
    return false;
  }
  const { versioningConfiguration, objectLockEnabled } = Stack.of(bucket).resolve({
    versioningConfiguration: Reflect.get(defaultChild, 'versioningConfiguration') as unknown,
    objectLockEnabled: Reflect.get(defaultChild, 'objectLockEnabled') as unknown,
  }) as { versioningConfiguration?: { status?: string }; objectLockEnabled?: boolean };
  return versioningConfiguration?.status === 'Enabled' || objectLockEnabled === true;
}

/** Whether an ARN is that of an access point (also one of Object Lambda or of Outposts), which the CDK imports as a bucket. */
export function isAccessPoint(arn: string): boolean {
  return /^arn:[^:]*:s3(-object-lambda|-outposts)?:[^:]*:[^:]*:(outpost[/:][^/:]+[/:])?accesspoint[/:]/.test(
    arn,
  );
}

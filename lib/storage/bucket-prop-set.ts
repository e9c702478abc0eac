import { RemovalPolicy } from 'aws-cdk-lib';
import type { BucketProps, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { BUCKET_DEFAULTS, stageDefault } from '../core/defaults';
import { anything, flag, fullText, listOf, oneOf, struct, passedOn } from '../props/kinds';
import { propsOf } from '../props/prop-set';

export const LIFECYCLE_RULE_PROPS = propsOf<LifecycleRule>('aws-s3/lib/rule#LifecycleRule')({
  ...passedOn('id enabled abortIncompleteMultipartUploadAfter expirationDate expiration'),
  ...passedOn('noncurrentVersionExpiration noncurrentVersionsToRetain'),
  ...passedOn('noncurrentVersionTransitions transitions prefix tagFilters'),
  ...passedOn('expiredObjectDeleteMarker objectSizeLessThan objectSizeGreaterThan'),
});

/** The CDK's own options. Those that the library reads, or that reach the template unchecked, have a kind; the CDK checks the others. */
export const BUCKET_PROPS = propsOf<BucketProps>('aws-s3/lib/bucket#BucketProps')({
  bucketName: fullText(),
  versioned: flag(),
  enforceSSL: flag().defaultsTo(BUCKET_DEFAULTS.enforceSSL).in('buckets'),
  eventBridgeEnabled: flag(),
  autoDeleteObjects: flag().defaultsTo(false).in('buckets'),
  removalPolicy: oneOf('RemovalPolicy', () => RemovalPolicy)
    .byStage(stageDefault('removalPolicy'))
    .in('buckets'),
  lifecycleRules: listOf(struct(LIFECYCLE_RULE_PROPS)).in('buckets'),
  blockPublicAccess: anything().in('buckets'),
  encryption: anything<NonNullable<BucketProps['encryption']>>()
    .defaultsTo(BUCKET_DEFAULTS.encryption)
    .in('buckets'),
  encryptionKey: anything().in('buckets'),
  serverAccessLogsBucket: anything().in('access logs of buckets'),
  serverAccessLogsPrefix: anything().in('access logs of buckets'),
  ...passedOn('abacStatus accessControl blockedEncryptionTypes bucketKeyEnabled bucketNamePrefix'),
  ...passedOn('bucketNamespace cors intelligentTieringConfigurations inventories metrics'),
  ...passedOn('minimumTLSVersion notificationsHandlerRole notificationsSkipDestinationValidation'),
  ...passedOn('objectLockDefaultRetention objectLockEnabled objectOwnership publicReadAccess'),
  ...passedOn('replicationRole replicationRules targetObjectKeyFormat transferAcceleration'),
  ...passedOn('transitionDefaultMinimumObjectSize websiteErrorDocument websiteIndexDocument'),
  ...passedOn('websiteRedirect websiteRoutingRules'),
});

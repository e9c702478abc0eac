import { RemovalPolicy } from 'aws-cdk-lib';
import type { BucketProps, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { BUCKET_DEFAULTS, stageDefault } from '../core/defaults';
import { anything, flag, fullText, listOf, oneOf, struct } from '../props/kinds';
import { propsOf } from '../props/prop-set';

export const LIFECYCLE_RULE_PROPS = propsOf<LifecycleRule>('aws-s3/lib/rule#LifecycleRule')({
  id: anything(),
  enabled: anything(),
  abortIncompleteMultipartUploadAfter: anything(),
  expirationDate: anything(),
  expiration: anything(),
  noncurrentVersionExpiration: anything(),
  noncurrentVersionsToRetain: anything(),
  noncurrentVersionTransitions: anything(),
  transitions: anything(),
  prefix: anything(),
  tagFilters: anything(),
  expiredObjectDeleteMarker: anything(),
  objectSizeLessThan: anything(),
  objectSizeGreaterThan: anything(),
});

/** The CDK's own. What the library reads, or what goes into the template unchecked, has a kind; the CDK checks the others. */
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
  abacStatus: anything(),
  accessControl: anything(),
  blockedEncryptionTypes: anything(),
  bucketKeyEnabled: anything(),
  bucketNamePrefix: anything(),
  bucketNamespace: anything(),
  cors: anything(),
  intelligentTieringConfigurations: anything(),
  inventories: anything(),
  metrics: anything(),
  minimumTLSVersion: anything(),
  notificationsHandlerRole: anything(),
  notificationsSkipDestinationValidation: anything(),
  objectLockDefaultRetention: anything(),
  objectLockEnabled: anything(),
  objectOwnership: anything(),
  publicReadAccess: anything(),
  replicationRole: anything(),
  replicationRules: anything(),
  targetObjectKeyFormat: anything(),
  transferAcceleration: anything(),
  transitionDefaultMinimumObjectSize: anything(),
  websiteErrorDocument: anything(),
  websiteIndexDocument: anything(),
  websiteRedirect: anything(),
  websiteRoutingRules: anything(),
});

import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AppTableProps } from './app-table-props';
import { AppBucket } from './app-bucket';
import { withoutUndefined } from '../props/options';
import { BUCKET_DEFAULTS, StageDefaults, TABLE_DEFAULTS } from '../core/defaults';

/** Creates a table with the app's defaults, which the user's props override. */
export function makeTable(
  scope: Construct,
  id: string,
  props: AppTableProps,
  defaults: StageDefaults,
): dynamodb.TableV2 {
  const { partitionKey, partitionKeyType, sortKey, sortKeyType, ...options } = props;
  const { STRING } = dynamodb.AttributeType;
  return new dynamodb.TableV2(scope, id, {
    removalPolicy: defaults.tableRemovalPolicy,
    // A user who asks for removal does not want it to fail.
    deletionProtection:
      props.removalPolicy === RemovalPolicy.DESTROY ? false : defaults.deletionProtection,
    dynamoStream: TABLE_DEFAULTS.dynamoStream,
    ...(!('pointInTimeRecovery' in withoutUndefined(props))
      ? {
          pointInTimeRecoverySpecification: {
            pointInTimeRecoveryEnabled: defaults.pointInTimeRecovery,
          },
        }
      : {}),
    ...withoutUndefined(options),
    partitionKey: { name: partitionKey, type: partitionKeyType ?? STRING },
    sortKey: sortKey === undefined ? undefined : { name: sortKey, type: sortKeyType ?? STRING },
  });
}

/**
 * Creates a bucket with the app's defaults, which the user's props override.
 *
 * @param named - `false` for a bucket that notifies no function: CloudFormation chooses its name
 */
export function makeBucket(
  scope: Construct,
  id: string,
  props: s3.BucketProps,
  defaults: StageDefaults,
  named = true,
): AppBucket {
  const bucketProps = {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: props.encryptionKey === undefined ? BUCKET_DEFAULTS.encryption : undefined,
    enforceSSL: BUCKET_DEFAULTS.enforceSSL,
    removalPolicy: defaults.removalPolicy,
    ...withoutUndefined(props),
    lifecycleRules: lifecycleRules(props.lifecycleRules),
  };
  return new AppBucket(scope, id, bucketProps, named);
}

/**
 * Incomplete uploads cost money and are invisible, so they expire, unless the user's rules mention them or the user gave
 * an empty list.
 */
function lifecycleRules(given: s3.LifecycleRule[] | undefined): s3.LifecycleRule[] {
  const rules = given ?? [];
  const decided =
    given?.length === 0 || rules.some((rule) => rule.abortIncompleteMultipartUploadAfter);
  const forget = {
    id: 'ForgetIncompleteUploads',
    abortIncompleteMultipartUploadAfter: BUCKET_DEFAULTS.abortIncompleteUploadsAfter,
  };
  return decided ? rules : [...rules, forget];
}

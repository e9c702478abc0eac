import { Names } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { AppFunction } from '../../function/app-function';
import { ASYNC_DEFAULTS } from '../../private/defaults';
import { freeId } from '../../private/names';
import type { ObjectTriggerOptions } from '../object-trigger';

/** S3's own kinds of events and what EventBridge calls them: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
const DETAIL_TYPES: ReadonlyArray<readonly [prefix: string, detailType: string]> = [
  ['s3:ObjectCreated:', 'Object Created'],
  ['s3:ObjectRemoved:', 'Object Deleted'],
  ['s3:LifecycleExpiration:', 'Object Deleted'],
  ['s3:ObjectRestore:Post', 'Object Restore Initiated'],
  ['s3:ObjectRestore:Completed', 'Object Restore Completed'],
  ['s3:ObjectRestore:Delete', 'Object Restore Expired'],
  ['s3:LifecycleTransition', 'Object Storage Class Changed'],
  ['s3:IntelligentTiering', 'Object Access Tier Changed'],
  ['s3:ObjectTagging:Put', 'Object Tags Added'],
  ['s3:ObjectTagging:Delete', 'Object Tags Deleted'],
  ['s3:ObjectAcl:Put', 'Object ACL Updated'],
];

/** Runs the function on a bucket's events that arrive on the default event bus. */
export function connectByEventBridge(
  fn: AppFunction,
  bucket: s3.IBucket,
  eventTypes: readonly s3.EventType[],
  options: ObjectTriggerOptions,
): void {
  const detailTypes = new Set(eventTypes.map((eventType) => detailTypeOf(fn, eventType)));
  const key = keyPattern(options);
  const id = ruleId(fn, bucket, options);
  fn.app._failures.letEventBridgeSend();
  new events.Rule(fn, id, {
    description: `Runs ${fn.node.path}`.slice(0, 512),
    eventPattern: {
      source: ['aws.s3'],
      detailType: [...detailTypes],
      detail: {
        bucket: { name: [bucket.bucketName] },
        ...(key === undefined ? {} : { object: { key: [key] } }),
      },
    },
    targets: [functionTarget(fn, id)],
  });
}

/** Unlike the CDK's own target it leaves the failure queue's policy alone; see `letEventBridgeSend`. */
function functionTarget(fn: AppFunction, id: string): events.IRuleTarget {
  return {
    bind: (rule) => {
      fn.target.addPermission(`Permission${id}`, {
        scope: fn,
        principal: new iam.ServicePrincipal('events.amazonaws.com'),
        sourceArn: rule.ruleRef.ruleArn,
      });
      return {
        arn: fn.target.functionArn,
        deadLetterConfig: { arn: fn.app.failureQueue.queueArn },
        retryPolicy: {
          maximumRetryAttempts: ASYNC_DEFAULTS.retryAttempts,
          maximumEventAgeInSeconds: ASYNC_DEFAULTS.maxEventAge.toSeconds(),
        },
      };
    },
  };
}

function detailTypeOf(fn: AppFunction, eventType: s3.EventType): string {
  const found = DETAIL_TYPES.find(([prefix]) => eventType.startsWith(prefix));
  if (found === undefined) {
    throw fn._check.error(
      'eventTypes',
      'must hold kinds that EventBridge knows, since the bucket is not made by `addBucket`',
      eventType,
      'leave it out, or make the bucket with `addBucket`',
    );
  }
  return found[1];
}

function keyPattern(options: ObjectTriggerOptions): unknown {
  const { prefix, suffix } = options;
  if (prefix !== undefined && suffix !== undefined) {
    return { wildcard: `${escape(prefix)}*${escape(suffix)}` };
  }
  if (prefix !== undefined) {
    return { prefix };
  }
  return suffix === undefined ? undefined : { suffix };
}

function escape(text: string): string {
  return text.replace(/[\\*]/g, '\\$&');
}

function ruleId(fn: AppFunction, bucket: s3.IBucket, options: ObjectTriggerOptions): string {
  const filter = [options.prefix, options.suffix].filter((part) => part !== undefined).join('-');
  const id = `Objects${Names.nodeUniqueId(bucket.node)}${filter.replace(/[^A-Za-z0-9-]+/g, '')}`;
  return freeId(fn, id);
}

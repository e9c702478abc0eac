import { Names } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { freeId } from '../../core/names';
import { Notices } from '../../core/notices';
import { Failures } from '../../failure/failures';
import type { PropCheck } from '../../props/prop-check';
import { stableText } from '../../props/stable-text';
import { AppBucket } from '../../storage/app-bucket';
import type { RuleListener } from '../event-target';
import { sendsToEventBridge } from './event-bridge-bucket';
import type { KeyFilter } from './key-filter';
import { objectPatterns } from './object-patterns';

/** Runs a listener for events of a bucket on the default event bus, which the bucket must send there. */
export function connectByEventBridge(
  { scope, check, target }: RuleListener,
  bucket: s3.IBucket,
  eventTypes: readonly s3.EventType[],
  options: KeyFilter,
): void {
  const key = keyPattern(options);
  Failures.of(scope).letEventBridgeSend();
  for (const pattern of objectPatterns(check, eventTypes)) {
    const id = freeId(scope, `${ruleId(bucket, options)}${pattern.id}`);
    new events.Rule(scope, id, {
      description: `Runs ${scope.node.path}`.slice(0, 512),
      eventPattern: {
        source: ['aws.s3'],
        detailType: pattern.detailTypes,
        detail: {
          bucket: { name: [bucket.bucketName] },
          ...(key === undefined ? {} : { object: { key: [key] } }),
          ...pattern.detail,
        },
      },
      targets: [target(id)],
    });
  }
  requireEventBridge(scope, bucket, check);
}

function requireEventBridge(scope: Construct, bucket: s3.IBucket, check: PropCheck): void {
  if (AppBucket.isAppBucket(bucket)) {
    bucket.enableEventBridgeNotification();
    return;
  }
  if (bucket instanceof s3.Bucket) {
    scope.node.addValidation({
      validate: () => (sendsToEventBridge(bucket) ? [] : [missingEventBridge(bucket, check)]),
    });
    return;
  }
  Notices.of(scope).add({
    fn: scope,
    level: 'warning',
    id: 'cdk-serverless-app:imported-bucket',
    message:
      `${scope.node.path}: ${bucket.node.path} is not a bucket of this app, so its events reach the function through EventBridge: make sure that the ` +
      'bucket sends its events there (“Amazon EventBridge: on” in the bucket’s properties), and that the handler expects an ' +
      'EventBridge event, not an S3 one',
    detail: bucket.node.path,
  });
}

function missingEventBridge(bucket: s3.IBucket, check: PropCheck): string {
  return check.error(
    'bucket',
    'must send its events to EventBridge, because `addBucket` did not create it',
    `${bucket.node.path}, which does not`,
    'create it with `addBucket`, which needs no EventBridge, or give it `eventBridgeEnabled: true`',
  ).message;
}

function keyPattern(options: KeyFilter): unknown {
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
  return text.replaceAll('\\', '\\\\');
}

function ruleId(bucket: s3.IBucket, options: KeyFilter): string {
  const filter = [options.prefix, options.suffix]
    .filter((part) => part !== undefined)
    .map(stableText)
    .join('-');
  return `Objects${Names.nodeUniqueId(bucket.node)}${filter.replace(/[^A-Za-z0-9-]/g, '')}`;
}

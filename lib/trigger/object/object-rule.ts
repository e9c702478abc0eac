import { Names } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { freeId } from '../../core/names';
import { stableText } from '../../props/stable-text';
import { FunctionContext } from '../../core/function-context';
import { functionTarget } from '../event-target';
import type { KeyFilter } from './key-filter';
import { objectPatterns } from './object-patterns';
import { Failures } from '../../failure/failures';
import type { IAppFunction } from '../../core/contract';

/** Invokes the function for events of a bucket on the default event bus. */
export function connectByEventBridge(
  fn: IAppFunction,
  bucket: s3.IBucket,
  eventTypes: readonly s3.EventType[],
  options: KeyFilter,
): void {
  const key = keyPattern(options);
  Failures.of(fn).letEventBridgeSend();
  for (const pattern of objectPatterns(FunctionContext.of(fn).check, eventTypes)) {
    const id = freeId(fn, `${ruleId(bucket, options)}${pattern.id}`);
    new events.Rule(fn, id, {
      description: `Runs ${fn.node.path}`.slice(0, 512),
      eventPattern: {
        source: ['aws.s3'],
        detailType: pattern.detailTypes,
        detail: {
          bucket: { name: [bucket.bucketName] },
          ...(key === undefined ? {} : { object: { key: [key] } }),
          ...pattern.detail,
        },
      },
      targets: [functionTarget(fn, id)],
    });
  }
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

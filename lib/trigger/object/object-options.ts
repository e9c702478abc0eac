import * as s3 from 'aws-cdk-lib/aws-s3';
import { UsageAmounts } from '../../estimate/usage';
import { amounts } from '../../estimate/usage-prop-set';
import { eventsOverlap } from '../../model/object-event-types';
import { listOf, oneOf, text } from '../../props/kinds';
import { PropCheck } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';
import { checkKeyFilter } from './key-filter';

/** Options of an object trigger. */
export interface ObjectTriggerOptions {
  /**
   * The prefix of the object keys, for example `uploads/`: the plain key, not URL-encoded, because the library encodes it where S3
   * requires that. At most 1,024 bytes, without a leading `/`, and without `*`, which is not a wildcard in S3.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * The suffix of the object keys, for example `.csv`: the plain key, not URL-encoded. At most 1,024 bytes. S3 compares it
   * literally: neither `*` nor `{csv,tsv}` is a pattern; add a trigger for each suffix.
   *
   * @default - all objects
   */
  readonly suffix?: string;

  /**
   * The kinds of S3 events.
   *
   * @default [EventType.OBJECT_CREATED]
   */
  readonly eventTypes?: s3.EventType[];

  /**
   * The expected number of objects in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise what functions of the app write to the bucket, otherwise 1,000,
   * 10,000 and 100,000
   */
  readonly monthlyEvents?: UsageAmounts;
}

/** @internal */
export const OBJECT_TRIGGER_PROPS = propsOf<ObjectTriggerOptions>()({
  prefix: text(),
  suffix: text(),
  eventTypes: listOf(oneOf('EventType', () => s3.EventType)).defaultsTo([
    s3.EventType.OBJECT_CREATED,
  ]),
  monthlyEvents: amounts(),
});

/**
 * Rejects options that S3 or EventBridge would reject, or that select nothing.
 *
 * @internal
 */
export function checkObjectOptions(options: ObjectTriggerOptions, check: PropCheck): void {
  checkKeyFilter(options, check);
  if (options.eventTypes?.length === 0) {
    throw check.error(
      'eventTypes',
      'must name at least one kind of event',
      'an empty list',
      'leave it out for created objects',
    );
  }
  checkOverlaps(options.eventTypes ?? [], check);
}

/** S3 rejects a configuration that would notify twice about one event. */
function checkOverlaps(eventTypes: readonly s3.EventType[], check: PropCheck): void {
  eventTypes.forEach((eventType, index) => {
    const earlier = eventTypes.slice(0, index).find((other) => eventsOverlap(eventType, other));
    if (earlier !== undefined) {
      throw check.error(
        'eventTypes',
        'must not repeat a kind of event',
        `${earlier} and ${eventType}`,
        'leave one of them out: a `*` covers all kinds with that prefix',
      );
    }
  });
}

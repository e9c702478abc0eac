import { eventsOverlap } from '../model/object-event-types';
import { Guard } from './guard';
import { NotificationInput } from './guard-input';

/** S3 rejects a notification configuration in which two entries match the same event and key. EventBridge has no such rule. */
export const objectOverlap: Guard = {
  id: 'object-overlap',
  severities: ['error'],
  what: 'A bucket that would notify two functions, or one function twice, of the same event: the same event type, one prefix that begins with the other, and one suffix that ends with the other.',
  why: 'S3 rejects the bucket’s configuration (“Configurations overlap”) in the middle of a deployment.',
  fix: 'Use prefixes or suffixes that no key can share, handle both kinds of object in one function, or use EventBridge, which notifies any number of functions: create the bucket with `new s3.Bucket(…, { eventBridgeEnabled: true })`.',
  source:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html',
  check: ({ notifications }) =>
    notifications.flatMap((later, i) => {
      const earlier = notifications.slice(0, i).find((other) => overlap(other, later));
      const id = later.function ?? earlier?.function;
      if (earlier === undefined || id === undefined) {
        return [];
      }
      return [
        {
          prop: `functions.${id}.triggers`,
          function: id,
          rule: `must not match objects of ${later.bucket} that another notification matches`,
          got: `${show(later)} for ${later.target} and ${show(earlier)} for ${earlier.target}`,
          remedy:
            'use prefixes or suffixes that no key can share, handle both in one function, or use a bucket that ' +
            'sends its events to EventBridge (`new s3.Bucket(…, { eventBridgeEnabled: true })`)',
        },
      ];
    }),
};

function overlap(one: NotificationInput, other: NotificationInput): boolean {
  return (
    one.bucket === other.bucket &&
    !one.unknown &&
    !other.unknown &&
    eventsOverlap(one.event, other.event) &&
    oneBeginsTheOther(one.prefix ?? '', other.prefix ?? '') &&
    oneEndsTheOther(one.suffix ?? '', other.suffix ?? '')
  );
}

function oneBeginsTheOther(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

function oneEndsTheOther(a: string, b: string): boolean {
  return a.endsWith(b) || b.endsWith(a);
}

function show({ event, prefix = '', suffix = '' }: NotificationInput): string {
  return `${event} of \`${prefix}*${suffix}\``;
}

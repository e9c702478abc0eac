import { eventsOverlap } from '../model/object-event-types';
import { Guard } from './guard';
import { NotificationFacts } from './guard-facts';

/** S3 refuses a configuration in which one event of one key would be told to two functions. EventBridge does not mind. */
export const objectOverlap: Guard = {
  id: 'object-overlap',
  severities: ['error'],
  what:
    'A bucket that would tell two functions, or one function twice, of the same event: same kind of event, one prefix the ' +
    'beginning of the other, one suffix the end of the other.',
  why: 'S3 refuses the bucket’s configuration (“Configurations overlap”), in the middle of a deployment.',
  fix:
    'Give prefixes or suffixes that no key has both of; or let one function do both; or let EventBridge tell any number of ' +
    'functions: a bucket made with `new s3.Bucket(…, { eventBridgeEnabled: true })`.',
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
          rule: `must be told of objects of ${later.bucket} that no other function is told of`,
          got: `${show(later)} for ${later.target} and ${show(earlier)} for ${earlier.target}`,
          remedy:
            'give prefixes or suffixes that no key has both of, let one function do the work of both, or take a bucket that ' +
            'sends its events to EventBridge (`new s3.Bucket(…, { eventBridgeEnabled: true })`)',
        },
      ];
    }),
};

function overlap(one: NotificationFacts, other: NotificationFacts): boolean {
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

function show({ event, prefix = '', suffix = '' }: NotificationFacts): string {
  return `${event} of \`${prefix}*${suffix}\``;
}

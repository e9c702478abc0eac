import { TriggerModel } from '../model/app-model';
import { formatValue, lastPart } from '../model/format-value';
import { eventsOverlap } from '../model/object-event-types';
import { isUnresolved, resolvedText } from '../model/resolved';
import { isBatchOf, partOf, SAMPLE_ACCOUNT, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { TriggerKind } from './trigger-kind';

/** IAM actions that create and delete objects, with wildcards. */
const PUT_ACTION = /^(\*|s3:(\*|Put\*|PutObject\*?))$/;
const DELETE_ACTION = /^(\*|s3:(\*|Delete\*|DeleteObject\*?))$/;

/** Objects created in a bucket, or other S3 events. The source is the bucket's construct path. */
export const OBJECT_KIND: TriggerKind = {
  kind: 'objectCreated',
  invocation: 'asynchronous',
  describe: ({ source, details }) => {
    const keys = `${formatValue(details['prefix'])}*${formatValue(details['suffix'])}`;
    return `objects of ${lastPart(formatValue(source))}${keys === '*' ? '' : ` (${keys})`}`;
  },
  drawing: { icon: 'objects' },
  monthlyEvents: { low: 1000, moderate: 10_000, high: 100_000 },
  durationMs: 1000,
  /** S3 notifies a function for free; EventBridge charges for each event. */
  billItems: ({ trigger, events }) =>
    isByEventBridge(trigger)
      ? [
          {
            price: 'eventBridge.events',
            resource: lastPart(trigger.source),
            quantity: events,
            perSource: true,
          },
        ]
      : [],
  failsTo: () => ({ to: 'failureQueue' }),
  source: {
    resource: 'bucket',
    arn: 'bucketArn',
    countsWrites: (trigger) => reports(trigger, 's3:ObjectCreated:*'),
    isFiltered: ({ details: { prefix, suffix } }) => prefix !== undefined || suffix !== undefined,
    listensTo: (trigger) => {
      const { prefix, suffix } = trigger.details;
      return {
        narrowed: isUnresolved(prefix) || isUnresolved(suffix),
        objects: {
          prefix: resolvedText(prefix) ?? '',
          suffix: resolvedText(suffix) ?? '',
          created: reports(trigger, 's3:ObjectCreated:*'),
          removed: reports(trigger, 's3:ObjectRemoved:*'),
        },
      };
    },
    writesOf: (actions, below) => {
      const puts = actions.some((action) => PUT_ACTION.test(action));
      const deletes = actions.some((action) => DELETE_ACTION.test(action));
      return below !== undefined && (puts || deletes) && !isUnresolved(below)
        ? { objects: { keys: below, puts, deletes } }
        : undefined;
    },
  },
  sampleEvent: (trigger) => objectEvent(trigger),
  recognizes: (event) => isBatchOf(event, 'aws:s3') || partOf(event, 'source') === 'aws.s3',
  fits: (event, { details }) => {
    const key = keyIn(event);
    return (
      key !== undefined &&
      key.startsWith(resolvedText(details['prefix']) ?? '') &&
      key.endsWith(resolvedText(details['suffix']) ?? '')
    );
  },
};

function isByEventBridge({ details }: TriggerModel): boolean {
  return details['by'] === 'eventBridge';
}

/** Whether the trigger listens to S3 events of a type. Without a list it listens to created objects. */
function reports({ details: { eventTypes } }: TriggerModel, type: string): boolean {
  const types: readonly unknown[] = Array.isArray(eventTypes) ? eventTypes : ['s3:ObjectCreated:*'];
  return types.some((each) => eventsOverlap(String(each), type));
}

/** The key of the first object. S3 encodes keys as in a URL, EventBridge does not. */
function keyIn(event: unknown): string | undefined {
  const encoded = resolvedText(partOf(event, 'Records', 0, 's3', 'object', 'key'));
  return encoded === undefined
    ? resolvedText(partOf(event, 'detail', 'object', 'key'))
    : decodeKey(encoded);
}

/** As S3 writes a key in a notification. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html and https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
function objectEvent(trigger: TriggerModel): object {
  const { prefix, suffix } = trigger.details;
  const key = `${resolvedText(prefix) ?? ''}sample${resolvedText(suffix) ?? ''}`;
  const bucket = lastPart(trigger.source).toLowerCase();
  if (isByEventBridge(trigger)) {
    return {
      version: '0',
      id: 'sample-event',
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: SAMPLE_ACCOUNT,
      time: SAMPLE_TIME,
      region: SAMPLE_REGION,
      resources: [`arn:aws:s3:::${bucket}`],
      detail: { version: '0', bucket: { name: bucket }, object: { key, size: 0 } },
    };
  }
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: SAMPLE_REGION,
        eventTime: SAMPLE_TIME,
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'sample' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': 'sample-request', 'x-amz-id-2': 'sample' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'sample',
          bucket: {
            name: bucket,
            ownerIdentity: { principalId: 'sample' },
            arn: `arn:aws:s3:::${bucket}`,
          },
          object: {
            key: encodeKey(key),
            size: 0,
            eTag: 'd41d8cd98f00b204e9800998ecf8427e', // of no bytes
            sequencer: '0',
          },
        },
      },
    ],
  };
}

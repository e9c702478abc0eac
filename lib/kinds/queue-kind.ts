import { TriggerModel } from '../model/app-model';
import { formatValue, lastPart } from '../model/format-value';
import { SECONDS_A_MONTH } from '../schedule/month';
import { resolvedNumber, resolvedText } from '../model/resolved';
import { averageBatch } from './batch-size';
import { isBatchFrom, isBatchOf, SAMPLE_ACCOUNT, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { FAILED_SHARE } from './failed-share';
import { TriggerKind, TriggerLoad } from './trigger-kind';

/** The defaults of a queue and of its trigger. */
export const QUEUE_DEFAULTS = {
  batchSize: 10,
  reportBatchItemFailures: true,
  /** Receives before SQS moves a message to the dead-letter queue; AWS advises at least 5, since throttled receives count. */
  maxReceiveCount: 5,
  /** Lambda's defaults, if the user wants provisioned pollers. */
  minPollers: 2,
  maxPollers: 200,
  /** The longest retention that SQS supports. */
  retentionDays: 14,
};

/**
 * Lambda polls a queue with five pollers, each of which waits 20 s for messages:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const POLLERS = 5;
/** The number of invocations that one provisioned poller runs at the same time. */
const INVOCATIONS_A_POLLER = 10;
const LONG_POLL_SECONDS = 20;

/** SQS transfers at most ten messages in a request, and bills a request for each 64 KB: https://aws.amazon.com/sqs/pricing/ */
const MESSAGES_A_REQUEST = 10;
const REQUEST_BYTES = 64 * 1024;

/** A message in the dead-letter queue is received and deleted. SQS itself moves it there, at no charge. */
const DEAD_LETTER_REQUESTS = 2;

/** IAM actions that send messages, with wildcards. */
const SEND_ACTION = /^(\*|sqs:(\*|S\*|Send\*|SendMessage\*?))$/;

/**
 * Messages of an SQS queue, which Lambda polls. The source is the queue's construct path; `details` are `fifo`, `batchSize`,
 * `maxBatchingWindowSeconds`, `maxConcurrency`, `minPollers`, `maxPollers`, `reportBatchItemFailures`, `deadLetterQueue` (a construct
 * path),
 * `visibilityTimeoutSeconds`, `filtered`, `enabled` and `monthlyEvents`.
 */
export const QUEUE_KIND: TriggerKind = {
  kind: 'queueMessages',
  localDifference: ({ details }) =>
    details['maxBatchingWindowSeconds'] === undefined
      ? undefined
      : 'get messages at once, without the batching window',
  invocation: 'polled',
  reportsBatchItems: ({ details }) => details['reportBatchItemFailures'] !== false,
  defaults: {
    part: 'queues',
    production: `batches of ${QUEUE_DEFAULTS.batchSize}, partial batch response; encrypted, TLS only, messages kept ${QUEUE_DEFAULTS.retentionDays} days, a visibility timeout of six times the function’s timeout; moved to the failure queue after ${QUEUE_DEFAULTS.maxReceiveCount} receives`,
    reason:
      'one bad message must not repeat its whole batch, and a message must not reappear while a function still processes it',
  },
  describe: ({ source, details }) =>
    `messages of ${lastPart(formatValue(source))}${details['enabled'] === false ? ' (off)' : ''}`,
  drawing: { icon: 'queue', asSource: true },
  monthlyEvents: { low: 10_000, moderate: 100_000, high: 1_000_000 },
  durationMs: 200,
  /** Without a window Lambda does not wait for a second message. A window applies to each poller. */
  batchOf: ({ details }, monthlyEvents) =>
    averageBatch(monthlyEvents, {
      readers: pollersOf(details),
      seconds: resolvedNumber(details['maxBatchingWindowSeconds']) ?? 0,
      batchSize: details['batchSize'],
      defaultBatchSize: QUEUE_DEFAULTS.batchSize,
    }),
  billItems: (load) => [
    {
      price: priceOf(load.trigger),
      resource: lastPart(load.trigger.source),
      quantity: requestsOf(load),
    },
    ...deadLetterItems(load),
  ],
  failsTo: ({ details }) => {
    const path = resolvedText(details['deadLetterQueue']);
    return path === undefined ? { to: 'trigger' } : { to: 'deadLetterQueue', path };
  },
  maxConcurrency: ({ details }) => {
    const pollers = resolvedNumber(details['maxPollers']);
    return pollers === undefined
      ? resolvedNumber(details['maxConcurrency'])
      : pollers * INVOCATIONS_A_POLLER;
  },
  source: {
    resource: 'queue',
    arn: 'queueArn',
    countsWrites: () => true,
    isFiltered: ({ details }) => details['filtered'] === true,
    /** A filter on the messages is assumed to exclude those that the function itself sends. */
    listensTo: ({ details }) => ({ narrowed: details['filtered'] === true }),
    writesOf: (actions, below) =>
      below === undefined && actions.some((action) => SEND_ACTION.test(action)) ? {} : undefined,
  },
  sampleEvent: ({ source, details }) => messageEvent(lastPart(source), details['fifo'] === true),
  recognizes: (event) => isBatchOf(event, 'aws:sqs'),
  fits: (event, { source }) => isBatchFrom(event, source),
};

/** Under little load, Lambda runs the minimum number of pollers. */
function pollersOf(details: TriggerModel['details']): number {
  return resolvedNumber(details['minPollers']) ?? POLLERS;
}

function priceOf({ details }: TriggerModel): string {
  return details['fifo'] === true ? 'sqs.fifoRequests' : 'sqs.requests';
}

/** Each message is sent individually; batches are received and deleted, and polls of an empty queue are billed as well. */
function requestsOf({ trigger, events, itemBytes }: TriggerLoad): number {
  if (trigger.details['enabled'] === false) {
    return 0;
  }
  const batch = QUEUE_KIND.batchOf?.(trigger, events) ?? 1;
  const together = Math.min(batch, MESSAGES_A_REQUEST);
  const transfers = events / together;
  const sends = events * chunks(itemBytes);
  const receives = transfers * chunks(together * itemBytes);
  const polls = (SECONDS_A_MONTH / LONG_POLL_SECONDS) * pollersOf(trigger.details);
  return sends + Math.max(polls, receives) + transfers;
}

function chunks(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / REQUEST_BYTES));
}

function deadLetterItems({
  trigger,
  events,
}: TriggerLoad): ReturnType<NonNullable<TriggerKind['billItems']>> {
  const target = QUEUE_KIND.failsTo(trigger);
  return target.to === 'deadLetterQueue'
    ? [
        {
          price: priceOf(trigger),
          resource: lastPart(target.path),
          quantity: events * FAILED_SHARE * DEAD_LETTER_REQUESTS,
        },
      ]
    : [];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function messageEvent(queue: string, fifo: boolean): object {
  const name = fifo ? `${queue}.fifo` : queue;
  const sent = String(Date.parse(SAMPLE_TIME));
  return {
    Records: [
      {
        messageId: 'sample-message',
        receiptHandle: 'sample-receipt',
        body: '{}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: sent,
          SenderId: SAMPLE_ACCOUNT,
          ApproximateFirstReceiveTimestamp: sent,
          ...(fifo
            ? {
                SequenceNumber: '1',
                MessageGroupId: 'sample',
                MessageDeduplicationId: 'sample-message',
              }
            : {}),
        },
        messageAttributes: {},
        md5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:${SAMPLE_REGION}:${SAMPLE_ACCOUNT}:${name}`,
        awsRegion: SAMPLE_REGION,
      },
    ],
  };
}

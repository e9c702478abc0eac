import { Duration, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { amounts } from '../../estimate/usage-prop-set';
import { AppFunctionOptions } from '../../function/app-function-props';
import { QUEUE_DEFAULTS, QUEUE_KIND } from '../../kinds/queue-kind';
import { anything, duration, flag, integer, listOf, mapOf, struct } from '../../props/kinds';
import { PropCheck, unquoted } from '../../props/prop-check';
import { propsOf, WithDefaults } from '../../props/prop-set';
import { readBy, settingsOf } from '../../storage/app-queue';
import { filterPatterns } from '../filter-pattern';
import { checkMessageFilter } from './message-filters';
import { idOfSource, requireFirst, requireSource } from '../source-rules';

/** Pollers that Lambda keeps ready for one queue. Each of them runs up to 10 invocations at once. */
export interface ProvisionedPollers {
  /**
   * The number that is always ready, 2 to 200.
   *
   * @default 2
   */
  readonly min?: number;

  /**
   * The number up to which Lambda adds pollers, 2 to 2,000.
   *
   * @default 200
   */
  readonly max?: number;
}

/** Options of a queue trigger. The ranges are those of AWS::Lambda::EventSourceMapping. */
export interface QueueTriggerOptions {
  /**
   * The maximum number of messages in one invocation: 1 to 10,000, for a FIFO queue 1 to 10. More than 10 require
   * `maxBatchingWindow`.
   *
   * @default 10
   */
  readonly batchSize?: number;

  /**
   * How long Lambda gathers messages before it invokes the function: 0 to 5 minutes. Not available for FIFO queues.
   *
   * @default - Lambda does not wait
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * The maximum number of concurrent invocations for this queue: 2 to 1,000. Other messages stay in the queue, so a slow
   * dependency is not overloaded and nothing is throttled.
   *
   * @default - the function's own concurrency
   */
  readonly maxConcurrency?: number;

  /**
   * Dedicated pollers for this queue, which follow a burst within seconds: Lambda adds up to 1,000 concurrent invocations a
   * minute instead of 300. AWS bills each of them by the hour, even without messages. Cannot be combined with `maxConcurrency`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   * @default - the pollers that Lambda shares among queues
   */
  readonly provisionedPollers?: ProvisionedPollers;

  /**
   * The messages that invoke the function: `FilterCriteria.filter({...})`, at most 5. Lambda deletes the others from the queue.
   *
   * @default - all messages
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the CDK's own type of a filter
  readonly filters?: { readonly [key: string]: any }[];

  /**
   * Whether the handler reports which messages of a batch failed (`{ batchItemFailures: [...] }`), so that Lambda retries
   * only those. A handler that returns nothing reports success.
   *
   * @default true
   */
  readonly reportBatchItemFailures?: boolean;

  /**
   * Whether Lambda polls the queue.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The expected number of messages in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise what functions of the app send, otherwise 10,000, 100,000 and
   * 1 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

const FILTER_EXAMPLE = "write, for example, `FilterCriteria.filter({ body: { kind: ['order'] } })`";

const ROW = QUEUE_KIND.defaults?.part ?? '';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html
 *
 * @internal
 */
export const POLLERS_PROPS = propsOf<ProvisionedPollers>()({
  min: integer(2, 200, 'pollers').defaultsTo(QUEUE_DEFAULTS.minPollers),
  max: integer(2, 2000, 'pollers').defaultsTo(QUEUE_DEFAULTS.maxPollers),
});

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 *
 * @internal
 */
export const QUEUE_TRIGGER_PROPS = propsOf<QueueTriggerOptions>()({
  batchSize: integer(1, 10_000, 'messages').defaultsTo(QUEUE_DEFAULTS.batchSize).in(ROW),
  maxBatchingWindow: duration(0, 300),
  maxConcurrency: integer(2, 1000, 'invocations').in(ROW),
  provisionedPollers: struct(POLLERS_PROPS),
  filters: listOf(mapOf(anything()), { min: 1, max: 5, unit: 'filters' }),
  reportBatchItemFailures: flag().defaultsTo(QUEUE_DEFAULTS.reportBatchItemFailures).in(ROW),
  enabled: flag().defaultsTo(true),
  monthlyEvents: amounts(),
});

/** Options of `onMessage`: those of the function and of the trigger. */
export interface MessageFunctionOptions extends AppFunctionOptions, QueueTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `send-mail.ts` gives `SendMail`
   */
  readonly id?: string;
}

/** Larger batches need a batching window. It is also the limit for FIFO queues. */
const LARGEST_BATCH_AT_ONCE = 10;

/**
 * Messages of a queue; see `Trigger.queue`.
 *
 * @internal
 */
export class QueueTrigger implements ITrigger {
  constructor(
    private readonly queue: sqs.IQueue,
    private readonly options: QueueTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { queue } = this;
    const { check } = FunctionContext.of(fn);
    const options = acceptOptions(fn, this.options, QUEUE_TRIGGER_PROPS);
    requireSource(fn, queue, 'queue', check);
    checkBatch(options, queue, check);
    const pollers = pollersOf(options, check);
    filterPatterns(options.filters, check, FILTER_EXAMPLE).forEach((pattern, i) => {
      checkMessageFilter(pattern ?? {}, check.at(`filters[${i}]`));
    });

    const id = `Queue${idOfSource(fn, queue)}`;
    requireFirst(fn, id, queue, 'queue');
    grantReceive(fn, queue);
    const { monthlyEvents, provisionedPollers: _, ...mapping } = options;
    check.withPropPath('', () => {
      const made = new lambda.EventSourceMapping(fn, id, {
        ...mapping,
        enabled: this.options.enabled,
        provisionedPollerConfig: pollers && {
          minimumPollers: pollers.min,
          maximumPollers: pollers.max,
        },
        target: fn.target,
        eventSourceArn: queue.queueArn,
      });
      FunctionContext.of(fn).queueMappings.push(made);
    });
    readBy(queue, fn, options.maxBatchingWindow);
    return {
      kind: QUEUE_KIND.kind,
      invocation: InvocationType.POLLED,
      source: queue.node.path,
      details: {
        ...settingsOf(queue),
        batchSize: options.batchSize,
        maxBatchingWindowSeconds: options.maxBatchingWindow?.toSeconds(),
        maxConcurrency: options.maxConcurrency,
        minPollers: pollers?.min,
        maxPollers: pollers?.max,
        reportBatchItemFailures: options.reportBatchItemFailures,
        filtered: options.filters === undefined ? undefined : true,
        enabled: options.enabled ? undefined : false,
        monthlyEvents: levelModel(monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}

type Options = WithDefaults<QueueTriggerOptions, (typeof QUEUE_TRIGGER_PROPS)['props']>;

function checkBatch(
  { batchSize, maxBatchingWindow: window }: Options,
  queue: sqs.IQueue,
  check: PropCheck,
): void {
  if (queue.fifo) {
    check.integer('batchSize', batchSize, {
      min: 1,
      max: LARGEST_BATCH_AT_ONCE,
      unit: 'messages for a FIFO queue',
    });
    if (window !== undefined) {
      throw check.error(
        'maxBatchingWindow',
        'must be left out for a FIFO queue, which has no batching window',
        unquoted(window.isUnresolved() ? 'a token' : window.toHumanString()),
        'leave it out',
      );
    }
  } else if (window === undefined || (!window.isUnresolved() && window.toSeconds() < 1)) {
    check.integer('batchSize', batchSize, {
      min: 1,
      max: LARGEST_BATCH_AT_ONCE,
      unit: 'messages without `maxBatchingWindow`',
      remedy: 'give `maxBatchingWindow: Duration.seconds(1)` or more, or a smaller batch',
    });
  }
}

/** Fills in Lambda's defaults, so that they are in the template. */
function pollersOf(
  { provisionedPollers, maxConcurrency }: Options,
  check: PropCheck,
): Required<ProvisionedPollers> | undefined {
  if (provisionedPollers === undefined) {
    return undefined;
  }
  if (maxConcurrency !== undefined) {
    throw check.error(
      'maxConcurrency',
      'must not be combined with `provisionedPollers`, each of which runs up to 10 invocations',
      maxConcurrency,
      'leave it out, and give `provisionedPollers.max`',
    );
  }
  const { min = QUEUE_DEFAULTS.minPollers, max = QUEUE_DEFAULTS.maxPollers } = provisionedPollers;
  if (!Token.isUnresolved(min) && !Token.isUnresolved(max) && max < min) {
    throw check.error(
      'provisionedPollers.max',
      `must not be below \`min\`, ${min} pollers`,
      max,
      'raise it, or lower `min`',
    );
  }
  return { min, max };
}

/** The permissions that Lambda needs: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function grantReceive(fn: IAppFunction, queue: sqs.IQueue): void {
  iam.Grant.addToPrincipal({
    grantee: fn,
    actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    resourceArns: [queue.queueArn],
  });
  queue.encryptionMasterKey?.grant(fn, 'kms:Decrypt');
}

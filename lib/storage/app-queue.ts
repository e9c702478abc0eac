import { Duration, IResource, Lazy } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppContext } from '../core/app-context';
import { IAppFunction, IServerlessApp } from '../core/contract';
import { requireFreeId } from '../core/free-ids';
import { FunctionContext } from '../core/function-context';
import { claimName } from '../core/physical-names';
import { QUEUE_DEFAULTS } from '../kinds/queue-kind';
import { checkProps } from '../props/check-props';
import { withoutUndefined } from '../props/options';
import { PropCheck } from '../props/prop-check';
import { QUEUE_PROPS } from './queue-prop-set';

/** AWS recommends at least six function timeouts: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const VISIBILITY_TIMEOUTS = 6;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_VISIBILITY_SECONDS = 43_200;

interface Reader {
  readonly fn: IAppFunction;
  readonly window?: Duration;
}

const readersOf = new WeakMap<IResource, Reader[]>();

/** Records that a function reads a queue. The visibility timeout of an app's queue follows the longest timeout of its readers. */
export function readBy(queue: sqs.IQueue, fn: IAppFunction, window?: Duration): void {
  readersOf.set(queue, [...(readersOf.get(queue) ?? []), { fn, window }]);
}

/**
 * A queue of the app: encrypted, TLS only, with a dead-letter queue, and with a visibility timeout of six times the longest
 * timeout of the functions that read it. Options of the user override these.
 *
 * @param deadLetterQueue creates the dead-letter queue, unless the user gave one
 */
export function addQueue(
  app: IServerlessApp,
  id: string,
  props: sqs.QueueProps,
  deadLetterQueue: (fifo: boolean) => sqs.IQueue,
): sqs.Queue {
  const context = AppContext.of(app);
  requireFreeId(context, id, 'queues', 'give it another id');
  const check = context.check.at(`queues.${id}`);
  checkProps(props, QUEUE_PROPS, check);
  context.changes.record(props, QUEUE_PROPS, `queues.${id}`);
  claimName(app, 'queueName', props.queueName, check);
  const fifo = isFifo(props);
  const queue = check.withPropPath(
    '',
    () =>
      new sqs.Queue(app, id, {
        encryption:
          props.encryptionMasterKey === undefined
            ? sqs.QueueEncryption.SQS_MANAGED
            : sqs.QueueEncryption.KMS,
        enforceSSL: true,
        retentionPeriod: Duration.days(QUEUE_DEFAULTS.retentionDays),
        removalPolicy: context.defaults.removalPolicy,
        ...withoutUndefined(props),
        deduplicationScope: scopeOf(props, check),
        fifo: fifo ? true : undefined,
        deadLetterQueue: props.deadLetterQueue ?? {
          queue: deadLetterQueue(fifo),
          maxReceiveCount: QUEUE_DEFAULTS.maxReceiveCount,
        },
      }),
  );
  if (props.visibilityTimeout === undefined) {
    (queue.node.defaultChild as sqs.CfnQueue).visibilityTimeout = Lazy.number({
      produce: () => visibilitySeconds(queue),
    });
  }
  return queue;
}

/** The queue's settings for the model of its trigger. The dead-letter queue of an imported queue is unknown. */
export function settingsOf(queue: sqs.IQueue): Readonly<Record<string, unknown>> {
  const { deadLetterQueue } = queue as Partial<sqs.Queue>;
  return {
    fifo: queue.fifo ? true : undefined,
    deadLetterQueue: deadLetterQueue?.queue.node.path,
    queueUrl: queue.queueUrl,
  };
}

/** Decides as the CDK does. */
function isFifo(props: sqs.QueueProps): boolean {
  const { fifo, queueName, contentBasedDeduplication } = props;
  return (
    fifo ??
    (contentBasedDeduplication === true ||
      queueName?.endsWith('.fifo') === true ||
      props.deduplicationScope !== undefined ||
      props.fifoThroughputLimit !== undefined)
  );
}

/** SQS allows a throughput limit per message group only if it also deduplicates messages per group. */
function scopeOf(
  { deduplicationScope: scope, fifoThroughputLimit }: sqs.QueueProps,
  check: PropCheck,
): sqs.DeduplicationScope | undefined {
  if (fifoThroughputLimit !== sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID) {
    return scope;
  }
  if (scope === sqs.DeduplicationScope.QUEUE) {
    throw check.error(
      'deduplicationScope',
      'must be MESSAGE_GROUP if the throughput limit is per message group',
      scope,
      'leave it out',
    );
  }
  return sqs.DeduplicationScope.MESSAGE_GROUP;
}

/** Undefined keeps SQS's default: no function reads the queue, or a timeout is known only at deployment. */
function visibilitySeconds(queue: sqs.Queue): number | undefined {
  const needed = (readersOf.get(queue) ?? []).map(({ fn, window }) => {
    const { timeoutSeconds } = FunctionContext.of(fn);
    const gathering = window === undefined || window.isUnresolved() ? 0 : window.toSeconds();
    return timeoutSeconds === undefined ? 0 : VISIBILITY_TIMEOUTS * timeoutSeconds + gathering;
  });
  const longest = Math.max(0, ...needed);
  return longest === 0 ? undefined : Math.min(longest, MAX_VISIBILITY_SECONDS);
}

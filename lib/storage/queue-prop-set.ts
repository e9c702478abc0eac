import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  DeadLetterQueue,
  DeduplicationScope,
  FifoThroughputLimit,
  QueueEncryption,
  QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { stageDefault } from '../core/defaults';
import { QUEUE_DEFAULTS, QUEUE_KIND } from '../kinds/queue-kind';
import { duration, flag, instance, integer, oneOf, passedOn, struct, textOf } from '../props/kinds';
import { propsOf } from '../props/prop-set';

const ROW = QUEUE_KIND.defaults?.part ?? '';

export const DEAD_LETTER_PROPS = propsOf<DeadLetterQueue>('aws-sqs/lib/queue#DeadLetterQueue')({
  queue: instance('a queue', 'write, for example, `new Queue(…)`', 'queueArn').required(),
  maxReceiveCount: integer(1, 1000, 'receives').required(),
});

/**
 * The CDK's own options of a queue.
 *
 * Ranges: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html,
 * of the name: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export const QUEUE_PROPS = propsOf<QueueProps>('aws-sqs/lib/queue#QueueProps')({
  queueName: textOf(1, 80, {
    what: 'of letters, digits, `_` and `-`, ending with `.fifo` for a FIFO queue',
    fits: /^[A-Za-z0-9_-]+(\.fifo)?$/,
  }),
  retentionPeriod: duration(60, 1_209_600)
    .defaultsTo(Duration.days(QUEUE_DEFAULTS.retentionDays))
    .in(ROW),
  deliveryDelay: duration(0, 900),
  maxMessageSizeBytes: integer(1024, 1_048_576, 'bytes'),
  receiveMessageWaitTime: duration(0, 20),
  visibilityTimeout: duration(0, 43_200).in(ROW),
  deadLetterQueue: struct(DEAD_LETTER_PROPS).in(ROW),
  encryption: oneOf('QueueEncryption', () => QueueEncryption).in(ROW),
  encryptionMasterKey: instance('a key', 'write, for example, `new Key(…)`', 'keyArn').in(ROW),
  dataKeyReuse: duration(60, 86_400),
  fifo: flag(),
  contentBasedDeduplication: flag(),
  deduplicationScope: oneOf('DeduplicationScope', () => DeduplicationScope),
  fifoThroughputLimit: oneOf('FifoThroughputLimit', () => FifoThroughputLimit),
  removalPolicy: oneOf('RemovalPolicy', () => RemovalPolicy)
    .byStage(stageDefault('removalPolicy'))
    .in(ROW),
  enforceSSL: flag().defaultsTo(true).in(ROW),
  ...passedOn('redriveAllowPolicy'),
});

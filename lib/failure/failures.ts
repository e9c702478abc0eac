import { Lazy, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { deadLettersOf, requireStandard } from './failure-queue-rules';
import { addFailuresWaiting } from '../monitoring/failures-waiting';
import { FAILED_RECORDS } from '../core/acknowledged-rules';
import { AppBucket } from '../storage/app-bucket';
import { FAILURE_DEFAULTS } from '../core/defaults';
import { Watched } from '../monitoring/watched';
import { perApp } from '../core/per-app';
import { makeAppBucket } from '../storage/app-storage';
import { FunctionContext } from '../core/function-context';
import { AppContext } from '../core/app-context';
import type { IAppFunction, IServerlessApp } from '../core/contract';
import { warn } from '../core/messages';

/** Lambda's key prefix for failed records of a stream: `aws/lambda/<mapping>/<shard>/<date>/…`. */
const RECORD_PREFIX = 'aws/lambda/';

/** The app's props that configure failures. */
export interface FailureProps {
  readonly failureQueue?: sqs.IQueue;
  readonly failureBucket?: s3.IBucket;
}

/** The failure queue of an app, and the bucket for records that do not fit into a queue. */
export class Failures {
  static readonly of = perApp((context) => new Failures(context));

  /** The statement that allows sending to the queue. All functions share it, because a policy only reads its statements. */
  static sendStatement(queue: sqs.IQueue): iam.PolicyStatement {
    let statement = this.sendStatements.get(queue);
    if (statement === undefined) {
      const resources = [queue.queueArn];
      statement = new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources });
      this.sendStatements.set(queue, statement);
    }
    return statement;
  }

  private static readonly sendStatements = new WeakMap<sqs.IQueue, iam.PolicyStatement>();

  private madeQueue?: sqs.IQueue;
  private madeBucket?: s3.IBucket;
  private fifoQueue?: sqs.Queue;
  private eventBridgeMaySend = false;
  private readonly sendingTopics = new Set<string>();
  private readonly topicPlaces = new Set<string>();

  private readonly app: IServerlessApp;
  private readonly given: FailureProps;

  private constructor(private readonly context: AppContext) {
    this.app = context.app;
    this.given = context.props;
    requireStandard(context, this.given.failureQueue);
    // At synthesis, because an escape hatch may add a dead-letter queue later.
    this.app.node.addValidation({
      validate: () =>
        [this.given.failureQueue, this.madeQueue, this.fifoQueue]
          .filter((queue, i, all) => queue !== undefined && all.indexOf(queue) === i)
          .flatMap((queue) => deadLettersOf(queue as sqs.IQueue, context)),
    });
  }

  /** The queue, if anything has needed it so far. */
  get existingQueue(): sqs.IQueue | undefined {
    return this.madeQueue;
  }

  /** The bucket, if anything has needed it so far. */
  get existingBucket(): s3.IBucket | undefined {
    return this.madeBucket;
  }

  /** The queue. The first access creates it. */
  get queue(): sqs.IQueue {
    if (this.madeQueue === undefined) {
      this.madeQueue = this.given.failureQueue ?? this.makeQueue();
      addFailuresWaiting(this.app, this.madeQueue);
      Watched.of(this.app).failureQueue = this.madeQueue;
    }
    return this.madeQueue;
  }

  /** The bucket. The first access creates it. */
  get bucket(): s3.IBucket {
    this.madeBucket ??= this.given.failureBucket ?? this.makeBucket();
    return this.madeBucket;
  }

  /**
   * Allows the rules of the app's account and region to send to the queue. The statement names no rule, because that would make a
   * queue in another stack depend on this stack, which depends on the queue. Apps that share a queue write the same statement,
   * and the CDK keeps one copy.
   */
  letEventBridgeSend(): void {
    if (this.eventBridgeMaySend) {
      return;
    }
    this.eventBridgeMaySend = true;
    if (!this.allowEventBridge(this.queue)) {
      this.warnOfPolicy(
        'events.amazonaws.com to send messages. Otherwise it misses the records in the failure bucket, and events that ' +
          'EventBridge could not deliver to a function',
      );
    }
  }

  /**
   * Allows a topic to send messages that it cannot deliver to a function to the queue. One statement names all topics. A queue in
   * another stack must not refer to topics of this stack, which depends on the queue; its statement allows all topics of the
   * account instead.
   */
  letTopicSend(topic: sns.ITopic): void {
    const { queue } = this;
    const first = this.sendingTopics.size === 0;
    const isBeside = Stack.of(queue) === Stack.of(this.app);
    const anyTopic = anyTopicBeside(topic);
    this.sendingTopics.add(isBeside ? topic.topicArn : anyTopic);
    this.topicPlaces.add(anyTopic);
    if (first && !this.allowTopics(queue)) {
      this.warnOfPolicy(
        'sns.amazonaws.com to send messages. Otherwise it misses messages that a topic could not deliver to a function',
      );
    }
  }

  /**
   * The dead-letter queue for a queue that triggers functions: the failure queue, or for a FIFO queue one of the same type, which
   * SQS requires.
   */
  deadLetterQueue(fifo: boolean): sqs.IQueue {
    if (!fifo) {
      return this.queue;
    }
    if (this.fifoQueue === undefined) {
      const props = { ...this.queueProps(), fifo: true };
      this.fifoQueue = new sqs.Queue(this.app, 'FifoFailureQueue', props);
      addFailuresWaiting(this.app, this.fifoQueue, 'FifoFailuresWaiting');
    }
    return this.fifoQueue;
  }

  /** The dead-letter queue of FIFO queues, if anything has needed it so far. */
  get existingFifoQueue(): sqs.IQueue | undefined {
    return this.fifoQueue;
  }

  /** The destination for asynchronous events of a function. */
  eventDestination(): lambda.IDestination {
    const { queue } = this;
    return {
      bind: (_scope, fn) => {
        fn.addToRolePolicy(Failures.sendStatement(queue));
        queue.encryptionMasterKey?.grant(fn, 'kms:Decrypt', 'kms:GenerateDataKey');
        return { destination: queue.queueArn };
      },
    };
  }

  /**
   * The destination for records of a stream. A queue would only hold their position, and the stream discards them, by default after
   * 24 hours.
   */
  recordDestination(fn: IAppFunction): lambda.IEventSourceDlq {
    const { bucket } = this;
    const records = bucket.arnForObjects(`${RECORD_PREFIX}*`);
    FunctionContext.of(fn).wildcards.set(records, FAILED_RECORDS);
    iam.Grant.addToPrincipalOrResource({
      grantee: fn,
      resource: bucket,
      actions: ['s3:PutObject'],
      resourceArns: [records],
    });
    iam.Grant.addToPrincipalOrResource({
      grantee: fn,
      resource: bucket,
      actions: ['s3:ListBucket'],
      resourceArns: [bucket.bucketArn],
    });
    bucket.encryptionKey?.grant(fn, 'kms:Decrypt', 'kms:GenerateDataKey');
    return { bind: () => ({ destination: bucket.bucketArn }) };
  }

  private makeQueue(): sqs.Queue {
    return new sqs.Queue(this.app, 'FailureQueue', this.queueProps());
  }

  private queueProps(): sqs.QueueProps {
    return {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: FAILURE_DEFAULTS.queueRetention,
      removalPolicy: this.context.defaults.removalPolicy,
    };
  }

  private makeBucket(): AppBucket {
    const lifecycleRules = [{ id: 'ForgetFailures', expiration: FAILURE_DEFAULTS.recordRetention }];
    const bucket = makeAppBucket(this.app, 'FailureBucket', { lifecycleRules }, false);
    this.sendToQueue(bucket);
    return bucket;
  }

  /**
   * Notifies the queue of each record. It uses EventBridge, because S3 itself would send a test event at the first deployment,
   * which would look like a failure.
   */
  private sendToQueue(bucket: AppBucket): void {
    const { queue } = this;
    bucket.enableEventBridgeNotification();
    this.letEventBridgeSend();
    new events.Rule(this.app, 'FailureRule', {
      description: `Notifies ${queue.node.path} of records in ${bucket.node.path}`.slice(0, 512),
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucket.bucketName] },
          object: { key: [{ prefix: RECORD_PREFIX }] },
        },
      },
      targets: [{ bind: () => ({ arn: queue.queueArn }) }],
    });
  }

  /**
   * Grants in the queue's policy and in its key's policy, because an encrypted queue needs both. For a topic, EventBridge
   * requires a key policy without such conditions (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html). For
   * encrypted queues, SQS lists EventBridge rules (CloudWatch Events) among the services that support them
   * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html), and the CDK's own
   * target adds the same condition to a queue's key (https://github.com/aws/aws-cdk/pull/22740).
   * `kms:EncryptionContext:aws:sqs:arn` would be narrower, but would create a circular dependency: the queue needs the key.
   */
  private allowEventBridge(queue: sqs.IQueue): boolean {
    const { account } = Stack.of(this.app);
    const principals = [new iam.ServicePrincipal('events.amazonaws.com')];
    queue.encryptionMasterKey?.addToResourcePolicy(
      new iam.PolicyStatement({
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'], // in a key's policy: that key
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    const { statementAdded } = queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals,
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': this.anyRule() },
        },
      }),
    );
    return statementAdded;
  }

  private allowTopics(queue: sqs.IQueue): boolean {
    const principals = [new iam.ServicePrincipal('sns.amazonaws.com')];
    // Names no topic, because the same key may encrypt it.
    queue.encryptionMasterKey?.addToResourcePolicy(
      new iam.PolicyStatement({
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'], // in a key's policy: that key
        conditions: {
          ArnLike: { 'aws:SourceArn': Lazy.list({ produce: () => [...this.topicPlaces] }) },
        },
      }),
    );
    const { statementAdded } = queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals,
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': Lazy.list({ produce: () => [...this.sendingTopics] }) },
        },
      }),
    );
    return statementAdded;
  }

  private warnOfPolicy(what: string): void {
    warn(
      this.app,
      'cdk-serverless-app:failure-queue-policy',
      `${this.app.node.path}: \`failureQueue\` is imported, so the app cannot change its policy: it must allow ${what}`,
    );
  }

  private anyRule(): string {
    return Stack.of(this.app).formatArn({ service: 'events', resource: 'rule', resourceName: '*' });
  }
}

/** All topics of the topic's account and region. */
function anyTopicBeside(topic: sns.ITopic): string {
  const { account, region } = topic.env;
  return Stack.of(topic).formatArn({ service: 'sns', resource: '*', account, region });
}

import { Annotations, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
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

/** Where Lambda puts the records of a stream that a function could not process: `aws/lambda/<mapping>/<shard>/<date>/…`. */
const RECORD_PREFIX = 'aws/lambda/';

/** The props of an app that the failures read. */
export interface FailureProps {
  readonly failureQueue?: sqs.IQueue;
  readonly failureBucket?: s3.IBucket;
}

/** The failure queue of an app, and the bucket for records that a queue cannot hold. */
export class Failures {
  static readonly of = perApp((context) => new Failures(context));

  /** What allows an identity to put events into the queue: one for all, which a policy only reads. */
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

  private readonly app: IServerlessApp;
  private readonly given: FailureProps;

  private constructor(private readonly context: AppContext) {
    this.app = context.app;
    this.given = context.props;
    requireStandard(context, this.given.failureQueue);
  }

  /** The queue, if something needed it so far. */
  get existingQueue(): sqs.IQueue | undefined {
    return this.madeQueue;
  }

  /** The bucket, if something needed it so far. */
  get existingBucket(): s3.IBucket | undefined {
    return this.madeBucket;
  }

  /** The queue; made when it is first needed. */
  get queue(): sqs.IQueue {
    if (this.madeQueue === undefined) {
      this.madeQueue = this.given.failureQueue ?? this.makeQueue();
      addFailuresWaiting(this.app, this.madeQueue);
      Watched.of(this.app).failureQueue = this.madeQueue;
    }
    return this.madeQueue;
  }

  /** The bucket; made when it is first needed. */
  get bucket(): s3.IBucket {
    this.madeBucket ??= this.given.failureBucket ?? this.makeBucket();
    return this.madeBucket;
  }

  /**
   * Lets the rules of the app's account and region put events into the queue. The statement names no rule: one that did would
   * tie a queue of another stack to this one, which waits for the queue. Apps that share a queue write the same statement,
   * and the CDK keeps one of it.
   */
  letEventBridgeSend(): void {
    if (this.eventBridgeMaySend) {
      return;
    }
    this.eventBridgeMaySend = true;
    if (!this.allowEventBridge(this.queue)) {
      Annotations.of(this.app).addWarningV2(
        'cdk-serverless-app:failure-queue-policy',
        `${this.app.node.path}: \`failureQueue\` is imported, so its policy cannot be changed here: it must allow ` +
          'events.amazonaws.com to send messages, or it will hear neither of records in the failure bucket nor of events that ' +
          'EventBridge could not hand to a function',
      );
    }
  }

  /**
   * The dead-letter queue of a queue that triggers functions: the failure queue, or for a FIFO queue one of the same type,
   * since SQS accepts no other.
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

  /** The dead-letter queue of FIFO queues, if something needed it so far. */
  get existingFifoQueue(): sqs.IQueue | undefined {
    return this.fifoQueue;
  }

  /** Where events end that a function was given asynchronously. */
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

  /** Where records of a stream end. A queue would get only their position, and the stream forgets them after 24 hours. */
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
   * Lets the queue know of each record. By EventBridge, since S3 itself would put a test event into the queue at the first
   * deployment, and whoever watches the queue would take it for a failure.
   */
  private sendToQueue(bucket: AppBucket): void {
    const { queue } = this;
    bucket.enableEventBridgeNotification();
    this.letEventBridgeSend();
    new events.Rule(this.app, 'FailureRule', {
      description: `Tells ${queue.node.path} of records in ${bucket.node.path}`.slice(0, 512),
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
   * By the queue's policy, and by its key's, since a policy of the queue alone does not suffice where a key encrypts it. What EventBridge
   * sends to a topic must come without such conditions on the key
   * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html), but of encrypted queues SQS names its rules (CloudWatch
   * Events) among the services that support them
   * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html), and the CDK's own target gives
   * a queue's key the same one (https://github.com/aws/aws-cdk/pull/22740). `kms:EncryptionContext:aws:sqs:arn` would be narrower, and
   * a cycle: the queue needs the key.
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

  private anyRule(): string {
    return Stack.of(this.app).formatArn({ service: 'events', resource: 'rule', resourceName: '*' });
  }
}

/** Lambda and EventBridge put what failed into standard queues only. */
function requireStandard({ check }: AppContext, queue: sqs.IQueue | undefined): void {
  if (queue?.fifo === true) {
    throw check.error(
      'failureQueue',
      'must be a standard queue, since Lambda and EventBridge send failures to no other',
      `${queue.node.path}, which is a FIFO queue`,
      'leave out `fifo` where you make it, or leave out `failureQueue` for one of the app’s own',
    );
  }
}

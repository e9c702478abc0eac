import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { EventTriggerOptions } from './event/event-options';
import { EventTrigger } from './event/event-trigger';
import { FunctionUrlTrigger, FunctionUrlTriggerOptions } from './function-url/function-url-trigger';
import { HttpTrigger, HttpTriggerOptions } from './http/http-trigger';
import { ObjectTriggerOptions } from './object/object-options';
import { ObjectTrigger } from './object/object-trigger';
import { QueueTrigger, QueueTriggerOptions } from './queue/queue-trigger';
import { ScheduleTriggerOptions } from './schedule/schedule-options';
import { ScheduleTrigger } from './schedule/schedule-trigger';
import { StreamTrigger, StreamTriggerOptions } from './stream/stream-trigger';
import {
  TableChangesTrigger,
  TableChangesTriggerOptions,
} from './table-changes/table-changes-trigger';
import { TopicTrigger, TopicTriggerOptions } from './topic/topic-trigger';
import { UserPoolTrigger, UserPoolTriggerOptions } from './user-pool/user-pool-trigger';
import { WebSocketTrigger, WebSocketTriggerOptions } from './web-socket/web-socket-trigger';
import { ITrigger } from '../core/contract';

/** The events that can invoke a function. For any other event source, implement `ITrigger`. */
export class Trigger {
  /**
   * An HTTP request to the app's API.
   *
   * @param route `METHOD /path/{parameter}`, `ANY /path`, `GET /files/{proxy+}`, or `$default` for requests that match no other
   * route
   */
  public static http(route: string, options: HttpTriggerOptions = {}): ITrigger {
    return new HttpTrigger(route, options);
  }

  /**
   * Changes of the items in a table, read from the table's stream.
   *
   * @param table a table with a stream; one created by `addTable` has one
   */
  public static tableChanges(
    table: dynamodb.ITable,
    options: TableChangesTriggerOptions = {},
  ): ITrigger {
    return new TableChangesTrigger(table, options);
  }

  /**
   * Objects that are created in a bucket, or the events in `eventTypes`.
   *
   * @param bucket a bucket of the app (S3 notifies the function directly), or any other bucket that sends its events to
   * EventBridge
   */
  public static objectCreated(bucket: s3.IBucket, options: ObjectTriggerOptions = {}): ITrigger {
    return new ObjectTrigger(bucket, options);
  }

  /**
   * Messages of an SQS queue, standard or FIFO. Lambda deletes the messages that the function processed; the others become
   * visible again, and after `maxReceiveCount` receives SQS moves them to the queue's dead-letter queue.
   *
   * @param queue a queue made by `addQueue`, or another queue in the function's account and region
   */
  public static queue(queue: sqs.IQueue, options: QueueTriggerOptions = {}): ITrigger {
    return new QueueTrigger(queue, options);
  }

  /**
   * Messages of an SNS topic. A message that the function cannot process, or that SNS cannot deliver to it, ends in the failure
   * queue.
   *
   * @param topic a topic made by `addTopic`, or another standard topic in the function's region; not a FIFO topic, which delivers
   * to queues only
   */
  public static topic(topic: sns.ITopic, options: TopicTriggerOptions = {}): ITrigger {
    return new TopicTrigger(topic, options);
  }

  /**
   * Events of an EventBridge bus that match a pattern: those of AWS services and of your own code.
   *
   * @param pattern the CDK's event pattern: `{ source: ['shop'], detailType: ['OrderPlaced'] }`; use `Match` for operators
   */
  public static events(pattern: events.EventPattern, options: EventTriggerOptions = {}): ITrigger {
    return new EventTrigger(pattern, options);
  }

  /**
   * Records of a Kinesis stream. Lambda reads each shard in order and repeats a batch that fails; records that still fail go,
   * complete, to the app's failure bucket.
   *
   * @param stream a stream made by `addStream`, or another stream in the function's account and region
   */
  public static stream(stream: kinesis.IStream, options: StreamTriggerOptions = {}): ITrigger {
    return new StreamTrigger(stream, options);
  }

  /**
   * An operation of a Cognito user pool. The pool waits 5 seconds for the answer, except for `CUSTOM_EMAIL_SENDER` and
   * `CUSTOM_SMS_SENDER`, whose events are asynchronous.
   *
   * @param pool a pool that this CDK app creates: a trigger is a setting of the pool, so an imported pool is an error
   * @param operation `UserPoolOperation.PRE_SIGN_UP`, `.POST_CONFIRMATION`, …; a pool has at most one function per operation
   */
  public static userPool(
    pool: cognito.UserPool,
    operation: cognito.UserPoolOperation,
    options: UserPoolTriggerOptions = {},
  ): ITrigger {
    return new UserPoolTrigger(pool, operation, options);
  }

  /**
   * Connections and messages of the app's WebSocket API.
   *
   * @param route `$connect`, `$disconnect`, `$default`, or the name that messages carry in `action`
   */
  public static webSocket(route: string, options: WebSocketTriggerOptions = {}): ITrigger {
    return new WebSocketTrigger(route, options);
  }

  /** Requests to the function's own URL, `fn.functionUrl.url`. A function has at most one. */
  public static functionUrl(options: FunctionUrlTriggerOptions = {}): ITrigger {
    return new FunctionUrlTrigger(options);
  }

  /** A schedule in EventBridge Scheduler. */
  public static schedule(
    schedule: scheduler.ScheduleExpression,
    options: ScheduleTriggerOptions = {},
  ): ITrigger {
    return new ScheduleTrigger(schedule, options);
  }

  private constructor() {}
}

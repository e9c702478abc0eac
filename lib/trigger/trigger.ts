import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { HttpTrigger, HttpTriggerOptions } from './http/http-trigger';
import { ObjectTrigger, ObjectTriggerOptions } from './object/object-trigger';
import { QueueTrigger, QueueTriggerOptions } from './queue/queue-trigger';
import { ScheduleTrigger, ScheduleTriggerOptions } from './schedule/schedule-trigger';
import {
  TableChangesTrigger,
  TableChangesTriggerOptions,
} from './table-changes/table-changes-trigger';
import { ITrigger } from '../core/contract';

/** What runs a function. For a kind of event that is not here, implement `ITrigger`. */
export class Trigger {
  /**
   * An HTTP request to the app's API.
   *
   * @param route `METHOD /path/{parameter}`, `ANY /path`, `GET /files/{proxy+}`, or `$default` for what no route takes
   */
  public static http(route: string, options: HttpTriggerOptions = {}): ITrigger {
    return new HttpTrigger(route, options);
  }

  /**
   * A change of an item in a table, read from the table's stream.
   *
   * @param table a table with a stream; one made by `addTable` has it
   */
  public static tableChanges(
    table: dynamodb.ITable,
    options: TableChangesTriggerOptions = {},
  ): ITrigger {
    return new TableChangesTrigger(table, options);
  }

  /**
   * An object that was created in a bucket, or another kind of S3 event where `eventTypes` names it.
   *
   * @param bucket a bucket of the app (S3 notifies the function itself), or any other one (through EventBridge, which must
   * be switched on for that bucket)
   */
  public static objectCreated(bucket: s3.IBucket, options: ObjectTriggerOptions = {}): ITrigger {
    return new ObjectTrigger(bucket, options);
  }

  /**
   * Messages of an SQS queue, standard or FIFO. Lambda deletes the messages that the function processed; the others become
   * visible again, and after `maxReceiveCount` receives SQS moves them to the queue's dead-letter queue.
   *
   * @param queue a queue made by `addQueue`, or another queue of the function's account and region
   */
  public static queue(queue: sqs.IQueue, options: QueueTriggerOptions = {}): ITrigger {
    return new QueueTrigger(queue, options);
  }

  /** A time, by EventBridge Scheduler. */
  public static schedule(
    schedule: scheduler.ScheduleExpression,
    options: ScheduleTriggerOptions = {},
  ): ITrigger {
    return new ScheduleTrigger(schedule, options);
  }

  private constructor() {}
}

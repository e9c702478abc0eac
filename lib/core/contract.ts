import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { AppStage } from '../model/app-stage';

/** An app as its parts see it. `ServerlessApp` implements it. */
export interface IServerlessApp extends IConstruct {
  /** The stage, which selects the column of the defaults table. */
  readonly stage: AppStage;

  /** The absolute path that function entries are relative to. */
  readonly root: string;

  /** The log group that the functions write to. */
  readonly logGroup: logs.ILogGroup;

  /** The queue for events that no function could process. The first read creates it. */
  readonly failureQueue: sqs.IQueue;

  /** The bucket for stream records that no function could process. The first read creates it. */
  readonly failureBucket: s3.IBucket;
}

/** A function as triggers and accesses see it. `AppFunction` implements it. */
export interface IAppFunction extends IConstruct, iam.IGrantable {
  /** The app that the function belongs to. */
  readonly app: IServerlessApp;

  /** The CDK's function. */
  readonly function: lambda.Function;

  /** The execution role. */
  readonly role: iam.IRole;

  /** What event sources invoke: the alias if the function has one, otherwise the function. */
  readonly target: lambda.IFunction;

  /** The alias `live`, if `coldStart` or `rollout` needs one. */
  readonly alias?: lambda.Alias;
}

/** How a trigger invokes its function. This decides what happens to an event that fails. */
export enum InvocationType {
  /** The caller waits for the response and sees the error. */
  SYNCHRONOUS = 'synchronous',

  /** Lambda queues the event, retries it, and sends it to the failure queue when all retries fail. */
  ASYNCHRONOUS = 'asynchronous',

  /** Lambda polls a stream or a queue. The trigger defines what happens to failed events. */
  POLLED = 'polled',
}

/** What a trigger set up. The function and the app model use it. */
export interface TriggerConfig {
  /** The kind of trigger, for example `http`. */
  readonly kind: string;

  /** How the trigger invokes the function. */
  readonly invocation: InvocationType;

  /** The source of the events: a route, a construct path, or a schedule expression. */
  readonly source: string;

  /**
   * Additional plain data for the app model.
   *
   * @default - no additional data
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii's type for plain data; jsii has no `unknown`
  readonly details?: { readonly [key: string]: any };
}

/** Something that invokes a function. `Trigger` creates the usual ones. Implement this interface for any other event source. */
export interface ITrigger {
  /**
   * Connects the event source to the function. The app calls it once for each function that has the trigger.
   *
   * @param fn the function to invoke. Pass `fn.target` to the event source, and use `fn` as the scope of other resources
   */
  bind(fn: IAppFunction): TriggerConfig;
}

/** What a function may do with a resource. */
export enum AccessLevel {
  /** Get, query, scan and list. */
  READ = 'read',

  /** Put, update and delete. */
  WRITE = 'write',

  /** Read and write. */
  READ_WRITE = 'readWrite',

  /** Send messages to a queue, or to the connections of a WebSocket API. */
  SEND = 'send',

  /** Receive and delete messages of a queue. */
  RECEIVE = 'receive',

  /** Publish messages to a topic. */
  PUBLISH = 'publish',

  /** Put events on an event bus. */
  PUT = 'put',

  /** Invoke a function. */
  INVOKE = 'invoke',

  /** Start executions of a state machine. */
  START = 'start',

  /** Send email as an identity. */
  SEND_EMAIL = 'sendEmail',

  /** Administer the users of a user pool. */
  ADMINISTER = 'administer',
}

/** What an access granted. The function, the app model and the report use it. */
export interface AccessConfig {
  /** The kind of resource, for example `table`. */
  readonly kind: string;

  /** The construct path of the resource. */
  readonly path: string;

  /** What the function may do with the resource. */
  readonly level: AccessLevel;

  /**
   * The part of the resource: keys of a bucket (`out/*`), an index of a table, the detail types of events, or the actions on
   * a user pool.
   *
   * @default - the whole resource
   */
  readonly part?: string;

  /**
   * The detail types of the events that the function may put on a bus: exact names.
   *
   * @default - all, or the resource is no event bus
   */
  readonly detailTypes?: string[];

  /**
   * The environment variable that tells the handler which resource it may use.
   *
   * @default - no variable
   */
  readonly environmentVariable?: string;

  /**
   * The value of that variable: a name, an ARN or a URL, never a secret. Give it together with `environmentVariable`.
   *
   * @default - no variable
   */
  readonly environmentValue?: string;
}

/** Permission to use a resource. Implement this interface for resources that `Access` does not cover. */
export interface IAccess {
  /**
   * Grants the permission. Add statements to `fn.grantPrincipal`. The function sets the environment variable that the
   * returned configuration names.
   */
  bind(fn: IAppFunction): AccessConfig;
}

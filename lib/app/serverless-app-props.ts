import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AlarmOptions } from '../monitoring/alarm-options';
import { AppStage } from '../model/app-stage';
import { Budget } from '../monitoring/budget';
import { AppFunctionOptions } from '../function/app-function-props';
import { EstimateOptions } from '../estimate/estimate-options';
import { AppUsage } from '../estimate/usage';
import { ScalingOptions } from '../scaling/scaling-options';
import { Sharding } from '../core/sharding';
import { HttpOptions } from '../http/http-options';
import { RestOptions } from '../http/rest/rest-options';
import { WebSocketOptions } from '../http/socket/socket-options';
import { HttpTriggerOptions } from '../trigger/http/http-trigger';
import { ObjectTriggerOptions } from '../trigger/object/object-options';
import { ScheduleTriggerOptions } from '../trigger/schedule/schedule-options';
import { TableChangesTriggerOptions } from '../trigger/table-changes/table-changes-trigger';

/** Properties of an app. All are optional. */
export interface ServerlessAppProps {
  /**
   * The stage, which selects the column of the defaults table.
   *
   * @default AppStage.PRODUCTION
   */
  readonly stage?: AppStage;

  /**
   * The folder that `entry` paths are relative to: absolute, or relative to the working directory.
   *
   * @default - the working directory, which is the folder of cdk.json when the CDK's CLI runs
   */
  readonly root?: string;

  /**
   * Options for all functions. A function's own options override them; environment variables, bundling, usage, layers
   * and access of both are merged.
   *
   * @default - the table of defaults
   */
  readonly functionDefaults?: AppFunctionOptions;

  /**
   * The HTTP API: who may call it, its throttle, access log, CORS and domain, or your own API.
   *
   * @default - an HTTP API with the defaults of the table, created with the first route
   */
  readonly http?: HttpOptions;

  /**
   * A REST API in place of the HTTP API: `rest: {}`. It has what an HTTP API lacks (API keys and usage plans, request validation, AWS WAF,
   * private endpoints,
   * streamed responses) and costs $3.50 a million requests, not $1.00. The routes stay as they are; docs/triggers/rest.md says what
   * changes for handlers.
   *
   * @default - no REST API
   */
  readonly rest?: RestOptions;

  /**
   * The WebSocket API: who may connect, how messages find their route, its throttle and access log, or your own stage.
   *
   * @default - a WebSocket API with the defaults of the table, created with the first route
   */
  readonly webSocket?: WebSocketOptions;

  /**
   * The log group that all functions write to.
   *
   * @default - a log group of the app that keeps logs for 3 months in production and for 1 week in development
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * The queue for events that no function could process: a standard queue, not FIFO.
   *
   * @default - a queue of the app: encrypted, TLS only, with a retention of 14 days, created with the first asynchronous trigger
   */
  readonly failureQueue?: sqs.IQueue;

  /**
   * The bucket for table changes and stream records that no function could process. The app does not connect your own bucket to
   * the failure queue.
   *
   * @default - a bucket of the app with a retention of 90 days, created with the first trigger that reads a stream
   */
  readonly failureBucket?: s3.IBucket;

  /**
   * Whether S3 logs the requests to the app's buckets, including the failure bucket. S3 delivers the logs within hours and
   * charges only for their storage ($0.023 per GB and month, about 500 bytes per request). `addBucket` takes
   * `serverAccessLogsBucket` and `serverAccessLogsPrefix` for one bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
   * @default - true in production; false in development, unless `serverAccessLogsBucket` is given
   */
  readonly serverAccessLogs?: boolean;

  /**
   * The bucket for those logs: in the same account and region, and encrypted with S3 managed keys. The app adds the statement
   * that lets S3 write; for an imported bucket you must add it.
   *
   * @default - a bucket of the app that keeps them for 90 days, created with the first bucket
   */
  readonly serverAccessLogsBucket?: s3.IBucket;

  /**
   * Whether the app acknowledges the known findings of policy packs such as cdk-nag about its own resources, each with its reason;
   * docs/security.md lists them. With `false` the packs report all of them.
   *
   * @default true
   */
  readonly acknowledgements?: boolean;

  /**
   * How to divide the functions if they do not fit into one stack, which holds 500 resources: `Sharding.nestedStacks(4)`. An app
   * of up to about 60 functions does not need it; from 400 resources, a warning says how many stacks are enough. Turning it on or
   * off, or changing the number, replaces the functions that move; see `Sharding.nestedStacks`.
   *
   * @default - all functions are in the app's own stack
   */
  readonly sharding?: Sharding;

  /**
   * The account's quotas if they differ from AWS's defaults: concurrent executions and API requests. Synthesis checks reserved
   * and provisioned concurrency against them.
   *
   * @default - 1,000 concurrent executions; 10,000 requests a second with a burst of 5,000 (a quarter of that in the newer
   * regions)
   */
  readonly scaling?: ScalingOptions;

  /**
   * The expected usage in a month, at three levels: `{ monthlyEvents: { moderate: 500_000 } }`. Only the cost estimate uses it.
   * Functions and triggers can override it.
   *
   * @default - the defaults of `AppUsage`
   */
  readonly usage?: AppUsage;

  /**
   * How synthesis shows the cost estimate.
   *
   * @default - without the free tier; on stderr if that is a terminal, otherwise as an info annotation
   */
  readonly estimate?: EstimateOptions;

  /**
   * The email addresses for alarms and budget notifications. Each address must confirm its subscription. They subscribe to a
   * topic of the app: TLS only, and encrypted with a KMS key that CloudWatch and AWS Budgets may use ($1 a month).
   *
   * @default - no addresses; if `notifyTopic` is missing too, the app has no alarms, since nobody would receive them
   */
  readonly notify?: string[];

  /**
   * Your own topic for alarms and budget notifications. The app does not change it: its policy, and the policy of its key if it
   * has one, must allow `cloudwatch.amazonaws.com` to publish, and `budgets.amazonaws.com` if there is a budget.
   *
   * @default - only the addresses in `notify`
   */
  readonly notifyTopic?: sns.ITopic;

  /**
   * The monthly budget: `Budget.monthly(200)`. AWS compares it with the cost of the resources that have the app's tag,
   * `serverless-app`, and notifies `notify` and `notifyTopic`, one of which is required. Activate the tag once in the billing
   * console; see docs/budgets.md. If the app has alarms, `RunRate` fires within minutes when the app spends its budget too fast.
   *
   * @default - no budget, no tag
   */
  readonly budget?: Budget;

  /**
   * Whether the app has a CloudWatch dashboard: traffic, failures, latency, dollars an hour, cold starts, concurrency, age of stream
   * records, messages in the failure queue. It costs $3 a month (an account's first three are free) and $0.30 for each log metric.
   *
   * @default - true if the app has alarms: in production with `notify` or `notifyTopic`
   */
  readonly dashboard?: boolean;

  /**
   * Whether the app has alarms. `alarms` enables or disables single alarms by name.
   *
   * @default - true in production with `notify` or `notifyTopic`, false in development
   */
  readonly alarmsEnabled?: boolean;

  /**
   * Changes to alarms by name, for example `{ ApiLatency: { threshold: AlarmThreshold.duration(Duration.seconds(2)) } }`. The name of
   * a function's alarm is the function's id and the kind (`ProjectOrderStreamAge`); the kind alone (`StreamAge`) changes all of
   * them. An unknown name is an error.
   *
   * @default - the table in docs/alarms.md
   */
  readonly alarms?: { readonly [name: string]: AlarmOptions };

  /**
   * Whether synthesis writes a report next to the template: `<stack>.<app>.report.html`, one offline page with the graph of triggers,
   * functions and resources, the cost by load, the limits, the findings of the guards, and the changed defaults.
   * `npx serverless-app report` writes it later for any app.
   *
   * @default false
   */
  readonly report?: boolean;

  /**
   * Whether synthesis writes `serverless-app-env.d.ts` next to cdk.json: a type for the environment variables of each function, such
   * as `CreateOrderEnv`. It is written only when the CDK's CLI runs the synthesis, if there is a tsconfig.json, the content has changed,
   * and the variable `CI` is not set. `npx serverless-app types` writes or checks it at any time.
   *
   * @default true
   */
  readonly environmentTypes?: boolean;
}

/** Options of `onRequest`: the function's and the trigger's together. */
export interface RequestFunctionOptions extends AppFunctionOptions, HttpTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `get-order.ts` gives `GetOrder`
   */
  readonly id?: string;
}

/** Options of `onTableChange`: the function's and the trigger's together. */
export interface TableChangeFunctionOptions extends AppFunctionOptions, TableChangesTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `project-order.ts` gives `ProjectOrder`
   */
  readonly id?: string;
}

/** Options of `onObjectCreated`: the function's and the trigger's together. */
export interface ObjectFunctionOptions extends AppFunctionOptions, ObjectTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `import-orders.ts` gives `ImportOrders`
   */
  readonly id?: string;
}

/** Options of `onSchedule`: the function's and the trigger's together. */
export interface ScheduleFunctionOptions extends AppFunctionOptions, ScheduleTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `close-day.ts` gives `CloseDay`
   */
  readonly id?: string;
}

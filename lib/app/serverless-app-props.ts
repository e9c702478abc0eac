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
import { HttpTriggerOptions } from '../trigger/http/http-trigger';
import { ObjectTriggerOptions } from '../trigger/object/object-trigger';
import { ScheduleTriggerOptions } from '../trigger/schedule/schedule-trigger';
import { TableChangesTriggerOptions } from '../trigger/table-changes/table-changes-trigger';

/** Properties of an app. All are optional. */
export interface ServerlessAppProps {
  /**
   * What the app is for; it chooses the column of the table of defaults.
   *
   * @default AppStage.PRODUCTION
   */
  readonly stage?: AppStage;

  /**
   * The folder that the functions' `entry` paths start from, absolute or relative to the working directory.
   *
   * @default - the working directory, which is the folder of cdk.json when the CDK's CLI runs
   */
  readonly root?: string;

  /**
   * Options for all functions. A function's own options go before them; environment variables, layers and access of both
   * are put together.
   *
   * @default - the table of defaults
   */
  readonly functionDefaults?: AppFunctionOptions;

  /**
   * The HTTP API: who may call it, its throttle, access log, CORS and domain, or an API of your own.
   *
   * @default - an HTTP API with the table's defaults, made when the first route is
   */
  readonly http?: HttpOptions;

  /**
   * The log group that all functions write to.
   *
   * @default - a log group of the app, kept 3 months in production and 1 week in development
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * The queue where events end that a function could not process: a standard queue, not FIFO.
   *
   * @default - a queue of the app, encrypted, TLS only, 14 days, made when the first asynchronous trigger is
   */
  readonly failureQueue?: sqs.IQueue;

  /**
   * The bucket that keeps the table changes which a function could not process. A bucket of your own does not tell the
   * failure queue; yours to connect.
   *
   * @default - a bucket of the app, 90 days, made when the first trigger by table changes is
   */
  readonly failureBucket?: s3.IBucket;

  /**
   * Whether S3 logs who uses the app's buckets, the failure bucket too: who, when, which object, from where. S3 writes it within hours,
   * and charges only for keeping it ($0.023 a GB and month, about 500 bytes a request). `addBucket` takes
   * `serverAccessLogsBucket` and `serverAccessLogsPrefix` for one bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
   * @default - true in production; false in development, unless `serverAccessLogsBucket` is given
   */
  readonly serverAccessLogs?: boolean;

  /**
   * The bucket where those logs go: in the same account and region, encrypted by S3's own keys, not by one of yours.
   * Its policy is told to let S3 in; of an imported one you must do that.
   *
   * @default - a bucket of the app that keeps them 90 days, made when the first bucket is
   */
  readonly serverAccessLogsBucket?: s3.IBucket;

  /**
   * Whether policy packs such as cdk-nag are told which of their findings about the app's own resources are known, each with its reason;
   * docs/security.md lists them. With `false` they report all of them.
   *
   * @default true
   */
  readonly acknowledgements?: boolean;

  /**
   * How the functions are divided where one stack, which holds 500 resources, is too small for them:
   * `Sharding.nestedStacks(4)`. A production app of about 60 functions or less does not need it; from 400 resources on a warning
   * says how many stacks would do. To begin or end it, or to change the number, replaces the functions that move, in two
   * deployments where they have routes; see `Sharding.nestedStacks`.
   *
   * @default - all functions are in the app's own stack
   */
  readonly sharding?: Sharding;

  /**
   * What the account may do, where that is not what AWS begins with: its concurrent executions, and the requests of its APIs.
   * What the functions reserve and provision is checked against it.
   *
   * @default - 1,000 concurrent executions; 10,000 requests a second and 5,000 at once (a quarter of it in the newer regions)
   */
  readonly scaling?: ScalingOptions;

  /**
   * What you expect of the app in a month, at three usage levels: `{ monthlyEvents: { moderate: 500_000 } }`. The estimate of the
   * cost follows from it, and nothing else. Functions and triggers may say it of themselves.
   *
   * @default - what the docs of `AppUsage` say
   */
  readonly usage?: AppUsage;

  /**
   * How the estimate of the cost is shown, which every synthesis makes.
   *
   * @default - without the free tier; on stderr where that is a terminal, else as an information of the CDK
   */
  readonly estimate?: EstimateOptions;

  /**
   * The mail addresses that are told of what happens to the app. Each gets a mail by which it must confirm. They are subscribed to
   * a topic of the app: TLS only, and encrypted with a key of its own, which costs $1 a month and which CloudWatch and AWS Budgets may use.
   *
   * @default - nobody is told, unless `notifyTopic` is given; then there are no alarms, which would only cost
   */
  readonly notify?: string[];

  /**
   * A topic of your own that is told, for anything but mail. It is not changed: its policy must let `cloudwatch.amazonaws.com`
   * publish (and `budgets.amazonaws.com`, where there is a budget), and its key, if it has one, must let them too.
   *
   * @default - only the addresses in `notify` are told
   */
  readonly notifyTopic?: sns.ITopic;

  /**
   * What the app may cost a month: `Budget.monthly(200)`. AWS compares it with what is billed to the app's resources, which bear the tag
   * `serverless-app` for that, and tells `notify` and `notifyTopic`, one of which must be given. The tag must once be activated in
   * the billing console, see the README. Where there are alarms, one is raised within minutes when the app spends its budget too fast (`RunRate`).
   *
   * @default - no budget, no tag
   */
  readonly budget?: Budget;

  /**
   * Whether the app has a dashboard in CloudWatch: traffic, failures, latency, dollars an hour, cold starts, concurrency, age of table changes,
   * failures waiting. It costs $3 a month (an account's first three are free), and $0.30 for each metric of the app's logs in it.
   *
   * @default - true where the app has alarms: in production where somebody is told (`notify`, `notifyTopic`)
   */
  readonly dashboard?: boolean;

  /**
   * Whether the app has alarms. By name each can be had or left out in `alarms`.
   *
   * @default - true in production where somebody is told (`notify`, `notifyTopic`), false in development
   */
  readonly alarmsEnabled?: boolean;

  /**
   * What is changed of alarms, by their names, for example `{ ApiLatency: { threshold: AlarmThreshold.duration(Duration.seconds(2)) } }`.
   * An alarm of one function has the function's id before the name of its kind (`ProjectOrderStreamAge`); the kind alone
   * (`StreamAge`) is all of them. An unknown name is an error.
   *
   * @default - the README's table of alarms
   */
  readonly alarms?: { readonly [name: string]: AlarmOptions };

  /**
   * Whether synthesis writes a report beside the template: `<stack>.<app>.report.html`, one page with what runs what, what it may
   * touch and where failures go, the cost by load, the limits on the way, what the guards found, and which defaults were changed. It
   * needs no network. `npx serverless-app report` writes it of any app afterwards.
   *
   * @default false
   */
  readonly report?: boolean;
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

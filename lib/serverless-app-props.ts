import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage } from './app-stage';
import { AppFunctionOptions } from './function/app-function-props';
import { EstimateOptions } from './cost/estimate-options';
import { AppUsage } from './cost/usage';
import { ScalingOptions } from './scaling/scaling-options';
import { Sharding } from './sharding';
import { HttpOptions } from './trigger/http-options';
import { HttpTriggerOptions } from './trigger/http-trigger';
import { ObjectTriggerOptions } from './trigger/object-trigger';
import { ScheduleTriggerOptions } from './trigger/schedule-trigger';
import { TableChangesTriggerOptions } from './trigger/table-changes-trigger';

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

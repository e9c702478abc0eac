import type { HttpModel, WebSocketModel } from './api-model';
import type { FunctionModel, TriggerModel } from './function-model';
import type { ResourceModel, LogGroupModel, LevelModel, UsageModel } from './resource-model';

export type * from './api-model';
export type * from './function-model';
export type * from './resource-model';

/**
 * The contents of an app as plain data. Constructs write it as they are created; the estimate, the guards, the report and the CLI
 * read it. Values may hold Tokens until the model is written to the cloud assembly.
 *
 * Its form in the cloud assembly is described by `schema/serverless-app.schema.json`.
 */
export interface AppModel {
  /** Increased when a reader of an earlier version could misread this one. */
  readonly schemaVersion: number;
  readonly app: AppInfo;
  readonly functions: FunctionModel[];
  readonly tables: TableModel[];
  readonly buckets: ResourceModel[];
  /** What monitors the app. Each part costs money. */
  readonly monitoring: MonitoringModel;
  /** KMS keys that the app created. */
  readonly keys: ResourceModel[];
  /** The table of defaults, as it applies to this app. */
  readonly defaults: DefaultModel[];
  /** The guards' findings, and what was acknowledged. */
  guards?: GuardsModel;
  http?: HttpModel;
  webSocket?: WebSocketModel;
  failureQueue?: ResourceModel;
  /** The dead-letter queue of FIFO queues that trigger functions. */
  fifoFailureQueue?: ResourceModel;
  failureBucket?: ExpiringModel;
  logGroup?: LogGroupModel;
  /** The expected usage of the app, and of functions that declare none of their own. */
  usage?: AppUsageModel;
  /** The bucket for S3 access logs. */
  accessLogsBucket?: ExpiringModel;
  /** The workflows of the app. */
  workflows?: WorkflowModel[];
  /** The sites of the app. */
  sites?: SiteModel[];
  /** Resources in the app's stack that cost money but that the estimate does not count. */
  uncounted?: UncountedModel[];
}

/** Resources of one kind that the estimate does not count. */
export interface UncountedModel {
  /** In the singular: `secret`. */
  readonly kind: string;
  readonly ids: string[];
}

export const APP_MODEL_SCHEMA_VERSION = 1;

export interface AppInfo {
  readonly id: string;
  readonly path: string;
  readonly stage: string;
  readonly stack: string;
  readonly region: string;
  readonly account: string;
  /** The number of nested stacks for functions, if any. */
  readonly shards?: number;
  /** The account's quotas: the user's, or AWS's defaults. */
  readonly limits: AccountLimits;
}

/** The account's quotas in the region of the app. Values may be Tokens. */
export interface AccountLimits {
  readonly concurrency: number;
  readonly apiRate: number;
  readonly apiBurst: number;
}

export interface GuardsModel {
  readonly findings: FindingModel[];
  readonly acknowledged: AcknowledgementModel[];
}

export interface FindingModel {
  /** `cdk-serverless-app:<what>`. */
  readonly id: string;
  readonly severity: string;
  /** A path from the app. */
  readonly prop: string;
  readonly message: string;
  /** The reason given when it was acknowledged. */
  readonly acknowledged?: string;
}

export interface AcknowledgementModel {
  /** `cdk-serverless-app:<what>`. */
  readonly id: string;
  readonly reason: string;
  /** The construct path for which it was acknowledged. */
  readonly path: string;
}

export interface MonitoringModel {
  readonly alarms: AlarmModel[];
  /** `<namespace>/<name>` of custom metrics, each billed monthly. */
  readonly customMetrics: string[];
  /** The construct paths of the dashboards. */
  readonly dashboards: string[];
  /** How CloudWatch calculates the app's hourly cost, if anything uses that. */
  readonly runRate?: RunRateModel;
  /** Dollars a month of the app's budget, if it has one. */
  budgetDollars?: number;
}

/** The cost per hour in dollars, as an expression of metrics. */
export interface RunRateModel {
  /** A CloudWatch metric math expression over sums of any period. */
  readonly expression: string;
  readonly metrics: RunRateMetricModel[];
  /** The region of the prices. */
  readonly region: string;
  readonly pricesDate: string;
}

export interface RunRateMetricModel {
  /** The metric's id in the expression. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions?: { readonly [name: string]: unknown };
  /** For billed milliseconds: the largest memory size of the counted functions, above the next smaller one; the last is unlimited. */
  readonly upToMb?: number;
}

export interface AlarmModel {
  /** The key in the app's `alarms`. */
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** The number of metrics, which are billed. 0 for a composite alarm, which has its own price. */
  readonly metrics: number;
  /** Periods below a minute cost more. */
  readonly highResolution?: boolean;
}

/** A default of the app's stage, and the user's changes. */
export interface DefaultModel {
  /** The row of the table of defaults. */
  readonly part: string;
  /** As text, with code in backticks. */
  readonly value: string;
  readonly reason: string;
  readonly changed: ChangedDefaultModel[];
}

export interface ChangedDefaultModel {
  /** Where the option is set: `app`, `functionDefaults`, `functions.Resize`, `tables.Orders`. */
  readonly at: string;
  /** The option, as the user writes it. */
  readonly prop: string;
  /** The given value; for a complex value, which of its options. */
  readonly value: string | number | boolean;
}

/** A resource of the app or one that it uses. */
export interface WorkflowModel {
  readonly id: string;
  readonly path: string;
  /** The construct path of the state machine. */
  readonly machine: string;
  /** An express workflow. Absent: a standard one. */
  readonly express?: true;
  /** The state transitions of one execution. Absent: unknown. */
  readonly transitions?: number;
  /** How long one execution takes. */
  readonly durationMs?: number;
  /** The ids of the app's functions that it runs. */
  readonly tasks: string[];
  readonly triggers: TriggerModel[];
}

/** Static files on CloudFront. The name is that of the bucket. */
export interface SiteModel extends ResourceModel {
  /** The folder with the files, as declared. */
  readonly folder: string;
  /** The copy of the folder, relative to this model's file, that `site deploy` uploads. Absent: a helper function uploads it. */
  readonly files?: string;
  /** The folders whose files never change; absent: the files with a hash in their name. */
  readonly immutable?: string[];
  /** The id of the distribution. */
  readonly distribution: string;
  readonly url: string;
  /** The path of the API, without slashes. Absent: the site has no API. */
  readonly apiPath?: string;
  /** The size of all files. */
  readonly bytes: number;
  readonly monthlyRequests?: LevelModel;
  /** The mean size of a response with a file. */
  readonly responseBytes?: number;
}

/** A bucket whose objects expire. */
export interface ExpiringModel extends ResourceModel {
  /** Missing if it is unknown, as for a user's own bucket. */
  readonly retentionDays?: number;
}

export interface AppUsageModel extends UsageModel {
  /** Gigabytes in each table and each bucket. */
  readonly tableGigabytes?: LevelModel;
  readonly bucketGigabytes?: LevelModel;
}

/** A table of the app. Units are per second. */
export interface TableModel extends ResourceModel {
  readonly billing: 'onDemand' | 'provisioned';
  /** The on-demand maximum. */
  readonly maxReadUnits?: number;
  readonly maxWriteUnits?: number;
  /** The warm throughput. */
  readonly warmReadUnits?: number;
  readonly warmWriteUnits?: number;
  /** Provisioned capacity: the minimum and, with scaling, the maximum. */
  readonly provisionedReads?: CapacityModel;
  readonly provisionedWrites?: CapacityModel;
  readonly pointInTimeRecovery?: boolean;
  /** Global secondary indexes: each write to the table also writes to them. */
  readonly indexes?: number;
  /** Whether its items soon become worthless, like the open connections of a WebSocket API, so that it is removed with the stack. */
  readonly temporary?: true;
}

export interface CapacityModel {
  readonly min: number;
  readonly max: number;
}

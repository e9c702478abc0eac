/**
 * What an app consists of, as plain data. Constructs write it while they are made; the estimate, the guards, the
 * report and the CLI read it. Values may hold Tokens until the model is written to the cloud assembly.
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
  /** KMS keys that the app made. */
  readonly keys: ResourceModel[];
  /** The table of defaults, as it applies to this app. */
  readonly defaults: DefaultModel[];
  /** The guards' findings, and what was acknowledged. */
  guards?: GuardsModel;
  http?: HttpModel;
  failureQueue?: ResourceModel;
  /** The dead-letter queue of FIFO queues that trigger functions. */
  fifoFailureQueue?: ResourceModel;
  failureBucket?: ExpiringModel;
  logGroup?: LogGroupModel;
  /** The expected usage of the app, and of functions that declare none of their own. */
  usage?: AppUsageModel;
  /** The bucket for S3 access logs. */
  accessLogsBucket?: ExpiringModel;
  /** What is in the app's stack and costs money, and what the estimate does not count. */
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
  /** How CloudWatch calculates the app's cost an hour, if anything uses that. */
  readonly runRate?: RunRateModel;
  /** Dollars a month of the app's budget, if it has one. */
  budgetDollars?: number;
}

/** Dollars an hour, as an expression of metrics. */
export interface RunRateModel {
  /** In the language of CloudWatch's metric math, of sums over periods of any length. */
  readonly expression: string;
  readonly metrics: RunRateMetricModel[];
  /** Of the prices in it. */
  readonly region: string;
  readonly pricesDate: string;
}

export interface RunRateMetricModel {
  /** As the expression calls it. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions?: { readonly [name: string]: unknown };
  /** Of billed milliseconds: of functions with at most so much memory, above the next smaller one; the last has no end. */
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

/** A default of the app's stage, and what the user changed. */
export interface DefaultModel {
  /** What it is about: a line of the table of defaults. */
  readonly part: string;
  /** In words, with code between backticks. */
  readonly value: string;
  readonly reason: string;
  readonly changed: ChangedDefaultModel[];
}

export interface ChangedDefaultModel {
  /** Whose it is: `app`, `functionDefaults`, `functions.Resize`, `tables.Orders`. */
  readonly at: string;
  /** The prop, as the user writes it. */
  readonly prop: string;
  /** What was given; of what has no short form, which options of it. */
  readonly value: string | number | boolean;
}

/** A resource of the app or one that it uses. */
export interface ResourceModel {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** Whether the app made it; otherwise the user provided it. */
  readonly made: boolean;
}

/** A bucket whose objects expire. */
export interface ExpiringModel extends ResourceModel {
  /** Absent where it is not known, as of a bucket that the user brought. */
  readonly retentionDays?: number;
}

export interface LogGroupModel extends ResourceModel {
  /** Absent where it is not known, as of a log group that was imported; 0 where logs are kept for ever. */
  readonly retentionDays?: number;
}

/** What is expected at each usage level; where only some are given, the others follow from them. */
export interface LevelModel {
  readonly low?: number;
  readonly moderate?: number;
  readonly high?: number;
}

/** What a user expects of a function, of what its cost follows from. */
export interface UsageModel {
  /** Of each trigger. */
  readonly monthlyEvents?: LevelModel;
  readonly durationMs?: number;
  /** Of items or objects, in each of the tables and buckets that the function may read or write. */
  readonly readsPerEvent?: number;
  readonly writesPerEvent?: number;
  readonly itemBytes?: number;
  readonly responseBytes?: number;
  readonly logBytes?: number;
}

export interface AppUsageModel extends UsageModel {
  /** GB that each table and each bucket holds. */
  readonly tableGigabytes?: LevelModel;
  readonly bucketGigabytes?: LevelModel;
}

/** A table of the app. Units are those of one second. */
export interface TableModel extends ResourceModel {
  readonly billing: 'onDemand' | 'provisioned';
  /** On demand, the most that is let through. */
  readonly maxReadUnits?: number;
  readonly maxWriteUnits?: number;
  /** What the table is asked to be ready for at once. */
  readonly warmReadUnits?: number;
  readonly warmWriteUnits?: number;
  /** Of provisioned capacity: what there is at least and, where it scales, at most. */
  readonly provisionedReads?: CapacityModel;
  readonly provisionedWrites?: CapacityModel;
  readonly pointInTimeRecovery?: boolean;
  /** Global secondary indexes: each is written with the table. */
  readonly indexes?: number;
}

export interface CapacityModel {
  readonly min: number;
  readonly max: number;
}

export interface HttpModel extends ResourceModel {
  readonly url?: string;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
  /** Whether the app keeps a log of the requests, in a log group with the retention of its own. */
  readonly accessLog?: LogGroupModel;
}

export interface FunctionModel {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** The id of the nested stack that the function is in, if there are such. */
  readonly shard?: string;
  readonly runtime: string;
  readonly architecture: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** 0 if the function is disabled. */
  readonly reservedConcurrency?: number;
  /** How Lambda reports each invocation in the log, where that is not in JSON: in text, or not at all. */
  readonly reports?: 'text' | 'none';
  /** Its own log group, if it does not use the app's. */
  readonly logGroup?: LogGroupModel;
  /** The alias that events invoke, if any. */
  readonly alias?: string;
  readonly coldStart: ColdStartModel;
  readonly rollout: RolloutModel;
  readonly entry?: string;
  readonly handler: string;
  readonly triggers: TriggerModel[];
  readonly access: AccessModel[];
  /** If above the 512 MB that are free. */
  readonly ephemeralStorageMb?: number;
  /** Whether X-Ray traces it. */
  readonly tracing?: boolean;
  readonly usage?: UsageModel;
}

/** The cold-start setting in this stage. */
export interface ColdStartModel {
  /** `onDemand`, `provisioned` or `snapStart`. */
  readonly kind: string;
  /** Of `provisioned`: execution environments that are always ready. */
  readonly min?: number;
  readonly max?: number;
  readonly targetUtilization?: number;
  readonly schedules?: ScheduledConcurrencyModel[];
}

export interface ScheduledConcurrencyModel {
  readonly schedule: string;
  readonly timeZone?: string;
  readonly min: number;
  readonly max: number;
}

/** How new versions are rolled out in this stage. */
export interface RolloutModel {
  /** `allAtOnce`, `canary` or `linear`. */
  readonly kind: string;
  readonly percent?: number;
  readonly intervalMinutes?: number;
}

export interface TriggerModel {
  readonly kind: string;
  readonly invocation: string;
  /** The resource or expression that the events come from. */
  readonly source: string;
  readonly details: { readonly [key: string]: unknown };
}

export interface AccessModel {
  readonly kind: string;
  readonly path: string;
  readonly level: string;
  /** Keys of a bucket (`out/*`), or an index of a table. Absent: the whole resource. */
  readonly part?: string;
  readonly environmentVariable?: string;
  /** Granted by a method of the CDK, such as `table.grantReadData(fn)`, and not by an access. */
  readonly byCdk?: boolean;
}

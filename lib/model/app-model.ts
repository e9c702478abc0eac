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
export interface ResourceModel {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** Whether the app created it; otherwise the user provided it. */
  readonly made: boolean;
}

/** The user's state machine, and what starts it. */
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

export interface LogGroupModel extends ResourceModel {
  /** Missing if it is unknown, as for an imported log group; 0 if logs never expire. */
  readonly retentionDays?: number;
}

/** The expected amount at each usage level; missing ones are derived from the others. */
export interface LevelModel {
  readonly low?: number;
  readonly moderate?: number;
  readonly high?: number;
}

/** The expected usage of a function, as far as its cost depends on it. */
export interface UsageModel {
  /** For each trigger. */
  readonly monthlyEvents?: LevelModel;
  readonly durationMs?: number;
  /** The items or objects in each table and bucket that the function may read or write. */
  readonly readsPerEvent?: number;
  readonly writesPerEvent?: number;
  readonly itemBytes?: number;
  readonly responseBytes?: number;
  readonly logBytes?: number;
  /** Of a durable function. */
  readonly operationsPerEvent?: number;
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
  /** Whether its items are worthless soon, like the open connections of a WebSocket API, so that it is removed with the stack. */
  readonly temporary?: true;
}

export interface CapacityModel {
  readonly min: number;
  readonly max: number;
}

export interface HttpModel extends ResourceModel {
  /** Absent: an HTTP API. */
  readonly type?: 'rest';
  readonly url?: string;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
  /** Whether the app writes an access log, to a log group with its own retention. */
  readonly accessLog?: LogGroupModel;
  /** Whether the app sets the account’s role for access logs. */
  readonly logRole?: true;
  /** The size of a REST API's cache. */
  readonly cacheGb?: number;
  /** The routes that call a service without a function. */
  readonly forwards?: ForwardModel[];
  /** Whose web ACL checks the requests to a REST API: the app's, or the user's. */
  readonly webAcl?: 'made' | 'own';
}

/** The WebSocket API of the app's routes. */
export interface WebSocketModel extends ResourceModel {
  /** The address for clients: `wss://…`. */
  readonly url?: string;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
  /** Whether the app writes an access log, to a log group with its own retention. */
  readonly accessLog?: LogGroupModel;
  /** Whether the app sets the account’s role for access logs. */
  readonly logRole?: true;
  /** How many minutes a connection lasts on average. */
  readonly connectionMinutes?: number;
}

/** A route of a REST API that calls a service without a function. */
export interface ForwardModel {
  /** `POST /orders`. */
  readonly route: string;
  readonly kind: 'queue' | 'eventBus' | 'stateMachine';
  /** The construct path of the target. */
  readonly path: string;
  /** Whether the target is a FIFO queue. */
  readonly fifo?: true;
  /** The part of a request that is the group of its message. */
  readonly messageGroup?: string;
  readonly details: RouteDetails;
}

/** What callers of a route need to know. */
export interface RouteDetails {
  readonly method: string;
  readonly path?: string;
  /** `NONE`, `JWT`, `COGNITO_USER_POOLS`, `AWS_IAM` or `CUSTOM`. */
  readonly authorization: string;
  /** The authorizer's id, in a REST API. */
  readonly authorizer?: string;
  readonly scopes?: string[];
  /** The part of a request that names the tenant, as API Gateway writes it. */
  readonly tenant?: string;
  readonly apiKey?: true;
  readonly validate?: ValidationModel;
  readonly monthlyEvents?: LevelModel;
}

/** What a request must have. */
export interface ValidationModel {
  /** The JSON Schema of the body. */
  readonly body?: { readonly [keyword: string]: unknown };
  readonly query?: string[];
  readonly headers?: string[];
}

export interface FunctionModel {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** The id of the function's nested stack, if there are any. */
  readonly shard?: string;
  readonly runtime: string;
  readonly architecture: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** For a durable function: how long an execution may take in all, and how long its history is kept. */
  readonly durable?: DurableModel;
  /** 0 if the function is disabled. */
  readonly reservedConcurrency?: number;
  /** The format of Lambda's report of each invocation, if it is not JSON: text, or none. */
  readonly reports?: 'text' | 'none';
  /** Its own log group, if it does not use the app's. */
  readonly logGroup?: LogGroupModel;
  /** The alias that events invoke, if any. */
  readonly alias?: string;
  readonly coldStart: ColdStartModel;
  readonly rollout: RolloutModel;
  readonly entry?: string;
  /** How the entry is bundled and from which folder, if not the defaults. `serverless-app dev` needs it to bundle the entry again. */
  readonly bundling?: BundlingModel;
  readonly handler: string;
  /** The names of its environment variables. */
  readonly variables?: string[];
  readonly triggers: TriggerModel[];
  readonly access: AccessModel[];
  /** The size above the 512 MB that are free. */
  readonly ephemeralStorageMb?: number;
  /** Whether X-Ray traces the function. */
  readonly tracing?: boolean;
  readonly usage?: UsageModel;
}

export interface DurableModel {
  readonly executionTimeoutSeconds: number;
  readonly retentionDays: number;
}

/** How an entry is bundled. */
export interface BundlingModel {
  /** The app's root, relative to the folder of cdk.json, if it is another one. */
  readonly root?: string;
  /** The function's `bundling`, as the user wrote it. */
  readonly options?: { readonly [option: string]: unknown };
}

/** The cold-start setting in this stage. */
export interface ColdStartModel {
  /** `onDemand`, `provisioned` or `snapStart`. */
  readonly kind: string;
  /** For `provisioned`: the environments that are always ready. */
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

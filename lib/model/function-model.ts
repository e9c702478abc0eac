import type { LogGroupModel, UsageModel } from './resource-model';

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
  /** For a durable function: how long a whole execution may take, and how long its history is kept. */
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
  /** The detail types of the events that the function may put. Absent: all, or the resource is no bus. */
  readonly detailTypes?: readonly string[];
  readonly environmentVariable?: string;
  /** Granted by a method of the CDK, such as `table.grantReadData(fn)`, and not by an access. */
  readonly byCdk?: boolean;
}

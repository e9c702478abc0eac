import { Listening, StreamReaders, Write } from '../kinds/trigger-kind';

/** The input of the guards: plain data, with Tokens resolved or left out. */
export interface GuardInput {
  /** The construct path of the app. */
  readonly app: string;
  /** The maximum number of shards of the app; undefined without sharding. */
  readonly shards?: number;
  /** The app's own stack first, then its shards. */
  readonly stacks: readonly StackInput[];
  readonly functions: readonly FunctionInput[];
  readonly tables: readonly TableThroughputInput[];
  /** The account's quotas. */
  readonly account: AccountInput;
  /** The request throttles of the app and its routes. */
  readonly throttles: readonly ThrottleInput[];
  /** The APIs of the app's routes, and the roles in the app. */
  readonly apis: readonly ApiInput[];
  readonly restApis: readonly RestApiInput[];
  readonly roles: readonly RoleInput[];
  /** Whether the app is in the production stage. */
  readonly production: boolean;
  /** The current date, which decides which runtimes are deprecated: `2026-11-24`. */
  readonly today: string;
  /** Absent if no CLI runs the synthesis, as in a test. */
  readonly cli?: CliInput;
  readonly streams: readonly StreamInput[];
  /** The bucket notifications that invoke functions directly, not through EventBridge. */
  readonly notifications: readonly NotificationInput[];
  readonly queues: readonly QueueInput[];
  readonly routes: readonly RouteInput[];
  readonly sockets: readonly SocketInput[];
  /** The event buses with rules, their rules, and the topics with filter policies, including those that the app did not create. */
  readonly eventBuses: readonly EventBusInput[];
  readonly rules: readonly RuleInput[];
  readonly topics: readonly TopicInput[];
  readonly storage: readonly StorageInput[];
  /**
   * What triggers each function, and what it may write. Functions that are triggered only by requests or schedules are left out.
   */
  readonly flows: readonly FlowInput[];
}

export interface CliInput {
  readonly version: string;
  /** The newest cloud assembly that it reads, and the one that this synthesis writes: major version numbers. */
  readonly reads: number;
  readonly writes: number;
  /** The oldest CLI that reads what this synthesis writes, according to the CDK. */
  readonly needed?: string;
}

/** A table's stream or a Kinesis stream that triggers a function of the app. */
export interface StreamInput {
  /** The construct path of the stream or its table. */
  readonly path: string;
  /** Whether it belongs to a table with replicas in other regions. */
  readonly global: boolean;
  readonly limits: StreamReaders;
  /** The construct paths of all its readers, of any app. */
  readonly readers: readonly string[];
  /** The last of its readers that is a function of this app. */
  readonly function: string;
}

/** A notification of a bucket, and its target. */
export interface NotificationInput {
  /** The construct path of the bucket. */
  readonly bucket: string;
  readonly event: string;
  /** Undefined: all keys. If one of them is a Token, `unknown` is true. */
  readonly prefix?: string;
  readonly suffix?: string;
  readonly unknown: boolean;
  /** The construct path of the function, and its id if it belongs to this app. */
  readonly target: string;
  readonly function?: string;
}

/** A queue that triggers a function. */
export interface QueueInput {
  readonly function: string;
  readonly path: string;
  readonly visibilitySeconds: number;
  readonly windowSeconds: number;
  readonly timeoutSeconds: number;
  /** Whether that is the timeout of a durable function's whole execution. */
  readonly durable?: boolean;
}

/** A route of the app’s API, including routes that the app did not create. */
export interface RouteInput {
  /** `GET /orders/{id}`. */
  readonly key: string;
  /** The construct path. */
  readonly path: string;
  /** The id of the function, if the app created the route. */
  readonly function?: string;
  /** Whether it is a route of a REST API. */
  readonly isRest?: true;
  /** Whether anyone can call the route although the user did not state that, and the stage reports it. */
  readonly open: boolean;
}

/** The app’s WebSocket API. */
export interface SocketInput {
  /** The construct path. */
  readonly path: string;
  /** The id of the function that `$connect` runs, if there is one. */
  readonly connectFunction?: string;
  /** Whether anybody may connect, although the user did not state that, and the stage reports it. */
  readonly open: boolean;
  /** Whether the API has an authorizer that is never called, because there is no `$connect`. */
  readonly lacksConnect: boolean;
}

export interface EventBusInput {
  /** The construct path, `default`, or the name of an imported bus. */
  readonly name: string;
  readonly rules: number;
}

export interface RuleInput {
  /** The construct path. */
  readonly path: string;
  /** The length of its pattern as JSON, with a short placeholder for each value known only at deployment. */
  readonly patternCharacters: number;
}

export interface TopicInput {
  /** The construct path, or the ARN of an imported topic. */
  readonly name: string;
  readonly filterPolicies: number;
}

/** A table or a bucket that the app created. */
export interface StorageInput {
  /** `tables.Orders`. */
  readonly prop: string;
  readonly path: string;
  /** Whether it is deleted with the stack together with contents that are worth keeping. */
  readonly destroyed: boolean;
}

/** What triggers a function, and what it may write. */
export interface FlowInput {
  readonly function: string;
  readonly runBy: readonly SourceInput[];
  readonly writes: readonly WriteInput[];
  /** The steps of a workflow. Absent: a function. */
  readonly isWorkflow?: true;
}

export interface SourceInput extends Listening {
  /** The construct path of the resource that triggers the function. */
  readonly path: string;
  /** True if other functions call it; `path` is then the function's own. */
  readonly called?: true;
}

export interface WriteInput extends Write {
  /** The construct path of the resource that is written. */
  readonly path: string;
}

export interface StackInput {
  /** The construct path. */
  readonly path: string;
  readonly shard: boolean;
  readonly resources: number;
  /** 500, unless the CDK's context sets another limit; 0 means no limit. */
  readonly resourceLimit: number;
  readonly parameters: number;
  readonly outputs: number;
  /** Absent if the template is so far from its limit that measuring is not worthwhile. */
  readonly templateBytes?: number;
}

export interface FunctionInput {
  readonly id: string;
  /** The number of resources of the function, including those of its triggers. */
  readonly resources: number;
  /** A lower bound for the size of its resource-based policy. Absent if measuring is not worthwhile. */
  readonly policyBytes?: number;
  /** The number of statements in that policy. */
  readonly permissions: number;
  /** Reserved concurrency: 0 means disabled, undefined means none. */
  readonly reserved?: number;
  /** Provisioned concurrency: the minimum, and the maximum that scaling may reach. */
  readonly provisionedMin?: number;
  readonly provisionedMax?: number;
  /**
   * The maximum number of batches that are processed at once if each of its streams has one shard; undefined without a stream.
   */
  readonly parallelization?: number;
  /** For a durable function, the timeout of a whole execution. Undefined if it is a Token. */
  readonly timeoutSeconds?: number;
  readonly durable?: boolean;
  /** Undefined if it is a Token. */
  readonly runtime?: string;
  /** The callers that wait for the function's response, and for how long. */
  readonly callers: readonly CallerInput[];
  readonly environment: EnvironmentInput;
  /** Environment variables whose value is, or seems to be, a secret. The value itself is not included. */
  readonly secrets: readonly SecretInput[];
  /** Whether it has SnapStart, and whether one of its aliases or versions then has provisioned concurrency. */
  readonly snapshots: boolean;
  readonly provisions: boolean;
  /** The construct paths of what invokes it without its alias. */
  readonly pastAlias: readonly string[];
}

export interface CallerInput {
  /** `an HTTP API`. */
  readonly name: string;
  readonly limitSeconds: number;
  readonly source: string;
}

export interface EnvironmentInput {
  /** Bytes of the variables as JSON, which is what Lambda measures. */
  readonly least: number;
  /** The same, with values known only at deployment counted at their typical length. */
  readonly likely: number;
  /** The number of values known only at deployment. */
  readonly estimated: number;
}

export interface SecretInput {
  readonly variable: string;
  /** `has the form of an AWS access key`. */
  readonly because: string;
}

/** The account's quotas. Undefined if they are known only at deployment. */
export interface AccountInput {
  readonly concurrency?: number;
  readonly apiRate?: number;
  readonly apiBurst?: number;
}

/** Read and write units per second of an on-demand table. */
export interface TableThroughputInput {
  readonly id: string;
  readonly maxReads?: number;
  readonly maxWrites?: number;
  readonly warmReads?: number;
  readonly warmWrites?: number;
}

export interface ThrottleInput {
  /** Where it is set: `http.throttle`, or `functions.Resize.throttle`. */
  readonly prop: string;
  readonly rate?: number;
  readonly burst?: number;
}

export interface ApiInput {
  /** The construct path. */
  readonly path: string;
  readonly routes: number;
  readonly integrations: number;
  readonly authorizers: number;
}

export interface RestApiInput {
  /** The construct path. */
  readonly path: string;
  /** The number of parts of its paths: `/`, `/orders` and `/orders/{id}` are three. */
  readonly resources: number;
  readonly authorizers: number;
  /** The number of variables of the stage. */
  readonly variables: number;
}

export interface RoleInput {
  /** The construct path. */
  readonly path: string;
  /** The id of the function whose role it is. */
  readonly function?: string;
  /** A lower bound for the length of all inline policies together, without white space. */
  readonly policyBytes: number;
}

import { Listening, StreamReaders, Write } from '../kinds/trigger-kind';

/** What the guards look at: plain data, with Tokens resolved or left out. */
export interface GuardInput {
  /** The construct path of the app. */
  readonly app: string;
  /** How many shards the app may have; undefined without sharding. */
  readonly shards?: number;
  /** The app's own stack first, then its shards. */
  readonly stacks: readonly StackInput[];
  readonly functions: readonly FunctionInput[];
  readonly tables: readonly TableThroughputInput[];
  /** What the account may do. */
  readonly account: AccountInput;
  /** The bounds that the app and its routes have on requests. */
  readonly throttles: readonly ThrottleInput[];
  /** The HTTP APIs of the app's routes, and the roles in the app. */
  readonly apis: readonly ApiInput[];
  readonly restApis: readonly RestApiInput[];
  readonly roles: readonly RoleInput[];
  /** Whether the app is meant to keep what it has, and to be called by others. */
  readonly production: boolean;
  /** `2026-11-24`, by which runtimes are deprecated or not. */
  readonly today: string;
  /** Left out where no CLI runs the synthesis, as in a test. */
  readonly cli?: CliInput;
  readonly streams: readonly StreamInput[];
  /** The notifications of buckets that invoke functions directly, not through EventBridge. */
  readonly notifications: readonly NotificationInput[];
  readonly queues: readonly QueueInput[];
  readonly routes: readonly RouteInput[];
  readonly storage: readonly StorageInput[];
  /** What runs which function, and what it may write. Functions that nothing runs but requests and times are left out. */
  readonly flows: readonly FlowInput[];
}

export interface CliInput {
  readonly version: string;
  /** The newest cloud assembly that it reads, and the one that this synthesis writes: major numbers. */
  readonly reads: number;
  readonly writes: number;
  /** The oldest CLI that reads it, as the CDK says. */
  readonly needed?: string;
}

/** A stream, of a table or by itself, that runs a function of the app. */
export interface StreamInput {
  /** The construct path of the stream or its table. */
  readonly path: string;
  /** Whether it has copies in other regions. */
  readonly global: boolean;
  readonly limits: StreamReaders;
  /** The construct paths of all that reads it, whatever app it is of. */
  readonly readers: readonly string[];
  /** The function of this app that came last. */
  readonly function: string;
}

/** A notification of a bucket, and its target. */
export interface NotificationInput {
  /** The construct path of the bucket. */
  readonly bucket: string;
  readonly event: string;
  /** Undefined is all; of a Token nothing is known. */
  readonly prefix?: string;
  readonly suffix?: string;
  readonly unknown: boolean;
  /** The construct path of the function, and its id where it is of this app. */
  readonly target: string;
  readonly function?: string;
}

/** A queue that runs a function. */
export interface QueueInput {
  readonly function: string;
  readonly path: string;
  readonly visibilitySeconds: number;
  readonly windowSeconds: number;
  readonly timeoutSeconds: number;
}

/** A route of the app’s API, including routes that the app did not create. */
export interface RouteInput {
  /** `GET /orders/{id}`. */
  readonly key: string;
  /** The construct path. */
  readonly path: string;
  /** The id of the function, where the app made the route. */
  readonly function?: string;
  /** Whether anybody can call the route, although the user did not state that, and the stage reports it. */
  readonly open: boolean;
}

/** A table or a bucket that the app made. */
export interface StorageInput {
  /** `tables.Orders`. */
  readonly prop: string;
  readonly path: string;
  /** Whether it goes with the stack, and all that is in it. */
  readonly destroyed: boolean;
}

/** What runs a function, and what it may write. */
export interface FlowInput {
  readonly function: string;
  readonly runBy: readonly SourceInput[];
  readonly writes: readonly WriteInput[];
  /** The steps of a workflow. Absent: a function. */
  readonly isWorkflow?: true;
}

export interface SourceInput extends Listening {
  /** The construct path of what runs the function. */
  readonly path: string;
  /** True if other functions call it; `path` is then its own. */
  readonly called?: true;
}

export interface WriteInput extends Write {
  /** The construct path of what is written. */
  readonly path: string;
}

export interface StackInput {
  /** The construct path. */
  readonly path: string;
  readonly shard: boolean;
  readonly resources: number;
  /** 500, unless the CDK's context says otherwise; 0 is none. */
  readonly resourceLimit: number;
  readonly parameters: number;
  readonly outputs: number;
  /** Left out where the template is far from its limit, and not worth measuring. */
  readonly templateBytes?: number;
}

export interface FunctionInput {
  readonly id: string;
  /** All resources that the function brings, with what runs it. */
  readonly resources: number;
  /** A lower bound for the size of its resource-based policy. Absent where measuring is not worthwhile. */
  readonly policyBytes?: number;
  /** How many statements that policy has. */
  readonly permissions: number;
  /** Reserved concurrency: 0 is switched off, undefined is none. */
  readonly reserved?: number;
  /** Provisioned concurrency: what there is at least, and what scaling may raise it to. */
  readonly provisionedMin?: number;
  readonly provisionedMax?: number;
  /** The most batches that are worked on at once, of one shard of each of its streams; undefined without a stream. */
  readonly parallelization?: number;
  /** Undefined where it is a Token. */
  readonly timeoutSeconds?: number;
  /** Undefined of a container image. */
  readonly runtime?: string;
  /** Who waits for an answer of the function, and how long. */
  readonly callers: readonly CallerInput[];
  readonly environment: EnvironmentInput;
  /** Environment variables whose value is, or seems to be, a secret. The value itself is not here. */
  readonly secrets: readonly SecretInput[];
  /** Whether snapshots are taken of it, and whether an alias or version of it has provisioned concurrency. */
  readonly snapshots: boolean;
  readonly provisions: boolean;
  /** The construct paths of what runs it past its alias. */
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
  /** The same, with what is known only at deployment counted as long as it usually is. */
  readonly likely: number;
  /** How many values are known only at deployment. */
  readonly estimated: number;
}

export interface SecretInput {
  readonly variable: string;
  /** `has the form of an AWS access key`. */
  readonly because: string;
}

/** Undefined where it is known only at deployment. */
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
}

export interface RestApiInput {
  /** The construct path. */
  readonly path: string;
  /** The parts of its paths: `/`, `/orders` and `/orders/{id}` are three. */
  readonly resources: number;
}

export interface RoleInput {
  /** The construct path. */
  readonly path: string;
  /** The id of the function whose role it is. */
  readonly function?: string;
  /** All inline policies together, at least, without white space. */
  readonly policyBytes: number;
}

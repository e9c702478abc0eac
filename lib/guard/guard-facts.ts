/** What the guards look at: plain data, with Tokens resolved or left out. */
export interface GuardFacts {
  /** The construct path of the app. */
  readonly app: string;
  /** How many shards the app may have; undefined without sharding. */
  readonly shards?: number;
  /** The app's own stack first, then its shards. */
  readonly stacks: readonly StackFacts[];
  readonly functions: readonly FunctionResources[];
  readonly tables: readonly TableThroughputFacts[];
  /** What the account may do. */
  readonly account: AccountFacts;
  /** The bounds that the app and its routes have on requests. */
  readonly throttles: readonly ThrottleFacts[];
  /** The APIs of the app's routes, and the roles in the app. */
  readonly apis: readonly ApiFacts[];
  readonly roles: readonly RoleFacts[];
}

export interface StackFacts {
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

export interface FunctionResources {
  readonly id: string;
  /** All resources that the function brings, with what runs it. */
  readonly resources: number;
  /** Of its resource-based policy, at least. Left out where it is not worth measuring. */
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
}

/** Undefined where it is known only at deployment. */
export interface AccountFacts {
  readonly concurrency?: number;
  readonly apiRate?: number;
  readonly apiBurst?: number;
}

/** Units of one second, of a table on demand. */
export interface TableThroughputFacts {
  readonly id: string;
  readonly maxReads?: number;
  readonly maxWrites?: number;
  readonly warmReads?: number;
  readonly warmWrites?: number;
}

export interface ThrottleFacts {
  /** Where it is set: `http.throttle`, or `functions.Resize.throttle`. */
  readonly prop: string;
  readonly rate?: number;
  readonly burst?: number;
}

export interface ApiFacts {
  /** The construct path. */
  readonly path: string;
  readonly routes: number;
  readonly integrations: number;
}

export interface RoleFacts {
  /** The construct path. */
  readonly path: string;
  /** The id of the function whose role it is. */
  readonly function?: string;
  /** All inline policies together, at least, without white space. */
  readonly policyBytes: number;
}

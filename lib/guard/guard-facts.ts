/** What the guards look at: plain data, with Tokens resolved or left out. */
export interface GuardFacts {
  /** The construct path of the app. */
  readonly app: string;
  /** How many shards the app may have; undefined without sharding. */
  readonly shards?: number;
  /** The app's own stack first, then its shards. */
  readonly stacks: readonly StackFacts[];
  readonly functions: readonly FunctionResources[];
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

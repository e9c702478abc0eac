import type { Value, ValueMap } from './value';

/** A note in the report: why something is not carried over, or what differs. */
export interface Note {
  /** `lost`: not carried over; `differs`: carried over, and something changes; `check`: needs a review. */
  readonly kind: 'lost' | 'differs' | 'check';
  /** What the note is about: `functions.hello.events[0]`. */
  readonly at: string;
  readonly text: string;
}

/** A definition, in a form that does not depend on the framework. */
export interface Definition {
  readonly origin: 'Serverless Framework' | 'SAM' | 'CloudFormation';
  readonly file: string;
  readonly name: string;
  /** The name of the deployed stack, for the import. */
  readonly stackName: Value;
  readonly region?: Value;
  readonly defaultStage: string;
  /** The stages that the definition names. */
  readonly stages: readonly string[];
  readonly api: ApiModel;
  readonly defaults: Settings;
  readonly functions: readonly FunctionModel[];
  readonly resources: readonly ResourceModel[];
  readonly parameters: ValueMap;
  readonly mappings: ValueMap;
  readonly conditions: ValueMap;
  readonly outputs: ValueMap;
  readonly layers: readonly LayerModel[];
  readonly stateMachines: readonly StateMachineModel[];
  readonly tags?: ValueMap;
  readonly notes: readonly Note[];
}

export interface ApiModel {
  /** `rest` if any function has a route of a REST API; this then applies to all routes. */
  readonly kind: 'http' | 'rest' | 'none';
  /** The logical ids of the API in the source. */
  readonly logicalIds?: readonly string[];
  readonly stageName?: Value;
  readonly cors?: CorsModel;
  readonly accessLog: boolean;
  readonly apiKeys?: readonly Value[];
  readonly throttle?: ThrottleModel;
  readonly binaryMediaTypes?: readonly Value[];
  readonly endpointType?: string;
  readonly timeout?: number;
  readonly tracing?: boolean;
  readonly payload1?: boolean;
  readonly domain?: DomainModel;
  readonly authorizer?: AuthorizerModel;
}

export interface ThrottleModel {
  readonly rate?: Value;
  readonly burst?: Value;
}

export interface DomainModel {
  readonly name: Value;
  readonly path?: Value;
  readonly certificate?: Value;
  readonly hostedZone?: Value;
}

export interface CorsModel {
  readonly origins: readonly Value[];
  readonly headers?: readonly Value[];
  readonly methods?: readonly Value[];
  readonly credentials?: boolean;
  readonly maxAge?: number;
  readonly exposed?: readonly Value[];
}

export interface Settings {
  readonly runtime?: string;
  readonly architecture?: 'arm64' | 'x86_64';
  readonly memorySize?: Value;
  readonly timeout?: Value;
  readonly environment?: ValueMap;
  readonly layers?: readonly Value[];
  readonly vpc?: VpcModel;
  readonly tracing?: boolean;
  readonly description?: Value;
  readonly functionName?: Value;
  readonly ephemeralStorage?: number;
  readonly reservedConcurrency?: Value;
  readonly provisionedConcurrency?: Value;
  readonly retryAttempts?: number;
  readonly maxEventAge?: number;
  readonly jsonLogs?: boolean;
  readonly role?: Value;
  readonly tags?: ValueMap;
  readonly kmsKeyArn?: Value;
  readonly permissionsBoundary?: Value;
  readonly bundling?: BundlingModel;
}

export interface BundlingModel {
  readonly minify?: boolean;
  readonly sourceMap?: boolean;
  readonly keepNames?: boolean;
  readonly external?: readonly string[];
  readonly nodeModules?: readonly string[];
  readonly define?: Readonly<Record<string, string>>;
  readonly loader?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly tsconfig?: string;
  readonly format?: 'ESM' | 'CJS';
}

export interface VpcModel {
  readonly securityGroups: Value;
  readonly subnets: Value;
}

export interface FunctionModel {
  /** The id in the app, in PascalCase. */
  readonly id: string;
  /** Its path in the definition: `functions.hello`. */
  readonly at: string;
  /** Its logical id in the framework's template, by which other resources refer to it. */
  readonly logicalId: string;
  /** The name that the framework gives it. */
  readonly physicalName?: Value;
  /** `src/hello.main`, relative to the folder `code`. */
  readonly handler?: string;
  readonly entryPoint?: string;
  /** The code, if the template contains it. */
  readonly inline?: Value;
  readonly code: string;
  readonly settings: Settings;
  readonly events: readonly EventModel[];
  readonly grants: readonly Grant[];
  readonly statements: readonly StatementModel[];
  /** The statements that the definition gives to all functions. */
  readonly sharedStatements?: readonly StatementModel[];
  readonly managedPolicies: readonly Value[];
  readonly condition?: string;
  readonly onFailure?: Value;
  readonly notes: readonly Note[];
}

/** A named permission, such as SAM's policy templates. */
export interface Grant {
  readonly access: AccessKind;
  readonly target: Value;
  /** The service, for a resource that the definition does not have: `dynamodb`. */
  readonly service?: string;
}

export type AccessKind =
  | 'read'
  | 'write'
  | 'readWrite'
  | 'send'
  | 'publish'
  | 'putEvents'
  | 'invoke'
  | 'startExecution'
  | 'secret'
  | 'parameter';

export interface StatementModel {
  readonly effect: string;
  readonly actions: Value;
  readonly notActions?: Value;
  readonly resources: Value;
  readonly notResources?: Value;
  readonly condition?: Value;
  readonly sid?: Value;
}

/** A source of events: a resource of the definition, an existing resource, or one that the framework creates. */
export interface SourceModel {
  readonly logicalId?: string;
  readonly arn?: Value;
  readonly name?: Value;
  /** The framework creates it, under this logical id. */
  readonly makes?: string;
}

export interface AuthorizerModel {
  readonly kind: 'none' | 'iam' | 'function' | 'token' | 'cognito' | 'jwt';
  readonly name?: string;
  /** A function of the definition. */
  readonly functionId?: string;
  readonly arn?: Value;
  readonly headers?: readonly string[];
  readonly ttl?: number;
  readonly issuer?: Value;
  readonly audience?: readonly Value[];
  readonly scopes?: readonly Value[];
}

export type EventModel =
  | {
      readonly kind: 'http';
      readonly route: string;
      readonly authorizer?: AuthorizerModel;
      readonly apiKey?: boolean;
      readonly requiredQuery?: readonly string[];
      readonly requiredHeaders?: readonly string[];
      readonly body?: Value;
      readonly payload1?: boolean;
    }
  | { readonly kind: 'queue'; readonly source: SourceModel; readonly mapping: MappingModel }
  | { readonly kind: 'table'; readonly source: SourceModel; readonly mapping: MappingModel }
  | { readonly kind: 'stream'; readonly source: SourceModel; readonly mapping: MappingModel }
  | {
      readonly kind: 'topic';
      readonly source: SourceModel;
      readonly filter?: ValueMap;
      readonly filterBody?: boolean;
    }
  | {
      readonly kind: 'bucket';
      readonly source: SourceModel;
      readonly events: readonly string[];
      readonly prefix?: Value;
      readonly suffix?: Value;
    }
  | {
      readonly kind: 'schedule';
      readonly expression: Value;
      readonly enabled: Value;
      readonly timeZone?: Value;
      readonly input?: Value;
    }
  | {
      readonly kind: 'events';
      readonly pattern: ValueMap;
      readonly bus?: SourceModel;
      readonly input?: Value;
      readonly enabled: Value;
      readonly retry?: { readonly attempts?: number; readonly maxAge?: number };
    }
  | { readonly kind: 'userPool'; readonly source: SourceModel; readonly operation: string }
  | {
      readonly kind: 'url';
      readonly isOpen: boolean;
      readonly stream: boolean;
      readonly cors?: CorsModel;
    }
  | {
      readonly kind: 'socket';
      readonly route: string;
      readonly returnsResponse: boolean;
      /** Of `$connect`: none, or IAM, also in place of an authorizer that cannot be carried over. */
      readonly authorizer?: 'none' | 'iam';
    };

/** The events of one kind. */
export type EventOf<K extends EventModel['kind']> = Extract<EventModel, { kind: K }>;

export interface MappingModel {
  readonly batchSize?: Value;
  readonly window?: Value;
  readonly enabled?: Value;
  readonly partial: boolean;
  readonly maxConcurrency?: Value;
  readonly filters?: readonly Value[];
  readonly startingPosition?: string;
  /** In seconds since 1970. */
  readonly startingTimestamp?: number;
  readonly parallelization?: Value;
  readonly maxRetries?: number;
  readonly maxRecordAge?: number;
  readonly bisect?: boolean;
  readonly tumblingWindow?: Value;
  readonly enhancedFanOut?: boolean;
}

export interface ResourceModel {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: ValueMap;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly deletionPolicy?: string;
  readonly at: string;
}

export interface LayerModel {
  readonly logicalId: string;
  readonly path: string;
  readonly name?: Value;
  readonly runtimes: readonly string[];
  readonly description?: Value;
  readonly at: string;
}

export interface StateMachineModel {
  readonly logicalId: string;
  readonly name?: Value;
  readonly file?: string;
  readonly definition?: Value;
  readonly substitutions: ValueMap;
  readonly express: boolean;
  readonly tracing?: boolean;
  readonly grants: readonly Grant[];
  readonly statements: readonly StatementModel[];
  readonly role?: Value;
  readonly at: string;
}

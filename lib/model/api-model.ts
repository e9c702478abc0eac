import type { LevelModel, LogGroupModel, ResourceModel } from './resource-model';

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

/** What a request must contain. */
export interface ValidationModel {
  /** The JSON Schema of the body. */
  readonly body?: { readonly [keyword: string]: unknown };
  readonly query?: string[];
  readonly headers?: string[];
}

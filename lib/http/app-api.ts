import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IAppFunction } from '../core/contract';
import type { HttpModel, RouteDetails } from '../model/app-model';
import type { PropCheck } from '../props/prop-check';
import type { RouteKey } from './route-key';
import type { RouteOptions } from './route-options';

/** The API with an app's routes: HTTP or REST. */
export interface AppApi {
  readonly model: HttpModel;
  readonly accessLogGroup?: logs.ILogGroup;
  readonly domainName?: apigateway.DomainName;

  /** The address of the API for clients, with a trailing slash. */
  readonly url: string;

  /** Where CloudFront finds the API. Throws if it cannot reach it. */
  readonly origin: ApiOrigin;

  addRoute(fn: IAppFunction, route: RouteKey, options: RouteOptions, check: PropCheck): AddedRoute;

  /** Whether the user decided who may call a route with these options. */
  isDecided(options: RouteOptions): boolean;

  /** Whether a request to a route with these options needs an API key. */
  needsKey(options: RouteOptions): boolean;

  /** The format of the events of a route with these options: `1.0` or `2.0`. */
  payloadFormat(options: RouteOptions): string;

  /** Completes the API when all routes are declared. */
  complete(): void;
}

/** The host of an API, and the path of its routes there, without slashes. */
export interface ApiOrigin {
  readonly host: string;
  readonly path?: string;
}

export interface AddedRoute {
  /** `NONE`, `JWT`, `COGNITO_USER_POOLS`, `AWS_IAM` or `CUSTOM`. */
  readonly authorizationType: string;
  /** Further facts that callers of the route need. */
  readonly details?: Pick<RouteDetails, 'authorizer' | 'scopes' | 'tenant' | 'validate'>;
}

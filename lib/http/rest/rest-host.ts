import type * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';
import type { HttpModel } from '../../model/app-model';
import type { PropCheck } from '../../props/prop-check';
import type { ApiOrigin } from '../app-api';
import type { HttpThrottle } from '../http-options';
import type { FunctionReferences } from './function-references';
import type { RestAuthorizers } from './rest-authorizers';
import type { RestMethod } from './rest-definition';

/** What serves the methods of an app: the REST API that the app creates, or the user's own. */
export interface RestHost {
  readonly api: apigw.IRestApi;
  /** The scope of the resources that all routes share. */
  readonly scope: Construct;
  readonly stageName: string;
  readonly model: HttpModel;
  readonly url: string;
  readonly origin: ApiOrigin;
  /** The number of resources of the API. */
  readonly resources: number;
  readonly functions: FunctionReferences;
  readonly authorizers: RestAuthorizers;
  /** What applies to a route if neither the route nor the app says who may call it. */
  readonly byDefault: { readonly decided: boolean; readonly needsKey: boolean };
  /** Absent: the user's. */
  readonly stage?: apigw.Stage;
  readonly accessLogGroup?: logs.ILogGroup;
  readonly domainName?: apigateway.DomainName;

  /** The owner of an existing method that is not a route of an app. */
  ownerOf(method: string, path: string): string | undefined;

  /** Adds a method, and returns its type of authorization. */
  add(method: RestMethod, check: PropCheck): string;

  /** Sets the throttle of one method. */
  throttle(method: string, path: string, throttle: HttpThrottle, check: PropCheck): void;

  /** Lets the API serve requests only when a permission exists. */
  deployAfter(permission: IConstruct): void;

  /** Completes the API when all routes are declared. */
  complete(): void;
}

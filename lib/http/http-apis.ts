import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { AppContext } from '../core/app-context';
import { perApp } from '../core/per-app';
import { addApiAlarms } from '../monitoring/api-alarms';
import { unquoted } from '../props/prop-check';
import type { AppApi } from './app-api';
import { AppHttpApi } from './app-http-api';
import type { HttpOptions } from './http-options';
import { restApi } from './load-rest-api';
import type { AppRestApi } from './rest/app-rest-api';
import type { RestOptions } from './rest/rest-options';

/** The app's props that configure its API. */
export interface HttpProps {
  readonly http?: HttpOptions;
  readonly rest?: RestOptions;
}

/** The API of an app: an HTTP API, or a REST API if the app has the prop `rest`. */
export class HttpApis {
  static readonly of = perApp((context) => new HttpApis(context));

  private readonly http?: HttpOptions;
  private readonly rest?: RestOptions;
  private api?: AppApi;

  private constructor(private readonly context: AppContext) {
    const { http, rest }: HttpProps = context.props;
    if (http !== undefined && rest !== undefined) {
      throw context.check.error(
        'rest',
        'must not be combined with `http`, because an app has one API',
        unquoted('both'),
        'leave out one of them, or create a second app',
      );
    }
    this.http = http;
    this.rest = rest;
  }

  /** The API with the app's routes. The first access creates it. */
  get ofApp(): AppApi {
    this.api ??= this.create();
    return this.api;
  }

  /** The app's HTTP API; an error if the app has a REST API. */
  get httpApi(): apigateway.IHttpApi {
    if (this.rest !== undefined) {
      throw this.context.check.error(
        'rest',
        'must be left out if `api`, the HTTP API, is read',
        unquoted('a REST API'),
        'read `restApi`',
      );
    }
    return (this.ofApp as AppHttpApi).api;
  }

  /** The app's REST API; an error if the app has an HTTP API. */
  get restApi(): AppRestApi {
    if (this.rest === undefined) {
      throw this.context.check.error(
        'rest',
        'must be given if `restApi` is read',
        unquoted('an HTTP API'),
        'give `rest: {}`, or read `api`',
      );
    }
    return this.ofApp as AppRestApi;
  }

  /** The app's REST API, for a method that only a REST API supports. */
  restFor(method: string): AppRestApi {
    if (this.rest === undefined) {
      throw this.context.check.error(
        'rest',
        `must be given if \`${method}\` is called, because only a REST API can do it`,
        unquoted('an HTTP API'),
        'give `rest: {}` instead of `http`',
      );
    }
    return this.ofApp as AppRestApi;
  }

  /** Whether the API is, or would be, a REST API. */
  get isRest(): boolean {
    return this.rest !== undefined;
  }

  /** The API, if the app has one so far. */
  get existing(): AppApi | undefined {
    return this.api;
  }

  /** The REST API, if the app has one so far. */
  get existingRest(): AppRestApi | undefined {
    return this.rest === undefined ? undefined : (this.api as AppRestApi | undefined);
  }

  /** The HTTP API, if the app has one so far. */
  get existingHttp(): apigateway.IHttpApi | undefined {
    return this.rest === undefined ? (this.api as AppHttpApi | undefined)?.api : undefined;
  }

  private create(): AppApi {
    const { app, model } = this.context;
    const api =
      this.rest === undefined
        ? new AppHttpApi(this.context, this.http ?? {})
        : new (restApi().AppRestApi)(this.context, this.rest);
    model.http = api.model;
    addApiAlarms(app, api.model);
    return api;
  }
}

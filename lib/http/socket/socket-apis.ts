import { AppContext } from '../../core/app-context';
import { perApp } from '../../core/per-app';
import { addSocketAlarms } from '../../monitoring/socket-alarms';
import { AppSocketApi } from './app-socket-api';
import type { WebSocketOptions } from './socket-options';

/** The app's props that configure its WebSocket API. */
export interface WebSocketProps {
  readonly webSocket?: WebSocketOptions;
}

/** The WebSocket API of an app. */
export class SocketApis {
  static readonly of = perApp((context) => new SocketApis(context));

  private api?: AppSocketApi;

  private constructor(private readonly context: AppContext) {}

  /** The API with the app's routes. The first access creates it. */
  get ofApp(): AppSocketApi {
    this.api ??= this.create();
    return this.api;
  }

  /** The API, if the app has one so far. */
  get existing(): AppSocketApi | undefined {
    return this.api;
  }

  private create(): AppSocketApi {
    const { app, model, props } = this.context;
    const { webSocket = {} }: WebSocketProps = props;
    const api = new AppSocketApi(this.context, webSocket);
    model.webSocket = api.model;
    addSocketAlarms(app, api.model);
    return api;
  }
}

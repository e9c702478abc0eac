import type { AppModel } from '../../lib/model/app-model';
import type { DeployedApp } from '../deployed-app';
import type { Invocation } from './function-process';
import type { Ran } from './function-pool';

export interface SessionOptions {
  /** The folder of cdk.json. */
  readonly project: string;
  readonly app?: string;
  /** The address of the user's own emulator. */
  readonly endpoint?: string;
  readonly fresh: boolean;
  readonly port?: number;
  readonly inspect: boolean;
  readonly enforceIam: boolean;
  /** Context for the synthesis, in addition to that in cdk.json. */
  readonly context?: Readonly<Record<string, string>>;
  /**
   * The folder for its state, inside the one that `dev` keeps in the project.
   * @default 'dev'
   */
  readonly state?: string;
}

/** The output for the developer. */
export interface SessionView {
  progress(text: string): void;
  /** A note, shown on a separate line. */
  note(text: string): void;
  problem(text: string): void;
  ran(fn: AppModel['functions'][number], invocation: Invocation, ran: Ran): void;
  ready(apps: readonly DeployedApp[], places: SessionPlaces): void;
}

export interface SessionPlaces {
  /** The local addresses, by the path of the app, of its WebSocket API, or of the function with a URL. */
  readonly urls: ReadonlyMap<string, string>;
  readonly inspectors: ReadonlyMap<string, number>;
}

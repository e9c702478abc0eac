import type { AppFunction } from '../function/app-function';

/** How a trigger runs its function; it decides what happens to an event that fails. */
export enum InvocationType {
  /** The caller waits and sees the error. */
  SYNCHRONOUS = 'synchronous',

  /** Lambda queues the event, retries it, and sends what still fails to the failure queue. */
  ASYNCHRONOUS = 'asynchronous',

  /** Lambda reads the events from a stream or queue; the trigger itself says what happens to failures. */
  POLLED = 'polled',
}

/** What a trigger set up, for the function and for the app's model. */
export interface TriggerConfig {
  /** A short name of the kind, for example `http`. */
  readonly kind: string;

  /** How the function is run. */
  readonly invocation: InvocationType;

  /** Where the events come from: a route, a construct path, an expression. */
  readonly source: string;

  /**
   * Further plain data for the app's model.
   *
   * @default - no further data
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii's word for plain data; it has no `unknown`
  readonly details?: { readonly [key: string]: any };
}

/**
 * Something that runs a function. `Trigger` makes the usual ones; implement this interface for one of your own:
 * connect the source to `fn.target` and return what you did.
 */
export interface ITrigger {
  /**
   * Connects the source of events to the function. Called once for each function, when the trigger is added.
   *
   * @param fn the function to run: `fn.target` is what to invoke, `fn` the scope for further resources, `fn.app` the app
   */
  bind(fn: AppFunction): TriggerConfig;
}

import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IAccess } from '../core/contract';
import { FunctionUsage } from '../estimate/usage';
import { ITrigger } from '../core/contract';
import { BundlingOptions } from '../bundling/bundling-options';
import { ColdStart } from './cold-start';
import { Rollout } from './rollout';

/**
 * Options of a function: all of `lambda.FunctionOptions`, given flat, and a few more. What is left out comes from the
 * app's `functionDefaults`, then from the table of defaults.
 */
export interface AppFunctionOptions extends lambda.FunctionOptions {
  /**
   * The runtime.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * With `entry`: the name under which the file exports the handler. With `code`: Lambda's own, for example `index.handler`.
   *
   * @default 'handler'
   */
  readonly handler?: string;

  /**
   * How the entry is bundled.
   *
   * @default - minified, without a source map, with everything in
   */
  readonly bundling?: BundlingOptions;

  /**
   * What is done about cold starts.
   *
   * @default ColdStart.onDemand()
   */
  readonly coldStart?: ColdStart;

  /**
   * How a new version of the function takes over.
   *
   * @default Rollout.allAtOnce()
   */
  readonly rollout?: Rollout;

  /**
   * What you expect of the function in a month: the estimate of its cost follows from it, and nothing else. The number of events
   * may also be said of a trigger alone, with its `monthlyEvents`.
   *
   * @default - what the app's `usage` says
   */
  readonly usage?: FunctionUsage;

  /**
   * What the function may touch; `reads`, `writes` and `readsAndWrites` add to it.
   *
   * @default - nothing
   */
  readonly access?: IAccess[];

  /**
   * Stops the function, with everything else as it is, by reserving it 0 concurrent executions: a call over HTTP gets an error (5xx), an
   * asynchronous event waits for its `maxEventAge` and then goes to the failure queue, a stream is not read (it forgets changes after 24
   * hours). It goes before `reservedConcurrentExecutions`, so that a function is switched off and on again in one place.
   *
   * `reservedConcurrentExecutions` itself is not below 1, and what all functions reserve leaves 100 of the account's limit
   * (`scaling.concurrencyLimit`) to the others. Beyond what is reserved a caller over HTTP gets an error, an asynchronous event
   * waits, and a stream falls behind.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   * @default false
   */
  readonly disabled?: boolean;
}

/** Properties of a function. Exactly one of `entry` and `code` is given. */
export interface AppFunctionProps extends AppFunctionOptions {
  /**
   * The TypeScript or JavaScript file that exports the handler, relative to the app's `root`. It is bundled at synthesis.
   *
   * @default - `code` says what runs
   */
  readonly entry?: string;

  /**
   * Code of any runtime, with `handler` and `runtime` beside it.
   *
   * @default - `entry` says what runs
   */
  readonly code?: lambda.Code;

  /**
   * What runs the function; `addTrigger` adds to it.
   *
   * @default - nothing runs it
   */
  readonly triggers?: ITrigger[];
}

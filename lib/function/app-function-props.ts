import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IAccess } from '../core/contract';
import { FunctionUsage } from '../estimate/usage';
import { ITrigger } from '../core/contract';
import { BundlingOptions } from '../bundling/bundling-options';
import { ColdStart } from './cold-start';
import { Rollout } from './rollout';

/**
 * Options of a function: all of `lambda.FunctionOptions`, and the options below, in one flat object. A missing option comes from
 * the app's `functionDefaults`, then from the table of defaults.
 */
export interface AppFunctionOptions extends lambda.FunctionOptions {
  /**
   * The runtime.
   *
   * @default Runtime.NODEJS_24_X; Runtime.PYTHON_3_14 for a Python entry, and Runtime.PROVIDED_AL2023 for Go
   */
  readonly runtime?: lambda.Runtime;

  /**
   * With `entry`, the name of the exported handler, or of the function in a Python file. A Go entry has none. With `code`, Lambda's
   * handler string, for example `index.handler`.
   *
   * @default 'handler'
   */
  readonly handler?: string;

  /**
   * How the entry is bundled. For a Python entry only `copyFiles` and `cache` apply, for Go only `copyFiles`.
   *
   * @default - minified, without a source map, with all dependencies
   */
  readonly bundling?: BundlingOptions;

  /**
   * How cold starts are avoided.
   *
   * @default ColdStart.onDemand()
   */
  readonly coldStart?: ColdStart;

  /**
   * How traffic shifts to a new version of the function.
   *
   * @default Rollout.allAtOnce()
   */
  readonly rollout?: Rollout;

  /**
   * The usage that you expect in a month. Only the cost estimate uses it. A trigger's `monthlyEvents` sets the number of events
   * for that trigger alone.
   *
   * @default - the app's `usage`
   */
  readonly usage?: FunctionUsage;

  /**
   * What the function may access. `reads`, `writes` and `readsAndWrites` add to this list.
   *
   * @default - nothing
   */
  readonly access?: IAccess[];

  /**
   * Stops the function and leaves everything else as it is, by reserving zero concurrency for it. HTTP callers get an error
   * (5xx). An asynchronous event waits for at most `maxEventAge` and then goes to the failure queue. A stream is not read, and
   * discards changes after 24 hours. `disabled` overrides `reservedConcurrentExecutions`, so one line disables and enables a
   * function.
   *
   * `reservedConcurrentExecutions` itself must be at least 1, and the reservations of all functions must leave 100 of the
   * account's limit (`scaling.concurrencyLimit`). Above the reservation HTTP callers get an error, asynchronous events wait, and
   * a stream falls behind.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   * @default false
   */
  readonly disabled?: boolean;
}

/** Properties of a function. Give exactly one of `entry` and `code`. */
export interface AppFunctionProps extends AppFunctionOptions {
  /**
   * The file with the handler, relative to the app's `root`. Its code is built at synthesis, without Docker:
   *
   * - TypeScript or JavaScript, for example `src/worker.ts`: esbuild bundles it.
   * - Python, for example `src/worker.py`: the modules of the project that it imports, and the packages of the nearest uv.lock or
   *   requirements.txt, which uv, or pip if there is no uv, installs from wheels for the function's architecture and runtime.
   * - Go, for example `src/worker/main.go` or its folder: `go build` builds the program for the function's architecture.
   *
   * docs/languages.md says more.
   *
   * @default - `code` is given instead
   */
  readonly entry?: string;

  /**
   * Code for any runtime, together with `handler` and `runtime`.
   *
   * @default - `entry` is given instead
   */
  readonly code?: lambda.Code;

  /**
   * The events that invoke the function. `addTrigger` adds to this list.
   *
   * @default - no events
   */
  readonly triggers?: ITrigger[];
}

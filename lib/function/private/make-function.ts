import { Duration, Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FUNCTION_DEFAULTS } from '../../private/defaults';
import type { AppFunction } from '../app-function';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';
import { AppLambda, lambdaResource } from './app-lambda';
import { resolveCode } from './function-code';
import { logSettings } from './function-options';

/** What a function is made from. */
export interface FunctionParts {
  /** With the defaults of the app. */
  readonly options: AppFunctionOptions;
  /** As given. */
  readonly props: AppFunctionProps;
  readonly functionName?: string;
  /** Of one without `timeout`; asked at synthesis, when all its triggers are known. */
  readonly defaultTimeout: () => Duration;
}

/** The CDK's function, with the library's defaults. */
export function makeFunction(
  fn: AppFunction,
  { options, props, functionName, defaultTimeout }: FunctionParts,
): lambda.Function {
  // What stands here is ours to place: on the asynchronous configuration, the role and the log group of the app.
  const {
    onFailure,
    onSuccess,
    maxEventAge,
    retryAttempts,
    bundling,
    access,
    coldStart,
    rollout,
    usage,
    ...passedOn
  } = options;
  const lambdaProps = {
    memorySize: FUNCTION_DEFAULTS.memorySize,
    architecture: FUNCTION_DEFAULTS.architecture,
    ...logSettings(options),
    logGroup: fn.app.logGroup,
    ...passedOn,
    ...resolveCode(fn, options, props),
    functionName,
    runtime: options.runtime ?? FUNCTION_DEFAULTS.runtime,
    role: fn.role,
  };
  const made = fn._check.relay('', () => new AppLambda(fn, 'Function', lambdaProps));
  if (options.timeout === undefined) {
    lambdaResource(made).timeout = Lazy.number({
      produce: () => defaultTimeout().toSeconds(),
    });
  }
  return made;
}

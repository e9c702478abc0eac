import { Duration, Lazy } from 'aws-cdk-lib';
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DURABLE_DEFAULTS, FUNCTION_DEFAULTS } from '../../core/defaults';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';
import { AppLambda, lambdaResource } from '../app-lambda';
import { refuseHiddenTriggers } from '../hidden-triggers';
import { isDurable } from './durable-rules';
import { resolveCode } from './function-code';
import { logSettings } from './function-options';
import { FunctionContext } from '../../core/function-context';
import type { IAppFunction } from '../../core/contract';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const MAX_GROUP_DESCRIPTION_LENGTH = 255;

/** The inputs of the CDK's function. */
export interface FunctionParts {
  /** With the app's defaults. */
  readonly options: AppFunctionOptions;
  /** As given by the user. */
  readonly props: AppFunctionProps;
  readonly functionName?: string;
  /** The default timeout, evaluated at synthesis, when all triggers are known. */
  readonly defaultTimeout: () => Duration;
}

/** Creates the CDK's function with the library's defaults. */
export function makeFunction(
  fn: IAppFunction,
  { options, props, functionName, defaultTimeout }: FunctionParts,
): lambda.Function {
  // These options are handled elsewhere: by the asynchronous configuration, the role, and the app's log group.
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
    currentVersionOptions: isDurable(options)
      ? { removalPolicy: DURABLE_DEFAULTS.versionRemoval, ...options.currentVersionOptions }
      : options.currentVersionOptions,
    runtime: options.runtime ?? FUNCTION_DEFAULTS.runtime,
    role: fn.role,
  };
  const made = FunctionContext.of(fn).check.withPropPath(
    '',
    () => new AppLambda(fn, 'Function', lambdaProps),
  );
  refuseHiddenTriggers(made, made);
  if (options.vpc !== undefined) {
    shortenDescription(made);
  }
  if (options.timeout === undefined) {
    lambdaResource(made).timeout = Lazy.number({
      produce: () => defaultTimeout().toSeconds(),
    });
  }
  return made;
}

/** The CDK describes a function's security group by the full construct path, which can be longer than EC2 allows. */
function shortenDescription(made: lambda.Function): void {
  const group = made.node.tryFindChild('SecurityGroup')?.node.defaultChild as
    CfnSecurityGroup | undefined;
  if (group !== undefined) {
    group.groupDescription = group.groupDescription.slice(0, MAX_GROUP_DESCRIPTION_LENGTH);
  }
}

import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { ReportFormat } from '../../monitoring/report-patterns';
import { FUNCTION_DEFAULTS } from '../../core/defaults';
import { withoutUndefined } from '../../props/options';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';

/** The options for asynchronous events. */
export function asyncOptionsOf(options: AppFunctionOptions): lambda.EventInvokeConfigOptions {
  const { onFailure, onSuccess, maxEventAge, retryAttempts } = options;
  return withoutUndefined({ onFailure, onSuccess, maxEventAge, retryAttempts });
}

/** The function's options override the app's. Environment, bundling, usage, layers and access are merged. */
export function withDefaults(
  defaults: AppFunctionOptions,
  props: AppFunctionProps,
): AppFunctionOptions {
  const { entry, code, triggers, layers: ownLayers = [], ...own } = props;
  const { layers: sharedLayers = [], ...shared } = defaults;
  const layers = [...new Set([...sharedLayers, ...ownLayers])];
  return {
    ...withoutUndefined(shared),
    ...withoutUndefined(own),
    environment: { ...defaults.environment, ...own.environment },
    bundling: { ...defaults.bundling, ...own.bundling },
    usage: { ...defaults.usage, ...own.usage },
    // Undefined instead of an empty list: the CDK rejects any list of layers for a container image.
    ...(layers.length > 0 ? { layers } : {}),
    access: [...(defaults.access ?? []), ...(own.access ?? [])],
  };
}

/** JSON logs and their levels. AWS rejects levels for text logs. The CDK's older props stay as given. */
export function logSettings(options: AppFunctionOptions): Partial<lambda.FunctionOptions> {
  const { loggingFormat: given } = options;
  // The CDK rejects levels with a Token as format. Without them Lambda takes the same ones, if the format is JSON.
  const hasNoLevels = given === lambda.LoggingFormat.TEXT || Token.isUnresolved(given);
  if (hasNoLevels || 'logFormat' in options) {
    return {};
  }
  const { loggingFormat, systemLogLevel, applicationLogLevel } = FUNCTION_DEFAULTS;
  return {
    loggingFormat,
    ...('systemLogLevel' in options ? {} : { systemLogLevelV2: systemLogLevel }),
    ...('applicationLogLevel' in options ? {} : { applicationLogLevelV2: applicationLogLevel }),
  };
}

/** The format of Lambda's report of each invocation; `none` if the system log level suppresses it. */
export function reportFormat(options: AppFunctionOptions): ReportFormat | 'none' {
  const older = options as { readonly logFormat?: string; readonly systemLogLevel?: string };
  const format: string =
    options.loggingFormat ?? older.logFormat ?? FUNCTION_DEFAULTS.loggingFormat;
  const level: string | undefined = options.systemLogLevelV2 ?? older.systemLogLevel;
  if (format !== 'JSON') {
    return 'text';
  }
  return level === 'WARN' ? 'none' : 'json';
}

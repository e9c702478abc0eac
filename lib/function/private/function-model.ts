import * as path from 'node:path';
import { Lazy, Stack } from 'aws-cdk-lib';
import { DurableModel, FunctionModel } from '../../model/app-model';
import { FUNCTION_DEFAULTS } from '../../core/defaults';
import { AppFunctionOptions } from '../app-function-props';
import { costModel } from './cost-model';
import { reportFormat } from './function-options';
import { DURABLE_RETENTION_DAYS } from '../../model/defaults';
import { ALIAS_NAME, coldStartModel, Publishing, rolloutModel } from './live-alias';
import { FunctionParts } from './make-function';
import { lambdaResource } from '../app-lambda';
import { variablesOf } from './variables-of';
import { FunctionContext } from '../../core/function-context';
import { LogMetrics } from '../../monitoring/log-metrics';
import type { IAppFunction } from '../../core/contract';

/** The parts from which a function's model is recorded once the function is complete. */
export interface RecordedParts extends FunctionParts {
  readonly publishing: Publishing;
  /** Grows as triggers are added. */
  readonly triggers: FunctionModel['triggers'];
  /** Grows as accesses are added. */
  readonly access: FunctionModel['access'];
}

/** Creates the entry of a function in the app's model. */
export function functionModel(fn: IAppFunction, parts: RecordedParts): FunctionModel {
  const { options, props, defaultTimeout, publishing, triggers, access } = parts;
  const shard = fn.node.scope === fn.app ? undefined : Stack.of(fn).node.id;
  return {
    id: fn.node.id,
    path: fn.node.path,
    // Not a reference if the app has shards: it would point to a resource that is missing from the app's own stack.
    name:
      shard === undefined
        ? lambdaResource(fn.function).ref
        : FunctionContext.of(fn).deterministicName,
    shard,
    runtime: fn.function.runtime.name,
    architecture: fn.function.architecture.name,
    memoryMb: options.memorySize ?? FUNCTION_DEFAULTS.memorySize,
    timeoutSeconds:
      options.timeout?.toSeconds() ?? Lazy.number({ produce: () => defaultTimeout().toSeconds() }),
    durable: durableModel(options),
    reservedConcurrency: options.reservedConcurrentExecutions,
    reports: reportsOf(options),
    alias: fn.alias === undefined ? undefined : ALIAS_NAME,
    coldStart: coldStartModel(publishing),
    rollout: rolloutModel(publishing),
    entry: props.entry,
    bundling: bundlingModel(fn, parts),
    handler: options.handler ?? FUNCTION_DEFAULTS.handler,
    variables: Lazy.list({ produce: () => [...variablesOf(fn)].sort() }, { omitEmpty: true }),
    triggers,
    access,
    ...costModel(options, fn.app, FunctionContext.of(fn).check),
  };
}

/** Registers the function's log group with the log metrics. */
export function listenToReports(fn: IAppFunction, options: AppFunctionOptions): void {
  const format = reportFormat(options);
  if (format !== 'none') {
    LogMetrics.of(fn).listenTo(options.logGroup ?? fn.app.logGroup, format);
  }
}

function durableModel({ durableConfig }: AppFunctionOptions): DurableModel | undefined {
  return durableConfig === undefined
    ? undefined
    : {
        executionTimeoutSeconds: durableConfig.executionTimeout.toSeconds(),
        retentionDays: durableConfig.retentionPeriod?.toDays() ?? DURABLE_RETENTION_DAYS,
      };
}

/** The format of Lambda's report, if it is not the default. */
function reportsOf(options: AppFunctionOptions): FunctionModel['reports'] {
  const format = reportFormat(options);
  return format === 'json' ? undefined : format;
}

/** The CDK runs the app in the folder of cdk.json. */
function bundlingModel(
  fn: IAppFunction,
  { options, props }: RecordedParts,
): FunctionModel['bundling'] {
  const root = path.relative(process.cwd(), fn.app.root).split(path.sep).join('/');
  const given = Object.entries(options.bundling ?? {}).filter(([, value]) => value !== undefined);
  if (props.entry === undefined || (root === '' && given.length === 0)) {
    return undefined;
  }
  return {
    root: root === '' ? undefined : root,
    options: given.length === 0 ? undefined : Object.fromEntries(given),
  };
}

import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { FunctionModel } from '../../model/app-model';
import { logGroupModel } from '../../core/log-group-model';
import { PropCheck } from '../../props/prop-check';
import { usageModel } from '../../estimate/usage-model';
import { AppFunctionOptions } from '../app-function-props';
import type { IServerlessApp } from '../../core/contract';

/** The part of a function's model that only the cost estimate reads; without entries that cost nothing. */
export function costModel(
  { ephemeralStorageSize, tracing, usage, logGroup }: AppFunctionOptions,
  app: IServerlessApp,
  check: PropCheck,
): Pick<FunctionModel, 'ephemeralStorageMb' | 'tracing' | 'usage' | 'logGroup'> {
  const expected = usageModel(usage, check.at('usage'));
  return {
    ephemeralStorageMb: ephemeralStorageSize?.toMebibytes(),
    logGroup:
      logGroup === undefined || logGroup === app.logGroup
        ? undefined
        : logGroupModel(logGroup, app),
    tracing: tracing === Tracing.ACTIVE ? true : undefined,
    usage: expected !== undefined && Object.keys(expected).length > 0 ? expected : undefined,
  };
}

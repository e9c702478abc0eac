import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { FunctionFacts } from '../../model/app-model';
import { logGroupFacts } from '../../core/log-facts';
import { PropCheck } from '../../props/prop-check';
import { usageFacts } from '../../estimate/usage-facts';
import { AppFunctionOptions } from '../app-function-props';
import type { IServerlessApp } from '../../core/contract';

/** What the model says of a function for the estimate of its cost alone; nothing of what costs nothing. */
export function costFacts(
  { ephemeralStorageSize, tracing, usage, logGroup }: AppFunctionOptions,
  app: IServerlessApp,
  check: PropCheck,
): Pick<FunctionFacts, 'ephemeralStorageMb' | 'tracing' | 'usage' | 'logGroup'> {
  const expected = usageFacts(usage, check.at('usage'));
  return {
    ephemeralStorageMb: ephemeralStorageSize?.toMebibytes(),
    logGroup:
      logGroup === undefined || logGroup === app.logGroup
        ? undefined
        : logGroupFacts(logGroup, app),
    tracing: tracing === Tracing.ACTIVE ? true : undefined,
    usage: expected !== undefined && Object.keys(expected).length > 0 ? expected : undefined,
  };
}

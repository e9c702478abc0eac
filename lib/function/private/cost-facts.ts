import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { FunctionFacts } from '../../app-model';
import { PropCheck } from '../../private/prop-check';
import { usageFacts } from '../../private/usage-facts';
import { AppFunctionOptions } from '../app-function-props';

/** What the model says of a function for the estimate of its cost alone; nothing of what costs nothing. */
export function costFacts(
  { ephemeralStorageSize, tracing, usage }: AppFunctionOptions,
  check: PropCheck,
): Pick<FunctionFacts, 'ephemeralStorageMb' | 'tracing' | 'usage'> {
  const expected = usageFacts(usage, check.at('usage'));
  return {
    ephemeralStorageMb: ephemeralStorageSize?.toMebibytes(),
    tracing: tracing === Tracing.ACTIVE ? true : undefined,
    usage: expected !== undefined && Object.keys(expected).length > 0 ? expected : undefined,
  };
}

import { AppFunctionOptions } from '../app-function-props';

/** The options with the switch told in Lambda's own words: a function that is switched off reserves no concurrent execution. */
export function switched(options: AppFunctionOptions): AppFunctionOptions {
  const { disabled, ...others } = options;
  return disabled === true ? { ...others, reservedConcurrentExecutions: 0 } : others;
}

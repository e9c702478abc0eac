import { AppFunctionOptions } from '../app-function-props';

/** The options with the switch told in Lambda's own words: a function that is switched off reserves no concurrent execution. */
export function switched(options: AppFunctionOptions): AppFunctionOptions {
  const { switchedOff, ...others } = options;
  return switchedOff === true ? { ...others, reservedConcurrentExecutions: 0 } : others;
}

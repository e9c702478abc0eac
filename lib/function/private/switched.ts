import { AppFunctionOptions } from '../app-function-props';

/** Translates `disabled` for Lambda: a disabled function reserves zero concurrency. */
export function switched(options: AppFunctionOptions): AppFunctionOptions {
  const { disabled, ...others } = options;
  return disabled === true ? { ...others, reservedConcurrentExecutions: 0 } : others;
}

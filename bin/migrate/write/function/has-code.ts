import type { FunctionModel } from '../../model';

/** Whether a function has code that the app can name. A container image has none. */
export function hasCode({ handler, entryPoint, inline }: FunctionModel): boolean {
  return handler !== undefined || entryPoint !== undefined || inline !== undefined;
}

import type { AppContext } from '../core/app-context';
import { unquoted } from '../props/prop-check';

/** Reports an app without functions. */
export function validateNotEmpty({ functions, check }: AppContext): string[] {
  if (functions.length > 0) {
    return [];
  }
  const rule = 'must have at least one function';
  const remedy = 'add one with `onRequest`, `onSchedule` or `addFunction`';
  return [check.error('functions', rule, unquoted('none'), remedy).message];
}

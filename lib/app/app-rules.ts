import { unquoted } from '../props/prop-check';
import type { ServerlessApp } from './serverless-app';

/** An error where an app has no function once all is declared. */
export function validateNotEmpty(app: ServerlessApp): string[] {
  if (app.functions.length > 0) {
    return [];
  }
  const rule = 'must have at least one function';
  const remedy = 'add one with `onRequest`, `onSchedule` or `addFunction`';
  return [app._check.error('functions', rule, unquoted('none'), remedy).message];
}

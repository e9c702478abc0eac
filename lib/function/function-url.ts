import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { unquoted } from '../props/prop-check';

/** The id of the URL below its function. */
export const URL_ID = 'Url';

/** The URL of a function, if it has one so far. */
export function existingUrl(fn: IAppFunction): lambda.FunctionUrl | undefined {
  return fn.node.tryFindChild(URL_ID) as lambda.FunctionUrl | undefined;
}

/** The URL of a function that has one. */
export function urlOf(fn: IAppFunction): lambda.FunctionUrl {
  const url = existingUrl(fn);
  if (url === undefined) {
    throw FunctionContext.of(fn).check.error(
      'triggers',
      'must have a function URL if `functionUrl` is read',
      unquoted('none'),
      'add `Trigger.functionUrl()` first, or declare the function with `onFunctionUrl`',
    );
  }
  return url;
}

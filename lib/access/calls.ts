import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { PropCheck, unquoted } from '../props/prop-check';

/** The functions that each function's role or environment refers to in the template. */
const referencesOf = new WeakMap<IAppFunction, Set<IAppFunction>>();

/** Remembers that a function refers to another one, because it calls it or, as the hook of its rollout, gets its new version. */
export function rememberReference(from: IAppFunction, to: IAppFunction): void {
  referencesOf.set(from, (referencesOf.get(from) ?? new Set()).add(to));
}

/** What a caller invokes: the alias if there is one, otherwise the function itself. */
export function callableOf(callee: IAppFunction | lambda.IFunction): { readonly arn: string } {
  if (!isOfApp(callee)) {
    return { arn: callee.functionArn };
  }
  // In an app with shards, the name of a function is known without a reference to its stack.
  const { deterministicArn } = FunctionContext.of(callee);
  return {
    arn:
      callee.alias === undefined
        ? deterministicArn
        : `${deterministicArn}:${callee.alias.aliasName}`,
  };
}

/**
 * Rejects a function that calls itself, directly or through others: its role would name the other function, which depends on a
 * role that names this one. A function with a `functionName` can be named without a reference.
 */
export function requireNoCircle(
  caller: IAppFunction,
  callee: IAppFunction | lambda.IFunction,
  check: PropCheck,
): void {
  if (!isOfApp(callee) || !needsReference(callee)) {
    return;
  }
  if (callee === caller || reaches(callee, caller)) {
    throw check.error(
      'access',
      'must not call a function that calls this one or is a hook of its rollout, which CloudFormation rejects as a circular dependency',
      unquoted(callee === caller ? 'the function itself' : callee.node.path),
      'give the called function a `functionName`, or put a queue between them',
    );
  }
  rememberReference(caller, callee);
}

function reaches(from: IAppFunction, to: IAppFunction): boolean {
  return [...(referencesOf.get(from) ?? [])].some((next) => next === to || reaches(next, to));
}

/** Whether the function's name is available only through a reference to it. In an app with shards it is known without one. */
function needsReference(callee: IAppFunction): boolean {
  return FunctionContext.of(callee).deterministicName === callee.function.functionName;
}

function isOfApp(callee: IAppFunction | lambda.IFunction): callee is IAppFunction {
  return 'target' in callee && 'app' in callee;
}

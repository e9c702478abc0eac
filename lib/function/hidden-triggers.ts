import type * as lambda from 'aws-cdk-lib/aws-lambda';

/** The CDK's methods that add a trigger or a destination, and what to use instead. */
const INSTEAD = {
  addEventSource:
    'use `addTrigger` with `Trigger.queue(…)`, `Trigger.tableChanges(…)` or `Trigger.stream(…)`, or implement `ITrigger` for other event sources',
  addEventSourceMapping:
    'use `addTrigger` with `Trigger.queue(…)`, `Trigger.tableChanges(…)` or `Trigger.stream(…)`, or implement `ITrigger` for other event sources',
  addFunctionUrl: 'use `addTrigger` with `Trigger.functionUrl(…)`',
  configureAsyncInvoke:
    'give the function `onFailure`, `onSuccess`, `retryAttempts` and `maxEventAge` instead: Lambda rejects a second configuration of asynchronous events',
} as const;

/** The functions whose trigger is being bound; their aliases count too. */
const inTrigger = new WeakSet<lambda.Function>();

/** Binds a trigger to a function. The CDK's methods for triggers are allowed only while it is being bound. */
export function bindTrigger<T>(fn: lambda.Function, bind: () => T): T {
  inTrigger.add(fn);
  try {
    return bind();
  } finally {
    inTrigger.delete(fn);
  }
}

/**
 * Rejects the CDK's methods for triggers and destinations outside a trigger, because the app's guards, estimate, alarms and
 * retries would not know about them.
 *
 * @param target the function or its alias
 */
export function refuseHiddenTriggers(target: lambda.IFunction, fn: lambda.Function): void {
  for (const [method, instead] of Object.entries(INSTEAD)) {
    const original: unknown = Reflect.get(target, method);
    const allowed = (): boolean => method !== 'configureAsyncInvoke' && inTrigger.has(fn);
    const value = (...given: readonly unknown[]): unknown => {
      if (!allowed() || typeof original !== 'function') {
        throw new Error(
          `${target.node.path}: \`${method}\` must not be called, because the app would not know what it adds: ${instead}`,
        );
      }
      return Reflect.apply(original, target, given);
    };
    Object.defineProperty(target, method, { value });
  }
}

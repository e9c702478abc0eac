import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { dependOn } from '../../core/depend-on';
import { TriggerModel } from '../../model/app-model';
import { ASYNC_DEFAULTS } from '../../core/defaults';
import { PropCheck } from '../../props/prop-check';
import { ALIAS_NAME, LiveAlias } from './live-alias';
import { lambdaResource } from '../app-lambda';
import { Failures } from '../../failure/failures';
import type { IAppFunction } from '../../core/contract';

const SCOPE_ID = 'Async';

/** Whether failed asynchronous events of the function have a destination. */
export function isAsync(fn: IAppFunction): boolean {
  return fn.node.tryFindChild(SCOPE_ID) !== undefined;
}

/** Configures retries and the failure queue for a function that receives asynchronous events. */
export function configureAsync(
  fn: IAppFunction,
  options: lambda.EventInvokeConfigOptions,
  live: LiveAlias | undefined,
  durable: boolean,
): void {
  if (isAsync(fn)) {
    return;
  }
  const { retryAttempts, maxEventAge, onFailure, onSuccess } = options;
  const scope = new Construct(fn, SCOPE_ID);
  if (durable) {
    keepFailedExecutions(fn, scope);
  }
  if (durable && maxEventAge === undefined) {
    return;
  }
  // Not the CDK's `EventInvokeConfig`, which repeats the checks and takes a third of the time that a function takes.
  const made = new lambda.CfnEventInvokeConfig(scope, 'Resource', {
    // Not `functionName`, a token that supports another account, which is never needed here.
    functionName: lambdaResource(fn.function).ref,
    qualifier: live === undefined ? '$LATEST' : ALIAS_NAME,
    maximumEventAgeInSeconds: (maxEventAge ?? ASYNC_DEFAULTS.maxEventAge).toSeconds(),
    ...(durable
      ? {}
      : {
          maximumRetryAttempts: retryAttempts ?? ASYNC_DEFAULTS.retryAttempts,
          destinationConfig: {
            onFailure: (onFailure ?? Failures.of(fn).eventDestination()).bind(scope, fn.target, {
              type: lambda.DestinationType.FAILURE,
            }),
            onSuccess: onSuccess?.bind(scope, fn.target, { type: lambda.DestinationType.SUCCESS }),
          },
        }),
  });
  if (live !== undefined) {
    dependOn(made, live.resource); // It refers to the alias only by name.
  }
}

/**
 * Lambda has no destinations for durable functions, and does not run a failed execution again. It puts the original event into the
 * dead-letter queue of the function: https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html
 */
function keepFailedExecutions(fn: IAppFunction, scope: Construct): void {
  const { destination } = Failures.of(fn)
    .eventDestination()
    .bind(scope, fn.target, { type: lambda.DestinationType.FAILURE });
  lambdaResource(fn.function).deadLetterConfig = { targetArn: destination };
}

/**
 * Lambda's asynchronous retries do not apply to events that Lambda polls for, so the user must have meant the options of the
 * trigger.
 */
export function refuseAsyncOptionsOfPolled(
  triggers: readonly TriggerModel[],
  check: PropCheck,
): void {
  const polled = triggers.filter(({ invocation }) => invocation === 'polled');
  if (polled.length > 0 && polled.length === triggers.length) {
    throw check.error(
      'retryAttempts',
      'must be left out, like `maxEventAge`, `onFailure` and `onSuccess`, for a function that only reads a stream or a queue',
      polled.map(({ kind }) => kind).join(', '),
      'for table changes give `maxRetryAttempts`, `maxRecordAge`, and the app’s `failureBucket`',
    );
  }
}

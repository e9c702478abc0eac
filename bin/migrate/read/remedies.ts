/** Features of both frameworks that the migration does not carry over, and what to write instead. */
export const FUNCTION_URL = 'the function URL has another address; move its callers';
export const ON_SUCCESS = 'write `onSuccess: new LambdaDestination(…)` in the function';
export const SNAP_START = 'SnapStart does not support Node.js functions in a zip file';
export const LOG_SUBSCRIPTION =
  'write `new logs.SubscriptionFilter(…)` with `new LambdaDestination(fn.target)`';
export const SOURCE_MAPPING = 'write `new lambda.EventSourceMapping(…)` with `target: fn.target`';
export const MACHINE_LOGS =
  'the logs of the state machine are not carried over: write `logs: { destination: logGroup, level: sfn.LogLevel.ERROR }` in it';

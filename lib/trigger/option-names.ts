import { HttpTriggerOptions } from './http/http-trigger';
import { ObjectTriggerOptions } from './object/object-trigger';
import { ScheduleTriggerOptions } from './schedule/schedule-trigger';
import { TableChangesTriggerOptions } from './table-changes/table-changes-trigger';

/**
 * The options of each trigger by name, for telling them from the function's own in the short forms. The `Record` makes the
 * compiler refuse a list from which one is missing.
 */
function namesOf<T>(names: Record<keyof T, true>): ReadonlyArray<keyof T> {
  return Object.keys(names) as Array<keyof T>;
}

export const HTTP_OPTIONS = namesOf<Required<HttpTriggerOptions>>({
  authorizer: true,
  authorizationScopes: true,
  throttle: true,
  monthlyEvents: true,
});

export const TABLE_CHANGES_OPTIONS = namesOf<Required<TableChangesTriggerOptions>>({
  startingPosition: true,
  batchSize: true,
  maxBatchingWindow: true,
  filters: true,
  parallelizationFactor: true,
  tumblingWindow: true,
  maxRetryAttempts: true,
  maxRecordAge: true,
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
  enabled: true,
  monthlyEvents: true,
});

export const OBJECT_OPTIONS = namesOf<Required<ObjectTriggerOptions>>({
  prefix: true,
  suffix: true,
  eventTypes: true,
  monthlyEvents: true,
});

export const SCHEDULE_OPTIONS = namesOf<Required<ScheduleTriggerOptions>>({
  input: true,
  enabled: true,
  timeWindow: true,
  retryPolicy: true,
  start: true,
  end: true,
  scheduleGroup: true,
});

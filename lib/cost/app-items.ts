import { AppModel, LogGroupFacts } from '../model/app-model';
import { DAYS_A_MONTH } from '../schedule/events-a-month';
import { known } from '../scaling/provisioned';
import { LevelName } from './app-estimate';
import { BillItem } from './bill';
import { FunctionLoad, TriggerLoad } from './events';
import { invocationsOf } from './invocations';
import {
  ACCESS_LOG_BYTES,
  FAILED_SHARE,
  FUNCTION_USAGE,
  KEPT_LOG_SHARE,
  KEY_REQUESTS,
  UNKNOWN_RETENTION_DAYS,
} from './usage-defaults';

const GB = 1024 ** 3;
/** A failed event is sent to the queue, received once, and deleted. */
const QUEUE_REQUESTS = 3;

/** What the functions share: the API, logs, failures, schedules, and what watches the app. */
export function appItems(
  model: AppModel,
  loads: readonly FunctionLoad[],
  level: LevelName,
): BillItem[] {
  const triggers = loads.flatMap((load) => load.triggers);
  const requests = eventsOf(triggers, ({ trigger }) => trigger.kind === 'http');
  return [
    { price: 'apiGateway.httpRequests', resource: model.http?.id, quantity: requests },
    { price: 'dataTransfer.out', resource: model.http?.id, quantity: responseGigabytes(loads) },
    {
      price: 'eventBridge.schedulerInvocations',
      quantity: eventsOf(triggers, ({ trigger }) => trigger.kind === 'schedule'),
    },
    ...logItems(model, loads, requests),
    ...failureItems(model, loads, triggers),
    ...monitoringItems(model),
    ...model.keys.flatMap(({ id }): BillItem[] => [
      { price: 'kms.keys', resource: id, quantity: 1 },
      { price: 'kms.requests', resource: id, quantity: KEY_REQUESTS[level] },
    ]),
  ];
}

function eventsOf(triggers: readonly TriggerLoad[], of: (load: TriggerLoad) => boolean): number {
  return triggers.filter(of).reduce((sum, { events }) => sum + events, 0);
}

function responseGigabytes(loads: readonly FunctionLoad[]): number {
  const bytes = loads.reduce((sum, { triggers, usage }) => {
    const requests = eventsOf(triggers, ({ trigger }) => trigger.kind === 'http');
    return sum + requests * (usage.responseBytes ?? FUNCTION_USAGE.responseBytes);
  }, 0);
  return bytes / GB;
}

function logItems(
  { logGroup, http }: AppModel,
  loads: readonly FunctionLoad[],
  requests: number,
): BillItem[] {
  const groups = new Map<string, { group?: LogGroupFacts; bytes: number }>();
  for (const load of loads) {
    const group = load.fn.logGroup ?? logGroup;
    const sum = groups.get(group?.path ?? '') ?? { group, bytes: 0 };
    sum.bytes += invocationsOf(load).count * (load.usage.logBytes ?? FUNCTION_USAGE.logBytes);
    groups.set(group?.path ?? '', sum);
  }
  const ofAccess = http?.accessLog;
  return [
    ...[...groups.values()].flatMap(({ group, bytes }) => logGroupItems(group, bytes / GB)),
    ...(ofAccess === undefined ? [] : logGroupItems(ofAccess, (requests * ACCESS_LOG_BYTES) / GB)),
  ];
}

/** What is kept, once as much is forgotten as comes in. */
function logGroupItems(logGroup: LogGroupFacts | undefined, gigabytes: number): BillItem[] {
  const months = monthsKept(logGroup?.retentionDays);
  return [
    { price: 'cloudWatch.logsIngestion', resource: logGroup?.id, quantity: gigabytes },
    {
      price: 'cloudWatch.logsStorage',
      resource: logGroup?.id,
      quantity: gigabytes * KEPT_LOG_SHARE * months,
    },
  ];
}

/** How many months of what comes in are there at any time. */
export function monthsKept(retentionDays: number | undefined): number {
  const days = known(retentionDays) ?? 0;
  return (days === 0 ? UNKNOWN_RETENTION_DAYS : days) / DAYS_A_MONTH;
}

/** A failed event goes to the queue; a failed table change to the bucket, which tells the queue by an event. */
function failureItems(
  { failureQueue, failureBucket }: AppModel,
  loads: readonly FunctionLoad[],
  triggers: readonly TriggerLoad[],
): BillItem[] {
  const ofChanges =
    eventsOf(triggers, ({ trigger }) => trigger.kind === 'tableChanges') * FAILED_SHARE;
  const asynchronous = eventsOf(triggers, ({ trigger }) => trigger.invocation === 'asynchronous');
  const direct = loads
    .filter((load) => load.triggers.length === 0)
    .reduce((sum, { events }) => sum + events, 0);
  const failed = (asynchronous + direct) * FAILED_SHARE + ofChanges;
  const queue: BillItem[] =
    failureQueue === undefined
      ? []
      : [{ price: 'sqs.requests', resource: failureQueue.id, quantity: failed * QUEUE_REQUESTS }];
  const bucket: BillItem[] =
    failureBucket === undefined
      ? []
      : [
          { price: 's3.puts', resource: failureBucket.id, quantity: ofChanges },
          { price: 'eventBridge.events', resource: failureBucket.id, quantity: ofChanges },
          {
            price: 's3.storage',
            resource: failureBucket.id,
            quantity: (failedBytes(loads) / GB) * monthsKept(failureBucket.retentionDays),
          },
        ];
  return [...queue, ...bucket];
}

/** A record of a change has the item as it was and as it is. */
function failedBytes(loads: readonly FunctionLoad[]): number {
  return loads.reduce((sum, { triggers, usage }) => {
    const changes = eventsOf(triggers, ({ trigger }) => trigger.kind === 'tableChanges');
    return sum + changes * FAILED_SHARE * 2 * (usage.itemBytes ?? FUNCTION_USAGE.itemBytes);
  }, 0);
}

/** Each alarm with its id, so that what one costs is seen; a composite one has no metrics of its own. */
function monitoringItems({ monitoring }: AppModel): BillItem[] {
  return [
    ...monitoring.alarms.map(({ id, metrics, highResolution }): BillItem => {
      if (metrics === 0) {
        return { price: 'cloudWatch.compositeAlarms', resource: id, quantity: 1 };
      }
      const price =
        highResolution === true ? 'cloudWatch.highResolutionAlarms' : 'cloudWatch.alarms';
      return { price, resource: id, quantity: metrics };
    }),
    { price: 'cloudWatch.customMetrics', quantity: monitoring.customMetrics.length },
    { price: 'cloudWatch.dashboards', quantity: monitoring.dashboards.length },
  ];
}

import { logItems } from '../kinds/log-items';
import { AppModel, LogGroupModel } from '../model/app-model';
import { apiItems, apiRequests } from './api-items';
import { LevelName } from './app-estimate';
import { BillItem, toBillItem } from './bill';
import { FunctionLoad } from './events';
import { failureItems } from './failure-items';
import { invocationsOf } from './invocations';
import { siteItems } from './site-items';
import { socketItems } from './socket-items';
import { triggerItems } from './trigger-items';
import { workflowItems } from './workflow-items';
import { FUNCTION_USAGE, KEY_REQUESTS } from './usage-defaults';

/** What the functions share: logs, the delivery of events, failures, monitoring and keys. */
export function appItems(
  model: AppModel,
  loads: readonly FunctionLoad[],
  level: LevelName,
): BillItem[] {
  return [
    ...functionLogItems(model, loads),
    ...triggerItems(model, loads),
    ...apiItems(model, loads, level),
    ...socketItems(model, loads, level),
    ...workflowItems(model, level),
    ...siteItems(model, apiRequests(model, loads, level), level),
    ...failureItems(model, loads),
    ...monitoringItems(model),
    ...model.keys.flatMap(({ id }): BillItem[] => [
      { price: 'kms.keys', resource: id, quantity: 1 },
      { price: 'kms.requests', resource: id, quantity: KEY_REQUESTS[level] },
    ]),
  ];
}

function functionLogItems({ logGroup }: AppModel, loads: readonly FunctionLoad[]): BillItem[] {
  const groups = new Map<string, { group?: LogGroupModel; bytes: number }>();
  for (const load of loads) {
    const group = load.fn.logGroup ?? logGroup;
    const sum = groups.get(group?.path ?? '') ?? { group, bytes: 0 };
    sum.bytes += invocationsOf(load).count * (load.usage.logBytes ?? FUNCTION_USAGE.logBytes);
    groups.set(group?.path ?? '', sum);
  }
  return [...groups.values()].flatMap(({ group, bytes }) => logItems(group, bytes).map(toBillItem));
}

/** Each alarm has an item of its own, so that its cost can be seen. A composite alarm has no metrics. */
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

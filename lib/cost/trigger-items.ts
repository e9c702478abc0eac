import { KindBillItem } from '../kinds/trigger-kind';
import { kindOf } from '../kinds/trigger-kinds';
import { AppModel } from '../model/app-model';
import { BillItem, toBillItem } from './bill';
import { FunctionLoad } from './events';
import { FUNCTION_USAGE } from './usage-defaults';

/** The cost of delivering the events, as defined by each trigger's kind; one item for each price and resource. */
export function triggerItems(model: AppModel, loads: readonly FunctionLoad[]): BillItem[] {
  const merged = new Map<string, BillItem>();
  for (const { triggers, usage } of loads) {
    const { itemBytes, responseBytes } = { ...FUNCTION_USAGE, ...usage };
    for (const { trigger, events } of triggers) {
      const load = { trigger, events, itemBytes, responseBytes };
      for (const item of kindOf(trigger).billItems?.(load, model) ?? []) {
        const key = [item.price, item.resource, item.perSource === true ? trigger.source : '']
          .map(String)
          .join(' ');
        merged.set(key, merge(merged.get(key), item));
      }
    }
  }
  return [...merged.values()];
}

function merge(before: BillItem | undefined, item: KindBillItem): BillItem {
  const others = before?.quantity ?? 0;
  const { quantity } = item;
  const both = item.perSource === true ? Math.max(others, quantity) : others + quantity;
  return toBillItem({ ...item, quantity: both });
}

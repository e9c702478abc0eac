import { FAILED_SHARE } from '../kinds/failed-share';
import { GB, monthsKept } from '../kinds/log-items';
import { FailureTarget } from '../kinds/trigger-kind';
import { kindOf } from '../kinds/trigger-kinds';
import { AppModel } from '../model/app-model';
import { BillItem } from './bill';
import { FunctionLoad } from './events';
import { FUNCTION_USAGE } from './usage-defaults';

/** A failed event is sent to the queue, received once, and deleted. */
const QUEUE_REQUESTS = 3;

/** A record in the failure bucket contains the item before and after the change. */
const ITEMS_A_RECORD = 2;

/** What failed events cost: in the failure queue, or in the failure bucket, which notifies the queue through EventBridge. */
export function failureItems(
  { failureQueue, failureBucket }: AppModel,
  loads: readonly FunctionLoad[],
): BillItem[] {
  const failing = (load: FunctionLoad, to: FailureTarget['to']): number =>
    failingEvents(load, to) * FAILED_SHARE;
  const toBucket = loads.reduce((sum, load) => sum + failing(load, 'failureBucket'), 0);
  const toQueue = loads.reduce((sum, load) => sum + failing(load, 'failureQueue'), toBucket);
  const bytes = loads.reduce(
    (sum, load) =>
      sum +
      failing(load, 'failureBucket') *
        ITEMS_A_RECORD *
        (load.usage.itemBytes ?? FUNCTION_USAGE.itemBytes),
    0,
  );
  const queue: BillItem[] =
    failureQueue === undefined
      ? []
      : [{ price: 'sqs.requests', resource: failureQueue.id, quantity: toQueue * QUEUE_REQUESTS }];
  const bucket: BillItem[] =
    failureBucket === undefined
      ? []
      : [
          { price: 's3.puts', resource: failureBucket.id, quantity: toBucket },
          { price: 'eventBridge.events', resource: failureBucket.id, quantity: toBucket },
          {
            price: 's3.storage',
            resource: failureBucket.id,
            quantity: (bytes / GB) * monthsKept(failureBucket.retentionDays),
          },
        ];
  return [...queue, ...bucket];
}

/** A function without a trigger counts as invoked asynchronously. */
function failingEvents({ triggers, events }: FunctionLoad, to: FailureTarget['to']): number {
  if (triggers.length === 0) {
    return to === 'failureQueue' ? events : 0;
  }
  return triggers
    .filter(({ trigger }) => kindOf(trigger).failsTo(trigger).to === to)
    .reduce((sum, load) => sum + load.events, 0);
}

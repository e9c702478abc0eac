import { FunctionModel } from '../model/app-model';
import { DEFAULT_MEMORY_MB, DEFAULT_TARGET_UTILIZATION } from '../model/defaults';
import { resolvedNumber } from '../model/resolved';
import { BillItem } from './bill';
import { FunctionLoad } from './events';
import { invocationsOf, Invocations } from './invocations';
import { FREE_STORAGE_MB, lambdaPrices } from './lambda-prices';
import { PriceId, PriceList } from './price-list';
import { SECONDS_A_MONTH } from '../schedule/month';
import { standingConcurrency } from './standing-concurrency';
import { COLD_SHARE, FUNCTION_USAGE } from './usage-defaults';

const MB_A_GB = 1024;

/** X-Ray traces the first request of each second and 5 % of the rest. */
const TRACED_SHARE = 0.05;

/** The cost of a function itself, without the resources it uses. */
export function functionItems(load: FunctionLoad, prices: PriceList): BillItem[] {
  const { fn } = load;
  const invocations = invocationsOf(load);
  const item = (price: PriceId, quantity: number): BillItem => ({
    price,
    resource: fn.id,
    quantity,
  });
  const gigabytes = memoryOf(fn) / MB_A_GB;
  return [
    item('lambda.requests', invocations.count),
    ...durationItems(fn, invocations, gigabytes, prices, item),
    ...snapStartItems(fn, invocations, gigabytes, item),
    item('cloudWatch.alarms', scalingAlarms(fn)),
    item('lambda.ephemeralStorage', invocations.seconds * extraStorage(fn)),
    item('lambda.durableOperations', durableOperations(load)),
    item('xray.traces', fn.tracing === true ? tracesOf(invocations.count) : 0),
  ];
}

export function memoryOf({ memoryMb }: FunctionModel): number {
  return resolvedNumber(memoryMb) ?? DEFAULT_MEMORY_MB;
}

type MakeItem = (price: PriceId, quantity: number) => BillItem;

/** Provisioned environments cost less per second of work; what exceeds them runs on demand. */
function durationItems(
  { architecture, coldStart }: FunctionModel,
  { seconds }: Invocations,
  gigabytes: number,
  list: PriceList,
  item: MakeItem,
): BillItem[] {
  const prices = lambdaPrices(list, architecture);
  const standing = standingConcurrency(coldStart);
  if (standing === undefined) {
    return [item(prices.duration.id, seconds * gigabytes)];
  }
  const busy = seconds / SECONDS_A_MONTH;
  const wanted = busy / (resolvedNumber(coldStart.targetUtilization) ?? DEFAULT_TARGET_UTILIZATION);
  const ready = Math.min(standing.most, Math.max(standing.least, wanted));
  const inReady = Math.min(busy, ready) * SECONDS_A_MONTH;
  return [
    item(prices.provisioned.id, ready * SECONDS_A_MONTH * gigabytes),
    item(prices.provisionedDuration.id, inReady * gigabytes),
    item(prices.duration.id, (seconds - inReady) * gigabytes),
  ];
}

/** SnapStart is free for managed Java runtimes. */
function snapStartItems(
  { coldStart, runtime }: FunctionModel,
  { count }: Invocations,
  gigabytes: number,
  item: MakeItem,
): BillItem[] {
  if (coldStart.kind !== 'snapStart' || runtime.startsWith('java')) {
    return [];
  }
  return [
    item('lambda.snapStartCache', gigabytes * SECONDS_A_MONTH),
    item('lambda.snapStartRestore', count * COLD_SHARE * gigabytes),
  ];
}

/** Application Auto Scaling tracks the utilization with two alarms. */
function scalingAlarms({ coldStart: { kind, max } }: FunctionModel): number {
  return kind === 'provisioned' && max !== undefined ? 2 : 0;
}

function extraStorage({ ephemeralStorageMb }: FunctionModel): number {
  return Math.max(0, (resolvedNumber(ephemeralStorageMb) ?? 0) - FREE_STORAGE_MB) / MB_A_GB;
}

/** Replays of a durable function are invocations too, but how many there are depends on its waits; `usage.duration` covers their time. */
function durableOperations({ fn, events, usage }: FunctionLoad): number {
  const { operationsPerEvent } = { ...FUNCTION_USAGE, ...usage };
  return fn.durable === undefined ? 0 : events * operationsPerEvent;
}

function tracesOf(count: number): number {
  const first = Math.min(count, SECONDS_A_MONTH);
  return first + (count - first) * TRACED_SHARE;
}

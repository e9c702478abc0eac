import {
  AppModel,
  AppUsageModel,
  CapacityModel,
  ResourceModel,
  TableModel,
} from '../model/app-model';
import { GB, monthsKept } from '../kinds/log-items';
import { lastPart } from '../model/format-value';
import { resolvedNumber } from '../model/resolved';
import { LevelName } from './app-estimate';
import { BillItem } from './bill';
import { countsWrites, FunctionLoad } from './events';
import { HOURS_A_MONTH, SECONDS_A_MONTH } from '../schedule/month';
import {
  amountsOf,
  BUCKET_GIGABYTES,
  BUCKET_LOG_BYTES,
  FUNCTION_USAGE,
  TABLE_GIGABYTES,
} from './usage-defaults';

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;
/** An eventually consistent read, the SDK's default, uses half a unit. */
const READ_UNITS = 0.5;
/** The CDK's default target of `Capacity.autoscaled`: the share of a table's capacity that is kept busy. */
const TABLE_UTILIZATION = 0.7;

/** Units or requests of one table or bucket in a month. */
export interface Traffic {
  reads: number;
  writes: number;
}

/** The cost of tables and buckets: storage in the app's own, and the functions' reads and writes in all of them. */
export function storageItems(
  model: AppModel,
  loads: readonly FunctionLoad[],
  level: LevelName,
  usage: AppUsageModel,
): BillItem[] {
  const tables = allTraffic(model.tables, loads, 'table');
  const buckets = allTraffic(model.buckets, loads, 'bucket');
  const made = new Map(model.tables.map((table) => [table.path, table]));
  return [
    ...model.tables.flatMap((table) =>
      keptItems(table, amountsOf(usage.tableGigabytes, TABLE_GIGABYTES)[level]),
    ),
    ...[...tables].flatMap(([path, traffic]) => tableItems(path, made.get(path), traffic)),
    ...model.tables
      .filter((table) => !tables.has(table.path))
      .flatMap((table) => tableItems(table.path, table, { reads: 0, writes: 0 })),
    ...model.buckets.map(({ id }): BillItem => ({
      price: 's3.storage',
      resource: id,
      quantity: amountsOf(usage.bucketGigabytes, BUCKET_GIGABYTES)[level],
    })),
    ...[...buckets].flatMap(([path, { reads, writes }]): BillItem[] => [
      { price: 's3.gets', resource: lastPart(path), quantity: reads },
      { price: 's3.puts', resource: lastPart(path), quantity: writes },
    ]),
    ...accessLogItems(model, buckets),
  ];
}

/** What functions read and write in a month, by the path of the table or bucket. */
export function trafficOf(
  loads: readonly FunctionLoad[],
  kind: 'table' | 'bucket',
): Map<string, Traffic> {
  const traffic = new Map<string, Traffic>();
  for (const { fn, usage, events } of loads) {
    const bytes = usage.itemBytes ?? FUNCTION_USAGE.itemBytes;
    const isTable = kind === 'table';
    const readUnits = isTable ? READ_UNITS * Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) : 1;
    const writeUnits = isTable ? writeUnitsOf(bytes) : 1;
    for (const access of fn.access) {
      if (access.kind !== kind) {
        continue;
      }
      const sum = traffic.get(access.path) ?? { reads: 0, writes: 0 };
      traffic.set(access.path, sum);
      if (access.level !== 'write') {
        sum.reads += events * (usage.readsPerEvent ?? FUNCTION_USAGE.readsPerEvent) * readUnits;
      }
      if (access.level !== 'read') {
        sum.writes += events * (usage.writesPerEvent ?? FUNCTION_USAGE.writesPerEvent) * writeUnits;
      }
    }
  }
  return traffic;
}

function writeUnitsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

/** Includes writes from outside: each event of a trigger was written by someone. */
function allTraffic(
  made: readonly ResourceModel[],
  loads: readonly FunctionLoad[],
  kind: 'table' | 'bucket',
): Map<string, Traffic> {
  const all = trafficOf(loads, kind);
  const ofOthers = trafficOf(loads.map(withoutOwnSources), kind);
  for (const [path, writes] of outsideWrites(made, loads, kind)) {
    const sum = all.get(path) ?? { reads: 0, writes: 0 };
    sum.writes += Math.max(0, writes - (ofOthers.get(path)?.writes ?? 0));
    all.set(path, sum);
  }
  return all;
}

/** Writes to a function's own source are not counted as its events. */
function withoutOwnSources(load: FunctionLoad): FunctionLoad {
  const sources = new Set(load.fn.triggers.map(({ source }) => source));
  const access = load.fn.access.filter(({ path }) => !sources.has(path));
  return { ...load, fn: { ...load.fn, access } };
}

/** A write counts once, however many functions it triggers. */
function outsideWrites(
  made: readonly ResourceModel[],
  loads: readonly FunctionLoad[],
  kind: 'table' | 'bucket',
): Map<string, number> {
  const paths = new Set(made.map(({ path }) => path));
  const written = new Map<string, number>();
  for (const { triggers, usage } of loads) {
    const units = kind === 'table' ? writeUnitsOf(usage.itemBytes ?? FUNCTION_USAGE.itemBytes) : 1;
    for (const { trigger, events, outside } of triggers) {
      const { source } = trigger;
      if (outside && paths.has(source) && countsWrites(trigger)) {
        written.set(source, Math.max(written.get(source) ?? 0, events * units));
      }
    }
  }
  return written;
}

/** S3 charges only for storing its access logs. */
function accessLogItems(
  { accessLogsBucket, buckets }: AppModel,
  traffic: ReadonlyMap<string, Traffic>,
): BillItem[] {
  if (accessLogsBucket === undefined) {
    return [];
  }
  const { id, retentionDays } = accessLogsBucket;
  const requests = buckets.reduce((sum, { path }) => {
    const { reads, writes } = traffic.get(path) ?? { reads: 0, writes: 0 };
    return sum + reads + writes;
  }, 0);
  const quantity = ((requests * BUCKET_LOG_BYTES) / GB) * monthsKept(retentionDays);
  return [{ price: 's3.storage', resource: id, quantity }];
}

function keptItems({ id, pointInTimeRecovery }: TableModel, gigabytes: number): BillItem[] {
  return [
    { price: 'dynamodb.storage', resource: id, quantity: gigabytes },
    {
      price: 'dynamodb.pointInTimeRecovery',
      resource: id,
      quantity: pointInTimeRecovery === true ? gigabytes : 0,
    },
  ];
}

/** Each write also writes to the indexes. A table that the app did not make counts as on demand. */
function tableItems(path: string, table: TableModel | undefined, traffic: Traffic): BillItem[] {
  const resource = table?.id ?? lastPart(path);
  const writes = traffic.writes * (1 + (resolvedNumber(table?.indexes) ?? 0));
  if (table?.billing === 'provisioned') {
    return [
      {
        price: 'dynamodb.provisionedWrites',
        resource,
        quantity: capacityHours(table.provisionedWrites, writes),
      },
      {
        price: 'dynamodb.provisionedReads',
        resource,
        quantity: capacityHours(table.provisionedReads, traffic.reads),
      },
    ];
  }
  return [
    { price: 'dynamodb.writes', resource, quantity: writes },
    { price: 'dynamodb.reads', resource, quantity: traffic.reads },
  ];
}

/** Auto scaling follows the traffic between its minimum and maximum. */
function capacityHours(capacity: CapacityModel | undefined, units: number): number {
  const wanted = Math.ceil(units / SECONDS_A_MONTH / TABLE_UTILIZATION);
  const min = resolvedNumber(capacity?.min) ?? 1;
  const max = Math.max(min, resolvedNumber(capacity?.max) ?? min);
  return Math.min(max, Math.max(min, wanted)) * HOURS_A_MONTH;
}

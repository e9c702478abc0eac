import { AppModel, FunctionModel, TableModel } from '../model/app-model';
import { FunctionLoad } from '../cost/events';
import { invocationsOf } from '../cost/invocations';
import { SECONDS_A_MONTH } from '../schedule/month';
import { trafficOf } from '../cost/storage-items';
import { LimitMet } from '../scaling/load-forecast';
import { LoadOptions } from '../scaling/load-options';
import { loadOptions } from '../scaling/load-of-function';
import { requestsOfEnvironment } from '../scaling/load-stages';
import { HTTP_KIND } from '../kinds/http-kind';
import { kindOf } from '../kinds/trigger-kinds';
import { resolvedNumber } from '../model/resolved';
import { provisionedOf } from '../scaling/provisioned';
import { simulateLoad } from '../scaling/simulate-load';
import { Crossing, firstStep } from './crossing';
import { eventsAt, LoadRange } from './load-range';

/** The default ratio of the busiest second of a month to the mean second. */
export const PEAK = 10;
export const PEAKS = [1, 3, 10, 30, 100] as const;

/** A limit that the app reaches between ten thousand events a month and a billion. */
export interface LimitOnTheWay extends Pick<
  LimitMet,
  'name' | 'limit' | 'unit' | 'source' | 'callerSees' | 'remedy'
> {
  /** The first part that reaches it: the app, a function, a table. */
  readonly where: string;
  /** How many other parts reach it up to a billion. */
  readonly more: number;
  readonly fromEvents: number;
}

/** What happens as the load grows. */
export interface OnTheWay {
  readonly crossings: readonly Crossing[];
  readonly limits: readonly LimitOnTheWay[];
}

/** A value that is never reached, for the limits that a calculation leaves out. */
const NO_LIMIT = 1e15;
const NO_API_LIMIT: LoadOptions = { apiRateLimit: NO_LIMIT, apiBurstLimit: NO_LIMIT };

/** One limit of one part of the app, and the part that reaches it at a load. */
interface Candidate {
  readonly where: string;
  readonly met: (loads: readonly FunctionLoad[]) => LimitMet | undefined;
}

/**
 * The limits that the app reaches as its load grows, the lowest first. Each is calculated by `simulateLoad` as if the earlier
 * limits had been raised. The busiest second has `peak` times the mean of the month.
 */
export function limitsOnTheWay(model: AppModel, peak: number): LimitOnTheWay[] {
  const range = new LoadRange(model);
  if (!range.varies) {
    return [];
  }
  const loads = new Map<number, readonly FunctionLoad[]>();
  const loadAt = (step: number): readonly FunctionLoad[] => {
    const found = loads.get(step) ?? range.loadAt(eventsAt(step)).functions;
    loads.set(step, found);
    return found;
  };
  const met = candidatesOf(model, peak).flatMap(({ where, met: meets }): LimitOnTheWay[] => {
    const step = firstStep((at) => meets(loadAt(at)) !== undefined);
    const limit = step === undefined ? undefined : meets(loadAt(step));
    return step === undefined || limit === undefined
      ? []
      : [{ ...limit, where, more: 0, fromEvents: eventsAt(step) }];
  });
  return firstOfEach(met.sort((a, b) => a.fromEvents - b.fromEvents));
}

/** A limit that many functions reach is one line. */
function firstOfEach(met: readonly LimitOnTheWay[]): LimitOnTheWay[] {
  const lines = new Map<string, LimitOnTheWay>();
  for (const limit of met) {
    const first = lines.get(limit.name);
    lines.set(limit.name, first === undefined ? limit : { ...first, more: first.more + 1 });
  }
  return [...lines.values()];
}

function candidatesOf(model: AppModel, peak: number): Candidate[] {
  const { http, tables, functions } = model;
  return [
    ...(http === undefined ? [] : apiCandidates(model, peak)),
    accountCandidate(model, peak),
    ...functions.flatMap((fn) => functionCandidates(model, fn, peak)),
    ...tables.flatMap((table) => tableCandidates(table, peak)),
  ];
}

/** All routes together share the app’s throttle and the account’s. A route with its own throttle uses that one. */
function apiCandidates(model: AppModel, peak: number): Candidate[] {
  const rate = resolvedNumber(model.http?.rateLimit);
  const burst = resolvedNumber(model.http?.burstLimit);
  const { apiRate, apiBurst } = model.app.limits;
  const account = {
    apiRateLimit: resolvedNumber(apiRate),
    apiBurstLimit: resolvedNumber(apiBurst),
  };
  const requests = (loads: readonly FunctionLoad[]): number =>
    loads.reduce((sum, load) => sum + requestsOf(load), 0);
  const httpRequests = (loads: readonly FunctionLoad[]): number =>
    loads.reduce((sum, load) => sum + requestsOf(load, HTTP_KIND.kind), 0);
  const bound = (
    where: string,
    options: LoadOptions,
    of: (loads: readonly FunctionLoad[]) => number,
  ): Candidate => ({
    where,
    met: (loads) =>
      firstMet(perSecond(of(loads), peak), 1, {
        ...options,
        readyEnvironments: NO_LIMIT,
        concurrencyLimit: NO_LIMIT,
      }),
  });
  const throttled = model.functions.filter(({ triggers }) =>
    triggers.some(({ details }) => resolvedNumber(details['rateLimit']) !== undefined),
  );
  return [
    ...(rate === undefined || burst === undefined
      ? []
      : [
          bound(
            'all routes together',
            { ...NO_API_LIMIT, rateLimit: rate, burstLimit: burst },
            httpRequests,
          ),
        ]),
    bound('all routes together', account, requests),
    ...throttled.map(({ id }) => {
      const { rateLimit, burstLimit } = loadOptions(model, id);
      return bound(id, { ...NO_API_LIMIT, rateLimit, burstLimit }, (loads) =>
        loads.filter(({ fn }) => fn.id === id).reduce((sum, load) => sum + requestsOf(load), 0),
      );
    }),
  ];
}

/** Functions without a reservation share what the others leave. */
function accountCandidate(model: AppModel, peak: number): Candidate {
  const reserved = model.functions.reduce(
    (sum, fn) => sum + (resolvedNumber(fn.reservedConcurrency) ?? 0),
    0,
  );
  return {
    where: 'all functions together',
    met: (loads) => {
      const environments = loads
        .filter(({ fn }) => resolvedNumber(fn.reservedConcurrency) === undefined)
        .reduce((sum, load) => sum + environmentsOf(load, peak), 0);
      return firstMet(environments, 1000, {
        ...NO_API_LIMIT,
        concurrencyLimit: resolvedNumber(model.app.limits.concurrency),
        concurrencyElsewhere: reserved,
        readyEnvironments: NO_LIMIT,
      });
    },
  };
}

/**
 * The function’s reservation, the limits of its triggers, and the rate at which Lambda adds environments when the peak arrives all at once.
 */
function functionCandidates(model: AppModel, fn: FunctionModel, peak: number): Candidate[] {
  const reservedConcurrency = resolvedNumber(fn.reservedConcurrency);
  const polled =
    fn.triggers.length > 0 && fn.triggers.every(({ invocation }) => invocation === 'polled');
  const candidate = (options: LoadOptions): Candidate => ({
    where: fn.id,
    met: (loads) => {
      const load = loads.find((each) => each.fn.id === fn.id);
      const { rps, durationMs } = loadOf(load, peak);
      return rps === 0 ? undefined : firstMet(rps, durationMs, { ...NO_API_LIMIT, ...options });
    },
  });
  const readyEnvironments = provisionedOf(fn).min;
  const { maxConcurrency } = loadOptions(model, fn.id);
  return [
    ...(reservedConcurrency === undefined || reservedConcurrency === 0
      ? []
      : [candidate({ reservedConcurrency, readyEnvironments: NO_LIMIT })]),
    ...(maxConcurrency === undefined
      ? []
      : [candidate({ maxConcurrency, concurrencyLimit: NO_LIMIT, readyEnvironments: NO_LIMIT })]),
    // Lambda runs as many batches of a stream as the shards allow, so its peak never arrives all at once.
    ...(polled ? [] : [candidate({ concurrencyLimit: NO_LIMIT, readyEnvironments })]),
  ];
}

/** The throughput that a new table starts with, and its maximum. */
function tableCandidates(table: TableModel, peak: number): Candidate[] {
  if (table.billing !== 'onDemand') {
    return [];
  }
  const bounds = {
    maxReadUnits: resolvedNumber(table.maxReadUnits),
    maxWriteUnits: resolvedNumber(table.maxWriteUnits),
  };
  const warm = {
    warmReadUnits: resolvedNumber(table.warmReadUnits),
    warmWriteUnits: resolvedNumber(table.warmWriteUnits),
  };
  const candidate = (options: LoadOptions): Candidate => ({
    where: table.id,
    met: (loads) => {
      const { reads = 0, writes = 0 } = trafficOf(loads, 'table').get(table.path) ?? {};
      return firstMet(1, 1, {
        ...NO_API_LIMIT,
        ...options,
        readUnits: perSecond(reads, peak),
        writeUnits: perSecond(writes, peak),
      });
    },
  });
  return [
    candidate({ ...warm, maxReadUnits: NO_LIMIT, maxWriteUnits: NO_LIMIT }),
    candidate({ ...bounds, warmReadUnits: NO_LIMIT, warmWriteUnits: NO_LIMIT }),
  ];
}

/** The limit that is reached first. All except a throttle, which has a burst, are reached in the first second or never. */
function firstMet(rps: number, durationMs: number, options: LoadOptions): LimitMet | undefined {
  const seconds =
    options.rateLimit === undefined && options.apiRateLimit === NO_LIMIT ? 1 : undefined;
  return simulateLoad(rps, durationMs, seconds === undefined ? options : { ...options, seconds })
    .limits[0];
}

/** The requests that pass API Gateway, of one kind or of all. */
function requestsOf({ triggers }: FunctionLoad, only?: string): number {
  return triggers
    .filter(({ trigger }) => kindOf(trigger).caller?.throttleOf !== undefined)
    .filter(({ trigger }) => only === undefined || trigger.kind === only)
    .reduce((sum, { events }) => sum + events, 0);
}

function loadOf(
  load: FunctionLoad | undefined,
  peak: number,
): { readonly rps: number; readonly durationMs: number } {
  const { count, seconds } = load === undefined ? { count: 0, seconds: 0 } : invocationsOf(load);
  return count === 0
    ? { rps: 0, durationMs: 1 }
    : { rps: perSecond(count, peak), durationMs: (1000 * seconds) / count };
}

function environmentsOf(load: FunctionLoad, peak: number): number {
  const { rps, durationMs } = loadOf(load, peak);
  return rps === 0 ? 0 : rps / requestsOfEnvironment(durationMs);
}

function perSecond(aMonth: number, peak: number): number {
  return (aMonth / SECONDS_A_MONTH) * peak;
}

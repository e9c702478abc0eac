import { LimitMet, LoadForecast } from './load-forecast';
import { LoadOptions } from './load-options';
import {
  functionStage,
  requestsOfEnvironment,
  requestStages,
  Stage,
  StageLimit,
  tableStage,
} from './load-stages';

/** The simulation's step in seconds. */
const STEP = 0.1;
const STEPS_A_SECOND = 10;
const MINUTE = 60;
/** The maximum age of an asynchronous event. */
const LONGEST_WAIT = 21_600;
/** Smaller shares are rounding errors. */
const ROUNDING = 1e-9;

/**
 * Simulates that `rps` requests a second, each of `durationMs`, arrive suddenly and keep coming. The load passes the request
 * throttles, the function's environments and a table, each of which lets a rate pass. This is a calculation, not a measurement:
 * AWS treats throttles as targets, a request that starts an environment takes longer, and load is never perfectly even.
 *
 * Pure: the report and the CLI call it with values from the app's model (`loadOptions`).
 */
export function simulateLoad(
  rps: number,
  durationMs: number,
  options: LoadOptions = {},
): LoadForecast {
  const { seconds = MINUTE, waits = false } = options;
  const table = tableStage(options);
  const requests = waits ? [] : requestStages(options);
  const stages = [...requests, functionStage(durationMs, options), table];
  const met = new Map<string, Met>(); // In the order in which they were reached.
  const steps = Math.round(seconds * STEPS_A_SECOND);
  const last = waits ? steps + LONGEST_WAIT * STEPS_A_SECOND : steps;
  const served: number[] = [];
  let waiting = 0;
  let lastHeld = -1;
  let busiest = 0;
  while (served.length < steps || (waiting > ROUNDING && served.length < last)) {
    const step = served.length;
    const comes = (step < steps ? rps : 0) + waiting / STEP;
    const { rate, held } = pass(stages, comes, step * STEP);
    if (step < MINUTE * STEPS_A_SECOND) {
      // A request that a table throttles has already used its environment.
      const byTable = held.find(({ stage }) => stage === table)?.rate ?? 0;
      busiest = Math.max(busiest, rate + byTable);
    }
    const wasWaiting = waiting;
    waiting = waits ? (comes - rate) * STEP : 0;
    // A waiting event is held back repeatedly, but counts once: when it begins to wait.
    const counted = waits ? Math.max(0, waiting - wasWaiting) / (comes - rate) : STEP;
    for (const { limit, rate: heldRate } of held) {
      const entry = met.get(limit.name) ?? { limit, at: step * STEP, requests: 0 };
      entry.requests += heldRate * counted;
      met.set(limit.name, entry);
      lastHeld = step;
    }
    served.push(rate);
  }
  const ofOne = requestsOfEnvironment(durationMs);
  const share = (from: number, to: number): number => throttledShare(rps, served, from, to);
  const limits = [...met.values()].map(({ limit, at, requests }) =>
    describe(limit, at, requests / (rps * seconds), waits),
  );
  return {
    concurrency: (rps * durationMs) / 1000,
    environments: whole(rps / ofOne),
    environmentsStartedInFirstMinute: whole(
      Math.max(0, busiest / ofOne - (options.readyEnvironments ?? 0)),
    ),
    throttledShareOfFirstSecond: share(0, STEPS_A_SECOND),
    throttledShareOfFirstMinute: share(0, Math.min(steps, MINUTE * STEPS_A_SECOND)),
    throttledShareOfLastSecond: share(steps - STEPS_A_SECOND, steps),
    throttledShare: waits ? toShare(waiting / (rps * seconds)) : share(0, steps),
    servedAfterSeconds: servedAfter(waits, waiting, lastHeld, steps),
    limits,
    callerSees: limits[0]?.callerSees ?? (waits ? 'nothing waits' : 'a response to every request'),
  };
}

/** A limit that was reached: when first, and how many requests it held back. */
interface Met {
  readonly limit: StageLimit;
  readonly at: number;
  requests: number;
}

interface Held {
  readonly stage: Stage;
  readonly limit: StageLimit;
  readonly rate: number;
}

/** The rate that passes all stages in one step, and what each held back. */
function pass(
  stages: readonly Stage[],
  comes: number,
  at: number,
): { readonly rate: number; readonly held: readonly Held[] } {
  const held: Held[] = [];
  let rate = comes;
  for (const stage of stages) {
    const passed = stage.pass(rate, at, STEP);
    if (rate - passed.rate > rate * ROUNDING) {
      held.push({ stage, limit: passed.limit, rate: rate - passed.rate });
    }
    rate = passed.rate;
  }
  return { rate, held };
}

function throttledShare(rps: number, served: readonly number[], from: number, to: number): number {
  const part = served.slice(from, to);
  const sum = part.reduce((total, rate) => total + rate, 0);
  return toShare(1 - sum / (rps * part.length));
}

/** More waiting events can be served at a time than arrive, which must not give a negative share; without requests the share is 0. */
function toShare(value: number): number {
  return Number.isFinite(value) && value > ROUNDING ? Math.min(1, value) : 0;
}

function servedAfter(
  waits: boolean,
  waiting: number,
  lastHeld: number,
  steps: number,
): number | undefined {
  if (lastHeld < 0) {
    return 0;
  }
  if (waits) {
    // In the step after the last one with waiting events, all of it is served.
    return waiting > ROUNDING ? undefined : (lastHeld + 2) / STEPS_A_SECOND;
  }
  return lastHeld === steps - 1 ? undefined : (lastHeld + 1) / STEPS_A_SECOND;
}

function describe(limit: StageLimit, at: number, share: number, waits: boolean): LimitMet {
  const { name, limit: size, unit, source, remedy } = limit;
  return {
    name,
    limit: size,
    unit,
    source,
    remedy,
    atSeconds: Math.round(at * STEPS_A_SECOND) / STEPS_A_SECOND,
    throttledShare: toShare(share),
    callerSees: waits ? 'nothing: events wait, up to their maximum age' : limit.callerSees,
  };
}

/** Rounds up, without floating-point noise. */
function whole(count: number): number {
  return Math.ceil(count - ROUNDING * count);
}

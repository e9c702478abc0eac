import { kindOf } from '../../lib/kinds/trigger-kinds';
import { AdviceOf, NOTHING } from './advice';
import { ENOUGH_INVOCATIONS, FunctionFigures } from './figures';

const CLOSE_TO_TIMEOUT = 0.8;
const FAR_FROM_TIMEOUT = 0.05;
/** A hung function with a timeout up to this costs little. */
const SHORT_TIMEOUT_SECONDS = 30;
const TIMEOUT_HEADROOM = 4;
const MAX_TIMEOUT_SECONDS = 900;
const IDLE_RESERVATION = 0.5;
const RESERVATION_HEADROOM = 1.5;

/** Compares the 99th percentile of the duration with the timeout. */
export function timeoutAdvice({ fn, p99Ms, invocations }: FunctionFigures): AdviceOf {
  const limit: unknown = fn.timeoutSeconds;
  if (typeof limit !== 'number' || invocations === 0) {
    return NOTHING;
  }
  if (p99Ms === undefined || invocations < ENOUGH_INVOCATIONS) {
    const text = `${invocations} invocations so far, ${Math.max(1, ENOUGH_INVOCATIONS - invocations)} more needed`;
    return { advice: [], missing: [{ about: 'timeout', of: fn.id, text }] };
  }
  const share = p99Ms / 1000 / limit;
  const evidence = `99 % of invocations take up to ${(p99Ms / 1000).toFixed(1)} s (on the worst day); the timeout is ${limit} s`;
  const waits = fn.triggers.flatMap((trigger) => kindOf(trigger).caller?.waitsSeconds ?? []);
  const most = Math.min(MAX_TIMEOUT_SECONDS, ...waits);
  const to = (seconds: number): number => Math.max(1, Math.min(most, Math.ceil(seconds)));
  const change = (seconds: number): { path: string; prop: string; from: string; to: string } => ({
    path: fn.path,
    prop: 'timeout',
    from: `Duration.seconds(${limit})`,
    to: `Duration.seconds(${seconds})`,
  });
  if (share >= CLOSE_TO_TIMEOUT) {
    const longer = to(limit * 2);
    const advice = `${fn.id} is close to its timeout: make it faster, or raise the timeout`;
    return one({
      about: 'timeout',
      advice,
      evidence,
      change: longer > limit ? change(longer) : undefined,
    });
  }
  const shorter = Math.max(SHORT_TIMEOUT_SECONDS, to((p99Ms / 1000) * TIMEOUT_HEADROOM));
  if (share <= FAR_FROM_TIMEOUT && limit > SHORT_TIMEOUT_SECONDS && shorter < limit) {
    const advice = `if ${fn.id} hangs, each invocation is billed for ${limit} s; ${shorter} s is enough`;
    return one({ about: 'timeout', advice, evidence, change: change(shorter) });
  }
  return NOTHING;
}

/** Reserved concurrency is taken from all other functions, and limits the function that has it. */
export function reservedAdvice(figures: FunctionFigures): AdviceOf {
  const { fn, throttles, mostConcurrent, invocations } = figures;
  const reserved: unknown = fn.reservedConcurrency;
  if (typeof reserved !== 'number' || reserved === 0) {
    return throttles > 0 && reserved === undefined
      ? one({
          about: 'reserved',
          advice: `${fn.id} is throttled by the account’s limit: request a higher limit, or reserve concurrency for it`,
          evidence: `${throttles.toLocaleString('en-US')} invocations throttled, ${invocations.toLocaleString('en-US')} not`,
        })
      : NOTHING;
  }
  const change = (to: number): { path: string; prop: string; from: string; to: string } => ({
    path: fn.path,
    prop: 'reservedConcurrentExecutions',
    from: String(reserved),
    to: String(to),
  });
  if (throttles > 0) {
    return one({
      about: 'reserved',
      advice: `${fn.id} is throttled by its reserved concurrency`,
      evidence: `${throttles.toLocaleString('en-US')} invocations throttled at ${reserved} reserved`,
      change: change(Math.ceil(reserved * RESERVATION_HEADROOM)),
    });
  }
  if (mostConcurrent === undefined || invocations < ENOUGH_INVOCATIONS) {
    const text = `${invocations} invocations so far, ${Math.max(1, ENOUGH_INVOCATIONS - invocations)} more needed`;
    return { advice: [], missing: [{ about: 'reserved', of: fn.id, text }] };
  }
  return mostConcurrent < reserved * IDLE_RESERVATION
    ? one({
        about: 'reserved',
        advice: `${fn.id} reserves concurrency that it does not use`,
        evidence: `at most ${mostConcurrent} of ${reserved} in use`,
        monthlySaving: 0,
        change: change(Math.max(1, Math.ceil(mostConcurrent * RESERVATION_HEADROOM))),
      })
    : NOTHING;
}

function one(advice: AdviceOf['advice'][number]): AdviceOf {
  return { advice: [advice], missing: [] };
}

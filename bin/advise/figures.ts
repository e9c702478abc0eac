import type { FunctionFacts } from '../../lib/model/app-model';
import { HOURS_A_MONTH } from '../../lib/schedule/month';
import type { Architecture } from '../../lib/cost/lambda-prices';

/** What a function really did in the time that is looked at. */
export interface FunctionFigures {
  readonly fn: FunctionFacts;
  readonly days: number;
  readonly invocations: number;
  readonly throttles: number;
  /** Milliseconds of each hour, from the beginning to the end. */
  readonly hourlyMs: readonly number[];
  /** The greatest of the days' 99th percentiles. */
  readonly p99Ms?: number;
  readonly mostConcurrent?: number;
  /** Of environments that are kept ready: 0 to 1. */
  readonly utilization?: { readonly average: number; readonly most: number };
  readonly spillover: number;
  /** From Lambda's own report lines. */
  readonly memory?: MemoryFigures;
}

export interface MemoryFigures {
  /** How many invocations it is known of. */
  readonly invocations: number;
  readonly peakMb: number;
}

/** Fewer invocations say nothing. */
export const ENOUGH_INVOCATIONS = 200;
/** Less time says nothing of a week's highs and lows. */
export const ENOUGH_DAYS = 7;
export const HOURS_A_DAY = 24;
export const DAYS_A_MONTH = HOURS_A_MONTH / HOURS_A_DAY;

export function memoryOf(fn: FunctionFacts): number | undefined {
  return typeof fn.memoryMb === 'number' ? fn.memoryMb : undefined;
}

export function architectureOf(fn: FunctionFacts): Architecture {
  return fn.architecture === 'arm64' ? 'arm64' : 'x86_64';
}

/** To a month of what was in so many days. */
export function monthly(value: number, days: number): number {
  return (value / days) * DAYS_A_MONTH;
}

export function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

import type { FunctionModel } from '../../lib/model/app-model';
import { HOURS_A_MONTH } from '../../lib/schedule/month';
import type { Architecture } from '../../lib/cost/lambda-prices';

/** A function's metrics over a period. */
export interface FunctionFigures {
  readonly fn: FunctionModel;
  readonly days: number;
  readonly invocations: number;
  readonly throttles: number;
  /** Total duration in each hour of the period, in milliseconds. */
  readonly hourlyMs: readonly number[];
  /** The 99th percentile of the worst day. */
  readonly p99Ms?: number;
  readonly mostConcurrent?: number;
  /** The utilization of provisioned concurrency, 0 to 1. */
  readonly utilization?: { readonly average: number; readonly most: number };
  readonly spillover: number;
  /** From Lambda's report lines. */
  readonly memory?: MemoryFigures;
}

export interface MemoryFigures {
  /** The number of invocations that were measured. */
  readonly invocations: number;
  readonly peakMb: number;
}

/** Fewer invocations are not representative. */
export const ENOUGH_INVOCATIONS = 200;
/** A shorter period does not cover the peaks of a week. */
export const ENOUGH_DAYS = 7;
export const HOURS_A_DAY = 24;
export const DAYS_A_MONTH = HOURS_A_MONTH / HOURS_A_DAY;

export function memoryOf(fn: FunctionModel): number | undefined {
  return typeof fn.memoryMb === 'number' ? fn.memoryMb : undefined;
}

export function architectureOf(fn: FunctionModel): Architecture {
  return fn.architecture === 'arm64' ? 'arm64' : 'x86_64';
}

/** Extrapolates from some days to a month. */
export function monthly(value: number, days: number): number {
  return (value / days) * DAYS_A_MONTH;
}

export function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

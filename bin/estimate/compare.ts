import type { AppEstimate, CostPart, LevelName } from '../../lib/cost/app-estimate';

/** One line of an estimate before and after a change, in dollars a month. */
export interface PartChange {
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

export interface Comparison {
  readonly level: LevelName;
  readonly before: number;
  readonly after: number;
  /** Relative to `before`: 0.1 for 10 %. Absent if `before` is 0. */
  readonly increase?: number;
  /** Only lines that change, the greatest change first. */
  readonly parts: readonly PartChange[];
}

/** Compares the monthly cost of two apps, or of two versions of one. */
export function compare(
  before: AppEstimate | undefined,
  after: AppEstimate | undefined,
  level: LevelName,
): Comparison {
  const [was, is] = [sums(before, level), sums(after, level)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const parts = names
    .map((what) => ({ what, before: was.get(what) ?? 0, after: is.get(what) ?? 0 }))
    .filter((part) => Math.abs(part.after - part.before) >= SMALLEST)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const [total, now] = [monthly(before, level), monthly(after, level)];
  return {
    level,
    before: total,
    after: now,
    increase: total === 0 ? undefined : (now - total) / total,
    parts,
  };
}

/** Estimates are rounded to this. */
const SMALLEST = 1e-6;

function monthly(estimate: AppEstimate | undefined, level: LevelName): number {
  return estimate?.levels[level].monthlyDollars ?? 0;
}

function sums(estimate: AppEstimate | undefined, level: LevelName): Map<string, number> {
  const found = new Map<string, number>();
  for (const part of estimate?.levels[level].parts ?? []) {
    const name = nameOf(part);
    found.set(name, (found.get(name) ?? 0) + part.dollars);
  }
  return found;
}

function nameOf({ resource, service, what }: CostPart): string {
  return `${resource === undefined ? '' : `${resource}: `}${service} ${what}`;
}

import type { AppEstimate, CostPart, LevelName } from '../../lib/cost/app-estimate';

/** What a change makes of one line of an estimate, in dollars a month. */
export interface PartChange {
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

export interface Comparison {
  readonly level: LevelName;
  readonly before: number;
  readonly after: number;
  /** Of `before`, 0.1 for 10 %; absent where there was nothing before. */
  readonly increase?: number;
  /** Only what changes, the greatest change first. */
  readonly parts: readonly PartChange[];
}

/** Where the dollars of a month change from one app to another, or to the same one as it was. */
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

/** What estimates are rounded to. */
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

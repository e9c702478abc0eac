import { AppEstimate, CostPart, LEVELS, LevelName } from '../../lib/cost/app-estimate';

/** The cost of a billed item or a resource at each level. */
export interface CostRow {
  readonly what: string;
  readonly dollars: Readonly<Record<LevelName, number>>;
}

/** By what is billed, for all resources together, most expensive first: `lambda requests`. */
export function rowsByWhat(estimate: AppEstimate): CostRow[] {
  return rows(estimate, ({ service, what }) => `${service} ${what}`);
}

/** By resource, most expensive first: `CreateOrder`. Parts without a resource count for the app. */
export function rowsByResource(estimate: AppEstimate): CostRow[] {
  return rows(estimate, ({ resource }) => resource ?? 'the app');
}

function rows(estimate: AppEstimate, nameOf: (part: CostPart) => string): CostRow[] {
  const found = new Map<string, Record<LevelName, number>>();
  for (const level of LEVELS) {
    for (const part of estimate.levels[level].parts) {
      const name = nameOf(part);
      const row = found.get(name) ?? { low: 0, moderate: 0, high: 0 };
      row[level] += part.dollars;
      found.set(name, row);
    }
  }
  return [...found]
    .map(([what, dollars]) => ({ what, dollars }))
    .sort((a, b) => weight(b) - weight(a));
}

function weight({ dollars }: CostRow): number {
  return LEVELS.reduce((sum, level) => sum + dollars[level], 0);
}

/** The fixed costs: parts that cost the same at every level. */
export function standingParts({ levels }: AppEstimate): readonly CostPart[] {
  const same = (a: CostPart, b: CostPart): boolean =>
    a.price === b.price && a.resource === b.resource && a.dollars === b.dollars;
  return levels.low.parts.filter((part) =>
    [levels.moderate, levels.high].every(({ parts }) => parts.some((other) => same(part, other))),
  );
}

/** The kinds of findings, the most dangerous first. */
export const FINDING_KINDS = [
  'data-loss',
  'data-replaced',
  'events-lost',
  'will-fail',
  'may-fail',
  'downtime',
  'not-applied',
  'permission-added',
  'permission-removed',
  'trigger-moved',
  'trigger-added',
  'trigger-removed',
  'left-behind',
  'events-repeated',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** One side effect of an update. */
export interface Finding {
  readonly kind: FindingKind;
  /** The construct path of the resource, or its logical id. */
  readonly resource: string;
  /** The effect, as a sentence about the resource. */
  readonly what: string;
  /** A way to avoid this effect. */
  readonly remedy?: string;
  /** The source: AWS’s documentation or a public report. */
  readonly source?: string;
}

/** The most dangerous first; within a kind in the order of resources. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const rank = ({ kind }: Finding): number => FINDING_KINDS.indexOf(kind);
  const text = ({ resource, what }: Finding): string => `${resource} ${what}`;
  return [...findings].sort((a, b) =>
    a.kind === b.kind ? text(a).localeCompare(text(b)) : rank(a) - rank(b),
  );
}

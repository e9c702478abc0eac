/** Kinds of findings, the most dangerous first. */
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

/** One thing that an update does beyond what it is made for. */
export interface Finding {
  readonly kind: FindingKind;
  /** The construct path of the resource, or its logical id. */
  readonly resource: string;
  /** What happens, in a sentence. */
  readonly what: string;
  /** How to do it instead. */
  readonly remedy?: string;
  /** Where AWS, or somebody whom it happened to, says so. */
  readonly source?: string;
}

/** In the order of danger, and within it in the order of resources. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const rank = ({ kind }: Finding): number => FINDING_KINDS.indexOf(kind);
  const text = ({ resource, what }: Finding): string => `${resource} ${what}`;
  return [...findings].sort((a, b) =>
    a.kind === b.kind ? text(a).localeCompare(text(b)) : rank(a) - rank(b),
  );
}

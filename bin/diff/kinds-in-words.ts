import type { FindingKind } from './finding';

/** Headings, the most dangerous first. */
export const HEADINGS: Readonly<Record<FindingKind, string>> = {
  'data-loss': 'Data is lost',
  'data-replaced': 'Data is left behind, and the app starts empty',
  'events-lost': 'Events are lost',
  'will-fail': 'The deployment fails',
  'may-fail': 'The deployment may fail',
  downtime: 'Unreachable for a while, or at the old address',
  'not-applied': 'Not applied',
  'permission-added': 'Permissions added',
  'permission-removed': 'Permissions removed',
  'trigger-moved': 'Triggers moved',
  'trigger-added': 'Triggers added',
  'trigger-removed': 'Triggers removed',
  'left-behind': 'Left in the account',
  'events-repeated': 'Events are processed again',
};

/** The kinds that a reviewer must not miss. */
export const DANGEROUS: readonly FindingKind[] = [
  'data-loss',
  'data-replaced',
  'events-lost',
  'will-fail',
  'may-fail',
  'downtime',
  'not-applied',
];

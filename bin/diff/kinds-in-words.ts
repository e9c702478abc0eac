import type { FindingKind } from './finding';

/** Headings, in the order of danger. */
export const HEADINGS: Readonly<Record<FindingKind, string>> = {
  'data-loss': 'Data is lost',
  'data-replaced': 'Data is left behind, and the app starts with nothing',
  'events-lost': 'Events are lost',
  'will-fail': 'The deployment fails',
  'may-fail': 'The deployment may fail',
  downtime: 'Not reachable, for a while or at its old address',
  'not-applied': 'Not applied',
  'permission-added': 'Permissions added',
  'permission-removed': 'Permissions removed',
  'trigger-moved': 'Triggers moved',
  'trigger-added': 'Triggers added',
  'trigger-removed': 'Triggers removed',
  'left-behind': 'Left in the account',
  'events-repeated': 'Events are processed again',
};

/** Those that a reviewer must not miss. */
export const DANGEROUS: readonly FindingKind[] = [
  'data-loss',
  'data-replaced',
  'events-lost',
  'will-fail',
  'may-fail',
  'downtime',
  'not-applied',
];

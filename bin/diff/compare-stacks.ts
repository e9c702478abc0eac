import { Finding, sortFindings } from './finding';
import { placeResources } from './placed-resource';
import { Action, changesOf, Plan, planUpdate } from './plan';
import { conflicts, leftBehind, Leftover } from './rules/conflicts';
import { dataChanges } from './rules/data';
import { downtime } from './rules/downtime';
import { notApplied } from './rules/not-applied';
import { permissions } from './rules/permissions';
import { restApiChanges } from './rules/rest-api';
import { refusedUpdates } from './rules/refused-updates';
import { streamMappings } from './rules/streams';
import { triggerChanges } from './rules/triggers';
import { needlessVersions } from './rules/versions';
import type { StackTree } from './template';

/** The effects of updating a stack. */
export interface StackDifference {
  readonly stack: string;
  /** The number of resources that are created, updated, replaced and deleted. */
  readonly counts: Readonly<Record<Exclude<Action, 'keep'>, number>>;
  readonly findings: readonly Finding[];
  /** Names that remain taken after the update, which a later update may collide with. */
  readonly leftovers: readonly Leftover[];
}

const RULES: ReadonlyArray<(plan: Plan) => Finding[]> = [
  dataChanges,
  streamMappings,
  refusedUpdates,
  restApiChanges,
  needlessVersions,
  downtime,
  notApplied,
  permissions,
  triggerChanges,
];

/** Compares a stack before and after an update. One of the two may be missing. */
export function compareStacks(
  before: StackTree | undefined,
  after: StackTree | undefined,
  leftovers: readonly Leftover[] = [],
): StackDifference {
  const plan = planUpdate(placeResources(before), placeResources(after));
  const count = (action: Action): number => changesOf(plan, action).length;
  return {
    stack: after?.name ?? before?.name ?? '',
    counts: {
      create: count('create'),
      update: count('update'),
      replace: count('replace'),
      delete: count('delete'),
    },
    findings: sortFindings([...conflicts(plan, leftovers), ...RULES.flatMap((rule) => rule(plan))]),
    leftovers: leftBehind(plan),
  };
}

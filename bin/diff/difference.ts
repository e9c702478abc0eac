import type { Comparison } from '../estimate/compare';
import { compareStacks, StackDifference } from './compare-stacks';
import type { FindingKind } from './finding';
import type { StackTree } from './template';

/** The result of `serverless-app diff`. */
export interface Difference {
  /** What this assembly is compared with: `deployed`, a folder or a git ref. */
  readonly comparedWith: string;
  readonly stacks: readonly StackChange[];
  /** Dollars a month by app; absent if the other side has no estimate. */
  readonly costs?: ReadonlyArray<Comparison & { readonly app: string }>;
}

export interface StackChange extends Omit<StackDifference, 'leftovers'> {
  /** A stack that has left the assembly stays deployed until `cdk destroy`. */
  readonly state: 'new' | 'changed' | 'unchanged' | 'gone';
}

/** In a new stack every resource is new, so only possible problems are reported. */
const OF_NEW_STACKS: readonly FindingKind[] = ['will-fail', 'may-fail'];

export function stackChange(
  before: StackTree | undefined,
  after: StackTree | undefined,
): StackChange {
  if (after === undefined) {
    const counts = { create: 0, update: 0, replace: 0, delete: 0 };
    return { stack: before?.name ?? '', state: 'gone', counts, findings: [] };
  }
  const { stack, counts, findings } = compareStacks(before, after);
  if (before === undefined) {
    const told = findings.filter(({ kind }) => OF_NEW_STACKS.includes(kind));
    return { stack, state: 'new', counts, findings: told };
  }
  const changed = Object.values(counts).some((count) => count > 0);
  return { stack, state: changed ? 'changed' : 'unchanged', counts, findings };
}

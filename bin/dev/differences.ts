import type { AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { kindOf } from '../../lib/kinds/trigger-kinds';

type Uses = (fn: FunctionModel) => boolean;

const hasTrigger =
  (is: (trigger: TriggerModel) => boolean): Uses =>
  ({ triggers }) =>
    triggers.some(is);

/**
 * What runs differently here than on AWS, and which functions it concerns. CONTRIBUTING.md lists the same differences for tests on the
 * emulator.
 */
const DIFFERENCES: ReadonlyArray<readonly [uses: Uses, says: string]> = [
  [
    ({ runtime }) => nodeOf(runtime) !== undefined && nodeOf(runtime) !== ownNode(),
    `run on the Node.js of this machine, ${ownNode()}, not on their runtime`,
  ],
  [
    ({ entry, runtime }) => entry === undefined || nodeOf(runtime) === undefined,
    'run in the emulator, and a change needs a deployment',
  ],
  [
    hasTrigger((trigger) => kindOf(trigger).streamsResponse?.(trigger) === true),
    'send a streamed response when it is complete',
  ],
  [
    ({ reservedConcurrency }) => reservedConcurrency !== undefined && reservedConcurrency > 0,
    'have a reserved concurrency, which does not limit them here',
  ],
];

/** Descriptions of what in an app runs differently here than on AWS. */
export function differencesOf(model: AppModel): string[] {
  const found = new Map<string, string[]>();
  for (const fn of model.functions) {
    const own = DIFFERENCES.filter(([uses]) => uses(fn)).map(([, says]) => says);
    const ofTriggers = fn.triggers.flatMap((it) => kindOf(it).localDifference?.(it) ?? []);
    for (const says of new Set([...own, ...ofTriggers])) {
      found.set(says, [...(found.get(says) ?? []), fn.id]);
    }
  }
  return [...found].map(([says, ids]) => `${listOf(ids)}: ${says}`);
}

const MOST_IDS = 3;

function listOf(ids: readonly string[]): string {
  const rest = ids.length - MOST_IDS;
  return rest > 1 ? `${ids.slice(0, MOST_IDS).join(', ')} and ${rest} more` : ids.join(', ');
}

/** The major version of a Node.js runtime such as `nodejs22.x`. */
function nodeOf(runtime: string): string | undefined {
  return /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
}

function ownNode(): string {
  return process.versions.node.split('.')[0] ?? '';
}

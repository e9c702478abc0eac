import { AppModel, FunctionFacts, LevelFacts, TriggerFacts, UsageFacts } from '../app-model';
import { eventsAMonth } from '../schedule/events-a-month';
import { LevelName } from './app-estimate';
import { amountsOf, EVENTS, FUNCTION_USAGE, OTHER_EVENTS } from './usage-defaults';

/** What runs a function in a month. */
export interface FunctionLoad {
  readonly fn: FunctionFacts;
  readonly usage: UsageFacts;
  readonly triggers: readonly TriggerLoad[];
  /** Of all triggers. */
  readonly events: number;
}

export interface TriggerLoad {
  readonly trigger: TriggerFacts;
  readonly events: number;
}

/** The loads of all functions in the order of the model, and what was taken for granted for them. */
export interface AppLoad {
  readonly functions: readonly FunctionLoad[];
  readonly assumptions: readonly string[];
}

/** So far a chain of functions that run each other is followed, and a circle that somebody built is gone round. */
const MAX_STEPS = 10;

/**
 * How often each function runs. Fan-out follows the model: what a function writes to a table or bucket is an event for each
 * function that follows that. Only what a function writes to its own source runs nothing: to count that would be without end.
 */
export function loadOf(model: AppModel, level: LevelName, usage: UsageFacts): AppLoad {
  const nodes = model.functions.map((fn) => nodeOf(fn, usage));
  let written = writesOf(nodes.map((node) => ({ node, events: 0 })));
  for (let step = 0; ; step += 1) {
    const loads = nodes.map((node) => loadOfNode(node, level, written));
    const next = writesOf(nodes.map((node, i) => ({ node, events: loads[i]?.events ?? 0 })));
    const settled = [...next].every(([path, writes]) => written.get(path) === writes);
    if (settled || step === MAX_STEPS) {
      const assumptions = settled
        ? []
        : [
            `functions that run each other by what they write are followed over ${MAX_STEPS} steps; some go on, perhaps in a circle`,
          ];
      return { functions: loads, assumptions: [...assumptions, ...assumptionsOf(nodes, written)] };
    }
    written = next;
  }
}

interface Node {
  readonly fn: FunctionFacts;
  readonly usage: UsageFacts;
  /** The tables and buckets through which it runs others. */
  readonly runsBy: readonly string[];
  readonly ownSources: readonly string[];
}

function nodeOf(fn: FunctionFacts, usage: UsageFacts): Node {
  const sources = new Set(fn.triggers.map(({ source }) => source));
  const writesTo = fn.access.filter(({ level }) => level !== 'read').map(({ path }) => path);
  return {
    fn,
    usage: { ...usage, ...fn.usage },
    runsBy: writesTo.filter((path) => !sources.has(path)),
    ownSources: writesTo.filter((path) => sources.has(path)),
  };
}

/** What is written in a month to each table and bucket that some function writes to. */
function writesOf(
  loads: ReadonlyArray<{ readonly node: Node; readonly events: number }>,
): Map<string, number> {
  const written = new Map<string, number>();
  for (const { node, events } of loads) {
    const writes = events * (node.usage.writesPerEvent ?? FUNCTION_USAGE.writesPerEvent);
    for (const path of node.runsBy) {
      written.set(path, (written.get(path) ?? 0) + writes);
    }
  }
  return written;
}

function loadOfNode(
  { fn, usage }: Node,
  level: LevelName,
  written: ReadonlyMap<string, number>,
): FunctionLoad {
  if (fn.reservedConcurrency === 0) {
    return { fn, usage, triggers: [], events: 0 }; // switched off
  }
  const triggers = fn.triggers.map((trigger) => {
    const given =
      (trigger.details['monthlyEvents'] as LevelFacts | undefined) ?? fn.usage?.monthlyEvents;
    return { trigger, events: eventsOf(trigger, given, usage, level, written) };
  });
  const events =
    triggers.length === 0
      ? amountsOf(usage.monthlyEvents, OTHER_EVENTS)[level]
      : triggers.reduce((sum, trigger) => sum + trigger.events, 0);
  return { fn, usage, triggers, events };
}

/**
 * A schedule is counted; what is said of the trigger or its function goes before what the app's functions write, and that
 * before what is said of the app or expected of any.
 */
function eventsOf(
  { kind, source, details }: TriggerFacts,
  given: LevelFacts | undefined,
  usage: UsageFacts,
  level: LevelName,
  written: ReadonlyMap<string, number>,
): number {
  const outside = EVENTS[kind] ?? OTHER_EVENTS;
  if (details['enabled'] === false) {
    return 0;
  }
  if (kind === 'schedule') {
    return eventsAMonth(source) ?? amountsOf(given, outside)[level];
  }
  if (given !== undefined) {
    return amountsOf(given, outside)[level];
  }
  const inside = hearsOfWrites(kind, details) ? written.get(source) : undefined;
  return inside ?? amountsOf(usage.monthlyEvents, outside)[level];
}

/** A bucket tells of removals, too. */
function hearsOfWrites(kind: string, { eventTypes }: TriggerFacts['details']): boolean {
  return (
    kind === 'tableChanges' ||
    (kind === 'objectCreated' &&
      (!Array.isArray(eventTypes) ||
        eventTypes.some((type) => String(type).startsWith('s3:ObjectCreated'))))
  );
}

function assumptionsOf(nodes: readonly Node[], written: ReadonlyMap<string, number>): string[] {
  const assumptions = nodes
    .filter(({ ownSources }) => ownSources.length > 0)
    .map(
      ({ fn }) =>
        `what \`${fn.id}\` writes to the table or bucket that runs it does not run it again`,
    );
  const filtered = nodes.filter(({ fn }) =>
    fn.triggers.some(({ source, details }) => written.has(source) && isFiltered(details)),
  );
  if (filtered.length > 0) {
    const ids = filtered.map(({ fn }) => `\`${fn.id}\``).join(', ');
    assumptions.push(
      `all that functions write counts as matching the prefix, suffix or filter of ${ids}`,
    );
  }
  const unknown = nodes.filter(({ fn }) =>
    fn.triggers.some(
      ({ kind, source }) => kind === 'schedule' && eventsAMonth(source) === undefined,
    ),
  );
  return [
    ...assumptions,
    ...unknown.map(
      ({ fn }) =>
        `a schedule of \`${fn.id}\` is known only at deployment: it counts like any other source of events`,
    ),
  ];
}

function isFiltered({ prefix, suffix, filtered }: TriggerFacts['details']): boolean {
  return prefix !== undefined || suffix !== undefined || filtered === true;
}

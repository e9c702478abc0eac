import { OTHER_EVENTS } from '../kinds/custom-kind';
import { HTTP_KIND } from '../kinds/http-kind';
import { kindOf } from '../kinds/trigger-kinds';
import { AppModel, FunctionModel, LevelModel, TriggerModel, UsageModel } from '../model/app-model';
import { LevelName } from './app-estimate';
import { amountsOf, FUNCTION_USAGE } from './usage-defaults';

/** The events that trigger a function in a month. */
export interface FunctionLoad {
  readonly fn: FunctionModel;
  readonly usage: UsageModel;
  readonly triggers: readonly TriggerLoad[];
  /** Events of all triggers. */
  readonly events: number;
}

export interface TriggerLoad {
  readonly trigger: TriggerModel;
  readonly events: number;
  /** Whether the events come from outside the app, so neither from a schedule nor from its functions' writes. */
  readonly outside: boolean;
}

/** The loads of all functions in the order of the model, and the assumptions made. */
export interface AppLoad {
  readonly functions: readonly FunctionLoad[];
  readonly assumptions: readonly string[];
}

/** The maximum number of steps followed in a chain, or rounds in a loop, of functions that trigger each other. */
const MAX_STEPS = 10;

/**
 * How often each function runs. What a function writes to a table, bucket or queue, and what a route sends to a queue, is an
 * event for each function that listens to it.
 * Writes to the function's own source are left out, because counting them would never end.
 */
export function loadOf(model: AppModel, level: LevelName, usage: UsageModel): AppLoad {
  const nodes = model.functions.map((fn) => nodeOf(fn, usage));
  const writers = nodes.filter(({ runsBy }) => runsBy.length > 0);
  const requested = requestsOf(model, level);
  let written = writesOf(writers, () => 0, requested);
  let settled = false;
  for (let step = 0; !settled && step <= MAX_STEPS; step += 1) {
    const before = written;
    written = writesOf(writers, (node) => eventsOf(node, level, before), requested);
    settled = [...written].every(([path, writes]) => before.get(path) === writes);
  }
  const endless = `chains of functions that trigger each other are followed over ${MAX_STEPS} steps; some are longer or circular`;
  return {
    functions: nodes.map((node) => loadOfNode(node, level, written)),
    assumptions: [...(settled ? [] : [endless]), ...assumptionsOf(nodes, written)],
  };
}

interface Node {
  readonly fn: FunctionModel;
  readonly usage: UsageModel;
  /** The resources through which it triggers other functions. */
  readonly runsBy: readonly string[];
  readonly ownSources: readonly string[];
}

function nodeOf(fn: FunctionModel, usage: UsageModel): Node {
  const sources = new Set(fn.triggers.map(({ source }) => source));
  const writesTo = fn.access
    .filter(({ level }) => !['read', 'receive'].includes(level))
    .map(({ path }) => path);
  return {
    fn,
    usage: { ...usage, ...fn.usage },
    runsBy: writesTo.filter((path) => !sources.has(path)),
    ownSources: writesTo.filter((path) => sources.has(path)),
  };
}

/** What routes without a function send in a month, by target. */
export function requestsOf({ http }: AppModel, level: LevelName): Map<string, number> {
  const requests = new Map<string, number>();
  for (const { path, details } of http?.forwards ?? []) {
    const sent = amountsOf(details.monthlyEvents, HTTP_KIND.monthlyEvents)[level];
    requests.set(path, (requests.get(path) ?? 0) + sent);
  }
  return requests;
}

/** What functions write and routes send in a month, by resource. */
function writesOf(
  writers: readonly Node[],
  events: (node: Node) => number,
  requested: ReadonlyMap<string, number>,
): Map<string, number> {
  const written = new Map(requested);
  for (const node of writers) {
    const writes = events(node) * (node.usage.writesPerEvent ?? FUNCTION_USAGE.writesPerEvent);
    for (const path of node.runsBy) {
      written.set(path, (written.get(path) ?? 0) + writes);
    }
  }
  return written;
}

function loadOfNode(
  node: Node,
  level: LevelName,
  written: ReadonlyMap<string, number>,
): FunctionLoad {
  const { fn, usage } = node;
  const triggers = isOff(fn)
    ? []
    : fn.triggers.map((trigger) => ({
        trigger,
        ...eventsOfTrigger(trigger, node, level, written),
      }));
  return { fn, usage, triggers, events: eventsOf(node, level, written) };
}

function eventsOf(node: Node, level: LevelName, written: ReadonlyMap<string, number>): number {
  const { fn, usage } = node;
  if (isOff(fn)) {
    return 0;
  }
  return fn.triggers.length === 0
    ? amountsOf(usage.monthlyEvents, OTHER_EVENTS)[level]
    : fn.triggers.reduce(
        (sum, trigger) => sum + eventsOfTrigger(trigger, node, level, written).events,
        0,
      );
}

/** `disabled` is a reserved concurrency of 0. */
function isOff({ reservedConcurrency }: FunctionModel): boolean {
  return reservedConcurrency === 0;
}

/**
 * A schedule's events are counted. For others, usage of the trigger or its function overrides what the app's functions write, and that
 * overrides the app's usage and the kind's default.
 */
function eventsOfTrigger(
  trigger: TriggerModel,
  { fn, usage }: Node,
  level: LevelName,
  written: ReadonlyMap<string, number>,
): Pick<TriggerLoad, 'events' | 'outside'> {
  const { source, details } = trigger;
  const { clock, monthlyEvents: expected } = kindOf(trigger);
  const given = (details['monthlyEvents'] as LevelModel | undefined) ?? fn.usage?.monthlyEvents;
  if (details['enabled'] === false) {
    return { events: 0, outside: false };
  }
  if (clock !== undefined) {
    const events = clock.eventsAMonth(trigger) ?? amountsOf(given, expected)[level];
    return { events, outside: false };
  }
  if (given !== undefined) {
    return { events: amountsOf(given, expected)[level], outside: true };
  }
  const inside = countsWrites(trigger) ? written.get(source) : undefined;
  return {
    events: inside ?? amountsOf(usage.monthlyEvents, expected)[level],
    outside: inside === undefined,
  };
}

/** Whether the trigger's events are writes to its source, so that what functions write counts as events. */
export function countsWrites(trigger: TriggerModel): boolean {
  return kindOf(trigger).source?.countsWrites(trigger) === true;
}

function assumptionsOf(nodes: readonly Node[], written: ReadonlyMap<string, number>): string[] {
  const assumptions = nodes
    .filter(({ ownSources }) => ownSources.length > 0)
    .map(({ fn }) => `what \`${fn.id}\` writes to its own source does not count as further events`);
  const filtered = nodes.filter(({ fn }) =>
    fn.triggers.some(
      (trigger) =>
        written.has(trigger.source) && kindOf(trigger).source?.isFiltered(trigger) === true,
    ),
  );
  if (filtered.length > 0) {
    const ids = filtered.map(({ fn }) => `\`${fn.id}\``).join(', ');
    assumptions.push(
      `everything that functions write is assumed to match the prefix, suffix or filter of ${ids}`,
    );
  }
  const unknown = nodes.filter(({ fn }) =>
    fn.triggers.some((trigger) => {
      const { clock } = kindOf(trigger);
      return clock !== undefined && clock.eventsAMonth(trigger) === undefined;
    }),
  );
  return [
    ...assumptions,
    ...unknown.map(
      ({ fn }) =>
        `a schedule of \`${fn.id}\` is known only at deployment: its events are a default amount`,
    ),
  ];
}

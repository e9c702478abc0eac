import { AppModel, FunctionFacts, TriggerFacts } from '../model/app-model';
import { describeTrigger, failureTargets } from './describe-facts';
import { lastPart, readable } from './text';

/** Events run functions, functions touch resources, and what fails goes somewhere: a graph in three columns. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

export type Column = 'event' | 'function' | 'resource';

/** What a node is drawn as. */
export type NodeKind =
  | 'http'
  | 'schedule'
  | 'changes'
  | 'objects'
  | 'other'
  | 'function'
  | 'table'
  | 'bucket'
  | 'queue'
  | 'failure';

export interface TopologyNode {
  readonly key: string;
  readonly column: Column;
  readonly kind: NodeKind;
  /** Each stands in a line of its own. */
  readonly lines: readonly string[];
  /** What else there is to say, in a small line below. */
  readonly note?: string;
  /** The key of the node that is the same thing in another column: the table whose changes an event is. */
  readonly same?: string;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'runs' | 'read' | 'write' | 'readWrite' | 'touch' | 'fails' | 'tells';
}

/** Of more functions than these each says less, so that more of them are in sight. */
export const MANY = 40;

/** More routes than these of one function are counted, not listed. */
const ROUTES_SHOWN = 4;

const EVENT_KINDS: Readonly<Record<string, NodeKind>> = {
  http: 'http',
  schedule: 'schedule',
  tableChanges: 'changes',
  objectCreated: 'objects',
};

/** The graph of an app. */
export function topologyOf(model: AppModel): Topology {
  const nodes = new Map<string, TopologyNode>();
  const edges: TopologyEdge[] = [];
  const add = (node: TopologyNode): string => {
    if (!nodes.has(node.key)) {
      nodes.set(node.key, node);
    }
    return node.key;
  };
  for (const fn of model.functions) {
    const key = add(functionNode(fn, model.functions.length > MANY));
    for (const event of eventNodes(fn)) {
      edges.push({ from: add(event), to: key, kind: 'runs' });
    }
  }
  for (const { id, path } of model.tables) {
    add({ key: `resource:${path}`, column: 'resource', kind: 'table', lines: [id] });
  }
  for (const { id, path } of model.buckets) {
    add({ key: `resource:${path}`, column: 'resource', kind: 'bucket', lines: [id] });
  }
  for (const fn of model.functions) {
    const key = `function:${fn.id}`;
    for (const { kind, path, level } of fn.access) {
      const to = add({
        key: `resource:${path}`,
        column: 'resource',
        kind: kind === 'table' || kind === 'bucket' || kind === 'queue' ? kind : 'other',
        lines: [lastPart(path)],
      });
      edges.push({ from: key, to, kind: isLevel(level) ? level : 'touch' });
    }
    for (const to of failureNodes(model, fn)) {
      edges.push({ from: key, to: add(to), kind: 'fails' });
    }
  }
  const [queue, bucket] = [failureNode(model, 'queue'), failureNode(model, 'bucket')];
  if (model.failureBucket?.made === true && nodes.has(bucket.key)) {
    edges.push({ from: bucket.key, to: add(queue), kind: 'tells' });
  }
  return { nodes: [...nodes.values()], edges };
}

/** What is within one step of these nodes; of a function also what runs it and all that it touches. */
export function around({ nodes, edges }: Topology, keys: ReadonlySet<string>): Topology {
  const near = new Set(keys);
  const grow = (from: ReadonlySet<string>): void => {
    for (const edge of edges) {
      if (from.has(edge.from) || from.has(edge.to)) {
        near.add(edge.from).add(edge.to);
      }
    }
  };
  grow(keys);
  const columns = new Map(nodes.map((node) => [node.key, node.column]));
  // From an event or a resource on, its functions say nothing without what they do.
  grow(new Set([...near].filter((key) => columns.get(key) === 'function')));
  return {
    nodes: nodes.filter(({ key }) => near.has(key)),
    edges: edges.filter(({ from, to }) => near.has(from) && near.has(to)),
  };
}

function functionNode(fn: FunctionFacts, brief: boolean): TopologyNode {
  const ready =
    fn.coldStart.kind === 'provisioned'
      ? ` · ${[fn.coldStart.min, fn.coldStart.max].flatMap((units) => (units === undefined ? [] : [readable(units)])).join('–')} ready`
      : '';
  return {
    key: `function:${fn.id}`,
    column: 'function',
    kind: 'function',
    lines: [fn.id],
    note: brief
      ? undefined
      : `${readable(fn.memoryMb)} MB · ${readable(fn.timeoutSeconds)} s${ready}`,
  };
}

/** One node for all routes of a function, and one for each other event; those of one source run several functions from one node. */
function eventNodes(fn: FunctionFacts): TopologyNode[] {
  const routes = fn.triggers.filter(({ kind }) => kind === 'http').map(describeTrigger);
  const others = fn.triggers.filter(({ kind }) => kind !== 'http').map(eventNode);
  if (routes.length === 0) {
    return others;
  }
  const shown = routes.length > ROUTES_SHOWN ? routes.slice(0, ROUTES_SHOWN - 1) : routes;
  const more = routes.length - shown.length;
  const lines = more > 0 ? [...shown, `and ${more} more routes`] : shown;
  return [{ key: `event:http:${fn.id}`, column: 'event', kind: 'http', lines }, ...others];
}

function eventNode(trigger: TriggerFacts): TopologyNode {
  const { kind, source } = trigger;
  const words = describeTrigger(trigger);
  return {
    key: `event:${kind}:${words}:${readable(source)}`,
    column: 'event',
    kind: EVENT_KINDS[kind] ?? 'other',
    lines: [words],
    same:
      kind === 'tableChanges' || kind === 'objectCreated'
        ? `resource:${readable(source)}`
        : undefined,
  };
}

function failureNodes(model: AppModel, fn: FunctionFacts): TopologyNode[] {
  return failureTargets(model, fn).flatMap((target) =>
    target === 'queue' || target === 'bucket' ? [failureNode(model, target)] : [],
  );
}

function failureNode(model: AppModel, target: 'queue' | 'bucket'): TopologyNode {
  const facts = target === 'queue' ? model.failureQueue : model.failureBucket;
  return {
    key: `failure:${target}`,
    column: 'resource',
    kind: 'failure',
    lines: [facts?.id ?? (target === 'queue' ? 'failure queue' : 'failure bucket')],
    note: target === 'queue' ? 'events that still fail' : 'table changes',
  };
}

function isLevel(level: string): level is 'read' | 'write' | 'readWrite' {
  return ['read', 'write', 'readWrite'].includes(level);
}

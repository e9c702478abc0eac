import { TriggerIcon } from '../kinds/trigger-kind';
import { HTTP_KIND } from '../kinds/http-kind';
import { describeTrigger, kindOf } from '../kinds/trigger-kinds';
import {
  AppModel,
  ForwardModel,
  FunctionModel,
  SiteModel,
  TriggerModel,
  WorkflowModel,
} from '../model/app-model';
import { formatValue, lastPart } from '../model/format-value';
import { failureTargets } from './describe-function';

/** Events run functions, functions use resources, and failed events go to a target: a graph in three columns. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

export type Column = 'event' | 'function' | 'resource';

/** The shape of a node. */
export type NodeKind =
  TriggerIcon | 'function' | 'table' | 'bucket' | 'queue' | 'eventBus' | 'failure';

export interface TopologyNode {
  readonly key: string;
  readonly column: Column;
  readonly kind: NodeKind;
  /** Each string is one line. */
  readonly lines: readonly string[];
  /** Further text, in a small line below. */
  readonly note?: string;
  /** The key of the node that shows the same thing in another column: for an event of table changes, the table. */
  readonly same?: string;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'runs' | 'read' | 'write' | 'readWrite' | 'touch' | 'fails' | 'tells';
}

/** Above this number of functions each shows less, so more of them are visible. */
export const MANY = 40;

/** A node lists at most this many triggers and counts the rest. */
const TRIGGERS_SHOWN = 4;

/** The graph of an app. */
export function topologyOf(model: AppModel): Topology {
  const nodes = new Map<string, TopologyNode>();
  const edges: TopologyEdge[] = [];
  const add = (node: TopologyNode): string => {
    const known = nodes.get(node.key);
    if (known === undefined) {
      nodes.set(node.key, node);
    } else if (known.column === 'event' && node.column === 'event') {
      const lines = [...new Set([...known.lines, ...node.lines])];
      nodes.set(node.key, { ...known, lines });
    }
    return node.key;
  };
  for (const fn of model.functions) {
    const key = add(functionNode(fn, model.functions.length > MANY));
    for (const event of eventNodes(fn)) {
      edges.push({ from: add(event), to: key, kind: 'runs' });
    }
  }
  for (const workflow of model.workflows ?? []) {
    const key = add(workflowNode(workflow));
    for (const event of eventNodes(workflow)) {
      edges.push({ from: add(event), to: key, kind: 'runs' });
    }
    for (const id of workflow.tasks) {
      edges.push({ from: add(stepsNode(workflow)), to: `function:${id}`, kind: 'runs' });
    }
  }
  for (const forward of forwardsOf(model)) {
    const to = add(forwardTarget(forward));
    edges.push({ from: add(forwardNode(forward)), to, kind: 'write' });
  }
  for (const site of model.sites ?? []) {
    const from = add(siteNode(site));
    for (const fn of site.apiPath === undefined ? [] : model.functions) {
      if (fn.triggers.some(({ kind }) => kind === HTTP_KIND.kind)) {
        edges.push({ from, to: `function:${fn.id}`, kind: 'runs' });
      }
    }
  }
  for (const { id, path } of model.tables) {
    add({ key: resourceKey(path), column: 'resource', kind: 'table', lines: [id] });
  }
  for (const { id, path } of model.buckets) {
    add({ key: resourceKey(path), column: 'resource', kind: 'bucket', lines: [id] });
  }
  for (const fn of model.functions) {
    const key = `function:${fn.id}`;
    for (const { kind, path, level } of fn.access) {
      const to = add({
        key: resourceKey(path),
        column: 'resource',
        kind: isDrawn(kind) ? kind : 'other',
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

/** The nodes within one step of these nodes. For a function: what runs it and all that it uses. */
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
  // From an event or a resource, the path continues through its functions to what they use.
  grow(new Set([...near].filter((key) => columns.get(key) === 'function')));
  return {
    nodes: nodes.filter(({ key }) => near.has(key)),
    edges: edges.filter(({ from, to }) => near.has(from) && near.has(to)),
  };
}

/** Functions start a workflow as a resource that they may use, so its key is that of its machine. */
function workflowNode({ id, machine, express }: WorkflowModel): TopologyNode {
  return {
    key: `workflow:${id}`,
    column: 'function',
    kind: 'function',
    lines: [id],
    note: express === true ? 'express workflow' : 'workflow',
    same: resourceKey(machine),
  };
}

/** What runs the functions of a workflow. */
function stepsNode({ id }: WorkflowModel): TopologyNode {
  return {
    key: `steps:${id}`,
    column: 'event',
    kind: 'other',
    lines: [`steps of ${id}`],
    same: `workflow:${id}`,
  };
}

/** The routes without a function, except those that start a workflow and are its events. */
function forwardsOf({ http, workflows = [] }: AppModel): ForwardModel[] {
  const machines = new Set(workflows.map(({ machine }) => machine));
  return (http?.forwards ?? []).filter(({ path }) => !machines.has(path));
}

function forwardNode({ route }: ForwardModel): TopologyNode {
  return {
    key: `forward:${route}`,
    column: 'event',
    kind: HTTP_KIND.drawing.icon,
    lines: [route],
    note: 'without a function',
  };
}

/** The queue’s own node if a function receives its messages. */
function forwardTarget({ kind, path }: ForwardModel): TopologyNode {
  return {
    key: resourceKey(path),
    column: 'resource',
    kind: isDrawn(kind) ? kind : 'other',
    lines: [lastPart(path)],
  };
}

function siteNode({ id, folder, apiPath }: SiteModel): TopologyNode {
  return {
    key: `site:${id}`,
    column: 'event',
    kind: HTTP_KIND.drawing.icon,
    lines: [`site ${id}`],
    note: apiPath === undefined ? folder : `${folder}, API at /${apiPath}`,
  };
}

function functionNode(fn: FunctionModel, brief: boolean): TopologyNode {
  const ready =
    fn.coldStart.kind === 'provisioned'
      ? ` · ${[fn.coldStart.min, fn.coldStart.max].flatMap((units) => (units === undefined ? [] : [formatValue(units)])).join('–')} ready`
      : '';
  return {
    key: `function:${fn.id}`,
    column: 'function',
    kind: 'function',
    lines: [fn.id],
    note: brief
      ? undefined
      : `${formatValue(fn.memoryMb)} MB · ${formatValue(fn.timeoutSeconds)} s${ready}`,
  };
}

/**
 * One node for each event. Triggers of one source share a node, which runs several functions. Kinds that are drawn together, such
 * as routes, have one node for each function.
 */
function eventNodes(fn: Pick<FunctionModel, 'id' | 'triggers'>): TopologyNode[] {
  const groups = new Map<string, TriggerModel[]>();
  const single: TriggerModel[] = [];
  for (const trigger of fn.triggers) {
    const { kind, drawing } = kindOf(trigger);
    if (drawing.together === undefined) {
      single.push(trigger);
    } else {
      groups.set(kind, [...(groups.get(kind) ?? []), trigger]);
    }
  }
  return [...[...groups.values()].map((each) => groupNode(fn, each)), ...single.map(eventNode)];
}

function groupNode(
  { id }: { readonly id: string },
  triggers: readonly TriggerModel[],
): TopologyNode {
  const { kind, drawing } = kindOf(triggers[0] ?? { kind: '' });
  const words = triggers.map(describeTrigger);
  const shown = words.length > TRIGGERS_SHOWN ? words.slice(0, TRIGGERS_SHOWN - 1) : words;
  const more = words.length - shown.length;
  return {
    key: `event:${kind}:${id}`,
    column: 'event',
    kind: drawing.icon,
    lines: more > 0 ? [...shown, `and ${more} more ${drawing.together ?? ''}`] : shown,
  };
}

function eventNode(trigger: TriggerModel): TopologyNode {
  const { kind, drawing, source } = kindOf(trigger);
  const words = describeTrigger(trigger);
  const from = formatValue(trigger.source);
  if (drawing.asSource === true) {
    return { key: resourceKey(from), column: 'event', kind: drawing.icon, lines: [words] };
  }
  return {
    key: `event:${kind}:${words}:${from}`,
    column: 'event',
    kind: drawing.icon,
    lines: [words],
    same: source?.resource === undefined ? undefined : resourceKey(from),
  };
}

function failureNodes(model: AppModel, fn: FunctionModel): TopologyNode[] {
  return failureTargets(model, fn).flatMap((target): TopologyNode[] => {
    switch (target.to) {
      case 'failureQueue':
        return [failureNode(model, 'queue')];
      case 'failureBucket':
        return [failureNode(model, 'bucket')];
      case 'deadLetterQueue':
        return target.path === model.failureQueue?.path
          ? [failureNode(model, 'queue')]
          : [deadLetterNode(target.path)];
      case 'caller':
      case 'nobody':
      case 'own':
      case 'trigger':
        return [];
    }
  });
}

function deadLetterNode(path: string): TopologyNode {
  return {
    key: resourceKey(path),
    column: 'resource',
    kind: 'failure',
    lines: [lastPart(path)],
    note: 'dead letters',
  };
}

function failureNode(model: AppModel, target: 'queue' | 'bucket'): TopologyNode {
  const store = target === 'queue' ? model.failureQueue : model.failureBucket;
  return {
    key: `failure:${target}`,
    column: 'resource',
    kind: 'failure',
    lines: [store?.id ?? `failure ${target}`],
    note: target === 'queue' ? 'events that still fail' : 'records of streams',
  };
}

function resourceKey(path: string): string {
  return `resource:${path}`;
}

const DRAWN = ['table', 'bucket', 'queue', 'topic', 'eventBus'] as const;

function isDrawn(kind: string): kind is (typeof DRAWN)[number] {
  return (DRAWN as readonly string[]).includes(kind);
}

function isLevel(level: string): level is 'read' | 'write' | 'readWrite' {
  return ['read', 'write', 'readWrite'].includes(level);
}

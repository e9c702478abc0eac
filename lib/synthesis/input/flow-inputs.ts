import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AccessModel, FunctionModel, TriggerModel, WorkflowModel } from '../../model/app-model';
import { Workflows } from '../../workflow/workflows';
import { BUCKET } from '../../access/grants';
import { EVENT_BUS, FUNCTION } from '../../access/service-grants';
import { FunctionRole } from '../../function/function-role';
import { FlowInput, SourceInput, WriteInput } from '../../guard/guard-input';
import { EventSource, NamedEvents } from '../../kinds/trigger-kind';
import { kindOf, TRIGGER_KINDS } from '../../kinds/trigger-kinds';
import { AppBucket } from '../../storage/app-bucket';
import type { Forwardings } from './forwardings';
import { findByPath } from './tree';
import { AppContext } from '../../core/app-context';
import type { IAppFunction, IServerlessApp } from '../../core/contract';

/** The event sources of functions, by the ARNs that policies name. */
type Sources = ReadonlyMap<string, Source>;

interface Source {
  readonly path: string;
  readonly of: EventSource;
}

/** The sources whose ARN appears in policies. */
const SOURCES = TRIGGER_KINDS.flatMap(({ source: of }) =>
  of?.arn === undefined ? [] : [{ property: of.arn, of }],
);

/** Collects what triggers the app's functions, and which of these sources each function may write to. */
export function flowInputs(
  app: IServerlessApp,
  models: ReadonlyMap<string, FunctionModel>,
  forwarded: Forwardings,
): FlowInput[] {
  const workflows = Workflows.of(app).models ?? [];
  const pathOfFunction = new Map(
    AppContext.of(app).functions.map(({ node }) => [node.id, node.path]),
  );
  const tasks = workflows.flatMap((one) => tasksOf(one, pathOfFunction));
  const called = new Set([
    ...[...models.values()].flatMap(({ access }) => access.filter(isCall).map(({ path }) => path)),
    ...tasks,
  ]);
  const run = AppContext.of(app).functions.flatMap((fn) => {
    const { triggers = [], access = [] } = models.get(fn.node.path) ?? {};
    const { path } = fn.node;
    const runBy = withSenders(sourcesOf(triggers), resourcesOf(fn), forwarded);
    if (called.has(path)) {
      runBy.push({ path, narrowed: false, called: true });
    }
    return runBy.length === 0 ? [] : [{ fn, runBy, access }];
  });
  const ofWorkflows = workflows.map((one) => workflowFlow(one, pathOfFunction, forwarded));
  const all = [...run, ...ofWorkflows];
  const paths = new Set(all.flatMap(({ runBy }) => runBy.map(({ path }) => path)));
  const sources = new Map([...paths].flatMap((path) => arnsOf(app.node.root, path)));
  return [
    ...run.map(({ fn, runBy, access }) => ({
      function: fn.node.id,
      runBy,
      writes: [...accessWrites(access, paths), ...grantedWrites(fn, sources)],
    })),
    ...ofWorkflows,
  ];
}

/** A workflow, which runs its tasks, and which events and functions start. What its own steps write is unknown. */
function workflowFlow(
  workflow: WorkflowModel,
  paths: ReadonlyMap<string, string>,
  forwarded: Forwardings,
): FlowInput {
  const { id, machine, triggers } = workflow;
  return {
    function: id,
    runBy: [
      ...withSenders(sourcesOf(triggers), [machine], forwarded),
      { path: machine, narrowed: false },
    ],
    writes: tasksOf(workflow, paths).map((path) => ({ path })),
    isWorkflow: true,
  };
}

function tasksOf({ tasks }: WorkflowModel, paths: ReadonlyMap<string, string>): string[] {
  return tasks.flatMap((id) => paths.get(id) ?? []);
}

function sourcesOf(triggers: readonly TriggerModel[]): SourceInput[] {
  return triggers.flatMap((trigger) => {
    const listening = kindOf(trigger).source?.listensTo(trigger);
    return listening === undefined ? [] : [{ path: trigger.source, ...listening }];
  });
}

/** The constructs that a rule may name to run a function: itself, and its alias. */
function resourcesOf(fn: IAppFunction): string[] {
  return [...new Set([fn.function.node.path, fn.target.node.path])];
}

/**
 * Adds the topics, buses and buckets whose messages reach a listener through its queue, topic, stream or bus, and the buckets whose events
 * run it by a rule, which its triggers do not name.
 */
function withSenders(
  own: readonly SourceInput[],
  resources: readonly string[],
  forwarded: Forwardings,
): SourceInput[] {
  const known = new Set(own.map(({ path }) => path));
  const direct = resources
    .flatMap((path) => sendersTo({ path, narrowed: false }, forwarded))
    .filter(({ path, objects }) => objects !== undefined && !known.has(path));
  return [...own, ...own.flatMap((source) => sendersTo(source, forwarded)), ...direct];
}

/**
 * What sends to a source, directly or through others. The conditions of each step apply: a message that comes from a bus to a bus has
 * to satisfy both rules, so events that only one of them selects do not pass.
 */
function sendersTo(
  { path, narrowed, events }: SourceInput,
  forwarded: Forwardings,
  before: readonly string[] = [],
): SourceInput[] {
  if (before.includes(path)) {
    return []; // two buses that send to each other
  }
  return (forwarded.get(path) ?? []).flatMap(({ source, narrowed: selects, ...sent }) => {
    const sender = {
      path: source,
      narrowed: narrowed || selects,
      ...sent,
      ...(sent.events && { events: bothOf(sent.events, events) }),
    };
    return [sender, ...sendersTo(sender, forwarded, [...before, path])];
  });
}

/** The detail types that two rules select, one after the other. */
function bothOf({ detailTypes: first }: NamedEvents, second: NamedEvents | undefined): NamedEvents {
  const others = second?.detailTypes;
  return {
    detailTypes:
      first === undefined || others === undefined
        ? (first ?? others)
        : first.filter((one) => others.includes(one)),
  };
}

function isCall({ kind }: AccessModel): boolean {
  return kind === FUNCTION.kind;
}

function accessWrites(access: readonly AccessModel[], paths: ReadonlySet<string>): WriteInput[] {
  return access
    .filter(({ path, level }) => level !== 'read' && paths.has(path))
    .map(({ kind, path, part, detailTypes }) => {
      if (part === undefined || Token.isUnresolved(part)) {
        return { path };
      }
      return {
        path,
        ...(kind === EVENT_BUS.kind && { events: { detailTypes } }),
        ...(kind === BUCKET.kind && { objects: { keys: part, puts: true, deletes: true } }),
      };
    });
}

function arnsOf(root: IConstruct, path: string): Array<[arn: string, source: Source]> {
  const construct = findByPath(root, path);
  return SOURCES.flatMap(({ property, of }) => {
    const arn: unknown = construct === undefined ? undefined : Reflect.get(construct, property);
    if (typeof arn !== 'string') {
      return [];
    }
    const arns = construct instanceof AppBucket ? [arn, construct.deterministicArn] : [arn];
    return arns.map((it): [string, Source] => [it, { path, of }]);
  });
}

/** The statements of the function's own role, however they were granted. Those of a user's own role are unknown. */
function grantedWrites(fn: IAppFunction, sources: Sources): WriteInput[] {
  return fn.role instanceof FunctionRole
    ? fn.role.statements
        .filter(({ effect }) => effect === iam.Effect.ALLOW)
        .flatMap((statement) => statementWrites(statement, sources))
    : [];
}

function statementWrites(
  { actions, resources, conditions }: iam.PolicyStatement,
  sources: Sources,
): WriteInput[] {
  return resources.flatMap((resource) => {
    const [, arn = resource, below] = /^([^/]*)\/(.*)$/s.exec(resource) ?? [];
    const whole = sources.get(resource);
    const source = whole ?? sources.get(arn);
    const write = source?.of.writesOf?.(
      actions,
      whole === undefined ? below : undefined,
      conditions,
    );
    return source === undefined || write === undefined ? [] : [{ path: source.path, ...write }];
  });
}

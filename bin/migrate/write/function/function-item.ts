import { AccessModel, divideStatements, resourceNamed } from '../../access';
import type { Definition, EventModel, FunctionModel, StatementModel } from '../../model';
import { camel } from '../../names';
import { definedOf } from '../../read/defined-settings';
import { referencesIn, Value, ValueMap } from '../../value';
import { authorizerId } from '../api/authorizers';
import { claimRoute } from '../api/claim-route';
import { eventSource } from '../event-source';
import type { Item } from '../item';
import { managedPolicy, statementNode } from '../policies';
import { call, code, comment, list, Node, object, quote, statement } from '../print';
import { attempt, NotCarried, Scope } from '../scope';
import { textNode } from '../values';
import { triggerNode } from '../trigger/trigger-node';
import { accessNode, grantsOf, unique } from './access';
import { codeOf, entryOf, inlineCodeOf, runtimeOf } from './code';
import { hasCode } from './has-code';
import { settingsEntries } from './settings';
import { vpcLines } from './vpc';

export function functionItem(
  fn: FunctionModel,
  definition: Definition,
  scope: Scope,
  folder: string,
): Item {
  const { events, settings } = fn;
  const sources = events.flatMap((event) => {
    const source = eventSource(event);
    return source?.logicalId ?? source?.makes ?? [];
  });
  const divided = divideStatements(fn.statements, definition, new Set(sources), fn.at, (note) =>
    scope.notes.push(note),
  );
  const authorizers = events.flatMap((event) =>
    event.kind === 'http' && event.authorizer !== undefined ? [authorizerId(event.authorizer)] : [],
  );
  return {
    id: fn.logicalId,
    needs: [
      ...sources,
      ...authorizers,
      ...divided.accesses.map(({ logicalId }) => logicalId),
      ...fn.grants.flatMap(({ target }) => resourceNamed(target, definition) ?? []),
      ...divided.rest.flatMap(({ resources }) => referencesIn(resources)),
      ...referencesIn({
        ...settings.environment,
        layers: settings.layers,
        role: ownRole(settings.role ?? definition.defaults.role, definition),
      }),
    ].filter((id) => id !== fn.logicalId),
    write: () => writeFunction(fn, divided.accesses, divided.rest, definition, scope, folder),
  };
}

function writeFunction(
  fn: FunctionModel,
  accesses: readonly AccessModel[],
  statements: readonly StatementModel[],
  definition: Definition,
  scope: Scope,
  folder: string,
): string[] {
  scope.before.length = 0;
  const notes: string[] = fn.notes.filter(({ kind }) => kind === 'lost').map(({ text }) => text);
  const runtime = runtimeOf(fn, definition) ?? 'nodejs24.x';
  if (!hasCode(fn)) {
    scope.note('lost', fn.at, 'the function is not carried over: it has no handler in a file');
    return [comment(`Not carried over: the function ${fn.id}, which has no handler in a file.`)];
  }
  const isNode = runtime.startsWith('nodejs');
  const name = scope.names.claim(camel(fn.id));
  const tryTo = <T>(what: string, make: () => T): T[] =>
    attempt(make, (reason) => {
      scope.note('lost', fn.at, `${what} is not carried over: ${reason}`);
      notes.push(`${what} is not carried over: ${reason}`);
    });
  const written = new Set<EventModel['kind']>();
  const triggers = fn.events.flatMap((event) =>
    tryTo(eventName(event), () => {
      const node = triggerNode(event, scope, fn.at);
      if (event.kind === 'http') {
        claimRoute(event, fn.id, scope);
      }
      written.add(event.kind);
      return node;
    }),
  );
  const granted = grantsOf(fn, definition, scope);
  const access = unique([...accesses, ...granted.accesses]).flatMap((one) =>
    tryTo(`the access to ${one.logicalId}`, () => accessNode(one, scope)),
  );
  const policies = [...statements, ...granted.statements].flatMap((one) =>
    tryTo('a statement of the role', () => statementNode(one, scope)),
  );
  const before = scope.notes.length;
  const settings = settingsEntries(
    { ...scope.lateDefaults.role, ...definedOf(fn.settings) },
    scope,
    fn.at,
  );
  notes.push(
    ...scope.notes.slice(before).flatMap(({ kind, text }) => (kind === 'lost' ? [text] : [])),
  );
  const where =
    fn.inline !== undefined
      ? inlineCodeOf(fn, scope, definition)
      : isNode
        ? entryOf(fn, scope, folder)
        : codeOf(fn, scope, definition);
  const node = call('app.addFunction', [
    quote(fn.id),
    object(
      {
        ...where,
        ...definedNodes(settings),
        triggers: triggers.length === 0 ? undefined : list(triggers),
        access: access.length === 0 ? undefined : list(access),
        initialPolicy: policies.length === 0 ? undefined : list(policies),
      },
      true,
    ),
  ]);
  scope.hasFunctions = true;
  written.forEach((kind) => scope.triggers.add(kind));
  scope.declare(fn.logicalId, {
    constName: name,
    ref: () => `${name}.function.functionName`,
    attribute: (attribute) => {
      if (attribute !== 'Arn') {
        throw new NotCarried(`it refers to ${fn.logicalId}.${attribute}`);
      }
      return `${name}.function.functionArn`;
    },
  });
  // SAM's names for what it makes beside the function.
  if (definition.origin === 'SAM') {
    scope.declare(`${fn.logicalId}Role`, {
      constName: name,
      ref: () => `${name}.role.roleName`,
      attribute: () => `${name}.role.roleArn`,
    });
  }
  const imports = scope.before.splice(0);
  const after = [
    ...fn.managedPolicies.flatMap((policy) =>
      tryTo('a managed policy', () => managedPolicy(policy, name, scope)),
    ),
    ...tryTo('the VPC', () => vpcLines(fn.settings.vpc, name, scope)).flat(),
    ...tryTo('a tag', () => tagLines(fn.settings.tags, name, scope)).flat(),
    ...(written.has('socket') ? connectionLines(name, scope) : []),
  ];
  return [
    ...imports,
    ...notes.map((text) => comment(`${fn.id}: ${text}`)),
    statement(`const ${name} = `, node),
    ...after,
  ];
}

function definedNodes(
  settings: Readonly<Record<string, Node | undefined>>,
): Record<string, Node | undefined> {
  return Object.fromEntries(Object.entries(settings).filter(([, node]) => node !== undefined));
}

function tagLines(tags: ValueMap | undefined, name: string, scope: Scope): string[] {
  return Object.entries(tags ?? {}).map(([key, value]) =>
    statement(
      '',
      call(`${scope.cdk('Tags')}.of(${name}).add`, [quote(key), textNode(value, scope)]),
    ),
  );
}

/** The framework lets every function of a WebSocket API send to its clients. */
function connectionLines(name: string, scope: Scope): string[] {
  const access = call(`${scope.ours('Access')}.manageConnections`, [code('app.webSocketStage')]);
  return [statement('', call(`${name}.addAccess`, [access]))];
}

/** A role that is only the logical id of a resource. */
function ownRole(role: Value, { resources }: Definition): Value {
  return resources.some(({ logicalId }) => logicalId === role) ? { Ref: role } : role;
}

function eventName(event: EventModel): string {
  return event.kind === 'http' ? `the route ${event.route}` : `the event \`${event.kind}\``;
}

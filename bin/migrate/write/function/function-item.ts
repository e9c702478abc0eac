import { AccessModel, divideStatements, resourceNamed } from '../../access';
import type { Definition, EventModel, FunctionModel, StatementModel } from '../../model';
import { camel } from '../../names';
import { referencesIn } from '../../value';
import { authorizerId } from '../api/authorizers';
import { eventSource } from '../event-source';
import type { Item } from '../item';
import { managedPolicy, statementNode } from '../policies';
import { call, code, comment, list, object, quote, statement } from '../print';
import { attempt, NotCarried, Scope } from '../scope';
import { triggerNode } from '../trigger/trigger-node';
import { accessNode, grantsOf, unique } from './access';
import { codeOf, entryOf } from './code';
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
      ...referencesIn({ ...settings.environment, layers: settings.layers, role: settings.role }),
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
  const runtime = fn.settings.runtime ?? definition.defaults.runtime ?? 'nodejs24.x';
  if (fn.handler === undefined && fn.entryPoint === undefined) {
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
  const triggers = fn.events.flatMap((event) =>
    tryTo(eventName(event), () => triggerNode(event, scope, fn.at)),
  );
  const given = [...accesses, ...grantsOf(fn, definition, scope)];
  const access = unique(given).flatMap((one) =>
    tryTo(`the access to ${one.logicalId}`, () => accessNode(one, scope)),
  );
  const policies = statements.flatMap((one) =>
    tryTo('a statement of the role', () => statementNode(one, scope)),
  );
  const [settings = {}] = tryTo('a setting', () => settingsEntries(fn.settings, scope, fn.at));
  const where = isNode ? entryOf(fn, scope, folder) : codeOf(fn, scope, definition);
  const node = call('app.addFunction', [
    quote(fn.id),
    object(
      {
        ...where,
        ...settings,
        triggers: triggers.length === 0 ? undefined : list(triggers),
        access: access.length === 0 ? undefined : list(access),
        initialPolicy: policies.length === 0 ? undefined : list(policies),
      },
      true,
    ),
  ]);
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
  return [
    ...scope.before.splice(0),
    ...notes.map((text) => comment(`${fn.id}: ${text}`)),
    statement(`const ${name} = `, node),
    ...fn.managedPolicies.flatMap((policy) =>
      tryTo('a managed policy', () => managedPolicy(policy, name, scope)),
    ),
    ...vpcLines(fn.settings.vpc, name, scope),
    ...connectionLines(fn, name, scope),
  ];
}

/** The framework lets every function of a WebSocket API send to its clients. */
function connectionLines({ events }: FunctionModel, name: string, scope: Scope): string[] {
  if (!events.some(({ kind }) => kind === 'socket')) {
    return [];
  }
  const access = call(`${scope.ours('Access')}.manageConnections`, [code('app.webSocketStage')]);
  return [statement('', call(`${name}.addAccess`, [access]))];
}

function eventName(event: EventModel): string {
  return event.kind === 'http' ? `the route ${event.route}` : `the event \`${event.kind}\``;
}

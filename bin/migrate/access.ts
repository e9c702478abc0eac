import { iamPattern } from '../../lib/kinds/iam-actions';
import { ACCESS_SERVICES } from './access-services';
import { actionNames } from './calls/services';
import { canonical } from './canonical';
import type { AccessKind, Definition, Grant, Note, StatementModel } from './model';
import { listOf, textOf, Value } from './value';

/** An access that the app declares for a function. */
export interface AccessModel {
  readonly access: AccessKind;
  readonly logicalId: string;
  readonly prefix?: string;
}

export interface DividedStatements {
  readonly accesses: readonly AccessModel[];
  /** The statements that no access can express. */
  readonly rest: readonly StatementModel[];
}

const READ_WRITE: AccessKind = 'readWrite';

interface Target {
  readonly logicalId: string;
  readonly service: string;
  /** What follows the ARN of the resource: `/index/*`. */
  readonly suffix: string;
}

/**
 * Divides the statements of a function: permissions on resources of the definition become access, and the rest stay statements.
 *
 * @param sources the resources whose triggers run the function, which already grant it to read them
 */
export function divideStatements(
  statements: readonly StatementModel[],
  definition: Definition,
  sources: ReadonlySet<string>,
  at: string,
  note: (note: Note) => void,
): DividedStatements {
  const levels = new Map<string, Set<AccessKind>>();
  const prefixes = new Map<string, Set<string>>();
  const rest: StatementModel[] = [];
  for (const statement of statements) {
    const isPlain =
      statement.effect === 'Allow' &&
      statement.condition === undefined &&
      statement.notActions === undefined &&
      statement.notResources === undefined;
    const targets = listOf(statement.resources).map((one) => targetOf(one, definition));
    if (!isPlain || targets.every((one) => one === undefined)) {
      rest.push(statement);
      continue;
    }
    const actions = listOf(statement.actions).flatMap((one) => textOf(one) ?? []);
    const unknown = listOf(statement.resources).filter((_, i) => targets[i] === undefined);
    if (unknown.length > 0) {
      rest.push({ ...statement, resources: unknown });
    }
    // Each resource keeps those actions as a statement that no access to it covers.
    const left = new Map<string, Value[]>();
    const named = targets.flatMap((target, i) =>
      target === undefined ? [] : [{ target, resource: listOf(statement.resources)[i] }],
    );
    const concerned = new Set<string>();
    for (const { target, resource } of named) {
      const found = levelsOf(target, actions, sources.has(target.logicalId));
      found.concerned.forEach((action) => concerned.add(action));
      for (const action of found.concerned.filter((one) => !found.covered.includes(one))) {
        left.set(action, [...(left.get(action) ?? []), resource]);
        if (found.levels.length > 0 && /[*?]/.test(action)) {
          note({
            kind: 'check',
            at,
            text: `\`${action}\` on ${target.logicalId} stays a statement beside the access, which has only a part of its actions; remove it if the code needs no others`,
          });
        }
      }
      found.levels.forEach((level) => {
        levels.set(target.logicalId, (levels.get(target.logicalId) ?? new Set()).add(level));
        const prefix = prefixOf(target);
        prefixes.set(target.logicalId, (prefixes.get(target.logicalId) ?? new Set()).add(prefix));
      });
    }
    actions
      .filter((action) => !concerned.has(action))
      .forEach((action) =>
        left.set(
          action,
          named.map(({ resource }) => resource),
        ),
      );
    rest.push(...statementsOf(statement, left));
  }
  const accesses = [...levels].flatMap(([logicalId, kinds]) =>
    asAccesses(logicalId, kinds, prefixes.get(logicalId) ?? new Set()),
  );
  return { accesses, rest };
}

function asAccesses(
  logicalId: string,
  kinds: ReadonlySet<AccessKind>,
  prefixes: ReadonlySet<string>,
): AccessModel[] {
  const [prefix = ''] = prefixes;
  const part = prefixes.size === 1 && prefix !== '' ? { prefix } : {};
  const all = [...kinds];
  if (kinds.has('read') && kinds.has('write')) {
    return [{ access: READ_WRITE, logicalId, ...part }];
  }
  return all.map((access) => ({ access, logicalId, ...part }));
}

/** The prefix in a bucket. Empty: the whole bucket. */
function prefixOf({ service, suffix }: Target): string {
  return service === 's3' ? (/^\/([^*]+)\*$/.exec(suffix)?.[1] ?? '') : '';
}

/** A statement for each list of resources that keep actions. */
function statementsOf(
  statement: StatementModel,
  left: ReadonlyMap<string, readonly Value[]>,
): StatementModel[] {
  const byResources = new Map<string, { actions: string[]; resources: readonly Value[] }>();
  for (const [action, resources] of left) {
    const key = JSON.stringify(resources.map(canonical));
    const known = byResources.get(key);
    byResources.set(key, { actions: [...(known?.actions ?? []), action], resources });
  }
  return [...byResources.values()].map(({ actions, resources }) => ({
    ...statement,
    actions,
    resources: [...resources],
  }));
}

interface Levels {
  readonly levels: readonly AccessKind[];
  /** The actions that may apply to the resource. */
  readonly concerned: readonly string[];
  /** Those that the access, or the trigger, has in full. */
  readonly covered: readonly string[];
}

function levelsOf({ service }: Target, actions: readonly string[], isSource: boolean): Levels {
  const { levels, byTrigger = [] } = ACCESS_SERVICES[service] ?? { levels: [] };
  const concerned = actions.filter((one) => one === '*' || one.split(':')[0] === service);
  const covered: string[] = [];
  const found = new Set<AccessKind>();
  for (const action of concerned) {
    const pattern = iamPattern(action === '*' ? '*' : (action.split(':')[1] ?? ''), 'i');
    const fitting = levels.filter(([, names]) => names.some((one) => pattern.test(one)));
    const onlyCommon = fitting.length > 1 && /^\w+:Describe/.test(action);
    const given = onlyCommon ? [] : fitting;
    given.forEach(([level]) => found.add(level));
    const granted = [
      ...(onlyCommon && found.size === 0 ? [] : fitting).flatMap(([, names]) => names),
      ...(isSource ? byTrigger : []),
    ];
    const needed = [...actionNames(service), ...granted].filter((one) => pattern.test(one));
    const isGranted = granted.some((one) => pattern.test(one));
    if (isGranted && (!/[*?]/.test(action) || needed.every((one) => granted.includes(one)))) {
      covered.push(action);
    }
  }
  return { levels: [...found], concerned, covered };
}

/** The resource of the definition that the ARN of a statement names. */
function targetOf(resource: Value, definition: Definition): Target | undefined {
  const text = canonical(resource);
  const byAttribute = /^<(\w+)\.(?:Arn|StreamArn)>(.*)$/.exec(text) ?? /^<(\w+)>()$/.exec(text);
  const id = byAttribute?.[1];
  const service = id === undefined ? undefined : serviceOf(id, definition);
  const target =
    id !== undefined && service !== undefined
      ? { logicalId: id, service, suffix: byAttribute?.[2] ?? '' }
      : byName(text, definition);
  // A prefix that is known only at deployment is no text.
  const isText = target?.service !== 's3' || !/[<?]/.test(target.suffix);
  return isText ? target : undefined;
}

function byName(text: string, definition: Definition): Target | undefined {
  for (const [service, { inArn, types, name }] of Object.entries(ACCESS_SERVICES)) {
    const [, found, suffix = ''] = inArn.exec(text) ?? [];
    if (found === undefined) {
      continue;
    }
    const reference = /^<(\w+)>$/.exec(found)?.[1];
    const resource = definition.resources.find(
      ({ logicalId, type, properties }) =>
        types.includes(type) &&
        (logicalId === reference ||
          (properties[name] !== undefined && canonical(properties[name]) === found)),
    );
    const fn = definition.functions.find(
      ({ logicalId, physicalName }) =>
        service === 'lambda' &&
        (logicalId === reference ||
          (physicalName !== undefined && canonical(physicalName) === found)),
    );
    const logicalId = resource?.logicalId ?? fn?.logicalId;
    if (logicalId !== undefined) {
      return { logicalId, service, suffix };
    }
  }
  return undefined;
}

function serviceOf(logicalId: string, definition: Definition): string | undefined {
  const kind =
    definition.resources.find((one) => one.logicalId === logicalId)?.type ??
    (definition.functions.some((one) => one.logicalId === logicalId) ? 'function' : undefined) ??
    (definition.stateMachines.some((one) => one.logicalId === logicalId)
      ? 'stateMachine'
      : undefined);
  return Object.entries(ACCESS_SERVICES).find(([, { types }]) => types.includes(kind ?? ''))?.[0];
}

/** The statement of a permission on a resource that the definition does not have, by its name or its ARN. */
export function statementOfGrant({
  access,
  target,
  service = '',
}: Grant): StatementModel | undefined {
  const { levels = [] } = ACCESS_SERVICES[service] ?? {};
  const [before, after] = ARNS[service] ?? [];
  if (before === undefined) {
    return undefined;
  }
  const actions = levels
    .filter(([kind]) => kind === access || access === READ_WRITE)
    .flatMap(([, names]) => names.map((name) => `${service}:${name}`));
  const arn = (suffix: string): Value =>
    before === ''
      ? target
      : { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...before, target, suffix]] };
  return {
    effect: 'Allow',
    actions: [...new Set(actions)],
    resources: [arn(''), ...(after === undefined ? [] : [arn(after)])],
  };
}

const PLACE: readonly Value[] = [{ Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }];

/** The part of an ARN before the name, and the suffix for the resource's contents. Empty: the target is already an ARN. */
const ARNS: Readonly<Record<string, readonly [before: readonly Value[] | '', after?: string]>> = {
  dynamodb: [[':dynamodb:', ...PLACE, ':table/'], '/index/*'],
  s3: [[':s3:::'], '/*'],
  sqs: [[':sqs:', ...PLACE, ':']],
  sns: [[':sns:', ...PLACE, ':']],
  events: [[':events:', ...PLACE, ':event-bus/']],
  kinesis: [[':kinesis:', ...PLACE, ':stream/']],
  lambda: [[':lambda:', ...PLACE, ':function:']],
  states: [[':states:', ...PLACE, ':stateMachine:']],
  secretsmanager: [''],
};

/** The logical id that an argument of a policy template names. */
export function resourceNamed(value: Value, definition: Definition): string | undefined {
  const text = canonical(value);
  const id = /^<(\w+)(?:\.\w+)?>$/.exec(text)?.[1];
  if (id !== undefined && serviceOf(id, definition) !== undefined) {
    return id;
  }
  return definition.resources.find(({ properties, type }) => {
    const service = Object.values(ACCESS_SERVICES).find(({ types }) => types.includes(type));
    const name = service === undefined ? undefined : properties[service.name];
    return name !== undefined && canonical(name) === text;
  })?.logicalId;
}

import { Construct } from 'constructs';
import { PropCheck, unquoted } from '../props/prop-check';
import { EVENT_BUS, FUNCTION, IDENTITY, STATE_MACHINE, USER_POOL } from './service-grants';
import { BUCKET, PARAMETER, QUEUE, ResourceKind, SECRET, STREAM, TABLE, TOPIC } from './grants';

/** The method that grants access to each kind of resource. */
const WAYS: ReadonlyArray<readonly [ResourceKind, string]> = [
  [TABLE, 'use `reads`, `writes` or `readsAndWrites` for a table'],
  [BUCKET, 'use `reads`, `writes` or `readsAndWrites` for a bucket'],
  [STREAM, 'use `reads`, `writes` or `readsAndWrites` for a Kinesis stream'],
  [QUEUE, 'use `sends(queue)` to send messages, or `onMessage` to receive them'],
  [TOPIC, 'use `publishes(topic)` for a topic'],
  [SECRET, 'use `addAccess(Access.secret(secret))` for a secret'],
  [PARAMETER, 'use `addAccess(Access.parameter(parameter))` for a parameter'],
  [EVENT_BUS, 'use `addAccess(Access.putEvents(eventBus))` for an event bus'],
  [STATE_MACHINE, 'use `addAccess(Access.startExecution(stateMachine))` for a state machine'],
  [IDENTITY, 'use `addAccess(Access.sendEmail(identity))` for an identity'],
  [USER_POOL, 'use `addAccess(Access.userPoolAdmin(userPool, actions))` for a user pool'],
  [FUNCTION, 'use `calls(fn)` for a function'],
];

/** The maximum number of a construct's own methods that an error names. */
const MAX_METHODS = 4;

/** The error for a resource that an access does not support, with the method that does. */
export function wrongKind(
  resource: unknown,
  expected: readonly ResourceKind[],
  check: PropCheck,
): Error {
  return check.error(
    'access',
    `must name ${list(expected.map(nounOf))}`,
    Construct.isConstruct(resource) ? resource.node.path : describeValue(resource),
    remedyFor(resource),
  );
}

/** `a state machine`. */
export function nounOf({ kind }: ResourceKind): string {
  const words = kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `${/^[aeio]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** `a table, a bucket or a stream`. */
function list(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((it) => it !== '').join(' or ');
}

function remedyFor(resource: unknown): string {
  const way = WAYS.find(([kind]) => kind.of(resource) !== undefined);
  if (way !== undefined) {
    return way[1];
  }
  if (!Construct.isConstruct(resource)) {
    return isOptions(resource)
      ? 'name the resource before its options: `writes(bucket, { prefix: … })`'
      : 'give the construct of the table or bucket';
  }
  const methods = grantMethods(resource);
  return methods.length === 0
    ? 'grant it with a policy statement on `fn.grantPrincipal`, or implement `IAccess`'
    : `grant it with a method of its own, for example ${methods.map((name) => `\`${name}(fn)\``).join(', ')}`;
}

function describeValue(value: unknown): unknown {
  return isOptions(value) ? unquoted(`options: ${Object.keys(value).join(', ')}`) : value;
}

function isOptions(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** The CDK's constructs name their grant methods `grant…`. `grant` itself needs actions, so it comes last. */
function grantMethods(resource: object): string[] {
  const names = new Set<string>();
  for (let owner: unknown = resource; isObject(owner); owner = Object.getPrototypeOf(owner)) {
    Object.getOwnPropertyNames(owner)
      .filter((name) => /^grant[A-Z]\w*$/.test(name))
      .filter((name) => typeof Object.getOwnPropertyDescriptor(owner, name)?.value === 'function')
      .forEach((name) => names.add(name));
  }
  return [...names].slice(0, MAX_METHODS);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

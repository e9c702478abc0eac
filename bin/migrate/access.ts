import { iamPattern } from '../../lib/kinds/iam-actions';
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

interface Service {
  readonly types: readonly string[];
  /** The property with the name of the resource, and the name in its ARN. */
  readonly name: string;
  readonly inArn: RegExp;
  readonly levels: ReadonlyArray<readonly [access: AccessKind, actions: readonly string[]]>;
  /** The actions that a trigger on the resource already grants. */
  readonly byTrigger?: readonly string[];
}

const READ_WRITE: AccessKind = 'readWrite';

/** The actions that an access stands for; docs/access.md. */
const SERVICES: Readonly<Record<string, Service>> = {
  dynamodb: {
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    name: 'TableName',
    inArn: /:table\/([^/]+)(.*)$/,
    levels: [
      ['read', ['BatchGetItem', 'ConditionCheckItem', 'DescribeTable', 'GetItem', 'Query', 'Scan']],
      ['write', ['BatchWriteItem', 'DeleteItem', 'DescribeTable', 'PutItem', 'UpdateItem']],
    ],
    byTrigger: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'],
  },
  s3: {
    types: ['AWS::S3::Bucket'],
    name: 'BucketName',
    inArn: /:s3:::([^/]+)(.*)$/,
    levels: [
      ['read', ['GetObject', 'ListBucket']],
      ['write', ['AbortMultipartUpload', 'DeleteObject', 'PutObject']],
    ],
  },
  sqs: {
    types: ['AWS::SQS::Queue'],
    name: 'QueueName',
    inArn: /:sqs:[^:]*:[^:]*:([^/:]+)()$/,
    levels: [['send', ['SendMessage']]],
    byTrigger: ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'],
  },
  sns: {
    types: ['AWS::SNS::Topic'],
    name: 'TopicName',
    inArn: /:sns:[^:]*:[^:]*:([^/:]+)()$/,
    levels: [['publish', ['Publish']]],
  },
  events: {
    types: ['AWS::Events::EventBus'],
    name: 'Name',
    inArn: /:event-bus\/([^/]+)()$/,
    levels: [['putEvents', ['PutEvents']]],
  },
  kinesis: {
    types: ['AWS::Kinesis::Stream'],
    name: 'Name',
    inArn: /:stream\/([^/]+)()$/,
    levels: [
      ['read', ['DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards']],
      ['write', ['PutRecord', 'PutRecords']],
    ],
    byTrigger: [
      'DescribeStream',
      'DescribeStreamSummary',
      'GetRecords',
      'GetShardIterator',
      'ListShards',
      'ListStreams',
      'SubscribeToShard',
    ],
  },
  secretsmanager: {
    types: ['AWS::SecretsManager::Secret'],
    name: 'Name',
    inArn: /:secret:([^/:]+)()$/,
    levels: [['secret', ['DescribeSecret', 'GetSecretValue']]],
  },
  ssm: {
    types: ['AWS::SSM::Parameter'],
    name: 'Name',
    inArn: /:parameter(\/?.+)()$/,
    levels: [['parameter', ['GetParameter', 'GetParameters']]],
  },
  lambda: {
    types: ['function'],
    name: '',
    inArn: /:function:([^/:]+)()$/,
    levels: [['invoke', ['InvokeFunction']]],
  },
  states: {
    types: ['stateMachine'],
    name: '',
    inArn: /:stateMachine:([^/:]+)()$/,
    levels: [['startExecution', ['StartExecution']]],
  },
};

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
    const known = targets.filter((one): one is Target => one !== undefined);
    const left = new Set(actions);
    for (const target of known) {
      const found = levelsOf(target, actions, sources.has(target.logicalId));
      found.covered.forEach((action) => left.delete(action));
      if (found.isBroad) {
        note({
          kind: 'differs',
          at,
          text: `\`${target.service}:*\` on ${target.logicalId} became access to its data; add a statement to \`initialPolicy\` if the code also manages the resource`,
        });
      }
      found.levels.forEach((level) => {
        levels.set(target.logicalId, (levels.get(target.logicalId) ?? new Set()).add(level));
        const prefix = prefixOf(target);
        prefixes.set(target.logicalId, (prefixes.get(target.logicalId) ?? new Set()).add(prefix));
      });
    }
    // Only the actions that no access covers, on the resources of the definition.
    if (left.size > 0) {
      const resources = listOf(statement.resources).filter((_, i) => targets[i] !== undefined);
      rest.push({ ...statement, actions: [...left], resources });
    }
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

interface Levels {
  readonly levels: readonly AccessKind[];
  readonly covered: readonly string[];
  readonly isBroad: boolean;
}

function levelsOf({ service }: Target, actions: readonly string[], isSource: boolean): Levels {
  const { levels, byTrigger = [] } = SERVICES[service] ?? { levels: [] };
  const covered: string[] = [];
  const found = new Set<AccessKind>();
  let isBroad = false;
  for (const action of actions) {
    const [prefix = '', name = ''] = action.split(':');
    if (action !== '*' && prefix !== service) {
      continue;
    }
    const pattern = iamPattern(action === '*' ? '*' : name, 'i');
    const fitting = levels.filter(([, names]) => names.some((one) => pattern.test(one)));
    const onlyCommon = fitting.length > 1 && /^Describe/.test(name);
    const given = onlyCommon ? [] : fitting;
    given.forEach(([level]) => found.add(level));
    if (fitting.length > 0 && (given.length > 0 || found.size > 0)) {
      covered.push(action);
    } else if (isSource && byTrigger.some((one) => pattern.test(one))) {
      covered.push(action);
    }
    isBroad ||= name === '*' || action === '*';
  }
  return { levels: [...found], covered, isBroad };
}

/** The resource of the definition that the ARN of a statement names. */
function targetOf(resource: Value, definition: Definition): Target | undefined {
  const text = canonical(resource);
  const byAttribute = /^<(\w+)\.(?:Arn|StreamArn)>(.*)$/.exec(text) ?? /^<(\w+)>()$/.exec(text);
  const id = byAttribute?.[1];
  const service = id === undefined ? undefined : serviceOf(id, definition);
  if (id !== undefined && service !== undefined) {
    return { logicalId: id, service, suffix: byAttribute?.[2] ?? '' };
  }
  return byName(text, definition);
}

function byName(text: string, definition: Definition): Target | undefined {
  for (const [service, { inArn, types, name }] of Object.entries(SERVICES)) {
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
  return Object.entries(SERVICES).find(([, { types }]) => types.includes(kind ?? ''))?.[0];
}

/** The statement of a permission on a resource that the definition does not have, by its name or its ARN. */
export function statementOfGrant({
  access,
  target,
  service = '',
}: Grant): StatementModel | undefined {
  const { levels = [] } = SERVICES[service] ?? {};
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
    const service = Object.values(SERVICES).find(({ types }) => types.includes(type));
    const name = service === undefined ? undefined : properties[service.name];
    return name !== undefined && canonical(name) === text;
  })?.logicalId;
}

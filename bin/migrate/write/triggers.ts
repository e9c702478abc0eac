import type { AuthorizerModel, Definition, EventModel, MappingModel, SourceModel } from '../model';
import { camel, pascal } from '../names';
import { isList, isMap, listOf, mapOf, numberOf, textOf, Value, ValueMap } from '../value';
import { call, code, list, Node, object, quote, statement } from './print';
import { interfaceOf, Item } from './resources';
import { NotCarried, Scope } from './scope';
import { anyNode, flagNode, keyText, mapNode, numberNode, textNode } from './values';

/** `Trigger.…` for one event. Throws `NotCarried` where the library has no such trigger. */
export function triggerNode(event: EventModel, scope: Scope, at: string): Node {
  const trigger = (name: string, args: readonly Node[], options: Node): Node =>
    call(`${scope.ours('Trigger')}.${name}`, [
      ...args,
      ...(options.kind === 'object' && options.entries.length === 0 ? [] : [options]),
    ]);
  switch (event.kind) {
    case 'http':
      return trigger('http', [quote(routeOf(event.route))], httpOptions(event, scope));
    case 'queue':
      return trigger(
        'queue',
        [sourceNode(event.source, 'queue', scope)],
        mappingOptions(event.mapping, scope, false),
      );
    case 'table':
      return trigger(
        'tableChanges',
        [sourceNode(event.source, 'table', scope)],
        mappingOptions(event.mapping, scope, true),
      );
    case 'stream':
      return trigger(
        'stream',
        [sourceNode(event.source, 'stream', scope)],
        mappingOptions(event.mapping, scope, true),
      );
    case 'topic':
      return trigger(
        'topic',
        [sourceNode(event.source, 'topic', scope)],
        topicOptions(event, scope),
      );
    case 'bucket':
      return trigger(
        'objectCreated',
        [sourceNode(event.source, 'bucket', scope)],
        bucketOptions(event, scope, at),
      );
    case 'schedule':
      return trigger(
        'schedule',
        [scheduleNode(event.expression, event.timeZone, scope)],
        scheduleOptions(event, scope),
      );
    case 'events':
      return trigger('events', [patternNode(event.pattern, scope)], eventsOptions(event, scope));
    case 'userPool':
      return trigger(
        'userPool',
        [sourceNode(event.source, 'pool', scope), operationNode(event.operation, scope)],
        object({}),
      );
  }
}

/** The library names parameters as an HTTP API does: `{proxy+}`, `{id}`. */
function routeOf(route: string): string {
  return route.replace(
    /\{([^}+]+)(\+?)\}/g,
    (_, name: string, plus: string) => `{${name.replace(/[^\w.-]/g, '_')}${plus}}`,
  );
}

type Of<K extends EventModel['kind']> = Extract<EventModel, { kind: K }>;

function httpOptions(event: Of<'http'>, scope: Scope): Node {
  const { authorizer, requiredQuery, requiredHeaders, body } = event;
  const validate = object({
    requiredQuery: requiredQuery && list(requiredQuery.map(quote)),
    requiredHeaders: requiredHeaders && list(requiredHeaders.map(quote)),
    body: body === undefined ? undefined : anyNode(body, scope),
  });
  return object({
    authorizer: authorizer && authorizerNode(authorizer, scope),
    authorizationScopes:
      authorizer?.scopes && list(authorizer.scopes.map((one) => textNode(one, scope))),
    apiKeyRequired: event.apiKey === true ? code('true') : undefined,
    validate: validate.entries.length === 0 ? undefined : validate,
  });
}

export function authorizerNode(model: AuthorizerModel, scope: Scope): Node {
  const route = scope.ours('RouteAuthorizer');
  if (model.kind === 'none') {
    return code(`${route}.open()`);
  }
  if (model.kind === 'iam') {
    return code(`${route}.iam()`);
  }
  const known = scope.find(authorizerId(model));
  if (known === undefined) {
    // Closed rather than open.
    scope.note(
      'lost',
      authorizerId(model),
      'the authorizer is not carried over; its routes are closed by IAM until you name one',
    );
    return code(`${route}.iam()`);
  }
  return code(known.constName);
}

export function authorizerId({ kind, name, functionId, arn }: AuthorizerModel): string {
  return `authorizer ${kind} ${name ?? functionId ?? JSON.stringify(arn ?? '')}`;
}

/** The authorizers of all routes, each declared once. */
export function authorizerItems(definition: Definition, scope: Scope): Item[] {
  const all = definition.functions.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'http' ? (event.authorizer ?? []) : [])),
  );
  const models = [
    ...all,
    ...(definition.api.authorizer === undefined ? [] : [definition.api.authorizer]),
  ];
  const unique = new Map(
    models
      .filter(({ kind }) => kind !== 'iam' && kind !== 'none')
      .map((one) => [authorizerId(one), one]),
  );
  return [...unique].map(([id, model]) => {
    const fn = definition.functions.find(
      ({ at, logicalId }) =>
        at === `functions.${model.functionId ?? ''}` || logicalId === model.functionId,
    );
    return {
      id,
      needs: [fn?.logicalId ?? '', ...(isMap(model.arn ?? null) ? referencedIn(model.arn) : [])],
      write: () => writeAuthorizer(id, model, fn?.logicalId, scope),
    };
  });
}

function referencedIn(value: Value): string[] {
  return [...JSON.stringify(value ?? '').matchAll(/"(?:Ref|Fn::GetAtt)":\s*\[?"(\w+)/g)].map(
    ([, id = '']) => id,
  );
}

function writeAuthorizer(
  id: string,
  model: AuthorizerModel,
  functionId: string | undefined,
  scope: Scope,
): string[] {
  const label = scope.labels.claim(
    pascal(model.name ?? model.functionId ?? 'Users').replace(/Authorizer$/i, ''),
  );
  const name = scope.names.claim(`${camel(label)}Authorizer`);
  const route = scope.ours('RouteAuthorizer');
  const declare = (node: Node): string[] => {
    scope.declare(id, { constName: name, ref: () => name, attribute: () => name });
    return [statement(`const ${name} = `, node)];
  };
  const kind: string = model.kind;
  switch (kind) {
    case 'cognito': {
      const reference = referencedIn(model.arn)[0];
      const pool =
        reference !== undefined &&
        scope.definition.resources.some(({ logicalId }) => logicalId === reference)
          ? code(interfaceOf(reference, scope))
          : call(`${scope.module('cognito')}.UserPool.fromUserPoolArn`, [
              code('stack'),
              quote(`${label}Pool`),
              textNode(model.arn, scope),
            ]);
      return declare(call(`${route}.userPool`, [quote(label), pool]));
    }
    case 'jwt':
      return declare(
        call(`new ${scope.module('authorizers')}.HttpJwtAuthorizer`, [
          quote(label),
          textNode(model.issuer, scope),
          object({ jwtAudience: list((model.audience ?? []).map((one) => textNode(one, scope))) }),
        ]),
      );
    default: {
      const target =
        functionId !== undefined
          ? code(`${scope.find(functionId)?.constName ?? ''}.target`)
          : call(`${scope.module('lambda')}.Function.fromFunctionArn`, [
              code('stack'),
              quote(`${label}Function`),
              textNode(model.arn, scope),
            ]);
      if (functionId !== undefined && scope.find(functionId) === undefined) {
        return [];
      }
      if (model.kind === 'token') {
        scope.note(
          'differs',
          `authorizer ${label}`,
          'it was a TOKEN authorizer. The function now gets a request event: read `event.headers.Authorization` in place of `event.authorizationToken`, and `event.methodArn` as before',
        );
      }
      return declare(
        call(`${route}.byFunction`, [
          quote(label),
          target,
          ...optionsOrNone(
            object({
              headers:
                model.headers === undefined || model.headers.length === 0
                  ? undefined
                  : list(model.headers.map(quote)),
              cacheTtl:
                model.ttl === undefined || model.ttl === 300
                  ? undefined
                  : duration(model.ttl, scope),
            }),
          ),
        ]),
      );
    }
  }
}

export function optionsOrNone(node: Node): Node[] {
  return node.kind === 'object' && node.entries.length === 0 ? [] : [node];
}

export function duration(seconds: Value, scope: Scope): Node {
  return call(`${scope.cdk('Duration')}.seconds`, [numberNode(seconds, scope)]);
}

function sourceNode(
  source: SourceModel,
  kind: 'queue' | 'table' | 'stream' | 'topic' | 'bucket' | 'pool',
  scope: Scope,
): Node {
  const logicalId = source.logicalId ?? source.makes;
  if (
    logicalId !== undefined &&
    (scope.find(logicalId) !== undefined || source.arn === undefined)
  ) {
    return code(interfaceOf(logicalId, scope));
  }
  const given = source.arn ?? source.name;
  const id = `${pascal(
    textOf(given)
      ?.split(/[:/]/)
      .filter((part) => /[a-z]/i.test(part))
      .at(-1) ?? kind,
  ).slice(0, 40)}${pascal(kind)}`;
  const key = `import ${kind} ${JSON.stringify(given)}`;
  const known = scope.find(key);
  if (known !== undefined) {
    return code(known.constName);
  }
  const factories: Readonly<Record<typeof kind, readonly [string, string]>> = {
    queue: ['sqs', 'Queue.fromQueueArn'],
    table: ['dynamodb', 'Table.fromTableAttributes'],
    stream: ['kinesis', 'Stream.fromStreamArn'],
    topic: ['sns', 'Topic.fromTopicArn'],
    bucket: ['s3', 'Bucket.fromBucketName'],
    pool: ['cognito', 'UserPool.fromUserPoolId'],
  };
  const [module, factory] = factories[kind];
  const argument = kind === 'table' ? tableAttributes(given, scope) : textNode(given, scope);
  const name = scope.names.claim(camel(id));
  scope.declare(key, { constName: name, ref: () => name, attribute: () => name });
  scope.before.push(
    statement(
      `const ${name} = `,
      call(`${scope.module(module)}.${factory}`, [
        code('stack'),
        quote(scope.ids.claim(id)),
        argument,
      ]),
    ),
  );
  return code(name);
}

/** A table known by the ARN of its stream: `arn:…:table/Orders/stream/2026-…`. */
function tableAttributes(streamArn: Value, scope: Scope): Node {
  const text = textOf(streamArn);
  const node = textNode(streamArn, scope);
  const tableArn = text === undefined ? undefined : /^(.*:table\/[^/]+)\//.exec(text)?.[1];
  return object({
    tableArn:
      tableArn === undefined
        ? call(`${scope.cdk('Fn')}.select`, [
            code('0'),
            call(`${scope.cdk('Fn')}.split`, [quote('/stream/'), node]),
          ])
        : quote(tableArn),
    tableStreamArn: node,
  });
}

function mappingOptions(mapping: MappingModel, scope: Scope, isStream: boolean): Node {
  const number = (value: Value): Node | undefined =>
    value === undefined ? undefined : numberNode(value, scope);
  const seconds = (value: Value): Node | undefined =>
    value === undefined || numberOf(value) === 0 ? undefined : duration(value, scope);
  const { partial, enabled, filters, startingPosition = 'TRIM_HORIZON' } = mapping;
  const lambda = scope.module('lambda');
  return object({
    startingPosition:
      isStream && startingPosition !== 'TRIM_HORIZON'
        ? code(`${lambda}.StartingPosition.${startingPosition}`)
        : undefined,
    batchSize: number(mapping.batchSize),
    maxBatchingWindow: seconds(mapping.window),
    maxConcurrency: number(mapping.maxConcurrency),
    filters: filters && list(filters.map((one) => filterNode(one, scope))),
    parallelizationFactor: number(mapping.parallelization),
    tumblingWindow: seconds(mapping.tumblingWindow),
    // Lambda’s own default has no limit.
    maxRetryAttempts: isStream
      ? code(
          String(
            mapping.maxRetries === undefined || mapping.maxRetries < 0
              ? 10_000
              : mapping.maxRetries,
          ),
        )
      : undefined,
    maxRecordAge:
      mapping.maxRecordAge === undefined || mapping.maxRecordAge < 60
        ? undefined
        : duration(mapping.maxRecordAge, scope),
    bisectBatchOnError: isStream && mapping.bisect !== true ? code('false') : undefined,
    reportBatchItemFailures: partial ? undefined : code('false'),
    enhancedFanOut: mapping.enhancedFanOut === true ? code('true') : undefined,
    enabled: enabled === undefined || enabled === true ? undefined : flagNode(enabled, scope),
  });
}

/** A pattern as `FilterCriteria.filter` takes it. In SAM it is a text with JSON. */
function filterNode(value: Value, scope: Scope): Node {
  const pattern = isMap(value) && value.Pattern !== undefined ? value.Pattern : value;
  const data = typeof pattern === 'string' ? (JSON.parse(pattern) as Value) : pattern;
  return call(`${scope.module('lambda')}.FilterCriteria.filter`, [anyNode(data, scope)]);
}

function topicOptions({ filter, filterBody }: Of<'topic'>, scope: Scope): Node {
  if (filter === undefined) {
    return object({});
  }
  if (filterBody === true) {
    return object({ filterPolicyWithMessageBody: bodyFilter(filter, scope) });
  }
  const entries = Object.entries(filter).map(
    ([key, value]) => [keyText(key), filterPolicy(value, scope)] as const,
  );
  return object({ filterPolicy: object(Object.fromEntries(entries)) });
}

function bodyFilter(filter: ValueMap, scope: Scope): Node {
  const policy = `${scope.module('sns')}.FilterOrPolicy`;
  const entries = Object.entries(filter).map(
    ([key, value]) =>
      [
        keyText(key),
        isMap(value)
          ? call(`${policy}.policy`, [bodyFilter(value, scope)])
          : call(`${policy}.filter`, [filterPolicy(value, scope)]),
      ] as const,
  );
  return object(Object.fromEntries(entries));
}

/** The conditions on one attribute as the CDK’s filter. */
function filterPolicy(value: Value, scope: Scope): Node {
  const filter = `${scope.module('sns')}.SubscriptionFilter`;
  const all = isList(value) ? value : [value];
  const [first] = all;
  if (all.length === 1 && isMap(first) && 'exists' in first) {
    return code(`${filter}.${first.exists === false ? 'notExistsFilter' : 'existsFilter'}()`);
  }
  const texts = all.filter((one) => typeof one === 'string');
  const numbers = all.filter((one) => typeof one === 'number');
  const others = all.filter(isMap);
  const known = (name: string): readonly Value[] =>
    others.flatMap((one) => (name in one ? listOf(one[name]) : []));
  const fits = others.every(
    (one) =>
      ['prefix', 'suffix', 'anything-but', 'numeric'].includes(Object.keys(one)[0] ?? '') &&
      !isMap(Object.values(one)[0]),
  );
  const numeric = known('numeric');
  if (fits && numbers.length === all.length) {
    return call(`${filter}.numericFilter`, [
      object({ allowlist: list(numbers.map((one) => code(String(one)))) }),
    ]);
  }
  if (fits && numeric.length === 2 && all.length === 1) {
    const operators: Readonly<Record<string, string>> = {
      '>': 'greaterThan',
      '>=': 'greaterThanOrEqualTo',
      '<': 'lessThan',
      '<=': 'lessThanOrEqualTo',
    };
    const operator = operators[textOf(numeric[0]) ?? ''];
    if (operator !== undefined) {
      return call(`${filter}.numericFilter`, [
        object({ [operator]: numberNode(numeric[1], scope) }),
      ]);
    }
  }
  if (!fits || numbers.length > 0 || numeric.length > 0) {
    throw new NotCarried(`the CDK has no filter for ${JSON.stringify(value)}`);
  }
  const part = (values: readonly Value[]): Node | undefined =>
    values.length === 0 ? undefined : list(values.map((one) => textNode(one, scope)));
  return call(`${filter}.stringFilter`, [
    object({
      allowlist: part(texts),
      denylist: part(known('anything-but')),
      matchPrefixes: part(known('prefix')),
      matchSuffixes: part(known('suffix')),
    }),
  ]);
}

const OBJECT_EVENTS: Readonly<Record<string, string>> = {
  's3:ObjectCreated:*': 'OBJECT_CREATED',
  's3:ObjectCreated:Put': 'OBJECT_CREATED_PUT',
  's3:ObjectCreated:Post': 'OBJECT_CREATED_POST',
  's3:ObjectCreated:Copy': 'OBJECT_CREATED_COPY',
  's3:ObjectCreated:CompleteMultipartUpload': 'OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD',
  's3:ObjectRemoved:*': 'OBJECT_REMOVED',
  's3:ObjectRemoved:Delete': 'OBJECT_REMOVED_DELETE',
  's3:ObjectRemoved:DeleteMarkerCreated': 'OBJECT_REMOVED_DELETE_MARKER_CREATED',
  's3:ObjectRestore:Completed': 'OBJECT_RESTORE_COMPLETED',
};

function bucketOptions(event: Of<'bucket'>, scope: Scope, at: string): Node {
  if (event.source.logicalId === undefined && event.source.makes === undefined) {
    scope.note(
      'differs',
      at,
      'events of an existing bucket come through EventBridge: turn them on in the bucket (`EventBridgeConfiguration`). The handler then gets an EventBridge event (`event.detail.bucket.name`, `event.detail.object.key`), not `event.Records`',
    );
  }
  const types = event.events.map((one) => {
    const name = OBJECT_EVENTS[one];
    if (name === undefined) {
      throw new NotCarried(`the migration does not know the S3 event ${one}`);
    }
    return name;
  });
  const isDefault = types.length === 1 && types[0] === 'OBJECT_CREATED';
  return object({
    prefix: event.prefix === undefined ? undefined : textNode(event.prefix, scope),
    suffix: event.suffix === undefined ? undefined : textNode(event.suffix, scope),
    eventTypes: isDefault
      ? undefined
      : list(types.map((one) => code(`${scope.module('s3')}.EventType.${one}`))),
  });
}

function scheduleNode(expression: Value, timeZone: Value, scope: Scope): Node {
  const zone = textOf(timeZone);
  return call(`${scope.module('scheduler')}.ScheduleExpression.expression`, [
    textNode(expression, scope),
    ...(zone === undefined ? [] : [call(`${scope.cdk('TimeZone')}.of`, [quote(zone)])]),
  ]);
}

function scheduleOptions({ input, enabled }: Of<'schedule'>, scope: Scope): Node {
  const data = typeof input === 'string' ? parsed(input) : input;
  return object({
    input:
      data === undefined
        ? undefined
        : call(
            `${scope.module('scheduler')}.ScheduleTargetInput.${typeof data === 'string' ? 'fromText' : 'fromObject'}`,
            [anyNode(data, scope)],
          ),
    enabled: flagNode(enabled ?? true, scope),
  });
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

const PATTERN_KEYS: Readonly<Record<string, string>> = { 'detail-type': 'detailType' };

function patternNode(pattern: ValueMap, scope: Scope): Node {
  const known = [
    'source',
    'detail-type',
    'detail',
    'account',
    'region',
    'resources',
    'id',
    'time',
    'version',
  ];
  const other = Object.keys(pattern).find((key) => !known.includes(key));
  if (other !== undefined) {
    throw new NotCarried(`the CDK’s event pattern has no \`${other}\``);
  }
  const entries = Object.entries(pattern).map(([key, value]) => {
    const node =
      key === 'detail'
        ? mapNode(mapOf(value), scope)
        : list(listOf(value).map((one) => anyNode(one, scope)));
    return [
      PATTERN_KEYS[key] ?? key,
      isMatcher(value) ? matcherNode(listOf(value), scope) : node,
    ] as const;
  });
  return object(Object.fromEntries(entries));
}

function matcherNode(values: readonly Value[], scope: Scope): Node {
  const match = `${scope.module('events')}.Match`;
  const each = values.map((value): Node => {
    const [kind, argument] = Object.entries(mapOf(value))[0] ?? [];
    if (typeof value === 'string') {
      return call(`${match}.exactString`, [quote(value)]);
    }
    if (kind === 'prefix' || kind === 'suffix' || kind === 'wildcard') {
      return call(`${match}.${kind}`, [textNode(argument, scope)]);
    }
    if (kind === 'anything-but' && !isMap(argument)) {
      return call(
        `${match}.anythingBut`,
        listOf(argument).map((one) => textNode(one, scope)),
      );
    }
    throw new NotCarried(`the migration does not know the match ${JSON.stringify(value)}`);
  });
  return each.length === 1 ? (each[0] ?? code('[]')) : call(`${match}.anyOf`, each);
}

/** `source: [{ prefix: 'aws.' }]`: the CDK types these members as lists of texts. */
function isMatcher(value: Value): boolean {
  return isList(value) && value.some(isMap);
}

function eventsOptions({ bus, input, enabled, retry }: Of<'events'>, scope: Scope): Node {
  return object({
    eventBus: bus === undefined ? undefined : busNode(bus, scope),
    input:
      input === undefined
        ? undefined
        : call(`${scope.module('events')}.RuleTargetInput.fromObject`, [
            anyNode(typeof input === 'string' ? parsed(input) : input, scope),
          ]),
    retryPolicy:
      retry &&
      object({
        retryAttempts: retry.attempts === undefined ? undefined : code(String(retry.attempts)),
        maxEventAge: retry.maxAge === undefined ? undefined : duration(retry.maxAge, scope),
      }),
    enabled: enabled === undefined || enabled === true ? undefined : flagNode(enabled, scope),
  });
}

function busNode(source: SourceModel, scope: Scope): Node {
  const logicalId = source.logicalId ?? source.makes;
  if (logicalId !== undefined) {
    return code(interfaceOf(logicalId, scope));
  }
  const given = source.arn ?? source.name;
  const key = `import bus ${JSON.stringify(given)}`;
  const known = scope.find(key);
  if (known !== undefined) {
    return code(known.constName);
  }
  const name = scope.names.claim('bus');
  const factory = source.arn === undefined ? 'fromEventBusName' : 'fromEventBusArn';
  scope.declare(key, { constName: name, ref: () => name, attribute: () => name });
  scope.before.push(
    statement(
      `const ${name} = `,
      call(`${scope.module('events')}.EventBus.${factory}`, [
        code('stack'),
        quote(scope.ids.claim('Bus')),
        textNode(given, scope),
      ]),
    ),
  );
  return code(name);
}

const OPERATIONS: Readonly<Record<string, string>> = {
  CreateAuthChallenge: 'CREATE_AUTH_CHALLENGE',
  CustomEmailSender: 'CUSTOM_EMAIL_SENDER',
  CustomMessage: 'CUSTOM_MESSAGE',
  CustomSMSSender: 'CUSTOM_SMS_SENDER',
  DefineAuthChallenge: 'DEFINE_AUTH_CHALLENGE',
  PostAuthentication: 'POST_AUTHENTICATION',
  PostConfirmation: 'POST_CONFIRMATION',
  PreAuthentication: 'PRE_AUTHENTICATION',
  PreSignUp: 'PRE_SIGN_UP',
  PreTokenGeneration: 'PRE_TOKEN_GENERATION',
  UserMigration: 'USER_MIGRATION',
  VerifyAuthChallengeResponse: 'VERIFY_AUTH_CHALLENGE_RESPONSE',
};

function operationNode(operation: string, scope: Scope): Node {
  const name = OPERATIONS[operation];
  if (name === undefined) {
    throw new NotCarried(`the library does not know the operation ${operation}`);
  }
  return code(`${scope.module('cognito')}.UserPoolOperation.${name}`);
}

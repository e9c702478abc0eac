import type {
  AuthorizerModel,
  CorsModel,
  EventModel,
  MappingModel,
  Note,
  SourceModel,
} from '../model';
import {
  attributeOf,
  flagOf,
  isMap,
  listOf,
  mapOf,
  numberOf,
  referenceOf,
  textOf,
  Value,
  ValueMap,
} from '../value';
import { normalized } from './logical-names';

/** What the events of a function are read with. */
export interface EventContext {
  readonly at: string;
  /** The authorizers of `provider.httpApi.authorizers`. */
  readonly authorizers: ValueMap;
  readonly functionIds: readonly string[];
  readonly note: (note: Note) => void;
}

/** Why an event is not carried over, and what to write. */
const REASONS: Readonly<Record<string, string>> = {
  websocket:
    'write `triggers: [Trigger.webSocket("$connect")]` in the function; clients get another address',
  alb: 'the library has no trigger by a load balancer; add `fn.target` to a target group of yours',
  alexaSkill: 'add the permission with `fn.target.addPermission(…)`',
  alexaSmartHome: 'add the permission with `fn.target.addPermission(…)`',
  iot: 'write `new iot.CfnTopicRule(…)` and permit it with `fn.target.addPermission(…)`',
  cloudFront:
    'Lambda@Edge is not a part of the library; use `cloudfront.experimental.EdgeFunction`',
  cloudwatchLog: 'write `new logs.SubscriptionFilter(…)` with `new LambdaDestination(fn.target)`',
  kafka:
    'the library has no trigger by Kafka; write `new lambda.EventSourceMapping(…)` with `target: fn.target`',
  msk: 'the library has no trigger by MSK; write `new lambda.EventSourceMapping(…)` with `target: fn.target`',
  activemq:
    'the library has no trigger by a broker; write `new lambda.EventSourceMapping(…)` with `target: fn.target`',
  rabbitmq:
    'the library has no trigger by a broker; write `new lambda.EventSourceMapping(…)` with `target: fn.target`',
};

export function readEvent(event: Value, context: EventContext): EventModel[] {
  const [kind = '', value] =
    typeof event === 'string' ? [event, {}] : (Object.entries(mapOf(event))[0] ?? []);
  switch (kind) {
    case 'http':
      return [readRest(value, context)];
    case 'httpApi':
      return [readHttpApi(value, context)];
    case 'sqs':
      return [{ kind: 'queue', source: arnSource(value), mapping: mappingOf(value, false) }];
    case 'stream':
      return readStream(value);
    case 'sns':
      return [readTopic(value, context)];
    case 's3':
      return [readBucket(value)];
    case 'schedule':
      return readSchedule(value, context);
    case 'eventBridge':
      return readEventBridge(value, context);
    case 'cloudwatchEvent':
      return [readCloudwatchEvent(value)];
    case 'cognitoUserPool':
      return readUserPool(value, context);
    default:
      context.note({
        kind: 'lost',
        at: `${context.at}.${kind}`,
        text: `the event \`${kind}\` is not carried over: ${REASONS[kind] ?? 'the library has no trigger for it'}`,
      });
      return [];
  }
}

function readRest(value: Value, context: EventContext): EventModel {
  const [method = 'any', path = '/'] = typeof value === 'string' ? value.trim().split(/\s+/) : [];
  const event = mapOf(value);
  const verb = (textOf(event.method) ?? method).toUpperCase();
  const route = `${verb === '*' ? 'ANY' : verb} ${slash(textOf(event.path) ?? path)}`;
  const parameters = mapOf(mapOf(event.request).parameters);
  const schema = mapOf(mapOf(event.request).schemas ?? mapOf(event.request).schema);
  if (event.async === true) {
    context.note({
      kind: 'differs',
      at: context.at,
      text: `${route} was asynchronous; now the caller waits for the function. With \`app.forwardRequest\` a queue can take the request`,
    });
  }
  if (
    typeof event.integration === 'string' &&
    !/^(lambda[-_]?proxy|aws[-_]?proxy)$/i.test(event.integration)
  ) {
    context.note({
      kind: 'differs',
      at: context.at,
      text: `${route} used the integration \`${event.integration}\`; the library has only the proxy integration, so the handler gets and returns a whole HTTP event`,
    });
  }
  if (
    event.integration === undefined &&
    event.request !== undefined &&
    isMap(mapOf(event.request).template)
  ) {
    context.note({
      kind: 'lost',
      at: context.at,
      text: `the request template of ${route} is not carried over: the library has only the proxy integration`,
    });
  }
  return {
    kind: 'http',
    route,
    authorizer: restAuthorizer(event.authorizer, context, route),
    apiKey: event.private === true ? true : undefined,
    requiredQuery: requiredOf(parameters.querystrings),
    requiredHeaders: requiredOf(parameters.headers),
    body: schema['application/json'],
  };
}

function requiredOf(value: Value): string[] | undefined {
  const names = Object.entries(mapOf(value))
    .filter(([, one]) => one === true || mapOf(one).required === true)
    .map(([name]) => name);
  return names.length === 0 ? undefined : names;
}

function restAuthorizer(
  value: Value,
  context: EventContext,
  route: string,
): AuthorizerModel | undefined {
  if (value === undefined) {
    return undefined;
  }
  const given = mapOf(value);
  const text = textOf(value) ?? textOf(given.name);
  const type = textOf(given.type)?.toUpperCase();
  if (text?.toLowerCase() === 'aws_iam' || type === 'AWS_IAM') {
    return { kind: 'iam' };
  }
  const arn =
    given.arn ?? (typeof value === 'string' && value.startsWith('arn:') ? value : undefined);
  const id = mapOf(given.authorizerId === undefined ? {} : given).authorizerId;
  if (id !== undefined) {
    context.note({
      kind: 'lost',
      at: context.at,
      text: `${route} used the authorizer of another API by its id; it is closed by IAM until you name an authorizer`,
    });
    return { kind: 'iam' };
  }
  const isPool =
    /cognito-idp/.test(JSON.stringify(arn ?? '')) ||
    type === 'COGNITO_USER_POOLS' ||
    isPoolReference(arn);
  if (isPool) {
    return {
      kind: 'cognito',
      name: text?.startsWith('arn:') === true ? undefined : text,
      arn: arn ?? value,
      scopes: given.scopes === undefined ? undefined : listOf(given.scopes),
    };
  }
  const isRequest = type === 'REQUEST';
  const sources =
    textOf(given.identitySource)
      ?.split(',')
      .map((one) => one.trim()) ?? [];
  const headers = sources.flatMap((one) => /^method\.request\.header\.(.+)$/.exec(one)?.[1] ?? []);
  const functionId =
    arn === undefined && text !== undefined && context.functionIds.includes(text)
      ? text
      : undefined;
  return {
    kind: isRequest ? 'function' : 'token',
    name: text,
    functionId,
    arn: functionId === undefined ? (arn ?? text) : undefined,
    headers: headers.length === 0 ? undefined : headers,
    ttl: numberOf(given.resultTtlInSeconds),
  };
}

function isPoolReference(arn: Value): boolean {
  return /pool/i.test(attributeOf(arn)?.id ?? '');
}

function readHttpApi(value: Value, context: EventContext): EventModel {
  const [method = '*', path] = typeof value === 'string' ? value.trim().split(/\s+/) : [];
  const event = mapOf(value);
  const verb = (textOf(event.method) ?? method).toUpperCase();
  const at = textOf(event.path) ?? path;
  const route =
    at === undefined || at === '*' ? '$default' : `${verb === '*' ? 'ANY' : verb} ${slash(at)}`;
  return { kind: 'http', route, authorizer: httpAuthorizer(event.authorizer, context) };
}

function httpAuthorizer(
  value: Value,
  { authorizers, functionIds, note, at }: EventContext,
): AuthorizerModel | undefined {
  if (value === undefined) {
    return undefined;
  }
  const given = mapOf(value);
  const name = textOf(value) ?? textOf(given.name);
  if (given.type === 'aws_iam' || name === 'aws_iam') {
    return { kind: 'iam' };
  }
  const declared = mapOf(authorizers[name ?? '']);
  const scopes = given.scopes === undefined ? undefined : listOf(given.scopes);
  if (declared.type === 'request') {
    const functionId = textOf(declared.functionName);
    return {
      kind: 'function',
      name,
      functionId: functionIds.includes(functionId ?? '') ? functionId : undefined,
      arn: declared.functionArn,
      headers: listOf(declared.identitySource).flatMap(
        (one) => /^\$request\.header\.(.+)$/.exec(textOf(one) ?? '')?.[1] ?? [],
      ),
      ttl: numberOf(declared.resultTtlInSeconds),
    };
  }
  if (declared.issuerUrl === undefined) {
    note({
      kind: 'lost',
      at,
      text: `the authorizer \`${name ?? JSON.stringify(value)}\` is not in \`provider.httpApi.authorizers\`; the route is closed by IAM until you name one`,
    });
    return { kind: 'iam' };
  }
  return {
    kind: 'jwt',
    name,
    issuer: declared.issuerUrl,
    audience: listOf(declared.audience),
    scopes,
  };
}

export function corsOf(value: Value): CorsModel | undefined {
  if (value === undefined || value === false) {
    return undefined;
  }
  const given = mapOf(value);
  const origins = listOf(given.origins ?? given.origin ?? given.allowedOrigins).flatMap(
    (one): readonly Value[] =>
      typeof one === 'string' ? one.split(',').map((text) => text.trim()) : [one],
  );
  return {
    origins: origins.length === 0 ? ['*'] : origins,
    headers: optionalList(given.headers ?? given.allowedHeaders),
    methods: optionalList(given.allowedMethods ?? given.methods),
    credentials: flagOf(given.allowCredentials) === true ? true : undefined,
    maxAge: numberOf(given.maxAge),
    exposed: optionalList(given.exposedResponseHeaders),
  };
}

function optionalList(value: Value): readonly Value[] | undefined {
  return value === undefined ? undefined : listOf(value);
}

function arnSource(value: Value): SourceModel {
  const arn = isMap(value) && value.arn !== undefined ? value.arn : value;
  return sourceOf(arn);
}

/** A resource of the definition, if the value refers to one; otherwise its ARN. */
export function sourceOf(value: Value): SourceModel {
  const logicalId = attributeOf(value)?.id ?? referenceOf(value);
  return logicalId === undefined ? { arn: value } : { logicalId, arn: value };
}

export function mappingOf(value: Value, isStream: boolean): MappingModel {
  const given = mapOf(value);
  return {
    batchSize: given.batchSize,
    window: given.maximumBatchingWindow ?? given.batchWindow,
    enabled: given.enabled,
    partial: given.functionResponseType === 'ReportBatchItemFailures',
    maxConcurrency: given.maximumConcurrency,
    filters: given.filterPatterns === undefined ? undefined : listOf(given.filterPatterns),
    ...(isStream && {
      startingPosition: textOf(given.startingPosition) ?? 'TRIM_HORIZON',
      parallelization: given.parallelizationFactor,
      maxRetries: numberOf(given.maximumRetryAttempts),
      maxRecordAge: numberOf(given.maximumRecordAgeInSeconds),
      bisect: flagOf(given.bisectBatchOnFunctionError) ?? false,
      tumblingWindow: given.tumblingWindowInSeconds,
      enhancedFanOut: given.consumer === true ? true : undefined,
    }),
  };
}

function readStream(value: Value): EventModel[] {
  const source = arnSource(value);
  const text = JSON.stringify(source.arn ?? '');
  const type = textOf(mapOf(value).type);
  const isTable =
    type === 'dynamodb' ||
    (type === undefined &&
      (/:dynamodb:/.test(text) || attributeOf(source.arn)?.attribute === 'StreamArn'));
  return [{ kind: isTable ? 'table' : 'stream', source, mapping: mappingOf(value, true) }];
}

function readTopic(value: Value, context: EventContext): EventModel {
  const given = mapOf(value);
  if (given.redrivePolicy !== undefined) {
    context.note({
      kind: 'differs',
      at: context.at,
      text: 'the redrive policy of the subscription is not carried over: messages that fail go to the app’s failure queue',
    });
  }
  const filter = {
    filter: given.filterPolicy === undefined ? undefined : mapOf(given.filterPolicy),
    filterBody: given.filterPolicyScope === 'MessageBody',
  };
  const arn =
    given.arn ??
    (typeof value === 'string' && !value.startsWith('arn:')
      ? undefined
      : isMap(value) && given.topicName !== undefined
        ? undefined
        : value);
  if (arn !== undefined) {
    return { kind: 'topic', source: sourceOf(arn), ...filter };
  }
  const name = given.topicName ?? value;
  return {
    kind: 'topic',
    source: { name, makes: `SNSTopic${normalized(textOf(name) ?? 'Topic')}` },
    ...filter,
  };
}

function readBucket(value: Value): EventModel {
  const given = mapOf(value);
  const bucket = isMap(value) && given.bucket !== undefined ? given.bucket : value;
  const rules = listOf(given.rules).map(mapOf);
  const rule = (name: string): Value =>
    rules.map((one) => one[name]).find((one) => one !== undefined);
  const logicalId = referenceOf(bucket);
  const source: SourceModel =
    logicalId !== undefined
      ? { logicalId }
      : given.existing === true
        ? { name: bucket }
        : { name: bucket, makes: `S3Bucket${normalized(textOf(bucket) ?? 'Bucket')}` };
  return {
    kind: 'bucket',
    source,
    events: [textOf(given.event) ?? 's3:ObjectCreated:*'],
    prefix: rule('prefix'),
    suffix: rule('suffix'),
  };
}

function readSchedule(value: Value, { note, at }: EventContext): EventModel[] {
  const given = mapOf(value);
  const rates = isMap(value) && given.rate !== undefined ? listOf(given.rate) : [value];
  if (given.inputPath !== undefined || given.inputTransformer !== undefined) {
    note({
      kind: 'lost',
      at,
      text: '`inputPath` and `inputTransformer` of a schedule are not carried over: EventBridge Scheduler has only `input`, so write what the handler needs there',
    });
  }
  return rates.map((expression) => ({
    kind: 'schedule',
    expression,
    enabled: given.enabled ?? true,
    timeZone: given.timezone,
    input: given.input,
    description: given.description,
  }));
}

function readEventBridge(value: Value, context: EventContext): EventModel[] {
  const given = mapOf(value);
  if (given.schedule !== undefined) {
    return [
      {
        kind: 'schedule',
        expression: given.schedule,
        enabled: given.enabled ?? true,
        input: given.input,
      },
    ];
  }
  if (given.inputPath !== undefined || given.inputTransformer !== undefined) {
    context.note({
      kind: 'lost',
      at: context.at,
      text: '`inputPath` and `inputTransformer` are not carried over: write them as `input: RuleTargetInput.fromEventPath(…)` or `.fromObject(…)`',
    });
  }
  if (given.deadLetterQueueArn !== undefined) {
    context.note({
      kind: 'differs',
      at: context.at,
      text: 'the dead-letter queue of the rule is not carried over: what fails goes to the app’s failure queue',
    });
  }
  const retry = mapOf(given.retryPolicy);
  return [
    {
      kind: 'events',
      pattern: mapOf(given.pattern),
      bus:
        given.eventBus === undefined || given.eventBus === 'default'
          ? undefined
          : busOf(given.eventBus),
      input: given.input,
      enabled: given.enabled ?? true,
      retry:
        given.retryPolicy === undefined
          ? undefined
          : {
              attempts: numberOf(retry.maximumRetryAttempts),
              maxAge: numberOf(retry.maximumEventAge),
            },
    },
  ];
}

function busOf(value: Value): SourceModel {
  if (typeof value === 'string' && !value.startsWith('arn:')) {
    return { name: value, makes: `${normalized(value)}EventBridgeEventBus` };
  }
  const source = sourceOf(value);
  return source.logicalId === undefined && !isArn(value) ? { name: value } : source;
}

function isArn(value: Value): boolean {
  return typeof value === 'string'
    ? value.startsWith('arn:')
    : JSON.stringify(value).includes('arn:');
}

function readCloudwatchEvent(value: Value): EventModel {
  const given = mapOf(value);
  return {
    kind: 'events',
    pattern: mapOf(given.event),
    input: given.input,
    enabled: given.enabled ?? true,
  };
}

function readUserPool(value: Value, { note, at }: EventContext): EventModel[] {
  const given = mapOf(value);
  const operation = textOf(given.trigger) ?? '';
  if (given.existing === true) {
    note({
      kind: 'lost',
      at,
      text: `the trigger ${operation} of the existing user pool ${textOf(given.pool) ?? ''} is not carried over: a trigger is a setting of the pool, so set it where the pool is declared`,
    });
    return [];
  }
  const pool = textOf(given.pool) ?? 'Users';
  return [
    {
      kind: 'userPool',
      source: { name: given.pool, makes: `CognitoUserPool${normalized(pool)}` },
      operation,
    },
  ];
}

function slash(path: string): string {
  const text = path.startsWith('/') ? path : `/${path}`;
  return text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text;
}

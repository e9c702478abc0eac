import { sourceOf } from '../read/source';
import type { AuthorizerModel, EventModel, MappingModel, Note } from '../model';
import { flagOf, listOf, mapOf, numberOf, referenceOf, textOf, Value, ValueMap } from '../value';

export interface SamContext {
  readonly at: string;
  /** The APIs by logical id, with the properties that Globals gives them. */
  readonly apis: Readonly<Record<string, ValueMap>>;
  readonly globals: ValueMap;
  readonly note: (note: Note) => void;
}

export function readSamEvent(name: string, event: ValueMap, context: SamContext): EventModel[] {
  const given = mapOf(event.Properties);
  const lost = (text: string): EventModel[] => {
    context.note({
      kind: 'lost',
      at: `${context.at}.Events.${name}`,
      text: `the event \`${textOf(event.Type) ?? ''}\` is not carried over: ${text}`,
    });
    return [];
  };
  switch (textOf(event.Type) ?? '') {
    case 'Api':
      return [route(given, context, 'RestApiId')];
    case 'HttpApi':
      return [route(given, context, 'ApiId')];
    case 'SQS':
      return [{ kind: 'queue', source: sourceOf(given.Queue), mapping: mappingOf(given, false) }];
    case 'DynamoDB':
      return [{ kind: 'table', source: sourceOf(given.Stream), mapping: mappingOf(given, true) }];
    case 'Kinesis':
      return [{ kind: 'stream', source: sourceOf(given.Stream), mapping: mappingOf(given, true) }];
    case 'SNS':
      if (given.SqsSubscription !== undefined && given.SqsSubscription !== false) {
        return lost(
          'a queue between the topic and the function: write `app.addQueue(…)`, `topic.addSubscription(new SqsSubscription(queue))` and `Trigger.queue(queue)`',
        );
      }
      return [
        {
          kind: 'topic',
          source: sourceOf(given.Topic),
          filter: given.FilterPolicy === undefined ? undefined : mapOf(given.FilterPolicy),
          filterBody: given.FilterPolicyScope === 'MessageBody',
        },
      ];
    case 'S3':
      return bucketEvent(given);
    case 'Schedule':
    case 'ScheduleV2':
      return [
        {
          kind: 'schedule',
          expression: given.Schedule ?? given.ScheduleExpression,
          enabled: enabledOf(given),
          timeZone: given.ScheduleExpressionTimezone,
          input: given.Input,
        },
      ];
    case 'EventBridgeRule':
    case 'CloudWatchEvent':
      if (given.InputPath !== undefined || given.InputTransformer !== undefined) {
        context.note({
          kind: 'lost',
          at: `${context.at}.Events.${name}`,
          text: '`InputPath` and `InputTransformer` are not carried over: write `input: RuleTargetInput.fromEventPath(…)` or `.fromObject(…)`',
        });
      }
      return [
        {
          kind: 'events',
          pattern: mapOf(given.Pattern),
          bus:
            given.EventBusName === undefined || given.EventBusName === 'default'
              ? undefined
              : referenceOf(given.EventBusName) === undefined
                ? { name: given.EventBusName }
                : sourceOf(given.EventBusName),
          input: given.Input,
          enabled: enabledOf(given),
          retry: retryOf(given.RetryPolicy),
        },
      ];
    case 'Cognito':
      return listOf(given.Trigger).map((operation) => ({
        kind: 'userPool',
        source: sourceOf(given.UserPool),
        operation: textOf(operation) ?? '',
      }));
    case 'CloudWatchLogs':
      return lost('write `new logs.SubscriptionFilter(…)` with `new LambdaDestination(fn.target)`');
    case 'MSK':
    case 'MQ':
    case 'SelfManagedKafka':
    case 'DocumentDB':
      return lost('write `new lambda.EventSourceMapping(…)` with `target: fn.target`');
    default:
      return lost('the library has no trigger for it');
  }
}

function retryOf(value: Value): { attempts?: number; maxAge?: number } | undefined {
  const given = mapOf(value);
  return value === undefined
    ? undefined
    : {
        attempts: numberOf(given.MaximumRetryAttempts),
        maxAge: numberOf(given.MaximumEventAgeInSeconds),
      };
}

function enabledOf(given: ValueMap): Value {
  if (given.State !== undefined) {
    return given.State === 'ENABLED';
  }
  return given.Enabled ?? true;
}

function bucketEvent(given: ValueMap): EventModel[] {
  const rules = listOf(mapOf(mapOf(given.Filter).S3Key).Rules).map(mapOf);
  const rule = (name: string): Value =>
    rules.find((one) => textOf(one.Name)?.toLowerCase() === name)?.Value;
  return [
    {
      kind: 'bucket',
      source: { logicalId: referenceOf(given.Bucket) },
      events: listOf(given.Events).flatMap((one) => textOf(one) ?? []),
      prefix: rule('prefix'),
      suffix: rule('suffix'),
    },
  ];
}

function mappingOf(given: ValueMap, isStream: boolean): MappingModel {
  return {
    batchSize: given.BatchSize,
    window: given.MaximumBatchingWindowInSeconds,
    enabled: given.Enabled,
    partial: listOf(given.FunctionResponseTypes).includes('ReportBatchItemFailures'),
    maxConcurrency: mapOf(given.ScalingConfig).MaximumConcurrency,
    filters:
      given.FilterCriteria === undefined ? undefined : listOf(mapOf(given.FilterCriteria).Filters),
    ...(isStream && {
      startingPosition: textOf(given.StartingPosition) ?? 'LATEST',
      parallelization: given.ParallelizationFactor,
      maxRetries: numberOf(given.MaximumRetryAttempts),
      maxRecordAge: numberOf(given.MaximumRecordAgeInSeconds),
      bisect: flagOf(given.BisectBatchOnFunctionError) ?? false,
      tumblingWindow: given.TumblingWindowInSeconds,
    }),
  };
}

function route(given: ValueMap, context: SamContext, key: string): EventModel {
  const verb = (textOf(given.Method) ?? 'ANY').toUpperCase();
  const method = verb === 'X-AMAZON-APIGATEWAY-ANY-METHOD' || verb === '*' ? 'ANY' : verb;
  const path = textOf(given.Path);
  const name = path === undefined || path === '$default' ? '$default' : `${method} ${path}`;
  const api = context.apis[referenceOf(given[key]) ?? ''] ?? context.globals;
  const auth = mapOf(given.Auth);
  const all = mapOf(api.Auth);
  const wanted = textOf(auth.Authorizer ?? all.DefaultAuthorizer);
  return {
    kind: 'http',
    route: name,
    authorizer:
      wanted === undefined
        ? undefined
        : authorizerOf(wanted, mapOf(all.Authorizers), auth, key === 'ApiId', context),
    apiKey: (auth.ApiKeyRequired ?? all.ApiKeyRequired) === true ? true : undefined,
    payload1: given.PayloadFormatVersion === '1.0' ? true : undefined,
  };
}

function authorizerOf(
  name: string,
  authorizers: ValueMap,
  auth: ValueMap,
  isHttp: boolean,
  { note, at }: SamContext,
): AuthorizerModel {
  if (name === 'NONE') {
    return { kind: 'none' };
  }
  if (name === 'AWS_IAM') {
    return { kind: 'iam' };
  }
  const given = mapOf(authorizers[name]);
  const scopes = auth.AuthorizationScopes ?? given.AuthorizationScopes;
  const common = { name, scopes: scopes === undefined ? undefined : listOf(scopes) };
  if (given.UserPoolArn !== undefined) {
    return { kind: 'cognito', arn: given.UserPoolArn, ...common };
  }
  const jwt = mapOf(given.JwtConfiguration);
  if (jwt.issuer !== undefined) {
    return { kind: 'jwt', issuer: jwt.issuer, audience: listOf(jwt.audience), ...common };
  }
  if (given.FunctionArn !== undefined) {
    const source = sourceOf(given.FunctionArn);
    const identity = mapOf(given.Identity);
    const headers = listOf(identity.Headers).flatMap((one) => textOf(one) ?? []);
    const isToken = !isHttp && given.FunctionPayloadType !== 'REQUEST';
    return {
      kind: isToken ? 'token' : 'function',
      name,
      functionId: source.logicalId,
      arn: source.logicalId === undefined ? given.FunctionArn : undefined,
      headers:
        isToken && identity.Header !== undefined
          ? [textOf(identity.Header) ?? 'Authorization']
          : headers,
      ttl: numberOf(identity.ReauthorizeEvery),
    };
  }
  note({
    kind: 'lost',
    at,
    text: `the authorizer ${name} is not in the API; its routes are closed by IAM until you name one`,
  });
  return { kind: 'iam' };
}

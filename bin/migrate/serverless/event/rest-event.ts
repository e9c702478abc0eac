import type { AuthorizerModel, EventModel } from '../../model';
import { attributeOf, isMap, listOf, mapOf, numberOf, textOf, Value } from '../../value';
import type { EventContext } from './event-context';
import { slash } from './route-path';

export function readRest(value: Value, context: EventContext): EventModel {
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
      text: `${route} used the authorizer of another API by its id; it requires IAM authorization until you name an authorizer`,
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

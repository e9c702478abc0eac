import type { AuthorizerModel, EventModel } from '../../model';
import { listOf, mapOf, numberOf, textOf, Value } from '../../value';
import type { EventContext } from './event-context';
import { slash } from './route-path';

export function readHttpApi(value: Value, context: EventContext): EventModel {
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
      text: `the authorizer \`${name ?? JSON.stringify(value)}\` is not in \`provider.httpApi.authorizers\`; the route requires IAM authorization until you name one`,
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

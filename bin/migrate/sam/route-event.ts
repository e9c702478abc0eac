import type { AuthorizerModel, EventModel } from '../model';
import { sourceOf } from '../read/source';
import { listOf, mapOf, numberOf, referenceOf, textOf, ValueMap } from '../value';
import type { SamContext } from './event-context';

export function route(given: ValueMap, context: SamContext, key: string): EventModel {
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
    text: `the authorizer ${name} is not in the API; its routes require IAM authorization until you name one`,
  });
  return { kind: 'iam' };
}

import type { ApiModel, CorsModel } from '../../model';
import type { Value } from '../../value';
import { code, call, list, Node, object, quote } from '../print';
import { eachEntry } from '../each-entry';
import type { Scope } from '../scope';
import { duration, numberNode, textNode } from '../values';
import { API } from './api-reference';
import { authorizerNode } from './authorizers';

/** `http` or `rest` of the app. */
export function apiEntries(api: ApiModel, scope: Scope): Record<string, Node | undefined> {
  if (api.kind === 'none' || scope.absent.has(API)) {
    return {};
  }
  const isRest = api.kind === 'rest';
  const { throttle, domain } = api;
  const number = (value: Parameters<typeof numberNode>[0]): Node | undefined =>
    value === undefined ? undefined : numberNode(value, scope);
  const entries: Readonly<Record<string, () => Node | undefined>> = {
    authorizer: () => api.authorizer && authorizerNode(api.authorizer, scope),
    stageName: () => (api.stageName === undefined ? undefined : textNode(api.stageName, scope)),
    endpointType: () =>
      isRest && api.endpointType === 'EDGE' && domain === undefined
        ? code(`${scope.module('apigw')}.EndpointType.EDGE`)
        : undefined,
    cors: () => api.cors && corsNode(api.cors, scope),
    payloadFormat: () =>
      !isRest && api.payload1 === true
        ? code(`${scope.module('apigateway')}.PayloadFormatVersion.VERSION_1_0`)
        : undefined,
    binaryMediaTypes: () =>
      isRest
        ? api.binaryMediaTypes && list(api.binaryMediaTypes.map((one) => textNode(one, scope)))
        : undefined,
    // The account's limits, which the source did not change.
    throttle: () =>
      object({
        rateLimit: number(throttle?.rate) ?? code('10_000'),
        burstLimit: number(throttle?.burst) ?? code('5000'),
      }),
    accessLog: () => (api.accessLog ? undefined : code('false')),
    tracing: () => (isRest && api.tracing === true ? code('true') : undefined),
    usagePlans: () =>
      isRest && api.apiKeys !== undefined
        ? object({
            Standard: object({ apiKeys: list(api.apiKeys.map((one) => textNode(one, scope))) }),
          })
        : undefined,
    existingDomain: () => domain && domainNode(domain, scope),
  };
  const node = object(eachEntry(entries, scope, isRest ? 'rest' : 'http'));
  return { [isRest ? 'rest' : 'http']: node };
}

function domainNode({ name, path }: NonNullable<ApiModel['domain']>, scope: Scope): Node {
  scope.note(
    'differs',
    'domain',
    'the domain stays where it is, and the app adds its path to it. API Gateway refuses a path that the old API still has: remove the old mapping in the same maintenance window',
  );
  const apigateway = scope.module('apigateway');
  return object({
    domain: call(`${apigateway}.DomainName.fromDomainNameAttributes`, [
      code('stack'),
      quote('Domain'),
      object({
        name: textNode(name, scope),
        regionalDomainName: quote(''),
        regionalHostedZoneId: quote(''),
      }),
    ]),
    path: path === undefined ? undefined : textNode(path, scope),
  });
}

function corsNode(cors: CorsModel, scope: Scope): Node {
  const texts = (values: CorsModel['headers']): Node | undefined =>
    values && list(values.map((one) => textNode(one, scope)));
  const methods = (cors.methods ?? [])
    .flatMap((one) => (typeof one === 'string' ? one.split(',') : []))
    .map((one) => one.trim().toUpperCase())
    .filter((one) => one !== '');
  const known = ['GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'DELETE'];
  const names =
    methods.includes('*') || methods.length === 0
      ? ['ANY']
      : methods.filter((one) => known.includes(one));
  const apigateway = scope.module('apigateway');
  const headers = cors.headers ?? [
    'Content-Type',
    'X-Amz-Date',
    'Authorization',
    'X-Api-Key',
    'X-Amz-Security-Token',
    'X-Amz-User-Agent',
  ];
  return object({
    allowOrigins: texts(cors.origins),
    allowHeaders: texts(
      headers.flatMap((one): readonly Value[] =>
        typeof one === 'string' ? one.split(',').map((text) => text.trim()) : [one],
      ),
    ),
    allowMethods: list(names.map((one) => code(`${apigateway}.CorsHttpMethod.${one}`))),
    allowCredentials:
      cors.credentials === true && !cors.origins.includes('*') ? code('true') : undefined,
    exposeHeaders: texts(cors.exposed),
    maxAge: cors.maxAge === undefined ? undefined : duration(cors.maxAge, scope),
  });
}

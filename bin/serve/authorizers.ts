import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TriggerModel } from '../../lib/model/app-model';
import { formatValue } from '../../lib/model/format-value';
import { assemblies } from '../dev/deployed-state';
import { asObject, asText, at, JsonObject } from '../json/unknown';
import { readJsonFile } from '../read-json-file';

/** A function that decides who may call a route. */
export interface RouteAuthorizer {
  /** The path of the function. */
  readonly fn: string;
  /** The format of its event. */
  readonly payload: '1.0' | '2.0';
  /** Whether it may answer `{ isAuthorized }`. */
  readonly simple: boolean;
  /** The headers and query parameters that a request must have. */
  readonly identity: ReadonlyArray<{
    readonly in: 'header' | 'querystring';
    readonly name: string;
  }>;
}

/** The authorizer functions of the routes, as found in the templates. */
export class RouteAuthorizers {
  /** Those of an HTTP API, by the route's key. */
  private readonly ofRoutes = new Map<string, RouteAuthorizer>();
  /** Those of a REST API, by the authorizer's id. */
  private readonly ofIds = new Map<string, RouteAuthorizer>();

  constructor(assembly: string) {
    for (const folder of assemblies(assembly)) {
      for (const file of fs.readdirSync(folder).filter((it) => it.endsWith('.template.json'))) {
        const resources = asObject(readJsonFile(path.join(folder, file)).Resources) ?? {};
        this.read(resources);
      }
    }
  }

  of({ source, details }: TriggerModel): RouteAuthorizer | undefined {
    return details.authorization !== 'CUSTOM'
      ? undefined
      : typeof details.authorizer === 'string'
        ? this.ofIds.get(details.authorizer)
        : this.ofRoutes.get(formatValue(source));
  }

  private read(resources: JsonObject): void {
    for (const resource of Object.values(resources)) {
      const properties = asObject(at(resource, 'Properties')) ?? {};
      const type = at(resource, 'Type');
      if (type === 'AWS::ApiGatewayV2::Route') {
        const id = asText(at(properties.AuthorizerId, 'Ref')) ?? '';
        const found = httpAuthorizer(resources, at(resources[id], 'Properties'));
        const key = asText(properties.RouteKey);
        if (found !== undefined && key !== undefined) {
          this.ofRoutes.set(key, found);
        }
      } else if (type === 'AWS::ApiGateway::RestApi') {
        const schemes = asObject(at(properties.Body, 'components', 'securitySchemes')) ?? {};
        for (const [id, scheme] of Object.entries(schemes)) {
          const found = restAuthorizer(resources, at(scheme, 'x-amazon-apigateway-authorizer'));
          if (found !== undefined) {
            this.ofIds.set(id, found);
          }
        }
      }
    }
  }
}

function httpAuthorizer(resources: JsonObject, given: unknown): RouteAuthorizer | undefined {
  const fn = functionIn(resources, at(given, 'AuthorizerUri'));
  const sources = at(given, 'IdentitySource');
  return fn === undefined
    ? undefined
    : {
        fn,
        payload: at(given, 'AuthorizerPayloadFormatVersion') === '1.0' ? '1.0' : '2.0',
        simple: at(given, 'EnableSimpleResponses') === true,
        identity: identityOf(Array.isArray(sources) ? sources.map(String) : []),
      };
}

function restAuthorizer(resources: JsonObject, given: unknown): RouteAuthorizer | undefined {
  const fn = functionIn(resources, at(given, 'authorizerUri'));
  const sources = asText(at(given, 'identitySource')) ?? '';
  return fn === undefined
    ? undefined
    : { fn, payload: '1.0', simple: false, identity: identityOf(sources.split(/,\s*/)) };
}

/** `$request.header.Authorization`, `method.request.querystring.token`. */
function identityOf(sources: readonly string[]): RouteAuthorizer['identity'] {
  return sources.flatMap((source) => {
    const [, place, name = ''] = /request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    return place === undefined ? [] : [{ in: place as 'header' | 'querystring', name }];
  });
}

/** The path of the function in the address by which API Gateway invokes it; through an alias too. */
function functionIn(resources: JsonObject, uri: unknown): string | undefined {
  for (const id of referencesIn(uri)) {
    const resource = resources[id];
    if (at(resource, 'Type') === 'AWS::Lambda::Alias') {
      return functionIn(resources, at(resource, 'Properties', 'FunctionName'));
    }
    const own = asText(at(resource, 'Metadata', 'aws:cdk:path'));
    if (at(resource, 'Type') === 'AWS::Lambda::Function' && own !== undefined) {
      return own.split('/').slice(0, -2).join('/');
    }
  }
  return undefined;
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  return Object.entries(asObject(value) ?? {}).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') {
      return [inner];
    }
    return key === 'Fn::GetAtt' && Array.isArray(inner) ? [String(inner[0])] : referencesIn(inner);
  });
}

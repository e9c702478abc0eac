import { formatValue } from '../labels';
import type { PlacedResource, PlacedResources } from '../placed-resource';
import { isReference, referencesIn } from '../references';
import { isRecord } from '../template';

const INTEGRATION = 'x-amazon-apigateway-integration';
const ANY = 'x-amazon-apigateway-any-method';
const VARIABLE = /\$\{stageVariables\.(\w+)\}/g;

/** A route of a REST API. */
export interface RestRoute {
  /** `GET /orders/{id}`. */
  readonly route: string;
  /** The value that refers to the function behind the route. */
  readonly target: unknown;
}

/** The routes in the definition of a REST API, or the one of a method that is a resource of its own. */
export function restRoutes(resource: PlacedResource, all: PlacedResources): RestRoute[] {
  switch (resource.type) {
    case 'AWS::ApiGateway::RestApi':
      return definedRoutes(resource, all);
    case 'AWS::ApiGateway::Method': {
      const { HttpMethod, Integration } = resource.properties;
      return isRecord(Integration)
        ? [
            {
              route: `${formatValue(HttpMethod, all)} ${methodPath(resource, all)}`,
              target: Integration.Uri,
            },
          ]
        : [];
    }
    default:
      return [];
  }
}

/** The path of a method: `/orders/{id}`. Resources that are not in the stack are left out. */
export function methodPath({ properties }: PlacedResource, all: PlacedResources): string {
  const parts: string[] = [];
  for (let at = resourceAt(properties.ResourceId, all); at !== undefined;) {
    parts.unshift(formatValue(at.properties.PathPart, all));
    at = resourceAt(at.properties.ParentId, all);
  }
  return `/${parts.join('/')}`;
}

function resourceAt(id: unknown, all: PlacedResources): PlacedResource | undefined {
  const found = isReference(id) ? all.get(id.$ref) : undefined;
  return found?.type === 'AWS::ApiGateway::Resource' ? found : undefined;
}

function definedRoutes({ address, properties }: PlacedResource, all: PlacedResources): RestRoute[] {
  const paths = isRecord(properties.Body) ? properties.Body.paths : undefined;
  const variables = variablesOf(address, all);
  return Object.entries(isRecord(paths) ? paths : {}).flatMap(([path, item]) =>
    Object.entries(isRecord(item) ? item : {}).flatMap(([method, operation]) => {
      const integration = isRecord(operation) ? operation[INTEGRATION] : undefined;
      const uri = isRecord(integration) ? integration.uri : undefined;
      const named = [...JSON.stringify(uri ?? '').matchAll(VARIABLE)];
      return {
        route: `${method === ANY ? 'ANY' : method.toUpperCase()} ${path}`,
        target: [uri, ...named.map(([, name = '']) => variables[name])],
      };
    }),
  );
}

/** The variables of the API’s stages, which name functions. */
function variablesOf(api: string, all: PlacedResources): Readonly<Record<string, unknown>> {
  return Object.assign(
    {},
    ...[...all.values()]
      .filter(
        ({ type, properties }) =>
          type === 'AWS::ApiGateway::Stage' &&
          referencesIn(properties.RestApiId).some(({ $ref }) => $ref === api),
      )
      .map(({ properties }) => properties.Variables ?? {}),
  ) as Record<string, unknown>;
}

import { HTTP_KIND } from '../kinds/http-kind';
import type { AppModel, RouteDetails } from '../model/app-model';
import { formatValue } from '../model/format-value';
import { routeShape } from '../model/route-shape';
import { resolvedText } from '../model/resolved';
import { bodySchema } from './body-schema';
import { securityOf, securitySchemes } from './security';

type Json = Readonly<Record<string, unknown>>;

/** The parts of one operation. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly details: Partial<RouteDetails>;
  /** What handles the request, in a few words. */
  readonly summary: string;
  /** Whether API Gateway itself confirms that it accepted the request. */
  readonly accepted: boolean;
}

/** The methods that OpenAPI knows, and that `ANY` stands for. */
const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'];
const WITH_BODY = ['PUT', 'POST', 'PATCH'];
const JSON_TYPE = 'application/json';
/** API Gateway’s own response to a request that it passed to a service. */
const ACCEPTED = {
  schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
};
const PARAMETER = /\{([^}+]+)(\+?)\}/g;

/**
 * The app's API as an OpenAPI 3.1 document: routes, parameters, bodies and who may call. `$default` is left out, because OpenAPI
 * has no equivalent. Undefined for an app without an API.
 */
export function openApiDocument(model: AppModel): Json | undefined {
  const { http, app } = model;
  if (http === undefined) {
    return undefined;
  }
  const routes = routesOf(model);
  const url = resolvedText(http.url);
  const schemas = Object.fromEntries(
    routes.flatMap((route) => {
      const schema = schemaOf(route);
      return schema === undefined ? [] : [schema];
    }),
  );
  const schemes = securitySchemes(routes.map(({ details }) => details));
  return {
    openapi: '3.1.0',
    info: { title: app.id, version: '1' },
    ...(url === undefined ? {} : { servers: [{ url: url.replace(/\/$/, '') }] }),
    paths: pathsOf(routes),
    ...present('components', {
      ...present('schemas', schemas),
      ...present('securitySchemes', schemes),
    }),
  };
}

function routesOf({ functions, http }: AppModel): Route[] {
  const ofFunctions = functions.flatMap(({ id, triggers }): Array<Omit<Route, 'method' | 'path'>> =>
    triggers
      .filter(({ kind }) => kind === HTTP_KIND.kind)
      .map(({ details }) => ({
        details,
        summary: id,
        accepted: false,
      })),
  );
  const forwards = (http?.forwards ?? []).map(({ details, path }) => ({
    details,
    summary: `to ${formatValue(path.split('/').at(-1) ?? '')}`,
    accepted: true,
  }));
  const declared = [...ofFunctions, ...forwards].flatMap((route): Route[] => {
    const { method = '', path } = route.details;
    return path === undefined ? [] : [{ ...route, method, path }];
  });
  const taken = new Set(declared.map(({ method, path }) => routeShape(`${method} ${path}`)));
  return declared.flatMap((route) =>
    route.method === 'ANY'
      ? METHODS.filter((method) => !taken.has(routeShape(`${method} ${route.path}`))).map(
          (method) => ({ ...route, method }),
        )
      : [route],
  );
}

/** Paths that differ only in the names of their parameters are one path of the document, with the names of the first. */
function pathsOf(routes: readonly Route[]): Json {
  const paths = new Map<
    string,
    { readonly path: string; readonly operations: Record<string, Json> }
  >();
  const ids = new Set<string>();
  for (const route of routes) {
    const shape = routeShape(route.path);
    const item = paths.get(shape) ?? {
      path: route.path.replace(PARAMETER, '{$1}'),
      operations: {},
    };
    paths.set(shape, item);
    item.operations[route.method.toLowerCase()] = operationOf(route, item.path, ids);
  }
  return Object.fromEntries([...paths.values()].map(({ path, operations }) => [path, operations]));
}

function operationOf(route: Route, path: string, ids: Set<string>): Json {
  const { method, details, summary, accepted } = route;
  const { query = [], headers = [] } = details.validate ?? {};
  const greedy = [...route.path.matchAll(PARAMETER)].map(([, , plus]) => plus === '+');
  const names = [...path.matchAll(PARAMETER)].map(([, name = '']) => name);
  const parameters = [
    ...names.map((name, i) => ({
      ...parameter(name, 'path'),
      ...(greedy[i] === true
        ? { description: 'the rest of the path, which may have slashes' }
        : {}),
    })),
    ...query.map((name) => parameter(name, 'query')),
    ...headers.map((name) => parameter(name, 'header')),
  ];
  return {
    operationId: uniqueId(operationName(route), ids),
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(route),
    ...securityOf(details),
    responses: {
      ...(accepted
        ? { '202': { description: 'accepted', ...jsonContent(ACCEPTED) } }
        : { '2XX': { description: `the answer to ${method} ${path}`, ...jsonContent({}) } }),
      ...(details.validate === undefined ? {} : { '400': { description: 'not valid' } }),
      ...(isProtected(details) ? { '401': { description: 'no valid credentials' } } : {}),
      ...(isProtected(details) || details.apiKey === true
        ? { '403': { description: 'not allowed' } }
        : {}),
      default: { description: accepted ? 'not accepted' : 'an error' },
    },
  };
}

function isProtected({ authorization = 'NONE' }: Partial<RouteDetails>): boolean {
  return authorization !== 'NONE';
}

function requestBody(route: Route): Json {
  const schema = schemaOf(route)?.[0];
  if (schema !== undefined) {
    const $ref = `#/components/schemas/${schema}`;
    return { requestBody: { required: true, ...jsonContent({ schema: { $ref } }) } };
  }
  return WITH_BODY.includes(route.method) ? { requestBody: jsonContent({}) } : {};
}

function jsonContent(media: Json): Json {
  return { content: { [JSON_TYPE]: media } };
}

/** The name and the schema of the body. */
function schemaOf(route: Route): [name: string, schema: Json] | undefined {
  const body = route.details.validate?.body;
  if (body === undefined) {
    return undefined;
  }
  const name = `${operationName(route).replace(/^./, (first) => first.toUpperCase())}Body`;
  return [name, bodySchema(body, `#/components/schemas/${name}`)];
}

function parameter(name: string, where: string): Json {
  return { name, in: where, required: true, schema: { type: 'string' } };
}

/** `GET /orders/{id}` is `getOrdersId`. */
function operationName({ method, path }: Route): string {
  return `${method.toLowerCase()} ${path}`.replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) =>
    (next ?? '').toUpperCase(),
  );
}

function uniqueId(name: string, taken: Set<string>): string {
  let id = name;
  for (let n = 2; taken.has(id); n += 1) {
    id = `${name}${n}`;
  }
  taken.add(id);
  return id;
}

function present(key: string, value: Json): Json {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

import * as fs from 'node:fs';
import type * as http from 'node:http';
import * as path from 'node:path';
import { assemblies } from '../dev/deployed-state';
import { asNumber, asObject, asText, at } from '../json/unknown';
import { readJsonFile } from '../read-json-file';

type Headers = Record<string, string>;

/** What an API or a function URL tells browsers about pages of other origins. */
export interface Cors {
  /** The allowed origins; `*` stands for any text. */
  readonly origins: readonly string[];
  /** The further headers of the response to a preflight request. */
  readonly preflight: Readonly<Headers>;
  /** The further headers of all other responses. Absent if the function sets them, as behind a REST API. */
  readonly others?: Readonly<Headers>;
}

interface Found {
  readonly type: string;
  readonly path: string;
  readonly cors: Cors;
}

const URL_TYPE = 'AWS::Lambda::Url';
const PREFIX = 'access-control-';

/** The CORS configurations in the templates of a cloud assembly. */
export class CorsOfAssembly {
  private readonly found: readonly Found[];

  constructor(assembly: string) {
    this.found = assemblies(assembly).flatMap((folder) =>
      fs
        .readdirSync(folder)
        .filter((file) => file.endsWith('.template.json'))
        .flatMap((file) =>
          Object.values(asObject(readJsonFile(path.join(folder, file)).Resources) ?? {}),
        )
        .flatMap((resource): Found[] => {
          const type = asText(at(resource, 'Type')) ?? '';
          const cors = corsOf(type, at(resource, 'Properties'));
          const own = asText(at(resource, 'Metadata', 'aws:cdk:path'));
          return cors === undefined || own === undefined ? [] : [{ type, path: own, cors }];
        }),
    );
  }

  /** @param app the construct path of the app */
  ofApi(app: string): Cors | undefined {
    return this.inside(app).find(({ type }) => type !== URL_TYPE)?.cors;
  }

  /** @param fn the construct path of the function */
  ofUrl(fn: string): Cors | undefined {
    return this.inside(fn).find(({ type }) => type === URL_TYPE)?.cors;
  }

  private inside(construct: string): Found[] {
    return this.found.filter((it) => it.path.startsWith(`${construct}/`));
  }
}

/**
 * Answers a preflight request, and returns whether it was one. The response to another request gets the headers of the configuration, which
 * replace those that the function sets: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function applyCors(
  { preflight, others, origins }: Cors,
  message: http.IncomingMessage,
  target: http.ServerResponse,
): boolean {
  const { origin } = message.headers;
  const allowed = origin === undefined ? undefined : allowedOrigin(origins, origin);
  const withOrigin = (headers: Readonly<Headers>): Headers =>
    allowed === undefined ? {} : { [`${PREFIX}allow-origin`]: allowed, ...headers };
  if (message.method === 'OPTIONS') {
    target.writeHead(204, withOrigin(preflight));
    target.end();
    return true;
  }
  if (others !== undefined) {
    replaceHeaders(target, withOrigin(others));
  }
  return false;
}

function allowedOrigin(origins: readonly string[], origin: string): string | undefined {
  if (origins.includes('*')) {
    return '*';
  }
  const parts = (rule: string): string[] =>
    rule.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  const matches = (rule: string): boolean =>
    new RegExp(`^${parts(rule).join('.*')}$`, 'i').test(origin);
  return origins.some(matches) ? origin : undefined;
}

function replaceHeaders(target: http.ServerResponse, headers: Headers): void {
  const write = target.writeHead.bind(target) as (
    status: number,
    given: http.OutgoingHttpHeaders,
  ) => http.ServerResponse;
  target.writeHead = ((status: number, given: http.OutgoingHttpHeaders = {}) => {
    const own = Object.entries(given).filter(([name]) => !name.toLowerCase().startsWith(PREFIX));
    target
      .getHeaderNames()
      .filter((name) => name.startsWith(PREFIX))
      .forEach((name) => {
        target.removeHeader(name);
      });
    return write(status, { ...Object.fromEntries(own), ...headers });
  }) as typeof target.writeHead;
}

function corsOf(type: string, properties: unknown): Cors | undefined {
  if (type === 'AWS::ApiGateway::RestApi') {
    return restCors(properties);
  }
  const given = asObject(at(properties, type === URL_TYPE ? 'Cors' : 'CorsConfiguration'));
  if (given === undefined || !/^AWS::(Lambda::Url|ApiGatewayV2::Api)$/.test(type)) {
    return undefined;
  }
  const { AllowCredentials: credentials, MaxAge: maxAge } = given;
  const others = present({
    'allow-credentials': credentials === true ? 'true' : undefined,
    'expose-headers': joined(given.ExposeHeaders),
  });
  return {
    origins: textsIn(given.AllowOrigins),
    others,
    preflight: {
      ...others,
      ...present({
        'allow-methods': joined(given.AllowMethods),
        'allow-headers': joined(given.AllowHeaders),
        'max-age': asNumber(maxAge)?.toString(),
      }),
    },
  };
}

/** The app’s REST API answers preflight requests by an `OPTIONS` method of each path, with the same headers. */
function restCors(properties: unknown): Cors | undefined {
  const [response] = Object.values(asObject(at(properties, 'Body', 'paths')) ?? {})
    .map((item) => at(item, 'options', 'x-amazon-apigateway-integration', 'responses', 'default'))
    .filter((each) => each !== undefined);
  const parameters = Object.entries(asObject(at(response, 'responseParameters')) ?? {});
  const headers = Object.fromEntries(
    parameters.map(([name, value]) => [
      (name.split('.').at(-1) ?? '').toLowerCase(),
      String(value).slice(1, -1),
    ]),
  );
  const { [`${PREFIX}allow-origin`]: first, ...preflight } = headers;
  const list = asText(at(response, 'responseTemplates', 'application/json')) ?? '';
  const origins = [...list.matchAll(/"([^"]+)"(?=[,\]])/g)].map(([, origin = '']) => origin);
  return first === undefined
    ? undefined
    : { origins: origins.length > 0 ? origins : [first], preflight };
}

function present(headers: Readonly<Record<string, string | undefined>>): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[PREFIX + name, value]],
    ),
  );
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function joined(value: unknown): string | undefined {
  const texts = textsIn(value);
  return texts.length === 0 ? undefined : texts.join(',');
}

import { CorsHttpMethod, CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';

type Options = CorsPreflightOptions;
type Headers = Record<string, string>;

const METHODS = 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT';
const NAMES: Readonly<Record<string, string>> = {
  origin: 'Access-Control-Allow-Origin',
  credentials: 'Access-Control-Allow-Credentials',
  headers: 'Access-Control-Allow-Headers',
  methods: 'Access-Control-Allow-Methods',
  exposed: 'Access-Control-Expose-Headers',
  maxAge: 'Access-Control-Max-Age',
};

/** The `OPTIONS` method of a path, which answers preflight requests without a function. */
export function preflightOperation(cors: Options): object {
  const headers = preflightHeaders(cors);
  const origins = cors.allowOrigins ?? [];
  return {
    responses: {
      '204': {
        description: 'preflight',
        headers: Object.fromEntries(
          Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }]),
        ),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: parameters('method.response.header', headers),
          ...(origins.length > 1
            ? { responseTemplates: { 'application/json': choose(origins) } }
            : {}),
        },
      },
    },
  };
}

/**
 * The headers of errors that API Gateway itself returns. These errors carry no data, so if several origins are allowed, the
 * header repeats the caller's origin.
 */
export function errorHeaders({ allowOrigins = [], allowCredentials }: Options): Headers {
  return {
    'gatewayresponse.header.Access-Control-Allow-Origin':
      allowOrigins.length > 1 ? 'method.request.header.Origin' : quoted(allowOrigins[0] ?? '*'),
    ...(allowCredentials === true
      ? { 'gatewayresponse.header.Access-Control-Allow-Credentials': quoted('true') }
      : {}),
  };
}

function preflightHeaders(cors: Options): Headers {
  const { allowOrigins = [], allowHeaders = [], allowMethods = [], exposeHeaders = [] } = cors;
  const methods = allowMethods.includes(CorsHttpMethod.ANY) ? [] : allowMethods;
  const values: Record<string, string | undefined> = {
    origin: allowOrigins[0] ?? '*',
    methods: methods.length === 0 ? METHODS : methods.join(','),
    headers: allowHeaders.length === 0 ? undefined : allowHeaders.join(','),
    exposed: exposeHeaders.length === 0 ? undefined : exposeHeaders.join(','),
    maxAge: cors.maxAge === undefined ? undefined : String(cors.maxAge.toSeconds()),
    credentials: cors.allowCredentials === true ? 'true' : undefined,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[NAMES[key] ?? key, value]],
    ),
  );
}

function parameters(prefix: string, headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`${prefix}.${name}`, quoted(value)]),
  );
}

/** A constant, in API Gateway's notation. */
function quoted(value: string): string {
  return `'${value}'`;
}

/** Returns the caller's origin if it is in the list, otherwise the first origin. */
function choose(origins: readonly string[]): string {
  const list = origins.map((origin) => `"${origin}"`).join(', ');
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if($origin == "")#set($origin = $input.params().header.get("origin"))#end',
    `#set($allowed = [${list}])`,
    '#if($allowed.contains($origin))#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end',
  ].join('\n');
}

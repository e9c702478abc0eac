import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { PropCheck } from '../../props/prop-check';
import type { RequestPart } from './request-part';
import type { RequestTenant } from './request-tenant';
import { ApiSchema, plainSchema, SCHEMAS, toApiSchema } from './json-schema';
import { API_KEY_SCHEME, IAM_SCHEME, RestAuthorizer } from './rest-authorizers';
import { gatewayResponses } from './gateway-responses';
import { preflightOperation } from './rest-cors';
import type { RestIntegration } from './rest-integration';
import type { RequestValidation, RestOptions } from './rest-options';

/** One method of a REST API. */
export interface RestMethod {
  readonly method: string;
  readonly path: string;
  readonly authorizer: RestAuthorizer;
  readonly scopes: readonly string[];
  readonly apiKey: boolean;
  readonly validation?: CheckedValidation;
  readonly tenant?: RequestTenant;
  /** The parts of the request that its target needs. */
  readonly parts?: readonly RequestPart[];
  /** Whether anyone may call although the user did not state that. */
  readonly undecided: boolean;
  readonly integration: RestIntegration;
  /** The responses by status that the method can return, for an integration that is not a proxy. */
  readonly responses?: Readonly<Record<string, { readonly description: string }>>;
  /** The role with which API Gateway calls the service. */
  readonly role?: iam.IRole;
}

/** A validation whose schema was converted. */
export interface CheckedValidation extends ApiSchema {
  readonly name: string;
  readonly hasBody: boolean;
  /** The schema of the body as the user gave it. */
  readonly plain?: Readonly<Record<string, unknown>>;
  readonly query: readonly string[];
  readonly headers: readonly string[];
}

export interface RestDefinition {
  readonly title: string;
  readonly methods: readonly RestMethod[];
  readonly securitySchemes: Readonly<Record<string, object>>;
  readonly cors?: apigateway.CorsPreflightOptions;
  readonly responses?: RestOptions['gatewayResponses'];
}

const JSON_TYPE = 'application/json';
export const VALIDATORS = {
  body: { validateRequestBody: true, validateRequestParameters: false },
  parameters: { validateRequestBody: false, validateRequestParameters: true },
  all: { validateRequestBody: true, validateRequestParameters: true },
};

/** Checks the requirements on a request, and names their schema after the route. */
export function checkValidation(
  { body, requiredQuery = [], requiredHeaders = [] }: RequestValidation,
  route: string,
  check: PropCheck,
): CheckedValidation {
  const name = route.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string = '') => next.toUpperCase());
  const given: unknown = body;
  const plain = given === undefined ? undefined : plainSchema(given, check);
  const converted =
    plain === undefined ? { schema: {}, others: {} } : toApiSchema(plain, name, check);
  return {
    ...converted,
    name,
    plain,
    hasBody: given !== undefined,
    query: requiredQuery,
    headers: requiredHeaders,
  };
}

/**
 * The definition of a REST API as API Gateway imports it: OpenAPI 3.0 with its extensions. All routes are one resource of the
 * template, and API Gateway applies changes to several of them together.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function restDefinition({
  title,
  methods,
  securitySchemes,
  cors,
  responses,
}: RestDefinition): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const method of methods) {
    const others = paths[method.path];
    paths[method.path] = { ...others, [operationName(method.method)]: operation(method) };
  }
  if (cors !== undefined) {
    for (const path of Object.values(paths)) {
      if (!('options' in path)) {
        path.options = preflightOperation(cors);
      }
    }
  }
  const validations = methods.flatMap(({ validation }) => validation ?? []);
  const keys = methods.some(({ apiKey }) => apiKey);
  return {
    openapi: '3.0.1',
    info: { title, version: '1' },
    paths,
    ...present('components', {
      ...present('schemas', schemasOf(validations)),
      ...present('securitySchemes', {
        ...securitySchemes,
        ...(keys ? { [API_KEY_SCHEME]: { type: 'apiKey', name: 'x-api-key', in: 'header' } } : {}),
      }),
    }),
    ...(methods.some((method) => validatorOf(method) !== undefined)
      ? { 'x-amazon-apigateway-request-validators': VALIDATORS }
      : {}),
    ...present('x-amazon-apigateway-gateway-responses', gatewayResponses(cors, responses)),
  };
}

function operationName(method: string): string {
  return method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
}

function operation(method: RestMethod): object {
  const { validation, integration, responses } = method;
  const { variables, query, headers } = parametersOf(method);
  const validator = validatorOf(method);
  const parameters = [
    ...variables.map((name) => parameter(name, 'path')),
    ...query.map((name) => parameter(name, 'query')),
    ...headers.map((name) => parameter(name, 'header')),
  ];
  return {
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(validation?.hasBody === true
      ? {
          requestBody: {
            required: true,
            content: { [JSON_TYPE]: { schema: { $ref: `${SCHEMAS}/${validation.name}` } } },
          },
        }
      : {}),
    ...securityOf(method),
    ...(validator === undefined ? {} : { 'x-amazon-apigateway-request-validator': validator }),
    responses: responses ?? {},
    'x-amazon-apigateway-integration': integration,
  };
}

/** The parameters that a method declares, all of which are required. */
export function parametersOf({
  path,
  validation,
  tenant,
  parts = [],
}: Pick<RestMethod, 'path' | 'validation' | 'tenant' | 'parts'>): RequestParameters {
  const named = (place: string): string[] =>
    parts.filter((part) => part.place === place).map(({ value }) => value);
  const headers = new Set([
    ...(validation?.headers ?? []),
    ...(tenant?.headerName === undefined ? [] : [tenant.headerName]),
    ...named('header'),
  ]);
  return {
    variables: [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name),
    query: [...new Set([...(validation?.query ?? []), ...named('query')])],
    headers: [...headers],
  };
}

export interface RequestParameters {
  readonly variables: string[];
  readonly query: string[];
  readonly headers: string[];
}

function parameter(name: string, where: string): object {
  return { name, in: where, required: true, schema: { type: 'string' } };
}

/**
 * What API Gateway checks before it calls the backend; absent: nothing. A parameter that is declared as required is not checked otherwise.
 */
export function validatorOf(method: RestMethod): keyof typeof VALIDATORS | undefined {
  const { query, headers } = parametersOf(method);
  const ofParameters = query.length + headers.length > 0;
  if (method.validation?.hasBody === true) {
    return ofParameters ? 'all' : 'body';
  }
  return ofParameters ? 'parameters' : undefined;
}

/** API Gateway treats each scheme in the list as an additional requirement. */
function securityOf({ authorizer, scopes, apiKey }: RestMethod): object {
  const security = [
    ...(authorizer.kind === 'iam' ? [{ [IAM_SCHEME]: [] }] : []),
    ...(authorizer.kind === 'cognito' ? [{ [authorizer.id]: [...scopes] }] : []),
    ...(authorizer.kind === 'function' ? [{ [authorizer.id]: [] }] : []),
    ...(apiKey ? [{ [API_KEY_SCHEME]: [] }] : []),
  ];
  return security.length === 0 ? {} : { security };
}

function schemasOf(validations: readonly CheckedValidation[]): Record<string, object> {
  return Object.fromEntries(
    validations.flatMap(({ name, schema, others, hasBody }) => [
      ...(hasBody ? [[name, schema] as const] : []),
      ...Object.entries(others),
    ]),
  );
}

function present(
  key: string,
  value: Readonly<Record<string, object>>,
): Readonly<Record<string, object>> {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

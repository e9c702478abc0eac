import SwaggerParser from '@apidevtools/swagger-parser';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Stack } from 'aws-cdk-lib';
import { RequestTarget, RouteAuthorizer, ServerlessApp } from 'cdk-serverless-app';
import { PartnerApiStack } from '../../examples/partner-api/stack';
import { openApiDocument } from '../../lib/openapi/openapi-document';
import { appModel, functionModel, http } from '../support/app-model';
import { fs, HANDLERS, path, quickCdkApp } from '../support/synth';

interface Operation {
  readonly operationId: string;
  readonly security: unknown;
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string }>;
  readonly requestBody?: unknown;
  readonly responses: Record<string, unknown>;
}

interface Document {
  readonly openapi: string;
  readonly servers?: unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: {
    readonly schemas?: Record<string, unknown>;
    readonly securitySchemes?: Record<string, Record<string, unknown>>;
  };
}

/** Synthesizes, and reads the document in the cloud assembly. */
function written(make: (stack: Stack) => ServerlessApp): Document {
  const cdk = quickCdkApp();
  const stack = new Stack(cdk, 'Test');
  make(stack);
  const { directory } = cdk.synth();
  return JSON.parse(
    fs.readFileSync(path.join(directory, 'Test.App.openapi.json'), 'utf8'),
  ) as Document;
}

/** The parser resolves references in its argument, so it gets a copy. */
async function errorsOf(document: object): Promise<string[]> {
  try {
    await SwaggerParser.validate(structuredClone(document) as never);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

const DEFINITION = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { item: { $ref: '#/$defs/Item' } },
  $defs: { Item: { type: 'object', properties: { next: { $ref: '#/$defs/Item' } } } },
};

function restApp(stack: Stack): ServerlessApp {
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, rest: { apiKeyRequired: true } });
  const pool = new cognito.UserPool(stack, 'Pool');
  app.onRequest('GET /orders/{id}', 'ok.ts', {
    authorizer: RouteAuthorizer.userPool('Login', pool),
    authorizationScopes: ['orders/read'],
    apiKeyRequired: false,
  });
  app.onRequest('PUT /orders/{id}', 'other.ts', {
    authorizer: RouteAuthorizer.iam(),
    validate: { body: DEFINITION, requiredQuery: ['version'], requiredHeaders: ['If-Match'] },
  });
  app.onRequests(['ANY /files/{path+}', 'GET /files/{path+}', '$default'], 'third.ts');
  app.forwardRequest('POST /orders', RequestTarget.queue(app.addQueue('Incoming')));
  return app;
}

describe('the document of a REST API', () => {
  let document: Document;

  beforeAll(() => {
    document = written(restApp);
  });

  test('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await errorsOf(document)).toEqual([]);
  });

  test('has every route but $default, and each method of ANY that has no route of its own', () => {
    expect(
      Object.entries(document.paths).map(([route, item]) => [route, Object.keys(item).sort()]),
    ).toEqual([
      ['/orders/{id}', ['get', 'put']],
      ['/files/{path}', ['delete', 'get', 'head', 'options', 'patch', 'post', 'put']],
      ['/orders', ['post']],
    ]);
  });

  test('says who may call', () => {
    const { '/orders/{id}': order, '/orders': orders } = document.paths;
    expect(order?.get?.security).toEqual([{ Login: ['orders/read'] }]);
    expect(order?.put?.security).toEqual([{ sigv4: [], apiKey: [] }]);
    expect(orders?.post?.security).toEqual([{ apiKey: [] }]);
    expect(document.components?.securitySchemes).toMatchObject({
      Login: { type: 'http', scheme: 'bearer' },
      sigv4: { type: 'apiKey', name: 'Authorization' },
      apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
    });
  });

  test('says what a request must have', () => {
    const { get, put } = document.paths['/orders/{id}'] ?? {};
    expect(get?.parameters).toMatchObject([{ name: 'id', in: 'path' }]);
    expect(put?.parameters).toMatchObject([
      { name: 'id', in: 'path' },
      { name: 'version', in: 'query' },
      { name: 'If-Match', in: 'header' },
    ]);
    expect(put?.requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/PutOrdersIdBody' } } },
    });
    expect(document.components?.schemas?.PutOrdersIdBody).toEqual({
      type: 'object',
      properties: { item: { $ref: '#/components/schemas/PutOrdersIdBody/$defs/Item' } },
      $defs: {
        Item: {
          type: 'object',
          properties: { next: { $ref: '#/components/schemas/PutOrdersIdBody/$defs/Item' } },
        },
      },
    });
  });

  test('says what API Gateway answers itself', () => {
    const { '/orders/{id}': order, '/orders': orders } = document.paths;
    expect(Object.keys(order?.put?.responses ?? {})).toEqual([
      '400',
      '401',
      '403',
      '2XX',
      'default',
    ]);
    expect(Object.keys(orders?.post?.responses ?? {})).toEqual(['202', '403', 'default']);
  });

  test('names each operation once', () => {
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, 2)).toEqual(['getOrdersId', 'putOrdersId']);
  });
});

test('the document of an HTTP API is valid too', async () => {
  const document = written((stack) => {
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });
    const jwt = new HttpJwtAuthorizer('Jwt', 'https://example.com', { jwtAudience: ['a'] });
    app.onRequest('GET /a/{id}', 'ok.ts', { authorizer: jwt, authorizationScopes: ['read'] });
    app.onRequest('POST /a/{key}', 'other.ts', { authorizer: new HttpIamAuthorizer() });
    return app;
  });
  expect(await errorsOf(document)).toEqual([]);
  expect(Object.keys(document.paths)).toEqual(['/a/{id}']);
  expect(document.paths['/a/{id}']?.post?.parameters).toMatchObject([{ name: 'id' }]);
  expect(document.components?.securitySchemes?.jwt).toMatchObject({ scheme: 'bearer' });
});

test('the document of examples/partner-api is valid', async () => {
  const cdk = quickCdkApp();
  new PartnerApiStack(cdk, 'PartnerApi');
  const file = path.join(cdk.synth().directory, 'PartnerApi.Partners.openapi.json');
  const document = JSON.parse(fs.readFileSync(file, 'utf8')) as Document;
  expect(await errorsOf(document)).toEqual([]);
  expect(Object.keys(document.paths)).toEqual(['/shipments/{id}', '/shipments']);
});

test('the validation that the tests use finds faults', async () => {
  expect(await errorsOf({ openapi: '3.1.0', info: { title: 'a' }, paths: {} })).not.toEqual([]);
});

test('there is no document of an app without an API', () => {
  expect(openApiDocument(appModel())).toBeUndefined();
});

test('the address is known only where the model knows it', () => {
  const api = { id: 'Api', path: 'Api', name: 'api', made: true };
  const functions = [
    functionModel('F', { triggers: [http('GET /', { method: 'GET', path: '/' })] }),
  ];
  const document = (url: unknown): object | undefined =>
    openApiDocument(appModel({ functions, http: { ...api, url: url as string } }));
  expect(document('https://api.example.com/v1/')).toMatchObject({
    servers: [{ url: 'https://api.example.com/v1' }],
  });
  expect(document({ 'Fn::Join': [] })).not.toHaveProperty('servers');
});

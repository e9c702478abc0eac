import { CorsHttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { ServerlessAppProps } from 'cdk-serverless-app';
import { quickApp, resources } from '../support/synth';

const CORS = { http: { cors: { allowOrigins: ['*'], allowMethods: [CorsHttpMethod.ANY] } } };

/** The authorization of each route. */
function routesOf(
  routes: readonly string[],
  props: ServerlessAppProps,
  authorizer: HttpIamAuthorizer | undefined = new HttpIamAuthorizer(),
): Record<string, unknown> {
  const { app, stack } = quickApp(props);
  routes.forEach((route, i) => app.onRequest(route, 'ok.ts', { id: `F${i}`, authorizer }));
  const found = Object.values(resources(stack, 'AWS::ApiGatewayV2::Route'));
  return Object.fromEntries(
    found.map(({ Properties: { RouteKey, AuthorizationType } = {} }) => [
      String(RouteKey),
      AuthorizationType,
    ]),
  );
}

test('a protected ANY route has an open OPTIONS route beside it, since a preflight has no credentials', () => {
  expect(routesOf(['ANY /a/{id}'], CORS)).toEqual({
    'ANY /a/{id}': 'AWS_IAM',
    'OPTIONS /a/{id}': 'NONE',
  });
});

test('a protected $default route has open OPTIONS routes for all paths', () => {
  expect(routesOf(['$default'], CORS)).toEqual({
    $default: 'AWS_IAM',
    'OPTIONS /': 'NONE',
    'OPTIONS /{proxy+}': 'NONE',
  });
});

test('a declared OPTIONS route is kept, whatever the names of its parameters', () => {
  expect(routesOf(['ANY /a/{id}', 'OPTIONS /a/{other}'], CORS)).toEqual({
    'ANY /a/{id}': 'AWS_IAM',
    'OPTIONS /a/{other}': 'AWS_IAM',
  });
});

test.each<[string, string, ServerlessAppProps]>([
  ['without CORS', 'ANY /a', {}],
  ['of one method', 'GET /a', CORS],
])('a protected route %s has none', (_, route, props) => {
  expect(Object.keys(routesOf([route], props))).toEqual([route]);
});

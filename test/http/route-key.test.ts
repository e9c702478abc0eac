import { Lazy } from 'aws-cdk-lib';
import { PropCheck } from '../../lib/props/prop-check';
import { routeShape } from '../../lib/model/route-shape';
import { parseRoute } from '../../lib/http/route-key';

const check = new PropCheck('Test/App', 'functions.Get');
const shapeOf = (route: string): string => routeShape(parseRoute(route, check).key);

test.each([
  ['GET /', 'GET', '/'],
  ['GET /orders/{id}', 'GET', '/orders/{id}'],
  ['POST /orders', 'POST', '/orders'],
  ['ANY /orders', 'ANY', '/orders'],
  ['GET /files/{proxy+}', 'GET', '/files/{proxy+}'],
  ['ANY /{proxy+}', 'ANY', '/{proxy+}'],
  ['DELETE /a/{b}/c/{d_1.x-y}', 'DELETE', '/a/{b}/c/{d_1.x-y}'],
  ['PATCH /~user/a.b_c-d', 'PATCH', '/~user/a.b_c-d'],
  ['PUT /%C3%BC', 'PUT', '/%C3%BC'],
  ['HEAD /x', 'HEAD', '/x'],
  ['GET /a/a/{a}', 'GET', '/a/a/{a}'],
  ['OPTIONS /x', 'OPTIONS', '/x'],
])('the route %s has the method %s and the path %s', (route, method, path) => {
  expect(parseRoute(route, check)).toEqual({ key: route, method, path });
});

test('$default is any method without a path', () => {
  expect(parseRoute('$default', check)).toEqual({ key: '$default', method: 'ANY' });
});

test('a list of routes is an error that names the method for it', () => {
  expect(() => parseRoute(['GET /a', 'POST /a'] as never, check)).toThrow(
    'must be one route, got a list: use `onRequests([…], entry)`',
  );
});

test.each([
  ['', 'must be a method, one space and a path, or `$default`, got ""'],
  ['GET', 'must be a method, one space and a path, or `$default`, got "GET"'],
  ['/orders', 'must be a method, one space and a path'],
  ['GET  /orders', 'must be a method, one space and a path'],
  ['GET /a b', 'must be a method, one space and a path'],
  [' GET /a', 'must be a method, one space and a path'],
  [
    'FETCH /a',
    'must begin with one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, got "FETCH"',
  ],
  [
    'get /a',
    'must begin with one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, got "get": did you mean `GET /a`?',
  ],
  ['* /a', 'must begin with one of'],
  ['$default /a', 'must begin with one of'],
  ['GET orders', 'must have a path that starts with `/`, got "orders": write `/orders`'],
  ['GET /orders/', 'must have no empty part in its path and no trailing `/`, got "/orders/"'],
  ['GET //orders', 'must have no empty part in its path'],
  ['GET /a?b=c', 'must have parts that are plain text or one `{parameter}`, got "a?b=c"'],
  ['GET /a#b', 'must have parts that are plain text'],
  ['GET /{}', 'must have parts that are plain text or one `{parameter}`, got "{}"'],
  ['GET /{a b}', 'must be a method, one space and a path'],
  ['GET /{a', 'must have parts that are plain text'],
  ['GET /x{a}', 'must have parts that are plain text or one `{parameter}`, got "x{a}"'],
  ['GET /{a}{b}', 'must have parts that are plain text'],
  ['GET /{proxy+}/a', 'must have a greedy parameter only at the end of its path'],
  ['GET /{a}/{a}', 'must not repeat a parameter name, got "/{a}/{a}": rename one `{a}`'],
  ['GET /{a}/{a+}', 'must not repeat a parameter name'],
])('fails for the route %j', (route, message) => {
  expect(() => parseRoute(route, check)).toThrow(`Test/App: \`functions.Get.route\` ${message}`);
});

test.each([
  ['GET /hello/:name', '/hello/{name}'],
  ['GET /a/:b/c/:d', '/a/{b}/c/:d'],
  ['GET /a/:b?', '/a/{b}'],
  ['GET /a/[b]', '/a/{b}'],
  ['GET /a/[...b]', '/a/{b+}'],
  ['GET /a/<b>', '/a/{b}'],
  ['GET /a/*', '/a/{proxy+}'],
  ['GET /*', '/{proxy+}'],
  ['GET /a/*/b', '/a/{parameter}/b'],
  ['GET /a/:rest*', '/a/{rest+}'],
])('fails for the route %s, which other frameworks write for %s', (route, meant) => {
  const [, path = ''] = route.split(' ');

  expect(() => parseRoute(route, check)).toThrow(
    `\`functions.Get.route\` must write a parameter in braces, as API Gateway does, got "${path}": did you mean \`${meant}\`?`,
  );
});

test.each(['GET /orders/a:cancel', 'GET /a.b/c', "GET /o'hara/(1)"])(
  'the route %s is plain text that resembles a parameter',
  (route) => {
    expect(() => parseRoute(route, check)).not.toThrow();
  },
);

test.each([undefined, null, 5])('fails for %p, which is no route', (route) => {
  expect(() => parseRoute(route as unknown as string, check)).toThrow(
    /^Test\/App: `functions\.Get\.route` must be text, got .+: write, for example, `GET \/orders\/\{id\}`$/,
  );
});

test('fails for a route that is a token, since it cannot be checked', () => {
  const route = Lazy.string({ produce: () => 'GET /' });

  expect(() => parseRoute(route, check)).toThrow(
    '`functions.Get.route` must be known at synthesis, because its permission and its id depend on it, got a token',
  );
});

test.each([
  ['GET /orders/{id}', 'GET /orders/{key}'],
  ['GET /{proxy+}', 'GET /{rest+}'],
])('%s and %s have the same shape', (one, other) => {
  expect(shapeOf(one)).toBe(shapeOf(other));
});

test.each([
  ['GET /orders', 'POST /orders'],
  ['GET /orders/{id}', 'GET /orders/{id+}'],
  ['GET /orders', 'GET /Orders'],
  ['ANY /{proxy+}', '$default'],
])('%s and %s have different shapes', (one, other) => {
  expect(shapeOf(one)).not.toBe(shapeOf(other));
});

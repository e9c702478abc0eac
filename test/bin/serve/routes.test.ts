import { parseEnvFile } from '../../../bin/serve/env-file';
import { matchRoute } from '../../../bin/serve/routes';

const ROUTES = [
  '$default',
  'GET /orders',
  'GET /orders/{id}',
  'GET /orders/new',
  'ANY /orders/{id}',
  'GET /files/{path+}',
  'ANY /{proxy+}',
].map((key) => ({ key }));

test.each([
  ['GET', '/orders', 'GET /orders', {}],
  ['GET', '/orders/7', 'GET /orders/{id}', { id: '7' }],
  ['GET', '/orders/new', 'GET /orders/new', {}],
  ['POST', '/orders/7', 'ANY /orders/{id}', { id: '7' }],
  ['GET', '/orders/a%20b', 'GET /orders/{id}', { id: 'a b' }],
  ['GET', '/files/a/b%2Fc', 'GET /files/{path+}', { path: 'a/b/c' }],
  ['POST', '/files/a', 'ANY /{proxy+}', { proxy: 'files/a' }],
  ['POST', '/orders', 'ANY /{proxy+}', { proxy: 'orders' }],
  ['GET', '/', '$default', {}],
])('%s %s is for %s', (method, path, key, parameters) => {
  expect(matchRoute(ROUTES, method, path)).toEqual({ route: { key }, parameters });
});

test('an HTTP API prefers a whole match to a greedy one, and a REST API the fixed part', () => {
  const routes = [{ key: 'GET /files/{rest+}' }, { key: 'GET /{a}/{b}' }];
  const chosen = (greedyLast: boolean): string | undefined =>
    matchRoute(routes, 'GET', '/files/x', { greedyLast })?.route.key;

  expect([chosen(true), chosen(false)]).toEqual(['GET /{a}/{b}', 'GET /files/{rest+}']);
});

test.each([
  ['POST', '/orders'],
  ['GET', '/orders/'],
  ['GET', '/orders/1/2'],
  ['GET', '/'],
])('%s %s is for none of a few', (method, path) => {
  const few = [{ key: 'GET /orders' }, { key: 'GET /orders/{id}' }];

  expect(matchRoute(few, method, path)).toBeUndefined();
});

test('an env file has plain and quoted values, comments and `export`', () => {
  const text = `# comment
A=1
export B = two words # more
C="x # y\\nz"
D='$A "q"'
E=
F=https://a.example/?b=c
 not a line
`;

  expect(parseEnvFile(text)).toEqual({
    A: '1',
    B: 'two words',
    C: 'x # y\nz',
    D: '$A "q"',
    E: '',
    F: 'https://a.example/?b=c',
  });
});

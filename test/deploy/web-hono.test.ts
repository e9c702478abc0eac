import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { HttpAnswer, HttpRequest, request } from './support/drive';

jest.setTimeout(TEST_TIMEOUT_MS);

describeDeployed(
  'examples/web-hono',
  { folder: 'examples/web-hono', stackName: 'WebHono', context: { stage: 'development' } },
  (app) => {
    const send = (path: string, options: HttpRequest = {}, output = 'Url'): Promise<HttpAnswer> => {
      const { target, stack } = app();
      return request(target, stack.output(output) + path, options);
    };
    const json = { 'content-type': 'application/json' };

    test('a Hono app keeps notes', async () => {
      const body = JSON.stringify({ id: 'a b', text: 'zażółć' });
      const made = await send('notes', { method: 'POST', headers: json, body });
      const read = await send('notes/a%20b');
      const removed = await send('notes/a%20b', { method: 'DELETE' });
      const gone = await send('notes/a%20b');

      expect([made.status, made.headers.location]).toEqual([201, '/notes/a%20b']);
      expect([read.status, JSON.parse(read.body)]).toEqual([200, { id: 'a b', text: 'zażółć' }]);
      expect([removed.status, removed.body, gone.status]).toEqual([204, '', 404]);
    });

    test('it redirects, and refuses what is no note', async () => {
      const { status, headers } = await send('notes');
      const refused = await send('notes', { method: 'POST', headers: json, body: '{}' });

      expect([status, headers.location, refused.status]).toEqual([307, '/notes/first', 400]);
    });

    test.each([
      ['a route with payload 1.0', 'Url', 'echo/x', '/echo/x', 'hello'],
      ['a function URL', 'EchoUrl', 'x', '/x', 'hello from my own URL'],
    ])('a module with `fetch` answers %s', async (_what, output, path, seen, greeting) => {
      const { status, headers, body } = await send(
        `${path}?a=1&a=2&b=%26`,
        { method: 'POST', headers: { cookie: 'c=1; d=2' }, body: 'text' },
        output,
      );

      expect(status).toBe(200);
      expect(headers['set-cookie']).toEqual(['first=1; Path=/', 'second=2; HttpOnly']);
      expect(JSON.parse(body)).toEqual({
        greeting,
        method: 'POST',
        path: seen,
        query: [
          ['a', '1'],
          ['a', '2'],
          ['b', '&'],
        ],
        cookie: 'c=1; d=2',
        body: 'text',
      });
    });

    test('the client sees that a module failed', async () => {
      expect((await send('echo/fail')).status).toBeGreaterThanOrEqual(500);
    });
  },
);

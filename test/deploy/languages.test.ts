import * as path from 'node:path';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { request } from './support/drive';

jest.setTimeout(TEST_TIMEOUT_MS);

const folder = path.join(__dirname, 'fixtures', 'languages');

describeDeployed('functions in Python and Go', { folder, stackName: 'Languages' }, (app) => {
  const get = async (route: string): Promise<unknown> => {
    const { target, stack } = app();
    const { status, body } = await request(target, new URL(route, stack.output('Url')).href);
    return { status, body: JSON.parse(body) as unknown };
  };

  describe.each(IAM_MODES)('%s', (mode) => {
    beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

    test('a Python function runs with its packages, the modules it imports, and its variables', async () => {
      expect(await get(`/hosts/${encodeURIComponent('bücher.example')}`)).toEqual({
        status: 200,
        body: { name: 'xn--bcher-kva.example', table: app().stack.output('WordsTable') },
      });
    });

    test('a Go function runs with its packages and its variables', async () => {
      expect(await get(`/count/${encodeURIComponent('Bücher')}`)).toEqual({
        status: 200,
        body: { letters: 6, table: app().stack.output('WordsTable') },
      });
    });
  });
});

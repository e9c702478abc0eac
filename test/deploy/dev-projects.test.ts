import * as fs from 'node:fs';
import * as path from 'node:path';
import { packPackage, pnpmProject, unpackInto } from './support/packed';
import { REPOSITORY, workFolder } from './support/folders';
import { DevProject } from './support/running-dev';
import { obstacle, ownsEmulator } from './support/target';

const FIXTURE = path.join(__dirname, 'fixtures', 'dev-module');
const TIMEOUT_MS = 300_000;
const isBuilt = fs.existsSync(path.join(REPOSITORY, 'dist', 'index.js'));
const canRun =
  ownsEmulator() && ((isBuilt && obstacle() === undefined) || process.env.CI !== undefined);

/** A project in ES modules, with the package as npm would publish it. */
const PROJECTS: ReadonlyArray<readonly [string, (tarball: string) => Promise<string>]> = [
  [
    'in ES modules',
    (tarball) => {
      const folder = fs.realpathSync(workFolder('module'));
      fs.cpSync(FIXTURE, folder, { recursive: true });
      unpackInto(folder, tarball);
      return Promise.resolve(folder);
    },
  ],
  ['in ES modules, installed by pnpm', (tarball) => pnpmProject(FIXTURE, tarball)],
];

(canRun ? describe : describe.skip)('the packed command, in a project', () => {
  jest.setTimeout(TIMEOUT_MS);
  let tarball: string;
  beforeAll(() => {
    tarball = packPackage();
  });

  describe.each(PROJECTS)('%s', (_what, create) => {
    let dev: DevProject;
    beforeAll(async () => {
      dev = DevProject.installedIn(await create(tarball));
      await dev.start();
    });
    afterAll(async () => {
      await dev.close();
    });

    test('a handler, a source that handlers share and the infrastructure are edited', async () => {
      expect(JSON.parse((await dev.get('/hello')).body)).toEqual({
        version: 'version-1',
        greeting: 'hello',
      });
      dev.edit('src/version.ts', (text) => text.replace('version-1', 'version-2'));
      await dev.answers('/hello', 'version-2');
      const from = dev.output.length;
      dev.edit('greeting.ts', (text) => text.replace('hello', 'good morning'));
      await dev.answers('/hello', 'good morning');
      await dev.says(/deploying[\s\S]*ready after/, from); // The function is changed before the deployment is complete.
    });

    test('a module with `fetch` gets the request, and Lambda’s context', async () => {
      const answer = await fetch(`${dev.running.url}/web/a%20b?q=1&q=2`, {
        method: 'POST',
        body: 'zażółć',
      });

      expect([answer.status, answer.headers.getSetCookie()]).toEqual([201, ['a=1', 'b=2']]);
      expect(await answer.json()).toMatchObject({
        method: 'POST',
        pathname: '/web/a%20b',
        q: ['1', '2'],
        body: 'zażółć',
        functionName: expect.stringContaining('Web'),
      });
    });

    test('a second start with nothing changed answers before it synthesizes; with a change, after it', async () => {
      await dev.stop();
      await dev.start();
      await dev.says(/ready after[\s\S]*checking that a synthesis gives the same/);
      await dev.answers('/hello', 'good morning');
      await dev.stop();
      dev.edit('greeting.ts', (text) => text.replace('good morning', 'good evening'));
      await dev.start();

      expect(dev.output).toMatch(/synthesizing[\s\S]*deploying[\s\S]*ready after/);
      expect((await dev.get('/hello')).body).toContain('good evening');
    });
  });
});

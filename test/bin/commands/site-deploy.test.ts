import * as path from 'node:path';
import { siteDeploy } from '../../../bin/commands/site-deploy';
import type { RemoteFile, SiteFile } from '../../../bin/site/site-store';
import { UserError } from '../../../bin/user-error';
import type { AppModel, SiteModel } from '../../../lib/model/app-model';
import { tempFolder } from '../../support/synth';
import { cliSchema, Ran, runCommand } from '../support/fake-world';
import { deployedModel } from '../support/models';

const SITE: SiteModel = {
  id: 'Site',
  path: 'Shop/Orders/Site',
  name: 'shop-site',
  made: true,
  folder: 'web/dist',
  files: 'asset.1',
  distribution: 'E123',
  url: 'https://www.example.com/',
  bytes: 10,
};

/** The bucket and the cache of a site, which remember what was done. */
class World {
  readonly done: string[] = [];
  failsOn?: string;

  constructor(readonly remote: RemoteFile[] = []) {}

  run(
    folder: string,
    options: Readonly<Record<string, string | boolean>> = {},
    model: AppModel = deployedModel([], { sites: [SITE] }),
    args: string[] = [],
  ): Promise<Ran> {
    const cloud = {
      siteBucket: (name: string) =>
        Promise.resolve({
          list: () => Promise.resolve(this.remote),
          put: ({ key }: SiteFile) => {
            this.done.push(`put ${name}/${key}`);
            return key === this.failsOn ? Promise.reject(new Error('no')) : Promise.resolve();
          },
          remove: (keys: readonly string[]) => {
            this.done.push(`remove ${keys.join(' ')}`);
            return Promise.resolve();
          },
        }),
      siteCache: (id: string) =>
        Promise.resolve({
          invalidate: (paths: readonly string[]) => {
            this.done.push(`invalidate ${id} ${paths.join(' ')}`);
            return Promise.resolve();
          },
        }),
    };
    return runCommand(siteDeploy, model, cloud, { args, options: { folder, ...options } });
  }
}

const folder = (): string =>
  tempFolder({ 'index.html': 'x', 'main-BX3k9aZ1.js': '1', '.DS_Store': '' });

test('uploads, deletes, then invalidates; the JSON is as its schema says', async () => {
  const world = new World([
    { key: 'index.html', md5: 'old' },
    { key: 'gone.txt', md5: 'old' },
  ]);

  const { code, out, said } = await world.run(folder(), { json: true });

  expect(world.done).toEqual([
    'put shop-site/main-BX3k9aZ1.js',
    'put shop-site/index.html',
    'remove gone.txt',
    'invalidate E123 /index.html /gone.txt',
  ]);
  const validate = cliSchema('site-deploy');
  expect([validate(JSON.parse(out)), validate.errors]).toEqual([true, null]);
  expect([code, said]).toEqual([
    0,
    ['Shop/Orders/Site: 2 files uploaded, 1 deleted, 2 paths invalidated'],
  ]);
});

test('a failed upload still invalidates: the next run would find the uploaded files unchanged', async () => {
  const world = new World([{ key: 'index.html', md5: 'old' }]);
  world.failsOn = 'index.html';

  await expect(world.run(folder())).rejects.toThrow('no');

  expect(world.done.at(-1)).toBe('invalidate E123 /index.html');
});

test('--dry-run does nothing', async () => {
  const world = new World();

  const { out } = await world.run(folder(), { dryRun: true });

  expect(world.done).toEqual([]);
  expect(out).toBe('upload      main-BX3k9aZ1.js (1 byte)\nupload      index.html (1 byte)\n');
});

test('without --folder it uploads the copy in the cloud assembly, beside the model', async () => {
  const run = runCommand(siteDeploy, deployedModel([], { sites: [SITE] }), {});

  await expect(run).rejects.toThrow(/^there is no folder .*asset\.1$/);
});

const TWO: AppModel = deployedModel([], { sites: [SITE, { ...SITE, id: 'Docs' }] });
const BY_HELPER: AppModel = deployedModel([], { sites: [{ ...SITE, files: undefined }] });
const NOT_DEPLOYED: AppModel = deployedModel([], {
  sites: [{ ...SITE, name: { Ref: 'Nowhere' } as unknown as string }],
});

test.each<[string, AppModel, string[], string]>([
  ['an app without a site', deployedModel([]), [], 'the app has no site'],
  ['an unknown site', TWO, ['Dcs'], 'there is no site `Dcs`'],
  ['a folder for two sites', TWO, [], '`--folder` is for one site, but there are 2'],
  ['a site that a helper uploads', BY_HELPER, [], '`npx cdk deploy` uploads the site Site'],
  ['a site that is not deployed', NOT_DEPLOYED, [], 'the site Shop/Orders/Site is not deployed'],
])('refuses %s', async (_, model, args, message) => {
  const run = new World().run(folder(), {}, model, args);

  await expect(run).rejects.toThrow(new UserError(message, ''));
});

test.each([
  [
    'a folder that does not exist',
    (): string => path.join(folder(), 'nowhere'),
    /there is no folder/,
  ],
  ['a folder without a page', (): string => tempFolder({ 'a.js': '1' }), /has no index\.html/],
  ['a file of secrets', (): string => tempFolder({ 'index.html': '', '.env': 'A=1' }), /\.env/],
])('refuses %s before anything is changed', async (_, make, message) => {
  const world = new World();

  await expect(world.run(make())).rejects.toThrow(message);

  expect(world.done).toEqual([]);
});

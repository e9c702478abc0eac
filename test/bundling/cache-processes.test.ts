import { spawn } from 'node:child_process';
import { fs, path, tempFolder } from '../support/synth';

const REPOSITORY = path.resolve(__dirname, '../..');
const ENTRIES = 12;

/** Large enough to stand in files of the cache of its own, and to take a while. */
const MODULE = Array.from(
  { length: 2000 },
  (_, i) => `export const v${i} = '${'x'.repeat(20)}${i}';`,
);

function project(): string {
  const entries = Array.from({ length: ENTRIES }, (_, i): [string, string] => [
    `f${i}.ts`,
    `import * as all from './module'; import { one${i % 3} } from 'one';
    export const handler = async () => [Object.keys(all).length, one${i % 3}, ${i}];`,
  ]);
  return tempFolder({
    'package.json': '{}',
    'module.ts': MODULE.join('\n'),
    'node_modules/one/package.json': '{ "name": "one", "type": "module", "main": "index.js" }',
    'node_modules/one/index.js': `export const one0 = 0, one1 = 1, one2 = 2; ${MODULE.join('\n')}`,
    ...Object.fromEntries(entries),
  });
}

/** Bundles all entries in a process of its own, which says the hashes of the assets; killed after some time if so asked. */
function bundleElsewhere(root: string, cache: string, killedAfterMs?: number): Promise<string> {
  const bundling = path.join(REPOSITORY, 'lib', 'bundling');
  const script = path.join(tempFolder(), 'bundle.ts');
  fs.writeFileSync(
    script,
    `import { hashOfFiles } from '${bundling}/asset-files';
    import { bundleAll } from '${bundling}/bundler';
    const requests = Array.from({ length: ${ENTRIES} }, (_, i) => ({
      owner: 'F' + i, root: '${root}', entry: '${root}/f' + i + '.ts', handler: 'handler', nodeVersion: '24', options: {},
    }));
    process.stderr.write('begins');
    const made = bundleAll(requests);
    for (const files of made.values()) for (const { content } of files.values()) content();
    process.stdout.write(requests.map((request) => hashOfFiles(made.get(request))).join());`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: REPOSITORY,
    env: { ...process.env, SERVERLESS_APP_CACHE: cache },
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    if (killedAfterMs !== undefined && data.toString().includes('begins')) {
      setTimeout(() => child.kill('SIGKILL'), killedAfterMs);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => {
      resolve(said);
    });
  });
}

test('several syntheses at once over one cache, some of them killed, each give the same', async () => {
  // GIVEN
  const root = project();
  const cache = tempFolder();
  const anew = await bundleElsewhere(root, 'off');
  expect(anew.split(',')).toHaveLength(ENTRIES);

  // WHEN
  const killed = [20, 60, 100, 150].map((ms) => bundleElsewhere(root, cache, ms));
  const [first, second] = await Promise.all([
    bundleElsewhere(root, cache),
    bundleElsewhere(root, cache),
    ...killed,
  ]);

  // THEN
  expect([first, second]).toEqual([anew, anew]);
  expect(await bundleElsewhere(root, cache)).toBe(anew);
}, 120_000);

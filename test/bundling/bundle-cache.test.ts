import { bundleAll } from '../../lib/bundling/bundler';
import * as service from '../../lib/bundling/esbuild-service';
import { CacheStore, hashOf } from '../../lib/bundling/cache-store';
import { BundlingOptions } from 'cdk-serverless-app';
import { fs, path, tempFolder } from '../support/synth';

jest.mock('../../lib/bundling/esbuild-service', () => {
  const actual = jest.requireActual<typeof service>('../../lib/bundling/esbuild-service');
  return { ...actual, runBuilds: jest.fn(actual.runBuilds) };
});

const DAY_MS = 86_400_000;
const FILES = {
  'package.json': '{}',
  'a.ts': `import { one } from 'one'; import { shared } from './shared'; export const handler = async () => [one, shared];`,
  'b.ts': `import { one } from 'one'; export const handler = async () => [one, 'b'];`,
  'shared.ts': `export const shared = 'first';`,
  'node_modules/one/package.json':
    '{"name":"one","version":"1.0.0","type":"module","main":"index.js"}',
  'node_modules/one/index.js': `export const one = 'one';`,
};

let cache: string;
const started = jest.mocked(service.runBuilds);

beforeEach(() => {
  cache = tempFolder({});
  process.env.SERVERLESS_APP_CACHE = cache;
  started.mockClear();
});

afterAll(() => {
  process.env.SERVERLESS_APP_CACHE = 'off';
});

interface Bundled {
  /** How many times esbuild was started. */
  readonly starts: number;
  readonly code: Record<string, string>;
}

/** Bundles entries of a folder, as one synthesis does. */
function bundle(
  root: string,
  entries: readonly string[] = ['a.ts', 'b.ts'],
  options: BundlingOptions = {},
): Bundled {
  settle();
  started.mockClear();
  const requests = entries.map((entry) => ({
    owner: entry,
    entry: path.join(root, entry),
    handler: 'handler',
    root,
    nodeVersion: '24',
    options,
  }));
  const made = bundleAll(requests);
  const text = (request: (typeof requests)[number]): string =>
    [...(made.get(request) ?? [])]
      .map(([name, file]) => `${name}: ${new TextDecoder().decode(file.content())}`)
      .join('\n');
  const code = Object.fromEntries(requests.map((request) => [request.owner, text(request)]));
  return { starts: started.mock.calls.length, code };
}

/** Waits until what was written just now is older than a tick of the file system's clock: only then it is kept. */
function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
}

/** The files of the cache, records or contents. */
function cached(part: 'records' | 'contents'): string[] {
  const folder = path.join(cache, 'v7', part);
  return fs.readdirSync(folder).map((name) => path.join(folder, name));
}

describe('an unchanged app', () => {
  test('starts no esbuild', () => {
    const root = tempFolder(FILES);
    const first = bundle(root);

    const second = bundle(root);

    expect([first.starts, second.starts]).toEqual([3, 0]);
    expect(second.code).toEqual(first.code);
  });

  test('in another folder starts it once, for its own sources', () => {
    const first = bundle(tempFolder(FILES));

    const second = bundle(tempFolder(FILES));

    expect(second).toEqual({ starts: 1, code: first.code });
  });
});

/** Writes files into a folder, as a user or a package manager does between two syntheses. */
function change(root: string, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

const PACKAGE = '{"name":"one","version":"1.0.0","type":"module","main":"index.js"}';

describe('the user’s own sources are never stale', () => {
  const USES_SHARED = `import { shared } from './shared'; export const handler = async () => shared;`;
  const USES_ALIAS = `import { shared } from '@own/shared'; export const handler = async () => shared;`;
  const paths = (folder: string): string =>
    `{"compilerOptions":{"paths":{"@own/*":["./${folder}/*"]}}}`;
  const BOTH = {
    'package.json': '{}',
    'a.ts': USES_ALIAS,
    'first/shared.ts': `export const shared = 'old';`,
    'second/shared.ts': `export const shared = 'new';`,
  };

  test.each<[string, Record<string, string>, Record<string, string>, BundlingOptions?]>([
    [
      'a source',
      { 'a.ts': `export const handler = async () => 'old';` },
      { 'a.ts': `export const handler = async () => 'new';` },
    ],
    [
      'a file that an entry imports',
      { 'a.ts': USES_SHARED, 'shared.ts': `export const shared = 'old';` },
      { 'shared.ts': `export const shared = 'new';` },
    ],
    [
      'a file where a folder was meant',
      { 'a.ts': USES_SHARED, 'shared/index.ts': `export const shared = 'old';` },
      { 'shared.ts': `export const shared = 'new';` },
    ],
    [
      'a file with an extension that goes before',
      { 'a.ts': USES_SHARED, 'shared.js': `export const shared = 'old';` },
      { 'shared.ts': `export const shared = 'new';` },
    ],
    [
      'the tsconfig.json',
      { ...BOTH, 'tsconfig.json': paths('first') },
      { 'tsconfig.json': paths('second') },
    ],
    [
      'what tsconfig.json extends',
      { ...BOTH, 'tsconfig.json': '{ "extends": "./base" }', 'base.json': paths('first') },
      { 'base.json': paths('second') },
    ],
    [
      'a package that tsconfig.json extends',
      {
        ...BOTH,
        'tsconfig.json': '{ "extends": "base" }',
        'node_modules/base/package.json': '{}',
        'node_modules/base/tsconfig.json': paths('../../first'),
      },
      { 'node_modules/base/tsconfig.json': paths('../../second') },
    ],
    [
      'the tsconfig of the options',
      { ...BOTH, 'build/my.json': paths('../first') },
      { 'build/my.json': paths('../second') },
      { tsconfig: 'build/my.json' },
    ],
    [
      'what the tsconfig of the options extends',
      {
        ...BOTH,
        'build/my.json': '{ "extends": "./base.json" }',
        'build/base.json': paths('../first'),
      },
      { 'build/base.json': paths('../second') },
      { tsconfig: 'build/my.json' },
    ],
    [
      'a source bundled whole',
      { 'a.ts': USES_SHARED, 'shared/index.ts': `export const shared = 'old';` },
      { 'shared.ts': `export const shared = 'new';` },
      { sourceMap: true },
    ],
  ])('after a change of %s', (_, before, after, options = {}) => {
    const root = tempFolder(before);
    bundle(root, ['a.ts'], options);
    const unchanged = bundle(root, ['a.ts'], options);
    expect([unchanged.starts, unchanged.code['a.ts']]).toEqual([0, expect.stringContaining('old')]);
    change(root, after);

    expect(bundle(root, ['a.ts'], options).code['a.ts']).toContain('new');
  });
});

describe('packages are never stale', () => {
  const ENTRY = `import { one } from 'one'; export const handler = async () => one;`;
  const OLD = `export const one = 'old';`;
  const NEW = `export const one = 'new';`;
  const OLD_ENTRY = `export const handler = async () => 'old';`;
  const NEW_ENTRY = `export const handler = async () => 'new';`;
  const FROM_TWO = `export { one } from 'two';`;
  const BASE = {
    'package.json': '{}',
    'src/a.ts': ENTRY,
    'node_modules/one/package.json': PACKAGE,
  };

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['a package', { 'node_modules/one/index.js': OLD }, { 'node_modules/one/index.js': NEW }],
    [
      'a file of which nothing is left in the bundle',
      {
        'node_modules/one/package.json': PACKAGE.replace('}', ',"sideEffects":false}'),
        'node_modules/one/index.js': `export { one } from './old.js';`,
        'node_modules/one/old.js': OLD,
        'node_modules/one/new.js': NEW,
      },
      { 'node_modules/one/index.js': `export { one } from './new.js';` },
    ],
    [
      'the package.json',
      { 'node_modules/one/index.js': OLD, 'node_modules/one/new.js': NEW },
      { 'node_modules/one/package.json': PACKAGE.replace('index', 'new') },
    ],
    [
      'a nearer folder of packages',
      { 'node_modules/one/index.js': OLD },
      { 'src/node_modules/one/package.json': PACKAGE, 'src/node_modules/one/index.js': NEW },
    ],
    [
      'a nearer package beside another one',
      { 'node_modules/one/index.js': OLD, 'src/node_modules/two/package.json': PACKAGE },
      { 'src/node_modules/one/package.json': PACKAGE, 'src/node_modules/one/index.js': NEW },
    ],
    [
      'a nearer package without package.json',
      { 'node_modules/one/index.js': OLD, 'src/node_modules/two/package.json': PACKAGE },
      { 'src/node_modules/one.js': NEW },
    ],
    [
      'a nearer package of a package',
      {
        'node_modules/one/index.js': FROM_TWO,
        'node_modules/two/package.json': PACKAGE,
        'node_modules/two/index.js': OLD,
      },
      {
        'node_modules/one/node_modules/two/package.json': PACKAGE,
        'node_modules/one/node_modules/two/index.js': NEW,
      },
    ],
    [
      'a package of a package that is found at last',
      {
        'node_modules/one/package.json': PACKAGE.replace('"module"', '"commonjs"'),
        'node_modules/one/index.js': `let one = 'old'; try { one = require('two').one; } catch {} exports.one = one;`,
      },
      {
        'node_modules/two/package.json': '{}',
        'node_modules/two/index.js': `exports.one = 'new';`,
      },
    ],
    [
      'a file of a package that goes before a folder',
      {
        'node_modules/one/index.js': `export { one } from './util';`,
        'node_modules/one/util/index.js': OLD,
      },
      { 'node_modules/one/util.js': NEW },
    ],
    [
      'a main file that goes before a folder',
      {
        'node_modules/one/package.json': PACKAGE.replace('index.js', 'lib'),
        'node_modules/one/lib/index.js': OLD,
      },
      { 'node_modules/one/lib.js': NEW },
    ],
    [
      'a package.json in a folder of a package',
      {
        'node_modules/one/index.js': `export { one } from './util';`,
        'node_modules/one/util/index.js': OLD,
        'node_modules/one/util/new.js': NEW,
      },
      { 'node_modules/one/util/package.json': '{"main":"new.js"}' },
    ],
  ])('after a change of %s', (_, before, after) => {
    const root = tempFolder({ ...BASE, ...before });
    bundle(root, ['src/a.ts']);
    const unchanged = bundle(root, ['src/a.ts']);
    change(root, after);

    const { code } = bundle(root, ['src/a.ts']);

    expect([unchanged.starts, unchanged.code['src/a.ts']]).toEqual([
      0,
      expect.stringContaining('old'),
    ]);
    expect(code['src/a.ts']).toContain('new');
  });

  test('after a link to another version', () => {
    // GIVEN
    const store = (version: string): string => `node_modules/.pnpm/one@${version}/node_modules/one`;
    const root = tempFolder({
      'package.json': '{}',
      'src/a.ts': ENTRY,
      [`${store('1')}/package.json`]: PACKAGE,
      [`${store('1')}/index.js`]: OLD,
      [`${store('2')}/package.json`]: PACKAGE,
      [`${store('2')}/index.js`]: NEW,
    });
    const link = path.join(root, 'node_modules', 'one');
    fs.symlinkSync(path.join(root, store('1')), link, 'junction');
    bundle(root, ['src/a.ts']);
    expect(bundle(root, ['src/a.ts']).starts).toBe(0);

    // WHEN
    fs.rmSync(link);
    fs.symlinkSync(path.join(root, store('2')), link, 'junction');

    // THEN
    expect(bundle(root, ['src/a.ts']).code['src/a.ts']).toContain('new');
  });

  test('of a linked workspace', () => {
    // GIVEN
    const root = tempFolder({
      'package.json': '{}',
      'src/a.ts': ENTRY,
      'packages/one/package.json': PACKAGE.replace('.js', '.ts'),
      'packages/one/index.ts': `export { one } from './util';`,
      'packages/one/util/index.ts': OLD,
    });
    fs.mkdirSync(path.join(root, 'node_modules'));
    fs.symlinkSync(
      path.join(root, 'packages', 'one'),
      path.join(root, 'node_modules', 'one'),
      'junction',
    );
    bundle(root, ['src/a.ts']);
    const unchanged = bundle(root, ['src/a.ts']);
    expect([unchanged.starts, unchanged.code['src/a.ts']]).toEqual([
      0,
      expect.stringContaining('old'),
    ]);

    // WHEN
    change(root, { 'packages/one/util.ts': NEW });

    // THEN
    expect(bundle(root, ['src/a.ts']).code['src/a.ts']).toContain('new');
  });

  test.each<[string, Record<string, string>, string, string, string]>([
    ['an entry', { 'x.ts': OLD_ENTRY, 'y.ts': NEW_ENTRY }, 'a.ts', 'x.ts', 'y.ts'],
    ['its folder', { 'x/a.ts': OLD_ENTRY, 'y/a.ts': NEW_ENTRY }, 'src', 'x', 'y'],
    [
      'a file that it imports',
      {
        'a.ts': `import { one } from './conf'; export const handler = async () => one;`,
        'conf.x.ts': OLD,
        'conf.y.ts': NEW,
      },
      'conf.ts',
      'conf.x.ts',
      'conf.y.ts',
    ],
  ])('after a link in place of %s leads elsewhere', (_, files, link, before, after) => {
    const root = tempFolder({ 'package.json': '{}', ...files });
    const place = path.join(root, link);
    const entry = link === 'src' ? 'src/a.ts' : 'a.ts';
    fs.symlinkSync(path.join(root, before), place);
    bundle(root, [entry]);
    const unchanged = bundle(root, [entry]);
    fs.rmSync(place);
    fs.symlinkSync(path.join(root, after), place);

    expect([unchanged.starts, unchanged.code[entry]]).toEqual([0, expect.stringContaining('old')]);
    expect(bundle(root, [entry]).code[entry]).toContain('new');
  });

  test('after a nearer package of the kind that a package names inside', () => {
    const root = tempFolder({
      ...BASE,
      'node_modules/one/package.json': PACKAGE.replace('}', ',"imports":{"#dep":"two"}}'),
      'node_modules/one/index.js': `export { one } from '#dep';`,
      'node_modules/two/package.json': PACKAGE,
      'node_modules/two/index.js': OLD,
    });
    bundle(root, ['src/a.ts']);
    change(root, {
      'node_modules/one/node_modules/two/package.json': PACKAGE,
      'node_modules/one/node_modules/two/index.js': NEW,
    });

    expect(bundle(root, ['src/a.ts']).code['src/a.ts']).toContain('new');
  });

  test('with a tsconfig.json that extends a file of a package', () => {
    const root = tempFolder({
      'package.json': '{}',
      'tsconfig.json': '{ "extends": "shared/base.json" }',
      'node_modules/shared/package.json': '{}',
      'node_modules/shared/base.json': '{}',
      'a.ts': OLD_ENTRY,
    });
    bundle(root, ['a.ts']);

    expect(bundle(root, ['a.ts']).starts).toBe(0);
  });

  // Names need code of their own, so one more pass finds out whether a file does something before its packages are evaluated.
  test.each<[BundlingOptions, number]>([
    [{ minify: false }, 3],
    [{ keepNames: true }, 4],
    [{ define: { X: '1' } }, 3],
  ])('after a change of the options %j', (options, starts) => {
    const root = tempFolder(FILES);
    bundle(root, ['a.ts']);

    expect(bundle(root, ['a.ts'], options).starts).toBe(starts);
  });
});

describe('without the cache', () => {
  test('the option builds anew', () => {
    const root = tempFolder(FILES);
    bundle(root, ['a.ts'], { cache: false });

    expect(bundle(root, ['a.ts'], { cache: false }).starts).toBe(3);
    expect(fs.existsSync(path.join(cache, 'v7'))).toBe(false);
  });

  test('the environment variable builds anew', () => {
    process.env.SERVERLESS_APP_CACHE = 'off';
    const root = tempFolder(FILES);
    bundle(root, ['a.ts']);

    expect(bundle(root, ['a.ts']).starts).toBe(3);
  });

  test('a folder that is not writable is not an error', () => {
    const file = path.join(tempFolder({ file: '' }), 'file');
    process.env.SERVERLESS_APP_CACHE = file;

    expect(bundle(tempFolder(FILES), ['a.ts']).starts).toBe(3);
  });
});

describe('a damaged entry', () => {
  // Small files stand in the index itself.
  const LARGE = `export const one = '${'x'.repeat(10_000)}';`;

  test.each<[string, 'records' | 'contents', (file: string) => void]>([
    [
      'record that was cut off',
      'records',
      (file) => {
        fs.truncateSync(file, 50);
      },
    ],
    [
      'record that is empty',
      'records',
      (file) => {
        fs.truncateSync(file, 0);
      },
    ],
    [
      'record that was written over',
      'records',
      (file) => {
        fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/\n./, '\n!'));
      },
    ],
    [
      'content that was cut off',
      'contents',
      (file) => {
        fs.truncateSync(file, 10);
      },
    ],
    [
      'content that was written over',
      'contents',
      (file) => {
        fs.writeFileSync(file, 'throw new Error()');
      },
    ],
    [
      'content that is gone',
      'contents',
      (file) => {
        fs.rmSync(file);
      },
    ],
  ])('(%s) is built anew', (_, part, damage) => {
    const root = tempFolder({ ...FILES, 'node_modules/one/index.js': LARGE });
    const first = bundle(root);
    cached(part).forEach(damage);

    const second = bundle(root);

    expect(second.code).toEqual(first.code);
    expect(second.starts).toBeGreaterThan(0);
    expect(bundle(root)).toEqual({ starts: 0, code: first.code });
  });
});

describe('the store', () => {
  function store(): CacheStore {
    return CacheStore.open({ SERVERLESS_APP_CACHE: cache }) as CacheStore;
  }

  test('removes what was not used for 30 days', () => {
    // GIVEN
    bundle(tempFolder(FILES));
    const [old, ...young] = cached('records');
    const now = Date.now() + 2 * DAY_MS;
    fs.utimesSync(old ?? '', new Date(now - 31 * DAY_MS), new Date(now - 31 * DAY_MS));

    // WHEN
    store().sweep(now);

    // THEN
    expect(cached('records')).toEqual(young);
  });

  test('keeps what was used within 30 days', () => {
    bundle(tempFolder(FILES));
    const before = cached('contents');
    const now = Date.now() + 29 * DAY_MS;

    store().sweep(now);

    expect(cached('contents')).toEqual(before);
  });

  test('records the use of old entries', () => {
    const digest = store().writeContent(new TextEncoder().encode('x'));
    const file = path.join(cache, 'v7', 'contents', digest);
    const old = new Date(Date.now() - 20 * DAY_MS);
    fs.utimesSync(file, old, old);

    store().readContent(digest);

    expect(Date.now() - fs.statSync(file).mtimeMs).toBeLessThan(DAY_MS);
  });

  test('looks for what is old at most once a day', () => {
    const now = Date.now();
    store().sweep(now);
    const digest = store().writeContent(new TextEncoder().encode('x'));
    const file = path.join(cache, 'v7', 'contents', digest);
    const old = new Date(now - 40 * DAY_MS);
    fs.utimesSync(file, old, old);

    store().sweep(now + DAY_MS / 2);

    expect(fs.existsSync(file)).toBe(true);
  });

  test('leaves no drafts', () => {
    bundle(tempFolder(FILES));

    const names = [...cached('records'), ...cached('contents')].map((file) => path.basename(file));

    expect(names.filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
  });

  test('a draft that a killed synthesis left is neither used nor in the way', () => {
    // GIVEN
    const content = new TextEncoder().encode('whole');
    fs.mkdirSync(path.join(cache, 'v7', 'contents'), { recursive: true });
    fs.writeFileSync(path.join(cache, 'v7', 'contents', `${hashOf(content)}.draft`), 'wh');

    // WHEN
    const digest = store().writeContent(content);

    // THEN
    expect(store().readContent(digest)).toEqual(Buffer.from('whole'));
  });
});

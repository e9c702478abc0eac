import * as esbuild from 'esbuild';
import { bundleAll } from '../../../lib/function/private/bundling/bundler';
import { CacheStore, hashOf } from '../../../lib/function/private/bundling/cache-store';
import { BundlingOptions } from 'cdk-serverless-app';
import { fs, path, tempFolder } from '../../support/synth';

jest.mock('esbuild', () => {
  const actual = jest.requireActual<typeof esbuild>('esbuild');
  return { ...actual, buildSync: jest.fn(actual.buildSync) };
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
const started = jest.mocked(esbuild.buildSync);

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
      .map(([name, content]) => `${name}: ${new TextDecoder().decode(content)}`)
      .join('\n');
  return {
    starts: started.mock.calls.length,
    code: Object.fromEntries(requests.map((request) => [request.owner, text(request)])),
  };
}

/** The files of the cache, records or contents. */
function cached(part: 'records' | 'contents'): string[] {
  const folder = path.join(cache, 'v1', part);
  return fs.readdirSync(folder).map((name) => path.join(folder, name));
}

describe('an unchanged app', () => {
  test('starts no esbuild', () => {
    const root = tempFolder(FILES);
    const first = bundle(root);

    const second = bundle(root);

    expect([first.starts, second.starts]).toEqual([2, 0]);
    expect(second.code).toEqual(first.code);
  });

  test('starts none in another folder either', () => {
    const first = bundle(tempFolder(FILES));

    const second = bundle(tempFolder(FILES));

    expect(second).toEqual({ starts: 0, code: first.code });
  });

  test('starts none where entries are bundled whole', () => {
    const root = tempFolder(FILES);
    const first = bundle(root, ['a.ts'], { sourceMap: true });

    const second = bundle(root, ['a.ts'], { sourceMap: true });

    expect([first.starts, second.starts]).toEqual([1, 0]);
  });
});

describe('what must be built anew', () => {
  test('is one pass of one entry when its source changes', () => {
    const root = tempFolder(FILES);
    const first = bundle(root);
    fs.writeFileSync(path.join(root, 'b.ts'), FILES['b.ts'].replace(`'b'`, `'changed'`));

    const second = bundle(root);

    expect(second.starts).toBe(1);
    expect(Object.keys(started.mock.calls[0]?.[0].entryPoints ?? {})).toEqual(['0/index']);
    expect(second.code['a.ts']).toBe(first.code['a.ts']);
    expect(second.code['b.ts']).toContain('changed');
  });

  test.each<[string, string, string, string]>([
    ['a file that an entry imports', 'shared.ts', `export const shared = 'second';`, 'second'],
    ['a package', 'node_modules/one/index.js', `export const one = 'other';`, 'other'],
  ])('follows from %s', (_, file, content, text) => {
    const root = tempFolder({ ...FILES, 'third.ts': `export const shared = 'third';` });
    bundle(root);
    fs.writeFileSync(path.join(root, file), content);

    const { code } = bundle(root);

    expect(code['a.ts']).toContain(text);
  });

  test('follows from a tsconfig.json that was not there', () => {
    const root = tempFolder(FILES);
    bundle(root);
    fs.writeFileSync(path.join(root, 'tsconfig.json'), '{"compilerOptions":{}}');

    const { starts } = bundle(root);

    expect(starts).toBeGreaterThan(0);
  });

  test('follows from a file that tsconfig.json extends', () => {
    const files = {
      ...FILES,
      'tsconfig.json': '{ "extends": "./base" }',
      'base.json': '{}',
      'third.ts': `export const shared = 'third';`,
    };
    const root = tempFolder(files);
    bundle(root);
    fs.writeFileSync(
      path.join(root, 'base.json'),
      '{"compilerOptions":{"paths":{"./shared":["./third.ts"]}}}',
    );

    const { starts } = bundle(root);

    expect(starts).toBeGreaterThan(0);
  });

  test.each<BundlingOptions>([
    { minify: false },
    { define: { X: '1' } },
    { externalModules: ['one'] },
  ])('follows from the options %j', (options) => {
    const root = tempFolder(FILES);
    bundle(root, ['a.ts']);

    const { starts } = bundle(root, ['a.ts'], options);

    expect(starts).toBeGreaterThan(0);
  });
});

describe('without the cache', () => {
  test('the option builds anew', () => {
    const root = tempFolder(FILES);
    bundle(root, ['a.ts'], { cache: false });

    expect(bundle(root, ['a.ts'], { cache: false }).starts).toBe(2);
    expect(fs.existsSync(path.join(cache, 'v1'))).toBe(false);
  });

  test('the environment variable builds anew', () => {
    process.env.SERVERLESS_APP_CACHE = 'off';
    const root = tempFolder(FILES);
    bundle(root, ['a.ts']);

    expect(bundle(root, ['a.ts']).starts).toBe(2);
  });

  test('a folder that cannot be written is no error', () => {
    const file = path.join(tempFolder({ file: '' }), 'file');
    process.env.SERVERLESS_APP_CACHE = file;

    expect(bundle(tempFolder(FILES), ['a.ts']).starts).toBe(2);
  });
});

describe('a damaged entry', () => {
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
        fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('exports', 'imports'));
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
    const root = tempFolder(FILES);
    const first = bundle(root);
    cached(part).forEach(damage);

    const second = bundle(root);

    expect(second).toEqual(first);
    expect(bundle(root).starts).toBe(0);
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

  test('notes the use of what is old', () => {
    const digest = store().writeContent(new TextEncoder().encode('x'));
    const file = path.join(cache, 'v1', 'contents', digest);
    const old = new Date(Date.now() - 20 * DAY_MS);
    fs.utimesSync(file, old, old);

    store().readContent(digest);

    expect(Date.now() - fs.statSync(file).mtimeMs).toBeLessThan(DAY_MS);
  });

  test('looks for what is old at most once a day', () => {
    const now = Date.now();
    store().sweep(now);
    const digest = store().writeContent(new TextEncoder().encode('x'));
    const file = path.join(cache, 'v1', 'contents', digest);
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
    fs.mkdirSync(path.join(cache, 'v1', 'contents'), { recursive: true });
    fs.writeFileSync(path.join(cache, 'v1', 'contents', `${hashOf(content)}.draft`), 'wh');

    // WHEN
    const digest = store().writeContent(content);

    // THEN
    expect(store().readContent(digest)).toEqual(Buffer.from('whole'));
  });
});

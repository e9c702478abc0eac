import { BundlingFormat, BundlingOptions } from 'cdk-serverless-app';
import { assignedExports } from '../../lib/bundling/common-js-entry';
import * as service from '../../lib/bundling/esbuild-service';
import { appOf, hashes, run } from '../support/bundles';
import { fs, path, tempFolder } from '../support/synth';

jest.mock('../../lib/bundling/esbuild-service', () => {
  const actual = jest.requireActual<typeof service>('../../lib/bundling/esbuild-service');
  return { ...actual, runBuilds: jest.fn(actual.runBuilds) };
});

const started = jest.mocked(service.runBuilds);

describe('the names that a CommonJS source assigns', () => {
  test.each<[string, string[]]>([
    ['exports.b = 1; exports.a = 2;', ['a', 'b']],
    ['module.exports.a = async () => 1;', ['a']],
    ['exports.a = exports.b = void 0;', ['a', 'b']],
    [
      'const one = 1; module.exports = { one, two: 2, three() {}, async four() {} };',
      'four one three two'.split(' '),
    ],
    ['module.exports = { a: { b: 1, c: 2 }, d: [e, f] };', ['a', 'd']],
    ['module.exports = { get lazy() { return 1; }, a: 1 };', ['a']],
    ['module.exports = { ...others, a };', ['a']],
    ['module.exports = require("./other");', []],
    ['exports[name] = 1; exports.call(1); exports.a == 1; exports.b === 1;', []],
    ['other.exports.a = 1; x.module.exports.b = 1;', []],
    ['// exports.a = 1\nconst text = "exports.b = 1";', []],
    [
      'Object.defineProperty(exports, "__esModule", {}); exports.__esModule = true; exports.default = 1;',
      [],
    ],
    ['export const a = 1;', []],
  ])('%s', (text, names) => {
    expect(assignedExports(text)).toEqual(names);
  });
});

interface Shared {
  readonly hashes: Record<string, string>;
  /** How often a file was bundled as an entry or for one. */
  readonly builds: number;
  readonly results: unknown[];
}

/** Bundles one function for each handler of an entry, and runs all. */
function share(entry: string, text: string, handlers: string[], bundling: BundlingOptions): Shared {
  started.mockClear();
  const root = tempFolder({ [entry]: text, 'big.js': 'exports.marker = "only once";' });
  const { app, stack, outdir } = appOf(root);
  handlers.forEach((handler, i) => app.addFunction(`F${i}`, { entry, handler, bundling }));
  const all = hashes(stack);
  const answers = started.mock.results.flatMap(
    ({ value }) => value as ReturnType<typeof service.runBuilds>,
  );
  const files = answers.flatMap(({ output }) => output?.outputFiles ?? []);
  const builds = files.filter(({ contents }) =>
    new TextDecoder().decode(contents).includes('only once'),
  );
  const results = handlers.map((handler, i) =>
    run(path.join(outdir, `asset.${all[`F${i}`] ?? ''}`), { handler }),
  );
  return { hashes: all, builds: builds.length, results };
}

const HANDLERS = ['a', 'b', 'c'];
const MODULE = `import { marker } from './big';
  export const a = async () => ['a', marker]; export const b = async () => ['b', marker]; export const c = async () => ['c', marker];`;
const COMMON_JS = `const { marker } = require('./big');
  exports.a = async () => ['a', marker]; exports.b = async () => ['b', marker]; exports.c = async () => ['c', marker];`;
const RESULTS = HANDLERS.map((name) => [name, 'only once']);

describe.each<[BundlingOptions]>([[{}], [{ format: BundlingFormat.CJS }]])(
  'with %j',
  (bundling) => {
    test('functions with different handlers of an ES module share one build and one asset', () => {
      const shared = share('main.ts', MODULE, HANDLERS, bundling);

      expect(new Set(Object.values(shared.hashes)).size).toBe(1);
      expect([shared.builds, shared.results]).toEqual([1, RESULTS]);
    });

    test('functions with different handlers of a CommonJS file share one asset', () => {
      const shared = share('main.js', COMMON_JS, HANDLERS, bundling);

      expect(new Set(Object.values(shared.hashes)).size).toBe(1);
      expect(shared.results).toEqual(RESULTS);
    });

    test('a handler of a CommonJS file changes no asset of another handler', () => {
      const both = share('main.js', COMMON_JS, ['a', 'b'], bundling).hashes;
      const one = share('main.js', COMMON_JS, ['a'], bundling).hashes;

      expect(one.F0).toBe(both.F0);
    });

    test('handlers whose names are computed have an asset each', () => {
      const text = `const { marker } = require('./big');
      for (const name of ['a', 'b', 'c']) exports[name] = async () => [name, marker];`;
      const shared = share('main.js', text, HANDLERS, bundling);

      expect(new Set(Object.values(shared.hashes)).size).toBe(3);
      expect(shared.results).toEqual(RESULTS);
    });

    test('names that are reserved words are exported', () => {
      const text =
        'exports.delete = async () => 1; exports.entry = async () => 2; exports.it0 = async () => 3;';
      const shared = share('main.js', text, ['entry', 'it0', 'delete'], bundling);

      expect(shared.results).toEqual([2, 3, 1]);
    });
  },
);

test('a CommonJS file is bundled once, with its names', () => {
  expect(share('main.js', COMMON_JS, HANDLERS, {}).builds).toBe(2); // by itself, to see what it is, and whole
});

test('a CommonJS file beside a file that is named like the generated one', () => {
  const shared = share('entry.js', COMMON_JS, HANDLERS, {});

  expect(shared.results).toEqual(RESULTS);
});

describe('the cache', () => {
  const asking = (root: string, handler: string): Record<string, string> => {
    const { app, stack } = appOf(root);
    app.addFunction('F', { entry: 'main.js', handler });
    return hashes(stack);
  };

  beforeEach(() => {
    process.env.SERVERLESS_APP_CACHE = tempFolder({});
  });

  afterAll(() => {
    process.env.SERVERLESS_APP_CACHE = 'off';
  });

  const settle = (): void => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
    started.mockClear();
  };

  test('has the bundle for another handler of the same file', () => {
    const root = tempFolder({ 'main.js': 'exports.a = async () => 1; exports.b = async () => 2;' });
    settle();
    const first = asking(root, 'a');
    settle();

    expect(asking(root, 'b')).toEqual(first);
    expect(started).not.toHaveBeenCalled();
  });

  test('has a bundle for each computed handler', () => {
    const root = tempFolder({ 'main.js': 'for (const n of ["a", "b"]) exports[n] = () => n;' });
    settle();
    const [a, b] = [asking(root, 'a'), asking(root, 'b')];
    settle();

    expect([asking(root, 'a'), asking(root, 'b')]).toEqual([a, b]);
    expect(a).not.toEqual(b);
    expect(started).not.toHaveBeenCalled();
  });

  test('is used again after a computed handler became an assigned one', () => {
    const root = tempFolder({ 'main.js': 'for (const n of ["a", "b"]) exports[n] = () => n;' });
    settle();
    asking(root, 'a');
    fs.writeFileSync(path.join(root, 'main.js'), 'exports.a = () => 1; exports.b = () => 2;');
    settle();
    const changed = asking(root, 'a');
    settle();

    expect(asking(root, 'a')).toEqual(changed);
    expect(started).not.toHaveBeenCalled();
  });

  test('fails again for a name that is not exported', () => {
    const root = tempFolder({ 'main.js': 'exports.a = async () => 1;' });
    settle();
    asking(root, 'a');
    settle();

    expect(() => asking(root, 'x')).toThrow('must export `x`, got `a` in');
    expect(() => asking(root, 'x')).toThrow('must export `x`, got `a` in');
  });
});

import { BundlingFormat, BundlingOptions } from 'cdk-serverless-app';
import * as service from '../../lib/bundling/esbuild-service';
import { appOf, hashes, run } from '../support/bundles';
import { fs, path, tempFolder } from '../support/synth';

jest.mock('../../lib/bundling/esbuild-service', () => {
  const actual = jest.requireActual<typeof service>('../../lib/bundling/esbuild-service');
  return { ...actual, runBuilds: jest.fn(actual.runBuilds) };
});

const started = jest.mocked(service.runBuilds);
const MODULES = path.join(__dirname, '..', '..', 'node_modules');

const SOURCE = `
  import type { Other } from './types';
  import { Shape } from './types';
  const types: string[] = [];
  (Reflect as any).metadata ??= (key: string, value: any) => () => { if (key === 'design:type') types.push(value.name); };
  const field = (..._: any[]): void => undefined;
  class Price { @field amount: number = 1; @field label?: string; @field other?: Other; @field shape?: Shape; @field when?: Date; }
  export const handler = async () => [types, new Price().amount];`;

const FILES = {
  'main.ts': SOURCE,
  'types.ts': 'export interface Other { a: 1 }\nexport interface Shape { b: 1 }',
};

const EMITTING = { experimentalDecorators: true, emitDecoratorMetadata: true, target: 'es2022' };
const RESULT = [['Number', 'String', 'Object', 'Object', 'Date'], 1];

/** A project with a link to a compiler of this repository. */
function projectWith(
  compilers: readonly string[],
  tsconfig: object = { compilerOptions: EMITTING },
  files: Record<string, string> = FILES,
): string {
  const root = tempFolder({ ...files, 'tsconfig.json': JSON.stringify(tsconfig) });
  fs.mkdirSync(path.join(root, 'node_modules'));
  for (const name of compilers) {
    fs.symlinkSync(path.join(MODULES, name), path.join(root, 'node_modules', name));
  }
  return root;
}

function bundleIn(root: string, bundling: BundlingOptions = {}): string {
  const { app, stack, outdir } = appOf(root);
  app.addFunction('F', { entry: 'main.ts', bundling });
  return path.join(outdir, `asset.${hashes(stack).F ?? ''}`);
}

describe('`emitDecoratorMetadata`', () => {
  test.each<[BundlingOptions]>([
    [{}],
    [{ format: BundlingFormat.CJS }],
    [{ sourceMap: true }],
    [{ sharedChunks: true }],
    [{ minify: false }],
  ])('has types at run time, with %j', (bundling) => {
    expect(run(bundleIn(projectWith(['typescript']), bundling))).toEqual(RESULT);
  });

  test('counts where the tsconfig.json extends another one', () => {
    const files = { ...FILES, 'base.json': JSON.stringify({ compilerOptions: EMITTING }) };

    expect(run(bundleIn(projectWith(['typescript'], { extends: './base' }, files)))).toEqual(
      RESULT,
    );
  });

  test('counts in the tsconfig.json that `bundling` names', () => {
    const files = { ...FILES, 'lambda.json': JSON.stringify({ compilerOptions: EMITTING }) };
    const root = projectWith(['typescript'], {}, files);

    expect(run(bundleIn(root, { tsconfig: 'lambda.json' }))).toEqual(RESULT);
  });

  test('fails without a compiler, with the file and the remedy', () => {
    // A folder above might have a compiler.
    const root = projectWith([]);
    const resolve = jest.requireActual<{ version: string }>('typescript').version;

    expect(resolve).toBeDefined();
    expect(() => bundleIn(root)).toThrow(
      /functions\.F\.entry` must compile, got:\n {2}main\.ts has decorators, and tsconfig\.json sets `emitDecoratorMetadata`, for which esbuild needs another compiler: run `npm install --save-dev typescript@6`/,
    );
  });

  test('needs no compiler for sources without decorators', () => {
    const files = { 'main.ts': '/** @param a */ export const handler = async () => "@a";' };

    expect(run(bundleIn(projectWith([], { compilerOptions: EMITTING }, files)))).toBe('@a');
  });

  test('that is off needs no compiler', () => {
    const compilerOptions = { ...EMITTING, emitDecoratorMetadata: false };

    expect(run(bundleIn(projectWith([], { compilerOptions })))).toEqual([[], 1]);
  });

  test('names the line of the source in a source map', () => {
    const folder = bundleIn(projectWith(['typescript']), { sourceMap: true });
    const map = JSON.parse(fs.readFileSync(path.join(folder, 'index.mjs.map'), 'utf8')) as {
      sources: string[];
    };

    expect(map.sources.some((it) => it.endsWith('main.ts'))).toBe(true);
  });
});

describe('the cache of a decorated source', () => {
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

  /** A compiler of this version. */
  const compiler = (root: string, version: string): void => {
    const folder = path.join(root, 'node_modules', 'typescript');
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const manifest = { name: 'typescript', version, main: 'index.js' };
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    const real = JSON.stringify(path.join(MODULES, 'typescript'));
    fs.writeFileSync(path.join(folder, 'index.js'), `module.exports = require(${real});`);
  };

  test('is used while nothing changes', () => {
    const root = projectWith([]);
    compiler(root, '5.9.0');
    settle();
    const first = bundleIn(root);
    settle();

    expect(path.basename(bundleIn(root))).toBe(path.basename(first));
    expect(started).not.toHaveBeenCalled();
  });

  test.each<[string, (root: string) => void]>([
    [
      'the version of the compiler',
      (root) => {
        compiler(root, '5.9.1');
      },
    ],
    [
      'the tsconfig.json',
      (root) => {
        const config = { compilerOptions: { ...EMITTING, strict: true } };
        fs.writeFileSync(path.join(root, 'tsconfig.json'), JSON.stringify(config));
      },
    ],
  ])('is not used after a change of %s', (_name, change) => {
    const root = projectWith([]);
    compiler(root, '5.9.0');
    settle();
    bundleIn(root);
    change(root);
    settle();
    bundleIn(root);

    expect(started).toHaveBeenCalled();
  });

  test('is not used after the compiler was removed', () => {
    const root = projectWith([]);
    compiler(root, '5.9.0');
    settle();
    bundleIn(root);
    fs.rmSync(path.join(root, 'node_modules', 'typescript'), { recursive: true });
    settle();

    expect(() => bundleIn(root)).toThrow('for which esbuild needs another compiler');
  });
});

import * as service from '../../lib/bundling/esbuild-service';
import { bundleAll } from '../../lib/bundling/bundler';
import { fs, path, tempFolder } from '../support/synth';

jest.mock('../../lib/bundling/esbuild-service', () => {
  const actual = jest.requireActual<typeof service>('../../lib/bundling/esbuild-service');
  return { ...actual, runBuilds: jest.fn(actual.runBuilds) };
});

/** More with `SERVERLESS_APP_FUZZ_STEPS=2000`. */
const STEPS = Number(process.env.SERVERLESS_APP_FUZZ_STEPS ?? 80);
const SEED = Number(process.env.SERVERLESS_APP_FUZZ_SEED ?? 1);

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SPECIFIERS = [
  './util',
  './util.js',
  './linked/deep',
  '@own/x',
  'base/x',
  'one',
  'one/sub',
  '#inner',
  'space',
];

const packageJson = (facts: object): string => JSON.stringify(facts);
const tsconfig = (options: object, more: object = {}): string =>
  `// a comment\n${JSON.stringify({ ...more, compilerOptions: options })}`;

/** What may stand in a file; `value` says which one was found. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'tsconfig.json': [
    tsconfig({ paths: { '@own/*': ['./lib/*', './lib2/*'] } }),
    tsconfig({ paths: { '@own/*': ['./lib2/*'], one: ['./lib/x'] } }),
    tsconfig({ baseUrl: '.' }),
    tsconfig({ baseUrl: './lib', paths: { '@own/*': ['*'] } }),
    tsconfig({}, { extends: './base.json' }),
    tsconfig({ baseUrl: 'lib2' }, { extends: './base' }),
    tsconfig({}, { extends: 'shared-config' }),
    tsconfig({}, { extends: 'shared-config/own.json' }),
    tsconfig({ experimentalDecorators: true }, { extends: ['./base.json', 'shared-config/own'] }),
  ],
  'base.json': [
    tsconfig({ paths: { '@own/*': ['./lib/*'] } }),
    tsconfig({ paths: { 'base/*': ['./lib2/*'], '@own/x': ['./lib2/x'] } }),
  ],
  'jsconfig.json': [tsconfig({ paths: { '@own/*': ['./lib/*'] } })],
  'src/tsconfig.json': [
    tsconfig({ paths: { '@own/*': ['../lib2/*'] } }),
    tsconfig({ baseUrl: '..' }),
  ],
  'node_modules/shared-config/tsconfig.json': [
    tsconfig({ paths: { '@own/*': ['../../lib/*'], 'base/*': ['../../lib/*'] } }),
    tsconfig({ baseUrl: '../../lib2' }),
  ],
  'node_modules/shared-config/own.json': [tsconfig({ baseUrl: '..' })],
  'src/node_modules/shared-config/tsconfig.json': [tsconfig({ baseUrl: '../../lib2' })],
  'package.json': [
    packageJson({}),
    packageJson({ type: 'module', imports: { '#inner': './lib/x.ts' } }),
    packageJson({ imports: { '#inner': './lib2/x.ts' } }),
    packageJson({ name: 'one', exports: './lib/x.ts' }),
    packageJson({ name: 'one', exports: ['./missing.ts', './lib2/x.ts'] }),
  ],
  'src/package.json': [packageJson({}), packageJson({ imports: { '#inner': '../lib/x.ts' } })],
  'src/util.ts': [],
  'src/util.tsx': [],
  'src/util.js': [],
  'src/util.json': ['{ "value": "util.json" }'],
  'src/util/index.ts': [],
  'src/util/index.js': [],
  'src/util/other.ts': [],
  'src/util/package.json': [packageJson({ main: './other' }), packageJson({ module: 'index.js' })],
  'lib/x.ts': [],
  'lib/x.js': [],
  'lib/x/index.ts': [],
  'lib/deep.ts': [],
  'lib/base/x.ts': [],
  'lib2/x.ts': [],
  'lib2/deep.ts': [],
  'lib2/base/x.ts': [],
  'base/x.ts': [],
  'one.ts': [],
  'node_modules/one/package.json': [
    packageJson({ main: './index.js' }),
    packageJson({ main: './lib' }),
    packageJson({ module: './es/index.js', main: './index.js' }),
    packageJson({ type: 'module', exports: { '.': './lib.js', './sub': './sub.js' } }),
    packageJson({ exports: { '.': ['./absent.js', './index.js'], './sub': './sub.js' } }),
    packageJson({ main: './lib', sideEffects: false }),
  ],
  'node_modules/one/index.js': [],
  'node_modules/one/lib.js': [],
  'node_modules/one/lib/index.js': [],
  'node_modules/one/es/index.js': [`export { value } from 'two';`],
  'node_modules/one/sub.js': [`export { value } from './lib';`],
  'node_modules/one/sub/index.js': [],
  'node_modules/one/sub/package.json': [packageJson({ main: '../lib.js' })],
  'node_modules/two/index.js': [],
  'node_modules/one/node_modules/two/index.js': [],
  'src/node_modules/one/index.js': [],
  'src/node_modules/one.js': [],
  'node_modules/space.js': [],
  'packages/space/package.json': [packageJson({ main: 'index.ts' }), packageJson({ main: 'util' })],
  'packages/space/index.ts': [`export { value } from '@own/x';`],
  'packages/space/util.ts': [],
  'packages/space/util/index.ts': [],
};

const LINKS: Readonly<Record<string, readonly string[]>> = {
  'node_modules/space': ['packages/space', 'lib'],
  'src/linked': ['lib', 'lib2'],
  'src/util.ts': ['lib/x.ts', 'lib2/x.ts'],
};

class Project {
  readonly root = tempFolder({ 'src/a.ts': '' });
  private version = 0;
  /** A few of all, so that most changes matter. */
  private readonly specifiers: readonly string[];
  private readonly files: readonly string[];

  constructor(private readonly next: () => number) {
    this.specifiers = [this.pick(SPECIFIERS), ...SPECIFIERS.filter(() => this.next() < 0.1)];
    const words = this.specifiers.map((name) => /\w+/.exec(name)?.[0] ?? '');
    const related = Object.keys(FILES).filter((file) => words.some((word) => file.includes(word)));
    const others = Object.keys(FILES).filter(() => this.next() < 0.15);
    this.files = [...new Set([...related, ...others])];
    const density = 0.15 + 0.5 * this.next();
    this.files.filter(() => this.next() < density).forEach((file) => this.write(file));
    this.link();
    this.writeEntry();
  }

  /** One change, as a person or a package manager makes it. */
  change(): string {
    const dice = this.next();
    if (dice < 0.05) {
      return this.writeEntry();
    }
    if (dice < 0.1) {
      return this.link();
    }
    const file = this.pick(this.files);
    if (dice < 0.55) {
      return this.write(file);
    }
    fs.rmSync(path.join(this.root, file), { force: true, recursive: true });
    return `removed ${file}`;
  }

  private writeEntry(): string {
    const used = this.specifiers.filter(() => this.next() < 0.8);
    const imports = used.map((name, i) => `import { value as v${i} } from '${name}';`).join('\n');
    const values = used.map((_, i) => `v${i}`).join(', ');
    const text = `${imports}\nexport const handler = async () => [${values}];`;
    fs.writeFileSync(path.join(this.root, 'src', 'a.ts'), text);
    return `a.ts imports ${used.join(', ')}`;
  }

  private write(file: string): string {
    const place = path.join(this.root, file);
    this.makeFolder(path.dirname(place));
    if (fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) {
      fs.rmSync(place, { recursive: true });
    }
    const own = `export const value = '${file} ${this.version++}';`;
    const text = this.pick([...(FILES[file] ?? []), ...(/\.[jt]sx?$/.test(file) ? [own] : [])]);
    fs.writeFileSync(place, text);
    return `wrote ${file}: ${text}`;
  }

  private link(): string {
    const [link, targets] = this.pick(Object.entries(LINKS));
    const place = path.join(this.root, link);
    const target = this.pick(targets);
    fs.rmSync(place, { force: true, recursive: true });
    this.makeFolder(path.dirname(place));
    this.makeFolder(
      target.endsWith('.ts')
        ? path.dirname(path.join(this.root, target))
        : path.join(this.root, target),
    );
    fs.symlinkSync(path.join(this.root, target), place, 'junction');
    return `linked ${link} to ${target}`;
  }

  private makeFolder(folder: string): void {
    if (fs.statSync(folder, { throwIfNoEntry: false })?.isFile() === true) {
      fs.rmSync(folder);
    }
    fs.mkdirSync(folder, { recursive: true });
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }
}

/** A project whose entry can be bundled: only of those something is cached. */
function soundProject(next: () => number): Project {
  for (;;) {
    const project = new Project(next);
    if (typeof bundle(project.root, false, false) !== 'string') {
      return project;
    }
  }
}

/** What an entry becomes, or that it fails; the texts of errors may differ in how often esbuild was asked. */
function bundle(root: string, cache: boolean, sourceMap: boolean): unknown {
  const settings = { owner: 'F', handler: 'handler', root, nodeVersion: '24' };
  const entry = path.join(root, 'src', 'a.ts');
  const request = { ...settings, entry, options: { cache, sourceMap, minify: false } };
  try {
    const files = bundleAll([request]).get(request) ?? new Map<string, never>();
    return Object.fromEntries(
      [...files].map(([name, { content }]) => [name, new TextDecoder().decode(content())]),
    );
  } catch (error) {
    return `fails: ${error instanceof Error && /got/.test(error.message)}`;
  }
}

test('whatever changes in a project, the cache gives what bundling anew gives', () => {
  process.env.SERVERLESS_APP_CACHE = tempFolder({});
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const next = random(SEED);
  let project = soundProject(next);
  let history: string[] = [];
  let failures = 0;
  const counts = { sound: 0, fromCache: 0 };
  for (let step = 0; step < STEPS; step++) {
    if (step % 20 === 19 || failures > 1) {
      project = soundProject(next);
      history = [];
      failures = 0;
    }
    history.push(project.change());
    // Older than a tick of the file system's clock: only then it is kept.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
    const sourceMap = next() < 0.3;
    const anew = bundle(project.root, false, sourceMap);
    bundle(project.root, true, sourceMap);

    jest.mocked(service.runBuilds).mockClear();
    const again = bundle(project.root, true, sourceMap);

    failures = typeof anew === 'string' ? failures + 1 : 0;
    if (typeof anew !== 'string') {
      counts.sound++;
      counts.fromCache += jest.mocked(service.runBuilds).mock.calls.length === 0 ? 1 : 0;
    }
    expect([history.slice(-4), again]).toEqual([history.slice(-4), anew]);
  }
  // Else it would prove nothing.
  expect(counts.sound).toBeGreaterThan(STEPS * 0.5);
  expect(counts.fromCache).toBeGreaterThan(counts.sound * 0.5);
}, 3_600_000);

afterAll(() => {
  process.env.SERVERLESS_APP_CACHE = 'off';
});

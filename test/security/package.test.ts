// What users install, and how it is released.
import { execFileSync } from 'node:child_process';
import { fs, path } from '../support/synth';
import { testingDeclarations } from '../../scripts/build-testing';
import { publicDeclarations } from '../../scripts/declarations';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly bundledDependencies?: string[];
  readonly optionalDependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly scripts: Record<string, string>;
  readonly exports: Record<string, unknown>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const workflows = ['ci.yml', 'release.yml'].map((name) => read(`.github/workflows/${name}`));

/** The TypeScript files below a folder, relative to it, without their ending. */
function sources(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}

/** What npm would put into the tarball. */
function packed(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files } = { files: [] }] = JSON.parse(output) as Array<{ files: { path: string }[] }>;
  return files.map((file) => file.path).sort();
}

describe('the package', () => {
  test('has no runtime dependencies', () => {
    expect([manifest.dependencies, manifest.bundledDependencies]).toEqual([undefined, undefined]);
    expect(Object.keys(manifest.optionalDependencies)).toEqual(['esbuild']);
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
  });

  test('requires at run time only its peers, esbuild, and modules of Node.js', () => {
    const required = sources('lib').flatMap((file) =>
      [...read(`lib/${file}.ts`).matchAll(/(?:from|require\(|import\()\s*'([^'.\n][^'\n]*)'/g)].map(
        ([, name = '']) => name,
      ),
    );

    expect(
      required.filter((name) => !/^(node:|aws-cdk-lib($|\/)|constructs$|esbuild$)/.test(name)),
    ).toEqual([]);
    expect(required.length).toBeGreaterThan(100);
  });

  test('runs no install script', () => {
    expect(
      Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$/.test(name)),
    ).toEqual([]);
  });

  const files = packed();
  const declarations = publicDeclarations();

  test('declares no member that begins with an underscore', () => {
    const members = [...declarations].flatMap(([file, text]) =>
      [...text.matchAll(/^\s+(?:(?:static|readonly|get|set) )*_\w+/gm)].map(
        ([it]) => `${file}:${it}`,
      ),
    );

    expect(members).toEqual([]);
    expect(declarations.size).toBeGreaterThan(20);
  });

  test('declares for tests only types of its own, so that no other package needs to be installed', () => {
    const all = [...testingDeclarations()];
    const withoutComments = all.map(([, text]) => text.replace(/\/\*[\s\S]*?\*\//g, ''));
    const imported = withoutComments.flatMap((text) =>
      [...text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => name),
    );

    expect(all.map(([file]) => file)).toContain('test-app.d.ts');
    expect(imported.filter((name) => !/^\.\/[\w-]+$/.test(name))).toEqual([]);
  });

  test('has the library, the part for tests, and the types of fetch and of events as its entries, and nothing else', () => {
    expect(Object.keys(manifest.exports)).toEqual([
      '.',
      './testing',
      './fetch',
      './events',
      './schema/*',
      './.jsii',
      './package.json',
    ]);
  });

  test('declares no type that is not public', () => {
    const index = declarations.get('index.d.ts') ?? '';
    const published = [...index.matchAll(/\{([^}]*)\}/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    );
    const declared = [...declarations.values()].flatMap((text) =>
      [
        ...text.matchAll(
          /^export (?:declare |abstract )*(?:class|interface|enum|function|const|type) (\w+)/gm,
        ),
      ].map(([, name = '']) => name),
    );

    expect(declared.filter((name) => !published.includes(name))).toEqual([]);
  });

  test('contains exactly these files beside the compiled ones', () => {
    expect(files.filter((file) => !/^dist\/|^\.jsii$/.test(file))).toEqual([
      'AGENTS.md',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'llms.txt',
      'package.json',
      'schema/cli/advise.schema.json',
      'schema/cli/comparison.schema.json',
      'schema/cli/cost.schema.json',
      'schema/cli/diff.schema.json',
      'schema/cli/doctor.schema.json',
      'schema/cli/failures.schema.json',
      'schema/cli/logs.schema.json',
      'schema/cli/portability.schema.json',
      'schema/cli/report.schema.json',
      'schema/cli/site-deploy.schema.json',
      'schema/cost.schema.json',
      'schema/serverless-app.schema.json',
    ]);
  });

  test('contains of the compiled files the library and the CLI in one file each, the report, and the declarations', () => {
    const expected = [
      ...[...declarations.keys()].map((file) => `dist/${file}`),
      'dist/THIRD-PARTY-NOTICES.txt',
      ...fs
        .readdirSync(path.join(ROOT, 'bin', 'dev', 'scripts'))
        .filter((it) => it !== '__pycache__') // An older run of the emulator may have left it.
        .map((it) => `dist/bin/dev/${it}`),
      'dist/bin/serverless-app.js',
      'dist/bin/dev/web-handler.mjs',
      'dist/esbuild-thread.js',
      'dist/index.js',
      'dist/index.js.map',
      'dist/later.js',
      'dist/later.js.map',
      'dist/report/page.css',
      'dist/report/page.js',
      'dist/report/report-html.js',
      'dist/testing/index.js',
      'dist/web-handler.mjs',
      ...[...testingDeclarations().keys()].map((file) => `dist/testing/${file}`),
    ];
    const compiled = files.filter((file) => file.startsWith('dist/'));

    expect(compiled.filter((file) => !expected.includes(file))).toEqual([]);
    // Where nothing was built there is nothing to miss; .ci/run builds first.
    expect(
      process.env.CI === undefined ? [] : expected.filter((file) => !compiled.includes(file)),
    ).toEqual([]);
  });

  test('has a lockfile with only registry packages, each with its digest', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string; inBundle?: boolean }>;
    };
    const installed = Object.entries(packages).filter(([name]) => name.startsWith('node_modules/'));

    expect(installed.length).toBeGreaterThan(300);
    // What is bundled inside another package has that package’s digest. A link or a folder would have neither.
    expect(
      installed.filter(
        ([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true,
      ),
    ).toEqual([]);
  });
});

describe('the workflows', () => {
  test('pin every action by its commit, and name its version', () => {
    const used = workflows.flatMap((text) =>
      [...text.matchAll(/uses: (.*)/g)].map(([, action = '']) => action),
    );

    expect(used.length).toBeGreaterThan(5);
    expect(
      used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
    ).toEqual([]);
  });

  test('have read permissions only, except for the release', () => {
    for (const text of workflows) {
      expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
      expect(text).toContain('persist-credentials: false');
    }
    expect(workflows[0]).not.toContain('write');
  });

  test('audit the packages that users install, and run all of .ci/run', () => {
    expect(manifest.scripts['audit']).toBe('npm audit --omit=dev');
    for (const text of workflows) {
      expect(text).toContain('npm run audit');
      expect(text).toContain('bash .ci/run');
    }
  });

  test('publish with provenance, in a job that runs no code of the repository or of its packages', () => {
    const [, release = ''] = workflows;
    const [, build = '', publish = ''] = release.split(/^ {2}(?:build|publish):$/m);

    expect(build).toContain('bash .ci/run');
    expect(build).toContain('npm pack');
    expect(build).not.toContain('write');
    expect(publish).toContain('needs: build');
    expect(publish).toContain('id-token: write');
    expect(publish).toContain('npm publish --provenance');
    expect(publish).toContain('--ignore-scripts');
    expect(publish).not.toMatch(/npm (ci|install|run|test)|npx|\.ci\/run|actions\/checkout/);
  });
});

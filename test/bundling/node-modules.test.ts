import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppFunctionOptions, BundlingOptions } from 'cdk-serverless-app';
import { spawn } from 'node:child_process';
import * as npm from '../../lib/bundling/npm';
import { appOf, assetFolder, bundleIn, hashes, run } from '../support/bundles';
import { elfFile } from '../support/elf';
import { NpmRegistry } from '../support/npm-registry';
import { fs, path, tempFolder, templateOf } from '../support/synth';
import { Files, writeFiles, writeLinks } from '../support/write-files';

jest.mock('../../lib/bundling/npm', () => {
  const actual = jest.requireActual<typeof npm>('../../lib/bundling/npm');
  return { ...actual, npmInstall: jest.fn(actual.npmInstall) };
});

jest.setTimeout(60_000);

const installs = jest.mocked(npm.npmInstall);
const HERE = process.arch === 'arm64' ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64;
const ENTRY = `import { answer } from 'native'; export const handler = async () => answer;`;

/** A file that begins as a program for Linux does. */
function elf(machine: 'x64' | 'arm64', moduleVersion?: number): Uint8Array {
  return elfFile({ machine, moduleVersion });
}

/** A package that has its binary in one package for each platform, of which managers install the one for this machine. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64'].map((platform) => {
  const [os = '', cpu = ''] = platform.split('-');
  return { name: `@native/${platform}`, os: [os], cpu: [cpu] };
});
const NATIVE = {
  name: 'native',
  version: '1.0.0',
  dependencies: { helper: '^1.0.0' },
  optionalDependencies: Object.fromEntries(PLATFORMS.map(({ name }) => [name, '^1.0.0'])),
};
const NATIVE_FILES = {
  'index.js': `let has = [];
    for (const name of ['linux-x64', 'linux-arm64', 'darwin-arm64']) {
      try { require.resolve('@native/' + name + '/binary.node'); has.push(name); } catch {}
    }
    exports.answer = { version: require('./package.json').version, helper: require('helper').version, has };`,
};

let registry: NpmRegistry;

beforeAll(async () => {
  registry = await NpmRegistry.start();
  for (const version of ['1.0.0', '1.1.0']) {
    registry.publish({ ...NATIVE, version }, NATIVE_FILES);
    const text = `exports.version = '${version}';`;
    registry.publish({ name: 'helper', version }, { 'index.js': text });
    for (const manifest of PLATFORMS) {
      const binary = elf(manifest.cpu.includes('x64') ? 'x64' : 'arm64');
      registry.publish({ ...manifest, version }, { 'binary.node': binary });
    }
  }
});

afterAll(() => {
  registry.stop();
});

beforeEach(() => {
  installs.mockClear();
});

afterEach(() => {
  process.env.SERVERLESS_APP_CACHE = 'off';
});

/** What a package manager has installed of it: version 1.0.0, while the registry has newer ones. */
const INSTALLED: Files = {
  'node_modules/native/package.json': JSON.stringify(NATIVE),
  'node_modules/native/index.js': 'exports.answer = {};',
  'node_modules/helper/package.json': '{ "name": "helper", "version": "1.0.0" }',
};

/** An entry for each platform's package, as npm writes them, installed or not. */
function lockOf(version: string): string {
  const platforms = PLATFORMS.map(({ name, os, cpu }) => [
    `node_modules/${name}`,
    { version, os, cpu, optional: true },
  ]);
  return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(platforms) });
}

function project(files: Files = {}): string {
  return tempFolder({
    '.npmrc': registry.npmrc,
    'package.json': '{}',
    'main.ts': ENTRY,
    ...INSTALLED,
    'package-lock.json': lockOf('1.0.0'),
    ...files,
  });
}

function bundle(root: string, options: AppFunctionOptions = {}, entry = 'main.ts'): string {
  const bundling = { nodeModules: ['native'], ...options.bundling };
  return bundleIn(root, entry, { architecture: HERE, ...options, bundling });
}

/** The versions of installed packages, by their path. */
function versions(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const manifests = names.filter((it) => path.basename(it) === 'package.json').sort();
  return Object.fromEntries(
    manifests.map((file) => {
      const text = fs.readFileSync(path.join(folder, file), 'utf8');
      const { version } = JSON.parse(text) as { version: string };
      return [path.dirname(file).replace(/^node_modules./, ''), version];
    }),
  );
}

describe('packages in the asset’s node_modules', () => {
  test.each([
    [lambda.Architecture.ARM_64, '@native/linux-arm64'],
    [lambda.Architecture.X86_64, '@native/linux-x64'],
  ])('are for the function’s architecture (%o)', (architecture, binary) => {
    const folder = bundle(project(), { architecture });

    expect(versions(folder)).toEqual({ [binary]: '1.0.0', helper: '1.0.0', native: '1.0.0' });
  });

  test.each<[string, Files, string]>([
    ['patch-package', { 'patches/helper+1.0.0.patch': '' }, 'patches/helper+1.0.0.patch'],
    [
      'patch-package, nested',
      { 'patches/native++helper+1.0.0.patch': '' },
      'patches/native++helper',
    ],
    [
      'pnpm',
      { 'package.json': '{"pnpm":{"patchedDependencies":{"helper@1.0.0":"x.patch"}}}' },
      '`pnpm.patchedDependencies` in package.json',
    ],
    [
      'Yarn',
      { 'package.json': '{"resolutions":{"helper@^1.0.0":"patch:helper@npm%3A1.0.0#x"}}' },
      '`resolutions` in package.json',
    ],
    [
      'pnpm 10',
      {
        'pnpm-workspace.yaml':
          "packages:\n  - '*'\npatchedDependencies:\n  'helper@1.0.0': patches/x.patch\n\nonly: a\n",
      },
      '`patchedDependencies` in pnpm-workspace.yaml',
    ],
    [
      'Bun',
      { 'package.json': '{"patchedDependencies":{"helper@1.0.0":"x.patch"}}' },
      '`patchedDependencies` in package.json',
    ],
    [
      'Yarn, as a dependency,',
      { 'package.json': '{"dependencies":{"helper":"patch:helper@npm%3A1.0.0#x"}}' },
      '`dependencies` in package.json',
    ],
    [
      'patch-package, in another folder,',
      {
        'package.json': '{"scripts":{"postinstall":"patch-package --patch-dir fixes"}}',
        'fixes/helper+1.0.0.patch': '',
      },
      'fixes/helper+1.0.0.patch',
    ],
  ])('fails for a package that %s patches', (_, files, patch) => {
    expect(() => bundle(project(files))).toThrow(patch);
  });

  test('are for arm64 by default', () => {
    const folder = bundle(project(), { architecture: undefined });

    expect(versions(folder)).toHaveProperty('@native/linux-arm64');
  });

  test('are what the code finds', () => {
    const has = [`linux-${process.arch}`];

    expect(run(bundle(project()))).toEqual({ version: '1.0.0', helper: '1.0.0', has });
  });

  test('are found by a package that is bundled', () => {
    const root = project({
      'main.ts': `import { answer } from 'user'; export const handler = async () => answer.version;`,
      'node_modules/user/package.json': '{ "name": "user", "main": "index.js" }',
      'node_modules/user/index.js': `exports.answer = require('native').answer;`,
    });

    expect(run(bundle(root))).toBe('1.0.0');
  });

  test('have the versions of the lock above a monorepo’s package', () => {
    const root = project({
      'services/api/package.json': '{}',
      'services/api/main.ts': ENTRY,
      'services/other/package.json': '{}',
      'services/other/node_modules/helper/package.json': '{ "name": "helper", "version": "1.1.0" }',
    });

    const folder = bundle(root, {}, 'services/api/main.ts');

    expect(versions(folder)).toMatchObject({ [`@native/linux-${process.arch}`]: '1.0.0' });
  });

  test('have the nearest installed versions, even if the lock names others', () => {
    const root = project({
      'services/api/main.ts': ENTRY,
      'services/api/node_modules/native/package.json': JSON.stringify({
        ...NATIVE,
        version: '1.1.0',
      }),
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: { 'node_modules/helper': { version: '1.1.0' } },
      }),
    });

    const folder = bundle(root, {}, 'services/api/main.ts');

    expect(versions(folder)).toMatchObject({ native: '1.1.0', helper: '1.0.0' });
  });

  test('have their dependency in two versions where the project has', () => {
    registry.publish(
      { name: 'second', version: '1.0.0', dependencies: { helper: '^1.0.0' } },
      { 'index.js': '' },
    );
    const root = project({
      'node_modules/second/package.json':
        '{ "name": "second", "version": "1.0.0", "dependencies": { "helper": "^1.0.0" } }',
      'node_modules/second/node_modules/helper/package.json':
        '{ "name": "helper", "version": "1.1.0" }',
    });

    const folder = bundle(root, { bundling: { nodeModules: ['second', 'native'] } });

    expect(versions(folder)).toMatchObject({
      helper: '1.0.0',
      [path.join('second', 'node_modules', 'helper')]: '1.1.0',
    });
  });

  test('have the versions that the project overrides dependencies with', () => {
    registry.publish({ name: 'helper', version: '2.0.0' }, { 'index.js': '' });
    PLATFORMS.forEach((manifest) => {
      registry.publish({ ...manifest, version: '2.0.0' }, { 'binary.node': elf('x64') });
    });
    const root = project({
      'node_modules/helper/package.json': '{ "name": "helper", "version": "2.0.0" }',
      'package-lock.json': lockOf('2.0.0'),
    });

    const folder = bundle(root, { architecture: lambda.Architecture.X86_64 });

    expect(versions(folder)).toEqual({
      '@native/linux-x64': '2.0.0',
      helper: '2.0.0',
      native: '1.0.0',
    });
  });

  test('have the peers that the project has, and no others', () => {
    const manifest = {
      name: 'with-peers',
      version: '1.0.0',
      peerDependencies: { helper: '>=1', native: '>=1', 'not-there': '>=1' },
      peerDependenciesMeta: { native: { optional: true } },
    };
    registry.publish(manifest, { 'index.js': '' });
    registry.publish({ name: 'not-there', version: '1.0.0' });
    const root = project({ 'node_modules/with-peers/package.json': JSON.stringify(manifest) });

    const folder = bundle(root, { bundling: { nodeModules: ['with-peers'] } });

    expect(versions(folder)).toEqual({ 'with-peers': '1.0.0', helper: '1.0.0' });
  });

  test('have the installed versions where another manager links them, without a lock of npm', () => {
    const store = 'node_modules/.pnpm/native@1.0.0/node_modules';
    const root = tempFolder({
      '.npmrc': registry.npmrc,
      'main.ts': ENTRY,
      [`${store}/native/package.json`]: JSON.stringify(NATIVE),
      [`${store}/helper/package.json`]: '{ "name": "helper", "version": "1.0.0" }',
      [`${store}/@native/darwin-arm64/package.json`]: JSON.stringify({
        ...PLATFORMS[2],
        version: '1.0.0',
      }),
    });
    writeLinks(root, { 'node_modules/native': './.pnpm/native@1.0.0/node_modules/native' });

    const folder = bundle(root);

    // What is not installed and in no lock is what the package asks for: here a range.
    expect(versions(folder)).toEqual({
      [`@native/linux-${process.arch}`]: '1.1.0',
      helper: '1.0.0',
      native: '1.0.0',
    });
  });

  test('may be installed under another name', () => {
    const root = project({
      'main.ts': `import { answer } from 'alias'; export const handler = async () => answer.version;`,
      'node_modules/alias/package.json': JSON.stringify(NATIVE),
    });

    expect(run(bundle(root, { bundling: { nodeModules: ['alias'] } }))).toBe('1.0.0');
  });

  test('leave nothing of npm’s own, no path of this machine, and may be executed if they could before', () => {
    registry.publish(
      { name: 'tool', version: '1.0.0', bin: { tool: 'tool.js' } },
      { 'tool.js': '#!/usr/bin/env node\n', 'data.txt': '' },
    );
    const root = project({
      'node_modules/tool/package.json':
        '{ "name": "tool", "version": "1.0.0", "bin": { "tool": "tool.js" } }',
    });

    const folder = bundle(root, { bundling: { nodeModules: ['native', 'tool'] } });

    const names = fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(folder, name)).isFile());
    expect(names.filter((name) => /\.bin|package-lock|npmrc/.test(name))).toEqual([]);
    const text = names.map((name) => fs.readFileSync(path.join(folder, name), 'latin1')).join('');
    expect(text).not.toMatch(/serverless-app-|_resolved|127\.0\.0\.1/);
    const modes = ['tool.js', 'data.txt'].map(
      (name) => fs.statSync(path.join(folder, 'node_modules/tool', name)).mode & 0o111,
    );
    expect(modes.map((mode) => mode !== 0)).toEqual([true, false]);
  });
});

describe('the token in `.npmrc`', () => {
  const npmrc = (): string => `${registry.npmrc}//127.0.0.1/:_authToken=a-secret-token\n`;

  /** Runs with what is in npm's folder while npm runs, which stays there if the synthesis is killed. */
  function whileNpmRuns(look: (folder: string) => void): void {
    const { npmInstall } = jest.requireActual<typeof npm>('../../lib/bundling/npm');
    installs.mockImplementationOnce((folder, ...rest) => {
      const result = npmInstall(folder, ...rest);
      look(folder);
      return result;
    });
  }

  function holdsToken(folder: string): string[] {
    return fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.lstatSync(path.join(folder, name)).isFile())
      .filter((name) => fs.readFileSync(path.join(folder, name), 'utf8').includes('a-secret'));
  }

  test('is in no file of the temporary folder, and npm reads it', () => {
    const held: string[][] = [];
    whileNpmRuns((folder) => held.push(holdsToken(folder)));

    const made = run(bundle(project({ '.npmrc': npmrc() })));

    expect(held).toEqual([[]]);
    expect(made).toMatchObject({ version: '1.0.0' });
  });

  test('is read in place if the system allows no links', () => {
    const realFs = jest.requireActual<typeof fs>('node:fs');
    jest.spyOn(realFs, 'symlinkSync').mockImplementationOnce(() => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
    });
    const held: string[][] = [];
    whileNpmRuns((folder) => held.push(holdsToken(folder)));
    const root = project({ '.npmrc': npmrc() });

    const made = run(bundle(root));

    expect(held).toEqual([[]]);
    expect(installs.mock.calls[0]?.[2]).toBe(path.join(root, '.npmrc'));
    expect(made).toMatchObject({ version: '1.0.0' });
  });
});

describe('the hash of an asset with packages', () => {
  const declare = (root: string, bundling: BundlingOptions = {}): Record<string, string> => {
    const { app, stack } = appOf(root);
    const nodeModules = { bundling: { nodeModules: ['native'], ...bundling } };
    app.addFunction('F', { entry: 'main.ts', ...nodeModules });
    return hashes(stack);
  };

  test('is the same in another folder', () => {
    expect(declare(project())).toEqual(declare(project()));
  });

  test('does not follow the packages of another function', () => {
    const root = project({ 'other.ts': 'export const handler = async () => 1;' });
    const { app, stack } = appOf(root);
    app.addFunction('F', { entry: 'main.ts', bundling: { nodeModules: ['native'] } });
    app.addFunction('G', { entry: 'other.ts', bundling: { nodeModules: ['helper'] } });
    app.addFunction('H', { entry: 'other.ts' });
    const alone = appOf(root);
    alone.app.addFunction('H', { entry: 'other.ts' });

    const together = hashes(stack);

    expect(together.F).toBe(declare(root).F);
    expect(together.H).toBe(hashes(alone.stack).H);
    expect(together.G).not.toBe(together.H);
  });

  test('follows the version of what a package depends on', () => {
    const helper = {
      'node_modules/helper/package.json': '{ "name": "helper", "version": "1.1.0" }',
    };

    expect(declare(project(helper)).F).not.toBe(declare(project()).F);
  });
});

describe('npm', () => {
  test('installs the same packages for several functions once', () => {
    const root = project({ 'other.ts': `${ENTRY} // other` });
    const { app, stack } = appOf(root);
    const options = { bundling: { nodeModules: ['native'] } };
    app.addFunction('F', { entry: 'main.ts', ...options });
    app.addFunction('G', { entry: 'other.ts', ...options });
    app.addFunction('H', {
      entry: 'other.ts',
      ...options,
      architecture: lambda.Architecture.X86_64,
    });

    templateOf(stack);

    expect(installs.mock.calls.map(([, { cpu }]) => cpu)).toEqual(['arm64', 'x64']);
  });

  test('is not run when the CLI wants no code', () => {
    const { app, stack, outdir } = appOf(tempFolder({ 'main.ts': ENTRY }), {
      'aws:cdk:bundling-stacks': [],
    });
    app.addFunction('F', { entry: 'main.ts', bundling: { nodeModules: ['not-installed'] } });

    templateOf(stack);

    expect(installs).not.toHaveBeenCalled();
    expect(fs.readdirSync(assetFolder(outdir))).toEqual(['index.mjs']);
  });

  test('takes no settings from the npm that runs the synthesis', () => {
    const settings = {
      npm_config_workspace: 'absent',
      npm_config_dry_run: 'true',
      npm_config_omit: 'optional',
      npm_config_cpu: 'none',
    };
    Object.assign(process.env, settings);
    try {
      expect(versions(bundle(project()))).toHaveProperty(`@native/linux-${process.arch}`);
    } finally {
      Object.keys(settings).forEach((name) => Reflect.deleteProperty(process.env, name));
    }
  });

  test('leaves nothing in the temporary folder', () => {
    bundle(project());

    expect(installs.mock.calls.map(([folder]) => fs.existsSync(folder))).toEqual([false]);
  });
});

describe('the cache of packages', () => {
  let cache: string;

  beforeEach(() => {
    cache = tempFolder();
    process.env.SERVERLESS_APP_CACHE = cache;
  });

  /** How often npm was run, and what came of it. */
  function bundled(root: string, options: AppFunctionOptions = {}): [number, unknown] {
    installs.mockClear();
    const answer = run(bundle(root, options));
    return [installs.mock.calls.length, answer];
  }

  /** Kept files of a kind. */
  function kept(part: string): string[] {
    const [format = ''] = fs.readdirSync(cache);
    const folder = path.join(cache, format, part);
    return fs.readdirSync(folder).map((name) => path.join(folder, name));
  }

  test('is used where nothing has changed, in another folder too', () => {
    const [first, answer] = bundled(project());

    expect([first, bundled(project())]).toEqual([1, [0, answer]]);
  });

  test('keeps that a file may be executed', () => {
    registry.publish(
      { name: 'runs', version: '1.0.0', bin: 'run.js' },
      { 'run.js': '#!/bin/sh\n' },
    );
    const root = project({
      'node_modules/runs/package.json': '{ "name": "runs", "version": "1.0.0", "bin": "run.js" }',
    });
    const hash = (): unknown => {
      const { app, stack } = appOf(root);
      app.addFunction('F', { entry: 'main.ts', bundling: { nodeModules: ['native', 'runs'] } });
      return hashes(stack);
    };

    expect([hash(), installs.mock.calls.length]).toEqual([hash(), 1]);
  });

  test.each<[string, Files, AppFunctionOptions]>([
    [
      'the version',
      { 'node_modules/native/package.json': JSON.stringify({ ...NATIVE, version: '1.1.0' }) },
      {},
    ],
    [
      'the version of a dependency',
      { 'node_modules/helper/package.json': '{ "name": "helper", "version": "1.1.0" }' },
      {},
    ],
    ['the lock of what is not installed', { 'package-lock.json': lockOf('1.1.0') }, {}],
    ['the packages', {}, { bundling: { nodeModules: ['native', 'helper'] } }],
    ['the cache, which is off', {}, { bundling: { cache: false } }],
  ])('is not used after a change of %s', (_name, files, options) => {
    const root = project();
    bundled(root);
    writeFiles(root, files);

    expect(bundled(root, options)[0]).toBe(1);
  });

  test('is another one for each architecture', () => {
    const root = project();
    bundled(root);
    installs.mockClear();

    bundle(root, { architecture: lambda.Architecture.custom('arm64') });
    bundle(root, { architecture: lambda.Architecture.X86_64 });

    expect(installs).toHaveBeenCalledTimes(1);
  });

  test.each<[string, string, (file: string) => void]>([
    [
      'record that was cut off',
      'records',
      (file) => {
        fs.truncateSync(file, 40);
      },
    ],
    [
      'file that was cut off',
      'contents',
      (file) => {
        fs.truncateSync(file, 10);
      },
    ],
    [
      'file that was written over',
      'contents',
      (file) => {
        fs.writeFileSync(file, 'x');
      },
    ],
    [
      'file that is gone',
      'contents',
      (file) => {
        fs.rmSync(file);
      },
    ],
  ])('with a %s is filled anew', (_name, part, damage) => {
    const root = project();
    const first = bundled(root);
    kept(part).forEach(damage);

    expect(bundled(root)).toEqual(first);
    expect(bundled(root)).toEqual([0, first[1]]);
  });

  test('serves several syntheses at once, and after one was killed', async () => {
    const root = project();
    const killed = installElsewhere(root, 'killed while npm runs');

    const hashes = await Promise.all([installElsewhere(root), installElsewhere(root), killed]);

    expect(hashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), hashes[0], '']);
    expect(await installElsewhere(root)).toBe(hashes[0]);
    expect(bundled(root)[0]).toBe(0);
  });
});

/** Installs in a process of its own, which says the hash of the files. */
function installElsewhere(root: string, fate?: 'killed while npm runs'): Promise<string> {
  const repository = path.resolve(__dirname, '../..');
  const lib = path.join(repository, 'lib');
  const script = path.join(tempFolder(), 'install.ts');
  fs.writeFileSync(
    script,
    `import { hashOfFiles } from '${lib}/bundling/asset-files';
    import { NodeModules } from '${lib}/bundling/node-modules';
    import { PropCheck } from '${lib}/props/prop-check';
    const additions = { check: new PropCheck('Test', 'F'), architecture: '${HERE.name}',
      nodeModules: ['native'], installScripts: false, copyFiles: [] };
    const request = { owner: 'F', root: '${root}', entry: '${root}/main.ts', handler: 'handler',
      nodeVersion: '24', options: {}, additions };
    process.stdout.write(hashOfFiles(new NodeModules().of(request)));`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: repository,
    env: process.env, // jest has one of its own
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    if (fate !== undefined && data.toString().includes('npm installs')) {
      child.kill('SIGKILL');
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => {
      resolve(said);
    });
  });
}

describe('install scripts', () => {
  const SCRIPT = { install: 'node install.js || node-gyp rebuild' };
  const WRITES = `const { npm_config_platform: p, npm_config_arch: a, npm_config_libc: l, npm_config_target: t } = process.env;
    require('fs').writeFileSync('built.json', JSON.stringify([p, a, l, t]));`;
  const scripted = (): string => {
    const manifest = { name: 'scripted', version: '1.0.0', scripts: SCRIPT };
    const files = { 'install.js': WRITES, 'index.js': `exports.built = require('./built.json');` };
    registry.publish(manifest, files);
    return project({
      'main.ts': `import scripted from 'scripted'; export const handler = async () => scripted.built;`,
      'node_modules/scripted/package.json': JSON.stringify(manifest),
    });
  };

  test('run on request, and know the target platform', () => {
    const options = { nodeModules: ['scripted'], installScripts: true };

    const folder = bundle(scripted(), { bundling: options, runtime: lambda.Runtime.NODEJS_22_X });

    expect(run(folder)).toEqual(['linux', process.arch, 'glibc', '22.0.0']);
  });

  test('fail by default if they produce the binary', () => {
    expect(() => bundle(scripted(), { bundling: { nodeModules: ['scripted'] } })).toThrow(
      /nodeModules` must name packages with a binary for linux x64.*got `scripted` 1\.0\.0, whose install script makes or downloads the binary: let it run with `installScripts: true`/,
    );
  });
});

describe('a wrong package', () => {
  const failing =
    (root: string, ...nodeModules: string[]) =>
    (): string =>
      bundle(root, { architecture: lambda.Architecture.ARM_64, bundling: { nodeModules } });
  const published = (manifest: Record<string, unknown>, files: Files = {}): string => {
    const full = { name: 'odd', version: '1.0.0', ...manifest };
    registry.publish(full, files);
    return project({ 'node_modules/odd/package.json': JSON.stringify(full) });
  };

  test.each(['', '.', '../x', 'sharp@1.0.0', '/x', 'a/b', 'a b', '-g', '@scope'])(
    'fails for the name "%s"',
    (name) => {
      const { app } = appOf(project());

      expect(() =>
        app.addFunction('F', { entry: 'main.ts', bundling: { nodeModules: [name] } }),
      ).toThrow(
        `Test/App: \`functions.F.bundling.nodeModules\` must be package names, got "${name}": write`,
      );
    },
  );

  test('that is not installed fails', () => {
    const root = project();

    expect(failing(root, 'absent')).toThrow(
      `Test/App: \`functions.F.bundling.nodeModules\` must name packages that are installed in a \`node_modules\` folder of ${root} or above it, got "absent": run \`npm install absent\``,
    );
  });

  test('that lacks what it depends on fails', () => {
    const root = project();
    fs.rmSync(path.join(root, 'node_modules/helper'), { recursive: true });

    expect(failing(root, 'native')).toThrow(
      'nodeModules` must name packages that are installed with all their dependencies, got no `helper`, which `native` needs: install',
    );
  });

  test('that is in the project itself fails', () => {
    const root = project({ 'packages/own/package.json': '{ "name": "own", "version": "1.0.0" }' });
    writeLinks(root, { 'node_modules/own': '../packages/own' });

    expect(failing(root, 'own')).toThrow(
      `got \`own\`, which is a link to ${path.join(root, 'packages/own')}: let it be bundled`,
    );
  });

  test('that npm cannot download fails with npm’s message', () => {
    const root = project({
      'node_modules/unknown/package.json': '{ "name": "unknown", "version": "3.2.1" }',
    });

    expect(failing(root, 'unknown')).toThrow(
      /^Test\/App: `functions\.F\.bundling\.nodeModules` must name packages that npm can install for linux arm64, got npm’s error:\n[^]*E404[^]*unknown[^]*: correct what npm reports/,
    );
  });

  test('fails where there is no npm', () => {
    const before = process.env.PATH;
    const root = project();
    process.env.PATH = tempFolder();
    try {
      expect(failing(root, 'native')).toThrow(
        'nodeModules` is installed by npm, which comes with Node.js, got no npm on the PATH: install npm, or put the packages into a layer',
      );
    } finally {
      process.env.PATH = before;
    }
  });

  test('with a package for each platform but this one fails', () => {
    registry.publish({ name: 'odd-x64', version: '1.0.0', os: ['linux'], cpu: ['x64'] });
    const root = published({ optionalDependencies: { 'odd-x64': '1.0.0' } });

    expect(failing(root, 'odd')).toThrow(
      'nodeModules` must name packages with a binary for linux arm64, the function’s `architecture` (arm64), with glibc, got `odd` 1.0.0, which has only odd-x64: use a version that has one',
    );
  });

  test('with binaries for others only fails', () => {
    const root = published(
      { version: '2.0.0' },
      { 'prebuilds/linux-x64/a.node': elf('x64'), 'prebuilds/darwin-arm64/a.node': 'Mach-O' },
    );

    expect(failing(root, 'odd')).toThrow(
      /got `odd` 2\.0\.0, whose binaries \(prebuilds\/darwin-arm64\/a\.node, prebuilds\/linux-x64\/a\.node\) are for other platforms: use/,
    );
  });

  test('with a binary for another version of Node.js only fails', () => {
    const root = published({ version: '2.1.0' }, { 'build/Release/a.node': elf('arm64', 115) });

    expect(failing(root, 'odd')).toThrow(
      'nodeModules` must name packages with a binary for Node.js 24, the function’s `runtime`, whose NODE_MODULE_VERSION is 137, got `odd`, ' +
        'whose binary is for NODE_MODULE_VERSION 115 (Node.js 20): run the synthesis with Node.js 24, where an install script compiles',
    );
  });

  test('whose binary fits one runtime fails for another one', () => {
    const root = published({ version: '2.2.0' }, { 'a.node': elf('arm64', 127) });
    const bundling = { nodeModules: ['odd'] };
    const architecture = lambda.Architecture.ARM_64;
    const fitting = { bundling, architecture, runtime: lambda.Runtime.NODEJS_22_X };

    expect(() => bundle(root, fitting)).not.toThrow();
    expect(failing(root, 'odd')).toThrow(
      'whose binary is for NODE_MODULE_VERSION 127 (Node.js 22)',
    );
  });

  test.each<[string, Record<string, unknown>, Files]>([
    [
      'with binaries for several versions of Node.js is accepted',
      { version: '3.1.0' },
      { 'a.node': elf('arm64', 115), 'b.node': elf('arm64', 137) },
    ],
    [
      'with a binary for Node-API is accepted',
      { version: '3.1.1' },
      { 'a.node': elfFile({ machine: 'arm64', defines: ['napi_register_module_v1'] }) },
    ],
    [
      'with binaries for all processors is accepted',
      { version: '3.0.0' },
      { 'x.node': elf('x64'), 'a.node': elf('arm64') },
    ],
    [
      'with an optional dependency for macOS only is accepted',
      { version: '3.0.1', optionalDependencies: { 'mac-only': '1.0.0' } },
      {},
    ],
    [
      'with an optional dependency that has a wrong binary is accepted',
      { version: '3.0.2', optionalDependencies: { 'wrong-binary': '1.0.0' } },
      {},
    ],
  ])('%s', (_name, manifest, files) => {
    registry.publish({ name: 'mac-only', version: '1.0.0', os: ['darwin'] });
    registry.publish({ name: 'wrong-binary', version: '1.0.0' }, { 'x.node': elf('x64') });

    expect(failing(published(manifest, files), 'odd')).not.toThrow();
  });
});

describe('native code that is bundled fails, and names the option', () => {
  const failing = (files: Files) => () => bundleIn(tempFolder(files), 'main.ts');

  test('with the package', () => {
    expect(
      failing({
        'main.ts': `import x from '@scope/native'; export const handler = x;`,
        'node_modules/@scope/native/package.json':
          '{ "name": "@scope/native", "main": "index.js" }',
        'node_modules/@scope/native/index.js': `module.exports = require('@scope/native-here/a.node');`,
        'node_modules/@scope/native-here/a.node': '',
      }),
    ).toThrow(
      /index\.js:1:\d+: No loader is configured for "\.node" files: [^]*native code cannot be bundled: have the package installed into the asset with `bundling\.nodeModules: \["@scope\/native"\]`$/,
    );
  });

  test('with the package whose binary is not built', () => {
    expect(
      failing({
        'main.ts': `import x from 'unbuilt'; export const handler = x;`,
        'node_modules/unbuilt/package.json': '{ "name": "unbuilt", "main": "index.js" }',
        'node_modules/unbuilt/index.js': `module.exports = require('./build/Release/a.node');`,
      }),
    ).toThrow(
      'have it installed into the asset with `bundling.nodeModules: ["unbuilt"], installScripts: true`; if the function does not use it, write `bundling.externalModules: ["unbuilt"]`',
    );
  });

  test('for a file of the user’s own', () => {
    expect(
      failing({ 'main.ts': `import x from './a.node'; export const handler = x;`, 'a.node': '' }),
    ).toThrow(/native code cannot be bundled: copy it into the asset with `bundling\.copyFiles`/);
  });
});

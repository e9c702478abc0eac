import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  AppFunctionOptions,
  BundlingFormat,
  BundlingOptions,
  ServerlessApp,
} from 'cdk-serverless-app';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Files, writeFiles, writeLinks } from './write-files';

/**
 * A handler that is hard to bundle, and what it answers. Tests of every output format build and invoke the whole set.
 */
export interface AwkwardHandler {
  /** The function's id. All files of a handler are in a folder of that name. */
  readonly id: string;
  /** A sentence’s end: "a function … ". */
  readonly name: string;
  /** Relative to the handler's folder. */
  readonly entry: string;
  readonly files: Files;
  /** Symbolic links, by their path in the handler's folder. */
  readonly links?: Readonly<Record<string, string>>;
  /** Paths in the options start from the app's root, in which the handler's folder lies. */
  readonly options?: AppFunctionOptions;
  readonly event?: unknown;
  readonly answer: unknown;
  /** There is no such thing in a CommonJS file. */
  readonly esmOnly?: boolean;
  /** A file in the asset must be executable. The emulator (MiniStack 1.5.33) forgets that; the CDK's zip and AWS do not. */
  readonly needsFileModes?: boolean;
}

const REPOSITORY = path.join(__dirname, '..', '..');

/** What a native package is installed for, so that it runs here. */
const HERE = process.arch === 'arm64' ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64;

/** `add(a, b)`, from the text `(func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)`. */
const ADD_WASM = Buffer.from('AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=', 'base64');

export const AWKWARD_HANDLERS: readonly AwkwardHandler[] = [
  {
    id: 'DynamicRequire',
    name: 'with a CommonJS package that requires by a name it computes',
    entry: 'main.ts',
    files: {
      'main.ts': `import { base, plugin } from 'old';
        export const handler = async (event: { plugin: string }) => [base('path', '/a/b'), plugin(event.plugin)];`,
      'node_modules/old/package.json': '{ "name": "old", "main": "index.js" }',
      'node_modules/old/index.js': `exports.base = (name, file) => require(name).basename(file);
        exports.plugin = (name) => require('./plugins/' + name + '.js');`,
      'node_modules/old/plugins/one.js': `module.exports = 'plugin one';`,
      'node_modules/old/plugins/two.js': `module.exports = 'plugin two';`,
    },
    event: { plugin: 'two' },
    answer: ['b', 'plugin two'],
  },
  {
    id: 'Json',
    name: 'with JSON',
    entry: 'main.ts',
    files: {
      'main.ts': `import data from './data.json'; import { version } from 'one/package.json';
        export const handler = async () => [data.answer, version];`,
      'data.json': '{ "answer": 42 }',
      'node_modules/one/package.json': '{ "name": "one", "version": "1.2.3" }',
    },
    answer: [42, '1.2.3'],
  },
  {
    id: 'BinaryLoader',
    name: 'with WebAssembly inside its code',
    entry: 'main.ts',
    files: {
      'main.ts': `import bytes from './add.wasm';
        const { instance } = await WebAssembly.instantiate(bytes);
        export const handler = async (event) => instance.exports.add(event.a, event.b);`,
      'add.wasm': ADD_WASM,
    },
    options: { bundling: { loader: { '.wasm': 'binary' } } },
    event: { a: 20, b: 22 },
    answer: 42,
    esmOnly: true,
  },
  {
    id: 'CopiedFiles',
    name: 'with files that it reads at run time',
    entry: 'src/main.ts',
    files: {
      'src/main.ts': `import { readFileSync } from 'node:fs';
        import { join } from 'node:path';
        const inAsset = (name: string) => join(process.env.LAMBDA_TASK_ROOT!, name);
        export const handler = async (event: { name: string }) => {
          const { instance } = await WebAssembly.instantiate(readFileSync(inAsset('wasm/add.wasm')));
          return [
            (instance.exports.add as any)(1, 2),
            readFileSync(inAsset('templates/mail.txt'), 'utf8').replace('NAME', event.name),
          ];
        };`,
      'add.wasm': ADD_WASM,
      'templates/mail.txt': 'Dear NAME',
    },
    options: {
      bundling: {
        copyFiles: [
          { source: 'CopiedFiles/add.wasm', destination: 'wasm/add.wasm' },
          { source: 'CopiedFiles/templates', destination: 'templates' },
        ],
      },
    },
    event: { name: 'Ada' },
    answer: [3, 'Dear Ada'],
  },
  {
    id: 'CopiedProgram',
    name: 'with a program that it runs',
    entry: 'main.ts',
    files: {
      'main.ts': `import { execFileSync } from 'node:child_process';
        export const handler = async () => execFileSync(process.env.LAMBDA_TASK_ROOT + '/engine', { encoding: 'utf8' });`,
      'bin/engine': '#!/bin/sh\nprintf "an engine"\n',
    },
    options: { bundling: { copyFiles: [{ source: 'CopiedProgram/bin', destination: '.' }] } },
    answer: 'an engine',
    needsFileModes: true,
  },
  {
    id: 'NativePackage',
    name: 'with a package that holds native code',
    entry: 'main.ts',
    files: {
      'main.ts': `import { crc32 } from '@node-rs/crc32';
        export const handler = async (event: { text: string }) => crc32(event.text);`,
    },
    links: { 'node_modules/@node-rs': path.join(REPOSITORY, 'node_modules', '@node-rs') },
    options: { architecture: HERE, bundling: { nodeModules: ['@node-rs/crc32'] } },
    event: { text: '123456789' },
    answer: 0xcbf43926, // the check value of this CRC: https://reveng.sourceforge.io/crc-catalogue/17plus.htm
  },
  {
    id: 'TopLevelAwait',
    name: 'with top-level await',
    entry: 'main.ts',
    files: {
      'main.ts': `import { later } from './later';
        const value = await Promise.resolve(9);
        export const handler = async () => [value, later];`,
      'later.ts': `export const later = await Promise.resolve('later');`,
    },
    answer: [9, 'later'],
    esmOnly: true,
  },
  {
    id: 'DynamicImport',
    name: 'with dynamic imports of a file and of packages',
    entry: 'main.ts',
    files: {
      'main.ts': `export const handler = async (event: { name: string }) => [
          (await import('./later')).value,
          (await import('modern')).value,
          (await import('old')).default.value,
          (await import(event.name)).sep,
        ];`,
      'later.ts': `export const value = 'a file';`,
      'node_modules/modern/package.json':
        '{ "name": "modern", "type": "module", "main": "index.js" }',
      'node_modules/modern/index.js': `export const value = 'an ES module';`,
      'node_modules/old/package.json': '{ "name": "old", "main": "index.js" }',
      'node_modules/old/index.js': `exports.value = 'CommonJS';`,
    },
    event: { name: 'node:path' },
    answer: ['a file', 'an ES module', 'CommonJS', '/'],
  },
  {
    id: 'LegacyDecorators',
    name: 'with decorators of TypeScript’s own kind',
    entry: 'main.ts',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
      'main.ts': `const seen: string[] = [];
        function noted(target: object, key: string, descriptor: PropertyDescriptor) { seen.push(typeof descriptor.value + ' ' + key); }
        function marked(_target: object, key: string, index: number) { seen.push('parameter ' + index + ' of ' + key); }
        class Greeter { @noted greet(@marked name: string) { return 'Hello ' + name; } }
        export const handler = async (event: { name: string }) => [new Greeter().greet(event.name), ...seen];`,
    },
    event: { name: 'Ada' },
    answer: ['Hello Ada', 'parameter 0 of greet', 'function greet'],
  },
  {
    id: 'StandardDecorators',
    name: 'with decorators of the standard kind',
    entry: 'main.ts',
    files: {
      'main.ts': `function loud(method: (name: string) => string, context: ClassMethodDecoratorContext) {
          return function (this: unknown, name: string) { return context.kind + ': ' + method.call(this, name).toUpperCase(); };
        }
        class Greeter { @loud greet(name: string) { return 'Hello ' + name; } }
        export const handler = async (event: { name: string }) => new Greeter().greet(event.name);`,
    },
    event: { name: 'Ada' },
    answer: 'method: HELLO ADA',
  },
  {
    id: 'TsconfigPaths',
    name: 'with the paths of a tsconfig.json above it',
    entry: 'src/main.ts',
    files: {
      'tsconfig.json': '{ "extends": "./base.json" }',
      'base.json': '{ "compilerOptions": { "paths": { "@/*": ["./own/*"] } } }',
      'src/main.ts': `import { value } from '@/value'; export const handler = async () => value;`,
      'own/value.ts': 'export const value = 11;',
    },
    answer: 11,
  },
  {
    id: 'NamedTsconfig',
    name: 'with the paths of a tsconfig that its options name',
    entry: 'src/main.ts',
    files: {
      'src/main.ts': `import { value } from '@/value'; export const handler = async () => value;`,
      'own/value.ts': 'export const value = 12;',
      'other.json': '{ "compilerOptions": { "paths": { "@/*": ["./own/*"] } } }',
    },
    options: { bundling: { tsconfig: 'NamedTsconfig/other.json' } },
    answer: 12,
  },
  ...(['A', 'B'] as const).map((letter) => ({
    id: `SameName${letter}`,
    name: `whose entry is named like another one’s (${letter})`,
    entry: 'index.ts',
    files: {
      'index.ts': `import { which } from './which'; export const handler = async () => which;`,
      'which.ts': `export const which = 'the one in ${letter}';`,
    },
    answer: `the one in ${letter}`,
  })),
  {
    id: 'Monorepo',
    name: 'in a monorepo, with packages above it and a workspace behind a link',
    entry: 'services/api/src/main.ts',
    files: {
      'package.json': '{ "workspaces": ["packages/*", "services/*"] }',
      'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
      'node_modules/hoisted/package.json': '{ "name": "hoisted", "main": "index.js" }',
      'node_modules/hoisted/index.js': `exports.value = 'hoisted';`,
      'packages/shared/package.json': '{ "name": "@acme/shared", "main": "src/index.ts" }',
      'packages/shared/src/index.ts': `import { value } from 'hoisted'; import { own } from 'own';
        export enum Kind { SHARED = 'a workspace' }
        export const shared = [Kind.SHARED, value, own];`,
      'packages/shared/node_modules/own/package.json': '{ "name": "own", "main": "index.js" }',
      'packages/shared/node_modules/own/index.js': `exports.own = 'of the workspace';`,
      'services/api/package.json': '{ "name": "@acme/api" }',
      'services/api/src/main.ts': `import { shared } from '@acme/shared'; import { value } from 'hoisted';
        export const handler = async () => [...shared, value];`,
    },
    links: { 'node_modules/@acme/shared': '../../packages/shared' },
    answer: ['a workspace', 'hoisted', 'of the workspace', 'hoisted'],
  },
  {
    id: 'SourceMap',
    name: 'with a source map, whose stack trace shows the user’s own lines',
    entry: 'main.ts',
    files: {
      'main.ts': `import { fail } from './fail';

        export const handler = async () => {
          try {
            return fail();
          } catch (error) {
            return String((error as Error).stack).match(/\\w+\\.ts:\\d+/g);
          }
        };`,
      'fail.ts': `interface NotInTheOutput {
          readonly a: string;
        }
        export function fail(): NotInTheOutput {
          throw new Error('on line 5');
        }`,
    },
    options: { bundling: { sourceMap: true } },
    answer: ['fail.ts:5', 'main.ts:5'],
  },
  {
    id: 'Define',
    name: 'with identifiers that are replaced',
    entry: 'main.ts',
    files: { 'main.ts': 'export const handler = async () => process.env.FLAVOUR;' },
    options: { bundling: { define: { 'process.env.FLAVOUR': '"blue"' } } },
    answer: 'blue',
  },
  {
    id: 'Loaders',
    name: 'with files that loaders read and copy',
    entry: 'main.ts',
    files: {
      'main.ts': `import { readFileSync } from 'node:fs';
        import { join } from 'node:path';
        import page from './page.html';
        import picture from './picture.png';
        import certificate from './root.pem';
        export const handler = async () =>
          [page, picture, readFileSync(join(process.env.LAMBDA_TASK_ROOT!, certificate), 'utf8')];`,
      'page.html': '<p>',
      'picture.png': 'png',
      'root.pem': 'a certificate',
    },
    options: { bundling: { loader: { '.html': 'text', '.png': 'dataurl', '.pem': 'file' } } },
    answer: ['<p>', 'data:image/png,png', 'a certificate'],
  },
  ...['ts', 'mts', 'js', 'mjs', 'tsx', 'jsx'].map((extension) => ({
    id: `Entry${extension}`,
    name: `from a .${extension} entry`,
    entry: `main.${extension}`,
    files: {
      [`main.${extension}`]: extension.endsWith('x')
        ? `/** @jsx h */
          const h = (name, props, ...inside) => \`<\${name}>\${inside.join('')}</\${name}>\`;
          export const handler = async (event) => <p>Hello {event.name}</p>;`
        : `export const handler = async (event) => \`<p>Hello \${event.name}</p>\`;`,
    },
    event: { name: 'Ada' },
    answer: '<p>Hello Ada</p>',
  })),
  ...[
    ['cjs', `const { join } = require('node:path'); exports.handler = async () => join('a', 'b');`],
    [
      'cts',
      `import path = require('node:path'); export = { handler: async () => path.join('a', 'b') };`,
    ],
    ['js', `module.exports = { handler: async () => require('node:path').join('a', 'b') };`],
    [
      'ts',
      `import path = require('node:path'); export = { handler: async () => path.join('a', 'b') };`,
    ],
  ].map(([extension = '', text = '']) => ({
    id: `CommonJs${extension}`,
    name: `from a .${extension} entry that is CommonJS`,
    entry: `main.${extension}`,
    files: { [`main.${extension}`]: text },
    answer: 'a/b',
  })),
];

/** Writes the handlers' files into a folder, which is then the root of an app. */
export function writeAwkwardHandlers(root: string): void {
  writeFiles(root, { 'package.json': '{}' });
  for (const { id, files, links = {} } of AWKWARD_HANDLERS) {
    writeFiles(path.join(root, id), files);
    writeLinks(path.join(root, id), links);
  }
  fs.chmodSync(path.join(root, 'CopiedProgram', 'bin', 'engine'), 0o755);
}

/** An output format, and the handlers that can be built in it. */
export interface Format {
  /** The id of an app of such functions. */
  readonly id: string;
  readonly name: string;
  readonly bundling: BundlingOptions;
  readonly handlers: readonly AwkwardHandler[];
}

/** Each output format, with the handlers that can be built in it. */
export const FORMATS: readonly Format[] = [
  { id: 'Esm', name: 'minified ES modules', bundling: {}, handlers: AWKWARD_HANDLERS },
  {
    id: 'Written',
    name: 'ES modules as written',
    bundling: { minify: false },
    handlers: AWKWARD_HANDLERS,
  },
  {
    id: 'Shared',
    name: 'ES modules with files that functions share',
    bundling: { sharedChunks: true },
    handlers: AWKWARD_HANDLERS.filter(({ options }) => !copiesByLoader(options)),
  },
  {
    id: 'CommonJs',
    name: 'CommonJS',
    bundling: { format: BundlingFormat.CJS },
    handlers: AWKWARD_HANDLERS.filter(({ esmOnly = false }) => !esmOnly),
  },
];

function copiesByLoader(options: AppFunctionOptions = {}): boolean {
  return Object.values(options.bundling?.loader ?? {}).some((it) => it === 'file' || it === 'copy');
}

/**
 * Declares a function for each handler.
 *
 * @param format bundling options for all handlers; those that a handler needs are merged with them
 */
export function addAwkwardHandlers(
  app: ServerlessApp,
  handlers: readonly AwkwardHandler[] = AWKWARD_HANDLERS,
  format: BundlingOptions = {},
): void {
  for (const { id, entry, options = {} } of handlers) {
    const bundling = { ...format, ...options.bundling };
    app.addFunction(id, { entry: `${id}/${entry}`, ...options, bundling });
  }
}

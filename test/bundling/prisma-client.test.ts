import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AssetFiles, filesWith } from '../../lib/bundling/asset-files';
import { generatedPrismaClient } from '../../lib/bundling/prisma-client';
import { PropCheck } from '../../lib/props/prop-check';
import { appOf } from '../support/bundles';
import { path, tempFolder, templateOf, warnings } from '../support/synth';
import { Files } from '../support/write-files';

const CLIENT = { 'node_modules/@prisma/client/package.json': '{ "version": "7.0.0" }' };
const GENERATED = {
  'node_modules/.prisma/client/index.js': 'exports.PrismaClient = class {};',
  'node_modules/.prisma/client/index.d.ts': '',
  'node_modules/.prisma/client/query_compiler_bg.wasm': '',
};
const INSTALLED = filesWith(
  new Map([['node_modules/@prisma/client/package.json', new Uint8Array()]]),
);

function generated(files: Files, installed: AssetFiles = INSTALLED, cpu = 'x64'): string[] {
  const folder = path.join(tempFolder({ ...CLIENT, ...files }), 'src');
  const check = new PropCheck('App', 'functions.F.bundling');
  return [...generatedPrismaClient(installed, folder, cpu, check).keys()];
}

test('the generated client comes along, without its types', () => {
  expect(generated(GENERATED)).toEqual([
    'node_modules/.prisma/client/index.js',
    'node_modules/.prisma/client/query_compiler_bg.wasm',
  ]);
});

test('it does not come along with other packages', () => {
  expect(generated(GENERATED, new Map())).toEqual([]);
});

test.each<[string, Files]>([
  ['nothing', {}],
  [
    'what Prisma puts there before',
    {
      'node_modules/.prisma/client/index.js':
        'throw new Error("@prisma/client did not initialize yet")',
    },
  ],
])('%s instead of the client fails', (_, files) => {
  expect(() => generated(files)).toThrow(
    /`functions\.F\.bundling\.nodeModules` must name `@prisma\/client` only together with the client that `prisma generate` writes beside it, got no generated client in .*: run `npx prisma generate`/,
  );
});

describe('an engine, as of Prisma 6', () => {
  const engine = (target: string): string =>
    `node_modules/.prisma/client/libquery_engine-${target}.so.node`;
  const LAMBDA = { x64: 'rhel-openssl-3.0.x', arm64: 'linux-arm64-openssl-3.0.x' };

  test.each(['x64', 'arm64'] as const)('comes along for %s alone', (cpu) => {
    const files = { [engine(LAMBDA.x64)]: '', [engine(LAMBDA.arm64)]: '', [engine('debian')]: '' };
    const found = generated({ ...GENERATED, ...files }, INSTALLED, cpu);
    expect(found.filter((it) => it.includes('engine'))).toEqual([engine(LAMBDA[cpu])]);
  });

  test('for other systems only fails', () => {
    expect(() => generated({ ...GENERATED, [engine('debian-openssl-3.0.x')]: '' })).toThrow(
      'must name `@prisma/client` only with Prisma’s engine for Lambda, `rhel-openssl-3.0.x`, got engines for debian-openssl-3.0.x: ' +
        'write `binaryTargets = ["native", "rhel-openssl-3.0.x"]` in the generator of schema.prisma, and run `npx prisma generate`',
    );
  });
});

test('a bundled client that reads its engine gives a warning that names the package', () => {
  const root = tempFolder({
    'main.ts': `import { PrismaClient } from '@prisma/client'; export const handler = async () => new PrismaClient();`,
    'node_modules/@prisma/client/package.json': '{ "name": "@prisma/client", "version": "6.0.0" }',
    'node_modules/@prisma/client/index.js': `module.exports = { ...require('.prisma/client') };`,
    'node_modules/.prisma/client/index.js': `const path = require('path');
      exports.PrismaClient = class { constructor() { this.engine = path.join(__dirname, 'libquery_engine-rhel-openssl-3.0.x.so.node'); } };`,
    'node_modules/.prisma/client/libquery_engine-rhel-openssl-3.0.x.so.node': '',
  });
  const { app, stack } = appOf(root);
  app.addFunction('F', { entry: 'main.ts', architecture: lambda.Architecture.X86_64 });
  templateOf(stack);
  expect(warnings(stack).filter((it) => it.includes('files-beside-code'))).toEqual([
    expect.stringContaining('write `nodeModules: [\\"@prisma/client\\"]`'),
  ]);
});

import { BundlingFormat } from 'cdk-serverless-app';
import { appOf } from '../support/bundles';
import { fs, path, resources, tempFolder, warnings } from '../support/synth';
import { PackageCase } from './package-case';
import { runHandler } from './run-handler';

/** Ten packages that this repository has installed; `npm run test:packages` tests many more. */
const CASES: readonly PackageCase[] = [
  {
    packages: ['ajv'],
    does: 'validates',
    code: `
      import Ajv from 'ajv';
      const validate = new Ajv().compile({ type: 'object', required: ['a'] });
      export const handler = async () => [validate({ a: 1 }), validate({})];`,
    returns: [true, false],
  },
  {
    packages: ['aws4'],
    does: 'signs a request',
    code: `
      import aws4 from 'aws4';
      export const handler = async () =>
        aws4.sign({ service: 's3', path: '/' }, { accessKeyId: 'a', secretAccessKey: 'b' }).headers.Authorization.slice(0, 16);`,
    returns: 'AWS4-HMAC-SHA256',
  },
  {
    packages: ['commander'],
    does: 'parses arguments',
    code: `
      import { Command } from 'commander';
      export const handler = async () => new Command().option('-n, --name <name>').parse(['-n', 'Ada'], { from: 'user' }).opts();`,
    returns: { name: 'Ada' },
  },
  {
    packages: ['cli-table3'],
    does: 'prints a table',
    code: `
      import Table from 'cli-table3';
      export const handler = async () => new Table({ head: ['a'], style: { head: [], border: [] } }).toString().split('\\n').length;`,
    returns: 3,
  },
  {
    packages: ['asciichart'],
    does: 'plots a line',
    code: `
      import { plot } from 'asciichart';
      export const handler = async () => plot([1, 2]).includes('2.00');`,
    returns: true,
  },
  {
    packages: ['fast-check'],
    does: 'checks a property',
    code: `
      import * as fc from 'fast-check';
      export const handler = async () => fc.check(fc.property(fc.integer(), (n) => n === n)).failed;`,
    returns: false,
  },
  {
    packages: ['sucrase'],
    does: 'strips types',
    code: `
      import { transform } from 'sucrase';
      export const handler = async () => transform('const a: number = 1;', { transforms: ['typescript'] }).code.replace(/\\s+/g, ' ').trim();`,
    returns: 'const a = 1;',
  },
  {
    packages: ['https-proxy-agent'],
    does: 'makes an agent',
    code: `
      import { HttpsProxyAgent } from 'https-proxy-agent';
      export const handler = async () => new HttpsProxyAgent('http://127.0.0.1:9').proxy.port;`,
    returns: '9',
  },
  {
    packages: ['@aws-sdk/lib-dynamodb', '@aws-sdk/client-dynamodb'],
    does: 'makes a client of documents',
    code: `
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
      import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
      const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
      export const handler = async () => [typeof client.send, new GetCommand({ TableName: 't', Key: { a: 1 } }).input.TableName];`,
    returns: ['function', 't'],
  },
];

const root = tempFolder(
  Object.fromEntries(CASES.map(({ code }, i): [string, string] => [`f${i}.ts`, code])),
);
fs.symlinkSync(path.join(__dirname, '..', '..', 'node_modules'), path.join(root, 'node_modules'));

describe.each([BundlingFormat.ESM, BundlingFormat.CJS])('as %s', (format) => {
  const { app, stack, outdir } = appOf(root);
  CASES.forEach((_, i) => app.addFunction(`F${i}x`, { entry: `f${i}.ts`, bundling: { format } }));

  test.each(
    CASES.map(({ packages, does, returns }, i) => [packages[0], does, returns, i] as const),
  )('%s %s', (_name, _does, returns, i) => {
    const all = Object.entries(resources(stack, 'AWS::Lambda::Function'));
    const [, { Properties = {} } = {}] = all.find(([id]) => id.includes(`F${i}x`)) ?? [];
    const { S3Key } = Properties.Code as { S3Key: string };
    const asset = path.join(outdir, `asset.${S3Key.replace('.zip', '')}`);
    expect(runHandler(asset, process.execPath, {})).toEqual({ result: returns });
  });

  test('without a warning', () => {
    const texts = warnings(stack).filter((it) => /native-package|files-beside-code/.test(it));
    expect(texts).toEqual([]);
  });
});

test('@node-rs/crc32 must be installed into the asset', () => {
  fs.writeFileSync(
    path.join(root, 'native.ts'),
    `import { crc32 } from '@node-rs/crc32'; export const handler = async () => crc32('a');`,
  );
  const { app, stack } = appOf(root);
  app.addFunction('F', { entry: 'native.ts' });
  expect(() => resources(stack)).toThrow('`bundling.nodeModules: ["@node-rs/crc32"]`');
});

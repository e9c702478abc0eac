import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { quickApp, tempFolder } from '../synth';

test('a stack trace shows the line of the source that threw, in what tests share and in their own files', () => {
  const thrown = (): Error => {
    try {
      quickApp({ root: '/nowhere/at/all' }).app.addFunction('F', { entry: 'none.ts' });
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing was thrown');
  };

  const frames = [...(thrown().stack ?? '').matchAll(/\((\/[^():]+\.ts):(\d+):\d+\)/g)];

  const own = frames.find(([, file]) => file === __filename);
  const tested = frames.find(([, file = '']) => file.includes('/lib/app/serverless-app.ts'));
  expect([own, tested].map((frame) => lineOf(frame))).toEqual([
    expect.stringContaining("addFunction('F'"),
    expect.stringContaining('new AppFunction('),
  ]);
});

function lineOf(frame: RegExpMatchArray | undefined): string | undefined {
  const [, file = '', line = '0'] = frame ?? [];
  return file === '' ? undefined : fs.readFileSync(file, 'utf8').split('\n')[Number(line) - 1];
}

test('tests run in the context of the process, in which globals are no proxies', () => {
  expect(vm.isContext(globalThis)).toBe(false);
});

test('files share packages and the code under test, but not the support of the tests, even in a folder such as test/bin', () => {
  const support = require.resolve('../../bin/migrate/support.ts');

  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the registry of this file shows what it loads
  require('../../bin/migrate/support.ts');
  const own = Object.keys(require.cache);

  expect(own).toEqual(expect.arrayContaining([__filename, support]));
  expect(own).not.toContain(require.resolve('../../../bin/migrate/migrate-definition.ts'));
  expect(own).not.toContainEqual(expect.stringMatching(/\/node_modules\/aws-cdk-lib\//));
});

test('a package that keeps the folder of its first use keeps one that lasts', async () => {
  process.chdir(tempFolder());
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only now, as by an app that bundles
  const esbuild = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = await esbuild.build({
    stdin: { contents: '' },
    outfile: 'a.js',
    write: false,
  });

  expect(outputFiles.map((file) => path.dirname(file.path))).toEqual([
    path.resolve(__dirname, '..', '..', '..'),
  ]);
});

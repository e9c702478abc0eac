import { AssetFile, AssetFiles, fileWith } from '../../lib/bundling/asset-files';
import { checkAssetSize, MAX_ASSET_BYTES } from '../../lib/bundling/asset-size';
import { codeInputs } from '../../lib/bundling/bundler';
import { PropCheck } from '../../lib/props/prop-check';
import { sparse } from '../support/bundles';
import { path, tempFolder } from '../support/synth';

const MB = 1024 * 1024;
const check = new PropCheck('Test/App', 'functions.F.bundling');

/** Files of these sizes in bytes, which take no place on the disk. */
function filesOf(sizes: Readonly<Record<string, number>>): AssetFiles {
  return new Map(
    Object.entries(sizes).map(([name, bytes]): [string, AssetFile] => [
      name,
      { ...fileWith(new Uint8Array()), file: sparse(bytes) },
    ]),
  );
}

const checking =
  (sizes: Readonly<Record<string, number>>, inputs: Readonly<Record<string, number>> = {}) =>
  (): void => {
    const code = { file: 'index.mjs', inputs: () => new Map(Object.entries(inputs)) };
    checkAssetSize(filesOf(sizes), code, check);
  };

test('an asset may be what Lambda takes', () => {
  expect(checking({ 'index.mjs': 1, large: MAX_ASSET_BYTES - 1 })).not.toThrow();
});

test('an asset that is one byte larger fails', () => {
  expect(checking({ 'index.mjs': 2, large: MAX_ASSET_BYTES - 1 })).toThrow(
    /^Test\/App: `functions\.F\.bundling` must make an asset of at most 250 MB, unzipped, which is Lambda’s quota, got 250\.0 MB, mainly `large` 250\.0 MB: leave out what the function does not need/,
  );
});

describe('the largest parts', () => {
  test.each<[string, Record<string, number>, string]>([
    [
      'a package, with its largest file, wherever it lies',
      {
        'node_modules/@img/sharp/a': 1 * MB,
        'node_modules/@img/sharp/lib/b': 199 * MB,
        'node_modules/one/node_modules/two/x': 90 * MB,
      },
      'got 290.0 MB, mainly `node_modules/@img/sharp` 200.0 MB, 2 files, the largest `node_modules/@img/sharp/lib/b` with 199.0 MB, `node_modules/one/node_modules/two/x` 90.0 MB: ',
    ],
    [
      'a package without a scope, with the first of its largest files',
      {
        'node_modules/pkg/a': 1 * MB,
        'node_modules/pkg/b': 130 * MB,
        'node_modules/pkg/c': 130 * MB,
      },
      'mainly `node_modules/pkg` 261.0 MB, 3 files, the largest `node_modules/pkg/b` with 130.0 MB: ',
    ],
    [
      'a folder, with its largest file',
      { 'models/one/a': 150 * MB, 'models/one/b': 149 * MB, 'models/two/c': 10 * MB },
      'mainly `models/one` 299.0 MB, 2 files, the largest `models/one/a` with 150.0 MB, `models/two/c` 10.0 MB: ',
    ],
    [
      'the largest five',
      { a: 51 * MB, b: 56 * MB, c: 55 * MB, d: 54 * MB, e: 53 * MB, f: 52 * MB },
      'mainly `b` 56.0 MB, `c` 55.0 MB, `d` 54.0 MB, `e` 53.0 MB, `f` 52.0 MB: ',
    ],
    [
      'nothing that does not matter',
      { a: 297 * MB, b: 3 * MB, c: 2 * MB, 'index.mjs': 1 },
      'mainly `a` 297.0 MB: ',
    ],
    ['what is a hundredth of it', { a: 297 * MB, b: 3 * MB }, 'mainly `a` 297.0 MB, `b` 3.0 MB: '],
  ])('is named: %s', (_name, sizes, message) => {
    expect(checking(sizes)).toThrow(message);
  });

  test('is named by the sources, where it is the code', () => {
    const inputs = {
      'src/main.ts': 4 * MB,
      'src/words.json': 100 * MB,
      'node_modules/large/a.js': 90 * MB,
      '../node_modules/large/b.js': 35 * MB,
      '../node_modules/large/lib/c.js': 25 * MB,
    };

    expect(checking({ 'index.mjs': 254 * MB, 'data/a': 46 * MB }, inputs)).toThrow(
      'got 300.0 MB, mainly `src/words.json in index.mjs` 100.0 MB, `node_modules/large/a.js in index.mjs` 90.0 MB, ' +
        '`../node_modules/large` 60.0 MB, 2 files, the largest `../node_modules/large/b.js in index.mjs` with 35.0 MB, `data/a` 46.0 MB, `src/main.ts in index.mjs` 4.0 MB: ',
    );
  });
});

test('code that is not large is not asked for its sources, which would take time', () => {
  const asked = jest.fn(() => new Map([['src/main.ts', 3 * MB]]));
  const of = (bytes: number) => (): void => {
    const files = filesOf({ 'index.mjs': bytes, large: 300 * MB - bytes });
    checkAssetSize(files, { file: 'index.mjs', inputs: asked }, check);
  };

  expect(of(3 * MB - 1)).toThrow('mainly `large` 297.0 MB: ');
  expect(asked).not.toHaveBeenCalled();
  expect(of(3 * MB)).toThrow('`large` 297.0 MB, `src/main.ts in index.mjs` 3.0 MB: ');
});

test('the sources of the code are listed with their share of it', () => {
  const root = tempFolder({
    'src/main.ts':
      'import { text } from "large"; import data from "./data.json";\nexport const handler = () => [text, data];',
    'src/data.json': JSON.stringify('d'.repeat(500)),
    'node_modules/large/index.js': `export const text = "${'t'.repeat(2000)}"; export const unused = "${'u'.repeat(5000)}";`,
    'node_modules/large/package.json': '{"name":"large","type":"module","sideEffects":false}',
  });

  const inputs = codeInputs({
    owner: 'F',
    root,
    entry: path.join(root, 'src/main.ts'),
    handler: 'handler',
    nodeVersion: '22',
    options: {},
  });

  expect(Object.fromEntries(inputs)).toEqual({
    'src/main.ts': expect.any(Number),
    'src/data.json': expect.closeTo(520, -2),
    'node_modules/large/index.js': expect.closeTo(2015, -2),
  });
});

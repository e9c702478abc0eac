import { BundlingOptions, CopiedFile } from 'cdk-serverless-app';
import { MAX_ASSET_BYTES } from '../../lib/bundling/asset-size';
import { appOf, assetFolder, bundleIn, hashes, sparse } from '../support/bundles';
import { fs, path, tempFolder, templateOf, warnings } from '../support/synth';
import { Files, writeLinks } from '../support/write-files';

const MAIN = { 'src/main.ts': 'export const handler = async () => 1;' };

/** A folder with a handler and these files. */
function folderOf(files: Files): string {
  return tempFolder({ ...MAIN, ...files });
}

function bundled(root: string, copyFiles: CopiedFile[], bundling: BundlingOptions = {}): string {
  return bundleIn(root, 'src/main.ts', { bundling: { ...bundling, copyFiles } });
}

/** All files of a folder, by their path in it. */
function filesIn(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile()).sort();
  return Object.fromEntries(
    files.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}

/** What is beside the code in the asset. */
function besides(folder: string): Record<string, string> {
  const { 'index.mjs': _code, ...rest } = filesIn(folder);
  return rest;
}

describe('copied files', () => {
  test.each<[string, CopiedFile[], Record<string, string>]>([
    ['a file, where it lies', [{ source: 'data/a.txt' }], { 'data/a.txt': 'a' }],
    ['a file elsewhere', [{ source: 'data/a.txt', destination: 'x/y.txt' }], { 'x/y.txt': 'a' }],
    [
      'a folder, where it lies',
      [{ source: 'data' }],
      { 'data/a.txt': 'a', 'data/deep/b.bin': 'b' },
    ],
    [
      'a folder elsewhere',
      [{ source: './data/', destination: 'x/' }],
      { 'x/a.txt': 'a', 'x/deep/b.bin': 'b' },
    ],
    [
      'a folder at the top',
      [{ source: 'data', destination: '.' }],
      { 'a.txt': 'a', 'deep/b.bin': 'b' },
    ],
    [
      'folders that share a folder',
      [
        { source: 'data', destination: 'x' },
        { source: 'data/a.txt', destination: 'x/other.txt' },
      ],
      { 'x/a.txt': 'a', 'x/deep/b.bin': 'b', 'x/other.txt': 'a' },
    ],
  ])('%s', (_name, copyFiles, result) => {
    const root = folderOf({ 'data/a.txt': 'a', 'data/deep/b.bin': 'b' });

    expect(besides(bundled(root, copyFiles))).toEqual(result);
  });

  test('from outside the root are named by the last part', () => {
    const shared = tempFolder({ 'certificates/root.pem': 'pem' });

    const folder = bundled(folderOf({}), [{ source: path.join(shared, 'certificates') }]);

    expect(besides(folder)).toEqual({ 'certificates/root.pem': 'pem' });
  });

  test('behind links are copied, not linked', () => {
    const root = folderOf({ 'real/a.txt': 'a' });
    writeLinks(root, { 'data/file.txt': '../real/a.txt', 'data/folder': '../real' });

    const folder = bundled(root, [{ source: 'data' }]);

    expect(besides(folder)).toEqual({ 'data/file.txt': 'a', 'data/folder/a.txt': 'a' });
    expect(fs.lstatSync(path.join(folder, 'data/file.txt')).isSymbolicLink()).toBe(false);
  });

  test('may be executed if they could before, and else not', () => {
    const root = folderOf({ 'bin/engine': 'x', 'bin/data': 'y' });
    fs.chmodSync(path.join(root, 'bin/engine'), 0o700);

    const folder = bundled(root, [{ source: 'bin' }]);

    const modes = ['engine', 'data'].map((it) => fs.statSync(path.join(folder, 'bin', it)).mode);
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['755', '644']);
  });

  test('do not get in the way of files that the code copies', () => {
    const root = tempFolder({
      'src/main.ts': "import x from './a.bin'; export const handler = async () => x;",
      'src/a.bin': 'bin',
      'data/a.txt': 'a',
    });

    const folder = bundled(root, [{ source: 'data' }], { loader: { '.bin': 'file' } });

    expect(Object.keys(besides(folder))).toEqual([
      expect.stringMatching(/^a-.*\.bin$/),
      'data/a.txt',
    ]);
  });
});

describe('the hash of an asset with copied files', () => {
  const hash = (root: string, copyFiles: CopiedFile[]): string | undefined => {
    const { app, stack } = appOf(root);
    app.addFunction('F', { entry: 'src/main.ts', bundling: { copyFiles } });
    return hashes(stack).F;
  };
  const DATA = [{ source: 'data' }];
  const before = (): string | undefined => hash(folderOf({ 'data/a.txt': 'a' }), DATA);

  test('is the same in another folder, at another time', () => {
    const root = folderOf({ 'data/a.txt': 'a' });
    fs.utimesSync(path.join(root, 'data/a.txt'), 1, 1);

    expect(hash(root, DATA)).toBe(before());
  });

  test.each<[string, Files, CopiedFile[]]>([
    ['a content', { 'data/a.txt': 'b' }, DATA],
    ['a name', { 'data/b.txt': 'a' }, DATA],
    ['a place', { 'data/a.txt': 'a' }, [{ source: 'data', destination: 'other' }]],
    ['the number of files', { 'data/a.txt': 'a', 'data/b.txt': '' }, DATA],
  ])('follows %s', (_name, files, copyFiles) => {
    expect(hash(folderOf(files), copyFiles)).not.toBe(before());
  });

  test('follows whether a file may be executed', () => {
    const root = folderOf({ 'data/a.txt': 'a' });
    fs.chmodSync(path.join(root, 'data/a.txt'), 0o755);

    expect(hash(root, DATA)).not.toBe(before());
  });

  test('does not follow the files of another function', () => {
    const root = folderOf({ 'data/a.txt': 'a', 'other.ts': 'export const handler = 1;' });
    const { app, stack } = appOf(root);
    app.addFunction('F', { entry: 'src/main.ts', bundling: { copyFiles: DATA } });
    app.addFunction('G', { entry: 'other.ts', bundling: { copyFiles: [{ source: 'src' }] } });

    expect(hashes(stack).F).toBe(before());
  });
});

describe('a wrong copied file', () => {
  const failing = (copyFiles: CopiedFile[]) => () => {
    const root = folderOf({ 'data/a.txt': 'a', 'data/b/c.txt': 'c', 'index.mjs': '', x: 'x' });
    fs.mkdirSync(path.join(root, 'empty'));
    writeLinks(root, { 'dangling/link': 'nowhere', 'loop/again': '../loop' });
    return bundled(root, copyFiles);
  };

  test.each<[string, CopiedFile[], RegExp]>([
    [
      'that is not there',
      [{ source: 'data' }, { source: 'absent' }],
      /^Test\/App: `functions\.F\.bundling\.copyFiles\[1\]\.source` must be a file or folder that exists, got ".*\/absent": correct it, or the app’s `root`/,
    ],
    [
      'without a name',
      [{ source: '' }],
      /copyFiles\[0\]\.source` must name a file or folder, got "": write/,
    ],
    ['that is the root', [{ source: '.' }], /copyFiles\[0\]\.source` must not be the app’s `root`/],
    [
      'that is an empty folder',
      [{ source: 'empty' }],
      /copyFiles\[0\]\.source` must be a folder with files in it, got ".*\/empty"/,
    ],
    [
      'with a link that leads nowhere',
      [{ source: 'dangling' }],
      /copyFiles\[0\]\.source` must be a readable folder without broken links, .*ENOENT.*dangling\/link/,
    ],
    [
      'with a link to a folder above',
      [{ source: 'loop' }],
      /copyFiles\[0\]\.source` must be a readable folder without broken links, .*loop\/again is a link to a folder that contains it/,
    ],
    ...['../x', '/x', 'a/../../x', '..', 'a\\b', 'C:/x', ''].map(
      (to): [string, CopiedFile[], RegExp] => [
        `that would be at "${to}"`,
        [{ source: 'x', destination: to }],
        /copyFiles\[0\]\.destination` must be a path inside the asset, got ".*": write it relative/,
      ],
    ),
    [
      'that would be the whole asset',
      [{ source: 'x', destination: '.' }],
      /copyFiles\[0\]\.destination` must name the file in the asset, got "\.": write `destination: "x"`/,
    ],
    [
      'in the place of the code',
      [{ source: 'index.mjs' }],
      /copyFiles\[0\]\.destination` must not be a path at which the code already has `index\.mjs`, got "index\.mjs": give it another `destination`/,
    ],
    [
      'in the place of another',
      [{ source: 'data' }, { source: 'x', destination: 'data/a.txt' }],
      /copyFiles\[1\]\.destination` must not be a path at which `copyFiles\[0\]` already has `data\/a\.txt`, got "data\/a\.txt"/,
    ],
    [
      'in the place of a folder',
      [{ source: 'data' }, { source: 'x', destination: 'data/b' }],
      /copyFiles\[1\]\.destination` must not be a path at which `copyFiles\[0\]` already has `data\/b`/,
    ],
    [
      'below a file',
      [{ source: 'x' }, { source: 'data', destination: 'x' }],
      /copyFiles\[1\]\.destination` must not be a path at which `copyFiles\[0\]` already has `x`, got "x\/a\.txt"/,
    ],
  ])('%s fails', (_name, copyFiles, text) => {
    expect(failing(copyFiles)).toThrow(text);
  });

  test('fails beside code that is wrong, in one error', () => {
    const { app, stack } = appOf(tempFolder({ 'a.ts': 'const x: = 1;' }));
    app.addFunction('F', { entry: 'a.ts', bundling: { copyFiles: [{ source: 'absent' }] } });

    expect(() => templateOf(stack)).toThrow(
      /functions\.F\.entry` must compile[^]*copyFiles\[0\]\.source` must be a file or folder that exists/,
    );
  });

  test('does not matter when the CLI wants no code', () => {
    const { app, stack, outdir } = appOf(folderOf({}), { 'aws:cdk:bundling-stacks': [] });
    app.addFunction('F', { entry: 'src/main.ts', bundling: { copyFiles: [{ source: 'absent' }] } });

    templateOf(stack);

    expect(besides(assetFolder(outdir))).toEqual({});
  });
});

test('an asset that is too large fails, and names what is largest', () => {
  const root = folderOf({ 'data/small': 's' });
  const large = sparse(MAX_ASSET_BYTES / 2);

  const synth = (): string =>
    bundled(root, [
      { source: 'data' },
      { source: large, destination: 'models/one/first' },
      { source: large, destination: 'models/one/second' },
    ]);

  expect(synth).toThrow(
    /^Test\/App: `functions\.F\.bundling` must make an asset of at most 250 MB, unzipped, which is Lambda’s quota, got 250\.0 MB, mainly `models\/one` 250\.0 MB, 2 files, the largest `models\/one\/first` with 125\.0 MB: leave out/,
  );
});

describe('files that usually hold secrets', () => {
  const SECRETS = {
    'data/.env': 'PASSWORD=1',
    'data/deep/.env.production': 'PASSWORD=2',
    'data/.npmrc': '//registry/:_authToken=3',
    'data/.git/config': 'token',
  };
  const OTHERS = { 'data/a.txt': 'a', 'data/.env.example': '', 'data/.environment': '' };

  function told(root: string, copyFiles: CopiedFile[]): [string[], Record<string, string>] {
    const { app, stack, outdir } = appOf(root);
    app.addFunction('F', { entry: 'src/main.ts', bundling: { copyFiles } });
    templateOf(stack);
    const about = warnings(stack).filter((text) => text.includes('secret-file'));
    return [about, besides(assetFolder(outdir))];
  }

  test('are left out of a folder, with a warning', () => {
    const [about, copied] = told(folderOf({ ...OTHERS, ...SECRETS }), [{ source: 'data' }]);

    expect(copied).toEqual(OTHERS);
    expect(about).toEqual([
      expect.stringContaining(
        'Test/App: `functions.F.bundling.copyFiles[0]` leaves out `.env`, `.git`, `.npmrc`, `deep/.env.production` in `data`, which ' +
          'usually holds secrets: move it, or, if the function needs it, name it explicitly: ' +
          '`{ source: \\"data/.env\\" }`',
      ),
    ]);
  });

  test('are copied where they are named', () => {
    const named = [{ source: 'data/.env' }, { source: 'data/.git' }];

    const [about, copied] = told(folderOf({ ...OTHERS, ...SECRETS }), named);

    expect(copied).toEqual({ 'data/.env': 'PASSWORD=1', 'data/.git/config': 'token' });
    expect(about).toEqual([]);
  });

  test('are no files where there is nothing else in the folder', () => {
    expect(() => bundled(folderOf({ 'data/.env': 'PASSWORD=1' }), [{ source: 'data' }])).toThrow(
      'name `.env` in it by itself, since it usually holds secrets, or leave the folder out',
    );
  });
});

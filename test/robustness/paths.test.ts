import { Stack } from 'aws-cdk-lib';
import { ServerlessApp } from 'cdk-serverless-app';
import { checkCopiedFiles } from '../../lib/bundling/copied-files';
import { functionIdFromEntry } from '../../lib/core/names';
import { PropCheck } from '../../lib/props/prop-check';
import { run } from '../support/bundles';
import { fs, path, bundlingCdkApp, tempFolder } from '../support/synth';
import { Files, writeFiles } from '../support/write-files';

const CHECK = new PropCheck('Stack/App', '');

/** A project whose handler imports a file, a package, and copies a folder. */
const FILES: Files = {
  'package.json': '{}',
  'src/get order.ts': `import { file } from './żółć'; import { name } from 'pack';
    import { readFileSync } from 'node:fs';
    export const handler = async () => [file, name, readFileSync(process.env.LAMBDA_TASK_ROOT + '/my files/ü.txt', 'utf8')];`,
  'src/żółć.ts': `export const file = 'a file';`,
  'node_modules/pack/package.json': '{ "name": "pack", "main": "index.js" }',
  'node_modules/pack/index.js': `exports.name = 'a package';`,
  'my files/ü.txt': 'copied',
};

/** What the handler of a project answers, bundled into a cloud assembly. */
function answer(root: string, outdir: string): unknown {
  const cdk = bundlingCdkApp({ outdir });
  const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root });
  app.addFunction('F', {
    entry: 'src/get order.ts',
    bundling: { copyFiles: [{ source: 'my files' }] },
  });
  cdk.synth();
  const [asset = ''] = fs.readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  const folder = path.join(outdir, asset);
  return run(folder, { environment: { LAMBDA_TASK_ROOT: folder } });
}

describe('a project in a folder', () => {
  test.each([
    ['with blanks', 'my project (1)'],
    ['with letters that are not ASCII', 'żółty-проект-項目-🦄'],
    ['with characters of URLs, shells and patterns', "a#b%20c&d'e[f]{g}$h!+@~"],
    ['whose name is long', 'x'.repeat(200)],
  ])('%s is bundled, and runs', (_, name) => {
    const root = path.join(tempFolder(), name);
    writeFiles(root, FILES);

    expect(answer(root, path.join(tempFolder(), 'cdk.out'))).toEqual([
      'a file',
      'a package',
      'copied',
    ]);
  });

  test('that is reached through a link is bundled, and runs', () => {
    const folder = tempFolder();
    writeFiles(path.join(folder, 'real'), FILES);
    fs.symlinkSync(path.join(folder, 'real'), path.join(folder, 'link'), 'junction');

    expect(answer(path.join(folder, 'link'), path.join(folder, 'cdk.out'))).toEqual([
      'a file',
      'a package',
      'copied',
    ]);
  });

  test('of a monorepo with linked workspaces has the same asset as without links', () => {
    const folder = tempFolder();
    writeFiles(path.join(folder, 'store', 'api'), FILES);
    fs.mkdirSync(path.join(folder, 'packages'));
    fs.symlinkSync(
      path.join(folder, 'store', 'api'),
      path.join(folder, 'packages', 'api'),
      'junction',
    );
    const assets = ['store/api', 'packages/api'].map((place, i) => {
      const outdir = path.join(folder, `cdk.out.${i}`);
      answer(path.join(folder, place), outdir);
      return fs.readdirSync(outdir).filter((name) => name.startsWith('asset.'));
    });

    expect(assets[1]).toEqual(assets[0]);
  });
});

/** The module itself, not the view of it that an import is. */
const realPath = jest.requireActual<typeof path>('node:path');

describe('on Windows', () => {
  const onWindows = <T>(work: () => T): T => {
    const names = ['basename', 'dirname', 'resolve', 'relative', 'isAbsolute'] as const;
    names.forEach((name) => {
      jest.spyOn(realPath, name).mockImplementation(Reflect.get(path.win32, name) as never);
    });
    jest.replaceProperty(realPath, 'sep', '\\');
    try {
      return work();
    } finally {
      jest.restoreAllMocks();
    }
  };

  test.each([
    ['src\\get-order.ts', 'GetOrder'],
    ['src/get-order.ts', 'GetOrder'],
    ['.\\orders\\index.ts', 'Orders'],
    ['C:\\My Project\\src\\import-orders.mts', 'ImportOrders'],
    ['\\\\server\\share\\close day.ts', 'CloseDay'],
  ])('the entry %s gives the id %s', (entry, id) => {
    expect(onWindows(() => functionIdFromEntry(entry, CHECK))).toBe(id);
  });

  test.each(['templates', 'templates\\mail', 'D:\\shared\\templates'])(
    'the file %s can be copied',
    (source) => {
      expect(() => {
        onWindows(() => {
          checkCopiedFiles([{ source }], 'C:\\project', CHECK);
        });
      }).not.toThrow();
    },
  );

  test.each(['a\\b', 'C:\\a', '\\a', '..\\a'])(
    'the target %s is refused: an asset has `/`',
    (destination) => {
      expect(() => {
        onWindows(() => {
          checkCopiedFiles([{ source: 'a', destination }], 'C:\\project', CHECK);
        });
      }).toThrow('must be a path inside the asset');
    },
  );
});

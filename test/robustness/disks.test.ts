import { execFileSync } from 'node:child_process';
import { Stack } from 'aws-cdk-lib';
import { ServerlessApp } from 'cdk-serverless-app';
import { fs, os, path, bundlingCdkApp, tempFolder } from '../support/synth';

const ENTRY = 'export const handler = async () => 1;\n';

/** An app with one handler, synthesized into a folder. */
function synthesize(root: string, outdir: string): void {
  const cdk = bundlingCdkApp({ outdir, treeMetadata: false });
  new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root }).addFunction('F', { entry: 'main.ts' });
  cdk.synth();
}

/** The module itself, not the view of it that an import is. */
const realFs = jest.requireActual<typeof fs>('node:fs');

/** The codes that the system gives, thrown where files of one folder are written. */
function failWriting(folder: string, code: string): void {
  const write = realFs.writeFileSync;
  jest.spyOn(realFs, 'writeFileSync').mockImplementation((file, ...rest) => {
    if (String(file).startsWith(folder)) {
      throw Object.assign(new Error(`${code}: no more`), { code });
    }
    write(file, ...rest);
  });
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('if the cloud assembly cannot be written', () => {
  test.each([
    ['ENOSPC', 'no space is left on the device: free some'],
    ['EDQUOT', 'your disk quota is used up'],
    ['EROFS', 'its file system is read-only: choose a folder on another one'],
    ['EACCES', 'you have no write permission there'],
  ])('synthesis fails at %s, with the folder and the remedy', (code, text) => {
    const outdir = path.join(tempFolder(), 'cdk.out');
    failWriting(outdir, code);

    expect(() => {
      synthesize(tempFolder({ 'main.ts': ENTRY }), outdir);
    }).toThrow(`${outdir} cannot be written (${code}), ${text}`);
  });

  test('no temporary file of an asset remains', () => {
    const outdir = path.join(tempFolder(), 'cdk.out');
    failWriting(outdir, 'ENOSPC');

    expect(() => {
      synthesize(tempFolder({ 'main.ts': ENTRY }), outdir);
    }).toThrow('ENOSPC');
    expect(fs.readdirSync(outdir).filter((name) => name.startsWith('asset.'))).toEqual([]);
  });

  test('other errors are passed on unchanged', () => {
    const outdir = path.join(tempFolder(), 'cdk.out');
    failWriting(outdir, 'EIO');

    expect(() => {
      synthesize(tempFolder({ 'main.ts': ENTRY }), outdir);
    }).toThrow(/^EIO: no more$/);
  });
});

describe('if the cache cannot be', () => {
  /** Synthesizes with a cache, and returns the lines about the cache. */
  function linesOf(cache: string): string[] {
    const before = process.env.SERVERLESS_APP_CACHE;
    process.env.SERVERLESS_APP_CACHE = cache;
    const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const outdir = path.join(tempFolder(), 'cdk.out');
    const cdk = bundlingCdkApp({ outdir, treeMetadata: false });
    const root = tempFolder({ 'main.ts': ENTRY, 'other.ts': ENTRY });
    const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root });
    app.addFunction('F', { entry: 'main.ts' });
    app.addFunction('G', { entry: 'other.ts', bundling: { minify: false } });

    try {
      cdk.synth();
    } finally {
      process.env.SERVERLESS_APP_CACHE = before;
    }

    expect(fs.readdirSync(outdir)).toContain('Test.template.json');
    const text = told.mock.calls.flat().join('');
    return text.split('\n').filter((line) => line.includes('cache'));
  }

  const line = (folder: string, code: string): string =>
    `cdk-serverless-app: the bundling cache ${folder} cannot be used (${code}), so bundling takes longer: ` +
    'repair the folder, name another one in `SERVERLESS_APP_CACHE`, or set that to `off`';

  test('written, one line says so, and the app is bundled nevertheless', () => {
    const cache = tempFolder();
    failWriting(cache, 'ENOSPC');

    expect(linesOf(cache)).toEqual([line(path.join(cache, 'v7'), 'ENOSPC')]);
  });

  test('made, because a file lies there, one line says so', () => {
    const cache = path.join(tempFolder({ cache: '' }), 'cache');

    expect(linesOf(cache)).toEqual([line(cache, 'ENOTDIR')]);
  });

  test('listed, one line says so', () => {
    const cache = tempFolder();
    const list = realFs.readdirSync;
    jest.spyOn(realFs, 'readdirSync').mockImplementation((...args: Parameters<typeof list>) => {
      if (String(args[0]).startsWith(cache)) {
        throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
      }
      return list(...args);
    });

    expect(linesOf(cache)).toEqual([line(path.join(cache, 'v7'), 'EACCES')]);
  });

  test('read, one line says so', () => {
    const cache = tempFolder();
    const access = realFs.accessSync;
    jest.spyOn(realFs, 'accessSync').mockImplementation((file, mode) => {
      if (String(file).endsWith('records')) {
        throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
      }
      access(file, mode);
    });

    expect(linesOf(cache)).toEqual([line(cache, 'EACCES')]);
  });
});

/** Real disks, where one may be mounted: as root on Linux, which reads and writes whatever the mode of a folder says. */
const mounting = mayMount() ? describe : describe.skip;

mounting('on a real disk', () => {
  const mounted: string[] = [];

  afterEach(() => {
    mounted.splice(0).forEach((folder) => execFileSync('umount', [folder]));
  });

  function disk(options: string): string {
    const folder = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    mounted.push(folder);
    return folder;
  }

  test('if the folder is full, the error names it', () => {
    const outdir = path.join(disk('size=8k'), 'cdk.out');
    const root = tempFolder({
      'main.ts': `export const handler = async () => '${'x'.repeat(20_000)}';\n`,
    });

    expect(() => {
      synthesize(root, outdir);
    }).toThrow(`${outdir} cannot be written (ENOSPC), no space is left on the device`);
  });

  test('if the folder for temporary files is full, the error names it', () => {
    const full = disk('size=16k');
    fs.writeFileSync(path.join(full, 'other'), 'x'.repeat(12_000));
    const root = tempFolder({
      'main.ts': "import { it } from 'one'; export const handler = async () => it;\n",
      'node_modules/one/package.json': '{"name":"one","type":"module","main":"i.js"}',
      'node_modules/one/i.js': 'export const it = 1;',
    });
    jest.spyOn(jest.requireActual<typeof os>('node:os'), 'tmpdir').mockReturnValue(full);

    expect(() => {
      synthesize(root, path.join(tempFolder(), 'cdk.out'));
    }).toThrow(
      `${full} cannot be written (ENOSPC), no space is left on the device: free some, or choose a folder on another disk. It is the folder for temporary files`,
    );
  });

  test('a project in a read-only folder is bundled, and nothing is written beside it', () => {
    const root = disk('size=1m');
    fs.writeFileSync(path.join(root, 'main.ts'), ENTRY);
    execFileSync('mount', ['-o', 'remount,ro', root]);
    const outdir = path.join(tempFolder(), 'cdk.out');

    synthesize(root, outdir);

    expect(fs.readdirSync(outdir)).toContain('Test.template.json');
    expect(fs.readdirSync(root)).toEqual(['main.ts']);
  });

  test('a read-only cache is not used', () => {
    const cache = disk('size=1m');
    execFileSync('mount', ['-o', 'remount,ro', cache]);
    const before = process.env.SERVERLESS_APP_CACHE;
    process.env.SERVERLESS_APP_CACHE = cache;
    const outdir = path.join(tempFolder(), 'cdk.out');

    try {
      synthesize(tempFolder({ 'main.ts': ENTRY }), outdir);
    } finally {
      process.env.SERVERLESS_APP_CACHE = before;
    }

    expect(fs.readdirSync(outdir)).toContain('Test.template.json');
  });
});

function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return false;
  }
  const folder = fs.mkdtempSync(path.join(fs.realpathSync('/tmp'), 'serverless-app-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmdirSync(folder);
  }
}

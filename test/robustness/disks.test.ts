import { execFileSync } from 'node:child_process';
import { Stack } from 'aws-cdk-lib';
import { ServerlessApp } from 'cdk-serverless-app';
import { fs, path, bundlingCdkApp, tempFolder } from '../support/synth';

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

test('if the cache cannot be written, the app is bundled nevertheless', () => {
  const cache = tempFolder();
  const before = process.env.SERVERLESS_APP_CACHE;
  process.env.SERVERLESS_APP_CACHE = cache;
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  failWriting(cache, 'ENOSPC');
  const outdir = path.join(tempFolder(), 'cdk.out');

  try {
    synthesize(tempFolder({ 'main.ts': ENTRY }), outdir);
  } finally {
    process.env.SERVERLESS_APP_CACHE = before;
  }

  expect(fs.readdirSync(outdir)).toContain('Test.template.json');
  expect(told.mock.calls.flat().join('')).toContain('the bundling cache cannot be written');
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

import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppFunctionOptions } from 'cdk-serverless-app';
import { createHash } from 'node:crypto';
import { appOf, assetFolder, hashes } from '../../support/bundles';
import { fs, only, path, quickApp, tempFolder, templateOf } from '../../support/synth';
import { Files, writeFiles } from '../../support/write-files';
import { restoreVariables } from '../../support/variables';

jest.setTimeout(120_000);

const environment = { ...process.env };

afterEach(() => {
  restoreVariables(environment);
});

const MODULE = 'module example.com/worker\n\ngo 1.21\n';
const MAIN = 'package main\n\nfunc main() { println(text) }\n';
const PROJECT: Files = {
  'src/worker/go.mod': MODULE,
  'src/worker/main.go': MAIN,
  'src/worker/text.go': 'package main\n\nconst text = "hello"\n',
};

function build(
  files: Files,
  options: AppFunctionOptions & { readonly entry?: string } = {},
  root = tempFolder(files),
): { readonly folder: string; readonly program: Buffer } {
  const { app, stack, outdir } = appOf(root);
  app.addFunction('F', { entry: 'src/worker/main.go', ...options });
  templateOf(stack);
  const folder = assetFolder(outdir);
  return { folder, program: fs.readFileSync(path.join(folder, 'bootstrap')) };
}

function errorOf(files: Files, options: Parameters<typeof build>[1] = {}): string {
  try {
    build(files, options);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Of an ELF file: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const machineOf = (program: Buffer): number => program.readUInt16LE(18);

describe('a Go entry', () => {
  test.each([
    ['src/worker/main.go', 'Worker'],
    ['src/worker', 'Worker'],
  ])('%s runs on Amazon Linux 2023, with an id after its folder', (entry, id) => {
    const { app, stack } = quickApp({
      root: tempFolder(PROJECT),
      functionDefaults: { runtime: lambda.Runtime.NODEJS_22_X, handler: 'main' },
    });

    expect(app.onRequest('GET /', entry).node.id).toBe(id);

    expect(only(stack, 'AWS::Lambda::Function')).toMatchObject({
      Runtime: 'provided.al2023',
      Handler: 'bootstrap',
      Architectures: ['arm64'],
    });
  });

  test.each([
    [lambda.Architecture.ARM_64, 183],
    [lambda.Architecture.X86_64, 62],
  ])('is a program for the architecture %#', (architecture, machine) => {
    const { folder, program } = build(PROJECT, { architecture });

    expect(machineOf(program)).toBe(machine);
    expect(fs.readdirSync(folder)).toEqual(['bootstrap']);
    expect(fs.statSync(path.join(folder, 'bootstrap')).mode & 0o111).toBe(0o111);
  });

  test('is the same program from another folder, and with other settings of Go', () => {
    const first = build(PROJECT, { architecture: lambda.Architecture.X86_64 });
    process.env.GOAMD64 = 'v3';
    process.env.GOCACHE = tempFolder();
    const second = build(PROJECT, { architecture: lambda.Architecture.X86_64 });

    expect(digestOf(second.program)).toBe(digestOf(first.program));
  });

  test('has another asset if one of its sources changes, and files to copy beside it', () => {
    const root = tempFolder({ ...PROJECT, 'data/x.txt': '' });
    const hashOfNow = (options: AppFunctionOptions = {}): string | undefined => {
      const { app, stack } = appOf(root);
      app.addFunction('F', { entry: 'src/worker', ...options });
      return hashes(stack).F;
    };
    const before = hashOfNow();
    expect(hashOfNow({ bundling: { copyFiles: [{ source: 'data' }] } })).not.toBe(before);

    writeFiles(root, { 'src/worker/text.go': 'package main\n\nconst text = "bye"\n' });

    expect(hashOfNow()).not.toBe(before);
  });

  test.each<[string, Files, Parameters<typeof build>[1], string]>([
    [
      'a source that does not compile',
      { ...PROJECT, 'src/worker/text.go': 'package main\n' },
      {},
      '`functions.F.entry` must be a Go package that builds for linux arm64, got Go’s error in',
    ],
    [
      'a folder without a module',
      { 'src/worker/main.go': 'package main\n\nimport _ "example.com/x"\n\nfunc main() {}\n' },
      {},
      '`functions.F.entry` must be a Go package that builds',
    ],
    [
      'a package that is no program',
      {
        ...PROJECT,
        'src/worker/main.go': 'package worker\n',
        'src/worker/text.go': 'package worker\n',
      },
      {},
      '`functions.F.entry` must be a Go file or folder of `package main`, got',
    ],
    [
      'a folder without Go',
      { 'src/worker/index.ts': '' },
      { entry: 'src/worker' },
      'name the folder with the `main.go`, for example `src/worker`, or a TypeScript, JavaScript or Python file',
    ],
    [
      'a handler',
      PROJECT,
      { handler: 'main' },
      '`functions.F.handler` must be left out for a Go entry, whose program is the handler, got "main": leave it out',
    ],
    [
      'a runtime of another language',
      PROJECT,
      { runtime: lambda.Runtime.PYTHON_3_13 },
      '`functions.F.runtime` must be `Runtime.PROVIDED_AL2023` or `PROVIDED_AL2` for a Go entry, got "python3.13"',
    ],
    [
      'options about JavaScript',
      PROJECT,
      { bundling: { nodeModules: ['sharp'] } },
      '`functions.F.bundling.nodeModules` must be left out for a Go entry, because it applies only to JavaScript',
    ],
    ['a file that is not there', {}, {}, '`functions.F.entry` must be a file that exists'],
  ])('fails with %s', (_, files, options, expected) => {
    expect(errorOf(files, options)).toContain(expected);
  });

  test('fails in one line without Go', () => {
    process.env.PATH = tempFolder();

    expect(errorOf(PROJECT)).toMatch(
      /^Test\/App: `functions\.F\.entry` is a Go package, which Go builds, got no `go` on the PATH: install Go \(https:\/\/go\.dev\/dl\), or give `code` with a built `bootstrap`$/,
    );
  });
});

import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AppFunctionOptions, ServerlessAppProps } from 'cdk-serverless-app';
import { execFileSync } from 'node:child_process';
import * as installer from '../../../lib/bundling/python/python-installer';
import { appOf, assetFolder, hashes } from '../../support/bundles';
import { fs, infos, only, path, quickApp, tempFolder, templateOf } from '../../support/synth';
import { restoreVariables } from '../../support/variables';
import { has, WheelFolder } from '../../support/wheels';
import { Files, writeFiles } from '../../support/write-files';

jest.mock('../../../lib/bundling/python/python-installer', () => {
  const actual = jest.requireActual<typeof installer>(
    '../../../lib/bundling/python/python-installer',
  );
  return {
    ...actual,
    installWheels: jest.fn(actual.installWheels),
    findInstaller: jest.fn(actual.findInstaller),
  };
});

jest.setTimeout(60_000);

const installs = jest.mocked(installer.installWheels);
const findInstaller = jest.mocked(installer.findInstaller);
const { findInstaller: actualFind } = jest.requireActual<typeof installer>(
  '../../../lib/bundling/python/python-installer',
);
const environment = { ...process.env };
const INSTALLERS = ['pip', 'uv'].filter((name) => name === 'pip' || has('uv'));
const PIP = { name: 'pip', command: ['python3', '-m', 'pip'], version: 'pip' } as const;

let wheels: WheelFolder;

beforeAll(() => {
  wheels = new WheelFolder();
  for (const version of ['1.0.0', '1.1.0']) {
    wheels.add({ name: 'helper', version, files: { 'helper.py': `VERSION = '${version}'\n` } });
  }
  const files = { 'greeter/__init__.py': "def greet(name):\n    return 'Hello ' + name\n" };
  wheels.add({ name: 'greeter', version: '2.0.0', requires: ['helper>=1'], files });
  wheels.add({ name: 'linter', version: '1.0.0', files: { 'linter.py': '' } });
  for (const [machine, glibc] of [
    ['aarch64', '2_34'],
    ['x86_64', '2_17'],
    ['aarch64', '2_17'],
  ] as const) {
    const tag = `cp314-cp314-manylinux_${glibc}_${machine}`;
    const of = glibc === '2_34' ? 'new' : 'native';
    wheels.add({ name: of, version: '1.0.0', tag, files: { [`${of}/${machine}.so`]: 'binary' } });
  }
});

beforeEach(() => {
  installs.mockClear();
  findInstaller.mockImplementation(actualFind);
  Object.assign(process.env, wheels.environment);
});

afterEach(() => {
  restoreVariables(environment);
});

const DAILY = ScheduleExpression.rate(Duration.days(1));
const HANDLER = 'def handler(event, context):\n    return event\n';

/** The files of the only asset, and Lambda's handler. */
function build(
  files: Files,
  options: AppFunctionOptions & { readonly entry?: string } = {},
  root = tempFolder(files),
): { readonly folder: string; readonly names: string[]; readonly handler: unknown } {
  const { app, stack, outdir } = appOf(root);
  app.addFunction('F', { entry: 'worker.py', ...options });
  templateOf(stack);
  const folder = assetFolder(outdir);
  const names = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .sort();
  return { folder, names, handler: only(stack, 'AWS::Lambda::Function').Handler };
}

/** Runs a Python asset as Lambda does: its folder is the first on the module path. */
function run(folder: string, handler: unknown, event: unknown = { name: 'Ada' }): unknown {
  const script = `
import importlib, json, sys
sys.path.insert(0, ${JSON.stringify(folder)})
sys.dont_write_bytecode = True
module, name = ${JSON.stringify(handler)}.rsplit('.', 1)
print(json.dumps(getattr(importlib.import_module(module), name)(json.loads(sys.argv[1]), None)))`;
  return JSON.parse(
    execFileSync('python3', ['-I', '-c', script, JSON.stringify(event)], { encoding: 'utf8' }),
  );
}

function errorOf(files: Files, options: Parameters<typeof build>[1] = {}): string {
  try {
    build(files, options);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

describe('a Python entry', () => {
  test('runs on the newest Python by default, with the function of that file as the handler', () => {
    const { app, stack } = quickApp({ root: tempFolder({ 'src/worker.py': HANDLER }) });

    app.addFunction('F', { entry: 'src/worker.py' });

    expect(only(stack, 'AWS::Lambda::Function')).toMatchObject({
      Runtime: 'python3.14',
      Handler: 'worker.handler',
      Architectures: ['arm64'],
    });
  });

  test('has a short form, and an id after its file', () => {
    const { app } = quickApp({ root: tempFolder({ 'src/import_orders.py': HANDLER }) });

    expect(app.onSchedule(DAILY, 'src/import_orders.py').node.id).toBe('ImportOrders');
  });

  test.each<[string, ServerlessAppProps['functionDefaults'], string]>([
    ['of Python', { runtime: lambda.Runtime.PYTHON_3_13 }, 'python3.13'],
    [
      'of Node.js',
      { runtime: lambda.Runtime.NODEJS_22_X, bundling: { minify: false } },
      'python3.14',
    ],
  ])('takes the app’s default runtime %s as far as it fits', (_, functionDefaults, runtime) => {
    const root = tempFolder({ 'worker.py': HANDLER });
    const { app, stack } = quickApp({ root, functionDefaults });

    app.addFunction('F', { entry: 'worker.py' });

    expect(only(stack, 'AWS::Lambda::Function').Runtime).toBe(runtime);
  });

  test('has in its asset the modules that it imports, and no others', () => {
    const { names, folder, handler } = build({
      'worker.py': `import tools.text\nfrom shared import db\nimport json\n${HANDLER}`,
      'tools/__init__.py': '',
      'tools/text.py': 'from . import letters',
      'tools/letters.py': '',
      'tools/unused.py': '',
      'shared/db.py': 'import json',
      'other.py': HANDLER,
      'notes.txt': '',
    });

    expect(names).toEqual([
      'shared/db.py',
      'tools/__init__.py',
      'tools/letters.py',
      'tools/text.py',
      'worker.py',
    ]);
    expect(run(folder, handler, 7)).toBe(7);
  });

  test('is imported with its package', () => {
    const { names, folder, handler } = build(
      {
        'src/shop/__init__.py': '',
        'src/shop/handlers/__init__.py': '',
        'src/shop/handlers/worker.py': `from ..db import name\nfrom .texts import *\n${HANDLER.replace('event\n', '[name, HELLO]\n')}`,
        'src/shop/handlers/texts.py': 'HELLO = "hello"',
        'src/shop/db.py': 'name = "orders"',
        'src/shop/unused.py': '',
      },
      { entry: 'src/shop/handlers/worker.py' },
    );

    expect(handler).toBe('shop.handlers.worker.handler');
    expect(names).not.toContain('shop/unused.py');
    expect(run(folder, handler)).toEqual(['orders', 'hello']);
  });

  test('may import from the folder above its own', () => {
    const { folder, handler } = build(
      {
        'src/handlers/worker.py': `from src.shared import name\n${HANDLER.replace('event\n', 'name\n')}`,
        'src/shared.py': 'name = "above"',
      },
      { entry: 'src/handlers/worker.py' },
    );

    expect(run(folder, handler)).toBe('above');
  });

  test('has another asset only if its own modules change', () => {
    const root = tempFolder({ 'a.py': `import b\n${HANDLER}`, 'b.py': '', 'c.py': HANDLER });
    const hashesNow = (): Record<string, string> => {
      const { app, stack } = appOf(root);
      app.addFunction('A', { entry: 'a.py' });
      app.addFunction('C', { entry: 'c.py' });
      return hashes(stack);
    };
    const before = hashesNow();

    writeFiles(root, { 'b.py': 'x = 1' });

    const after = hashesNow();
    expect(after.A).not.toBe(before.A);
    expect(after.C).toBe(before.C);
  });

  test('has the files to copy beside it', () => {
    const { names } = build(
      { 'worker.py': HANDLER, 'templates/mail.html': '<p>' },
      { bundling: { copyFiles: [{ source: 'templates' }] } },
    );

    expect(names).toEqual(['templates/mail.html', 'worker.py']);
  });

  test.each<[string, Files, Parameters<typeof build>[1], string]>([
    [
      'a handler that it has not',
      { 'worker.py': 'def main(event, context): pass' },
      {},
      'Test/App: `functions.F.entry` must define `handler`, got no such name in',
    ],
    [
      'a runtime of another language',
      { 'worker.py': HANDLER },
      { runtime: lambda.Runtime.NODEJS_24_X },
      '`functions.F.runtime` must be a Python runtime for a Python entry, got "nodejs24.x": give `code`',
    ],
    [
      'options about JavaScript',
      { 'worker.py': HANDLER },
      { bundling: { minify: false } },
      '`functions.F.bundling.minify` must be left out for a Python entry, because it applies only to JavaScript, got false: leave it out; `copyFiles` and `cache` apply to Python too',
    ],
    ['a file that is not there', {}, {}, '`functions.F.entry` must be a file that exists'],
    [
      'a name that cannot be imported',
      { 'get.order.py': HANDLER },
      { entry: 'get.order.py' },
      '`functions.F.entry` must be a Python file that can be imported',
    ],
    [
      'a handler in its file’s form',
      { 'worker.py': HANDLER },
      { handler: 'worker.handler' },
      '`functions.F.handler` must be the name of a function in the Python file, got "worker.handler"',
    ],
    [
      'a Java file',
      { 'Worker.java': '' },
      { entry: 'Worker.java' },
      '`functions.F.entry` must be a TypeScript, JavaScript, Python or Go file, or the folder of a Go package, got "Worker.java": name the file with its extension, for example `src/get-order.ts`, or give `code`, `handler` and `runtime` for another language',
    ],
  ])('fails with %s', (_, files, options, expected) => {
    expect(errorOf(files, options)).toContain(expected);
  });
});

describe.each(INSTALLERS)('the dependencies of a Python entry, installed by %s', (name) => {
  beforeEach(() => {
    findInstaller.mockImplementation((version) => (name === 'pip' ? PIP : actualFind(version)));
  });

  const PROJECT = {
    'worker.py': `import greeter, helper\n${HANDLER.replace('event\n', "[greeter.greet(event['name']), helper.VERSION]\n")}`,
    'requirements.txt': 'greeter==2.0.0\nhelper==1.0.0\n',
  };

  test('are in the asset, with what they require, and without traces of this machine', () => {
    const { folder, handler, names } = build(PROJECT);

    expect(run(folder, handler)).toEqual(['Hello Ada', '1.0.0']);
    expect(names).toEqual([
      'greeter-2.0.0.dist-info/METADATA',
      'greeter-2.0.0.dist-info/WHEEL',
      'greeter-2.0.0.dist-info/entry_points.txt',
      'greeter/__init__.py',
      'helper-1.0.0.dist-info/METADATA',
      'helper-1.0.0.dist-info/WHEEL',
      'helper-1.0.0.dist-info/entry_points.txt',
      'helper.py',
      'worker.py',
    ]);
  });

  test.each([
    [lambda.Architecture.ARM_64, 'native/aarch64.so'],
    [lambda.Architecture.X86_64, 'native/x86_64.so'],
  ])('are for the architecture %#', (architecture, binary) => {
    const files = { 'worker.py': HANDLER, 'requirements.txt': 'native==1.0.0' };

    expect(build(files, { architecture }).names).toContain(binary);
  });

  test('may need the C library of Amazon Linux 2023', () => {
    const files = { 'worker.py': HANDLER, 'requirements.txt': 'new==1.0.0' };

    expect(build(files).names).toContain('new/aarch64.so');
    expect(errorOf(files, { architecture: lambda.Architecture.X86_64 })).toContain(
      `requirements.txt that ${name} can install from wheels for Python 3.14 on linux x86_64, got ${name}’s error:`,
    );
  });

  test('are kept in the cache if each has its version', () => {
    process.env.SERVERLESS_APP_CACHE = tempFolder();
    const root = tempFolder(PROJECT);
    const first = build({}, {}, root);
    const again = build({}, {}, root);

    expect(again.names).toEqual(first.names);
    expect(installs).toHaveBeenCalledTimes(1);

    build({}, { bundling: { cache: false } }, root);
    expect(installs).toHaveBeenCalledTimes(2);

    writeFiles(root, { 'requirements.txt': 'greeter==2.0.0\nhelper==1.1.0\n' });
    expect(run(build({}, {}, root).folder, 'worker.handler')).toEqual(['Hello Ada', '1.1.0']);
    expect(installs).toHaveBeenCalledTimes(3);
  });

  test('are installed anew each time if a version is open, and the app is told', () => {
    process.env.SERVERLESS_APP_CACHE = tempFolder();
    const root = tempFolder({ ...PROJECT, 'requirements.txt': 'greeter==2.0.0\n' });
    build({}, {}, root);
    const { app, stack } = appOf(root);
    app.addFunction('F', { entry: 'worker.py' });
    templateOf(stack);

    expect(installs).toHaveBeenCalledTimes(2);
    expect(infos(stack).join('\n')).toMatch(
      /has dependencies whose versions .*requirements.txt does not pin.*now helper==1\.1\.0\. Pin all versions/,
    );
  });

  test('follow from the files that the list includes', () => {
    process.env.SERVERLESS_APP_CACHE = tempFolder();
    const root = tempFolder({
      ...PROJECT,
      'requirements.txt': '-r base.txt\n-c pins.txt\n',
      'base.txt': 'greeter\nhelper\n',
      'pins.txt': 'greeter==2.0.0\nhelper==1.0.0\n',
    });
    build({}, {}, root);
    build({}, {}, root);
    expect(installs).toHaveBeenCalledTimes(1);

    writeFiles(root, { 'pins.txt': 'greeter==2.0.0\nhelper==1.1.0\n' });

    expect(run(build({}, {}, root).folder, 'worker.handler')).toEqual(['Hello Ada', '1.1.0']);
  });

  test('are installed once for several functions, in the nearest folder with a list', () => {
    const root = tempFolder({
      'requirements.txt': 'aws-cdk-lib==2.276.0\n',
      'a/one.py': HANDLER,
      'a/two.py': HANDLER,
      'a/requirements.txt': 'helper==1.0.0',
      'b/none.py': HANDLER,
      'b/requirements.txt': '# nothing\n\n',
      'three.py': HANDLER,
    });
    const { app, stack, outdir } = appOf(root);
    ['a/one.py', 'a/two.py', 'b/none.py', 'three.py'].forEach((entry) => {
      app.onSchedule(DAILY, entry);
    });
    templateOf(stack);

    expect(installs.mock.calls.map(([, file]) => path.relative(root, file))).toEqual([
      'a/requirements.txt',
    ]);
    const { Three = '' } = hashes(stack);
    expect(fs.readdirSync(path.join(outdir, `asset.${Three}`))).toEqual(['three.py']);
  });

  test('fail clearly if a package has no wheel', () => {
    const files = { ...PROJECT, 'requirements.txt': 'greeter==9.9.9\n' };

    expect(errorOf(files)).toMatch(
      /`functions\.F\.entry` must have packages in .*requirements\.txt that (pip|uv) can install from wheels for Python 3\.14 on linux aarch64, got (pip|uv)’s error:[\s\S]*greeter/,
    );
  });

  test('fail if a module of the project has the name of a package', () => {
    expect(errorOf({ ...PROJECT, 'helper.py': '' })).toMatch(
      /`functions\.F\.entry` must import no module of the project that has the name of an installed package, got ".*helper\.py": rename/,
    );
  });
});

test('without an installer, one line names the prop and the remedy', () => {
  findInstaller.mockReturnValue(undefined);

  expect(errorOf({ 'worker.py': HANDLER, 'requirements.txt': 'helper==1.0.0' })).toMatch(
    /^Test\/App: `functions\.F\.entry` has dependencies in .*requirements\.txt, which uv or pip installs, got neither `uv` nor `python3 -m pip` on the PATH: install uv \(https:\/\/docs\.astral\.sh\/uv\)$/,
  );
});

test('a list that only uv reads needs uv', () => {
  findInstaller.mockReturnValue(PIP);
  const files = {
    'worker.py': HANDLER,
    'pyproject.toml': '[project]\nname = "x"\nversion = "1"\ndependencies = ["helper"]\n',
  };

  expect(errorOf({ ...files, 'uv.lock': 'version = 1\n' })).toMatch(
    /`functions\.F\.entry` has dependencies in .*uv\.lock, which uv installs, got no `uv` on the PATH: install uv .*, or export a requirements\.txt and remove uv\.lock$/,
  );
  expect(errorOf(files)).toMatch(
    /`functions\.F\.entry` must have its dependencies in a uv\.lock or a requirements\.txt, which say the versions, got only .*pyproject\.toml: run `uv lock`/,
  );
});

(has('uv') ? describe : describe.skip)('a project with a uv.lock', () => {
  const PYPROJECT =
    '[project]\nname = "shop"\nversion = "1.0.0"\nrequires-python = ">=3.9"\ndependencies = ["greeter"]\n' +
    '[dependency-groups]\ndev = ["linter"]\n';

  function locked(files: Files = {}): string {
    const root = tempFolder({
      'pyproject.toml': PYPROJECT,
      'worker.py': `import helper\n${HANDLER.replace('event\n', 'helper.VERSION\n')}`,
      ...files,
    });
    execFileSync('uv', ['lock', '--quiet'], { cwd: root, env: process.env });
    return root;
  }

  test('gets what it locks, without what only development needs', () => {
    process.env.SERVERLESS_APP_CACHE = tempFolder();
    const root = locked();
    const { names, folder, handler } = build({}, {}, root);

    expect(run(folder, handler)).toBe('1.1.0');
    expect(names.filter((name) => name.endsWith('.py'))).toEqual([
      'greeter/__init__.py',
      'helper.py',
      'worker.py',
    ]);
    build({}, {}, root);
    expect(installs).toHaveBeenCalledTimes(1);
  });
});

import type * as cdk from 'aws-cdk-lib';
import JestRuntime from 'jest-runtime';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import type TestEnvironment from './environment';

/** The folders of packages and of the code under test. The tests' support is not shared, because it registers hooks with the file that imports it. */
const SHARED = [
  'bin',
  'lib',
  'node_modules',
  'packages',
  'report',
  'scripts',
  'testing',
  'website',
];

type RuntimeArguments = ConstructorParameters<typeof JestRuntime>;
type RequireArguments = Parameters<JestRuntime['requireModule']>;

/** The parts of Jest's runtime that its types hide. */
interface Internals {
  readonly _resolution: {
    isCoreModule(name: string): boolean;
    resolveCjs(from: string, name: string): string;
    resolveCjsStub(from: string, name: string): string | null;
  };
  readonly executor: {
    readonly injectedModuleParameters: readonly string[];
    compile(source: string, filename: string): unknown;
  };
}

/** The runtimes that load the shared modules, by project. They last as long as the process. */
const lasting = new Map<string, Runtime>();

/**
 * Loads the modules that files of tests share once for all files of a process, in the context of the process itself. By default, Jest gives
 * each file its own copy of every module, and a context in which each use of a global goes through a proxy.
 * A file with an environment that has `ownModules` gets its own copies here too.
 */
export default class Runtime extends JestRuntime {
  private readonly shared?: Runtime;
  private readonly sharedFolders: readonly string[];

  constructor(...args: RuntimeArguments) {
    super(...args);
    const { executor } = internals(this);
    executor.compile = (source, filename) =>
      vm.compileFunction(source, executor.injectedModuleParameters, { filename });
    const [{ id, rootDir }, environment] = args;
    this.sharedFolders = SHARED.map((folder) => path.join(rootDir, folder, path.sep));
    if (!(environment as TestEnvironment).ownModules) {
      this.shared = lasting.get(id) ?? lastingRuntime(args, rootDir);
      lasting.set(id, this.shared);
    }
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Jest's own signature
  override requireModule<T>(...args: RequireArguments): T {
    const [from, name, options] = args;
    const runtime = options === undefined && name !== undefined ? this.sharedFor(from, name) : this;
    return runtime === this ? super.requireModule(...args) : runtime.requireModule(from, name);
  }

  override getSourceMaps(): ReturnType<JestRuntime['getSourceMaps']> {
    const own = super.getSourceMaps();
    return this.shared === undefined ? own : new LayeredMap([own, this.shared.getSourceMaps()]);
  }

  private sharedFor(from: string, name: string): Runtime {
    const { _resolution: resolution } = internals(this);
    if (this.shared === undefined || resolution.isCoreModule(name)) {
      return this;
    }
    try {
      const file = resolution.resolveCjsStub(from, name) ?? resolution.resolveCjs(from, name);
      return this.sharedFolders.some((folder) => file.startsWith(folder)) ? this.shared : this;
    } catch {
      // Jest itself reports what it does not find.
      return this;
    }
  }
}

function internals(runtime: JestRuntime): Internals {
  return runtime as unknown as Internals;
}

/** A runtime whose modules serve all files of the process. */
function lastingRuntime(args: RuntimeArguments, root: string): Runtime {
  const [config, environment, resolver, transformer, , coverage, , globalConfig] = args;
  const alone = Object.create(environment, { ownModules: { value: true } }) as TestEnvironment;
  // Jest's types demand the path of a file of tests, and this runtime has none.
  const none = undefined as never;
  const runtime = new Runtime(
    config,
    alone,
    resolver,
    transformer,
    new Map(),
    coverage,
    none,
    globalConfig,
  );
  const here = path.join(root, 'package.json');
  // Both keep a folder from when they are first used, which must not be one that a file of tests enters and removes.
  runtime.requireModule(here, 'esbuild');
  fs.accessSync(runtime.requireModule<typeof cdk>(here, 'aws-cdk-lib').FileSystem.tmpdir);
  return runtime;
}

/** Looks into one map after the other, which may still grow. */
class LayeredMap extends Map<string, string> {
  constructor(private readonly layers: readonly ReadonlyMap<string, string>[]) {
    super();
  }

  override get(key: string): string | undefined {
    return this.layers.find((layer) => layer.has(key))?.get(key);
  }

  override has(key: string): boolean {
    return this.get(key) !== undefined;
  }
}

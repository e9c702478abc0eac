import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { kindOf } from '../../lib/kinds/trigger-kinds';
import type { FunctionModel } from '../../lib/model/app-model';
import type { Invocation } from './function-process';
import { FunctionPool, Ran } from './function-pool';
import type { FunctionHost } from './function-server';
import { bundleSettings, HandlerBundle } from './handler-bundle';
import { listsPackages } from './package-lists';
import type { Reaper } from './reaper';
import { removeFolder } from './remove-folder';

export interface LocalFunctionsProps {
  /** The folder of cdk.json. */
  readonly project: string;
  /** Where bundles are written. */
  readonly folder: string;
  readonly builder: typeof esbuild;
  readonly reaper: Reaper;
  /** The first port for debuggers, if wanted. */
  readonly inspect?: number;
  /** Called with each invocation. */
  readonly onRan: (fn: FunctionModel, invocation: Invocation, ran: Ran) => void;
  /** Called if an entry does not compile. */
  readonly onProblems: (ids: readonly string[], problems: readonly string[]) => void;
  /** Called if a function's process ends by itself between two events. */
  readonly onLost: (id: string, log: readonly string[]) => void;
  /** Called when functions begin to run a new bundle. */
  readonly onRebuilt: (ids: readonly string[], milliseconds: number) => void;
}

/** The functions of one entry with the same options. */
interface Entry {
  readonly key: string;
  readonly bundle: HandlerBundle;
  /** Rebuilds run one after the other. */
  work: Promise<void>;
  /** The problems of the last build, which are reported once. */
  problems?: string;
}

interface LocalFunction {
  model: FunctionModel;
  readonly pool: FunctionPool;
  entry: Entry;
}

/** The functions of the apps, run from their sources. */
export class LocalFunctions implements FunctionHost {
  private readonly functions = new Map<string, LocalFunction>();
  private readonly entries = new Map<string, Entry>();
  /** By the name of the deployed function. */
  private readonly byName = new Map<string, LocalFunction>();
  /** The folders of the assets, by the name of the deployed function. */
  private readonly assets = new Map<string, string>();
  private ports = 0;

  constructor(private readonly props: LocalFunctionsProps) {}

  /** All files that the functions are built from. */
  get inputs(): string[] {
    return [...this.entries.values()].flatMap(({ bundle }) => [...bundle.inputs, bundle.entry]);
  }

  isInput(file: string): boolean {
    return [...this.entries.values()].some(({ bundle }) => bundle.inputs.has(file));
  }

  /** The port of each function's debugger. */
  get inspectors(): ReadonlyMap<string, number> {
    const { inspect } = this.props;
    return new Map(
      inspect === undefined ? [] : [...this.functions.keys()].map((id, i) => [id, inspect + i]),
    );
  }

  /** Takes over the functions of new models, and builds what is new. */
  async use(functions: readonly FunctionModel[]): Promise<void> {
    const paths = new Set(functions.map((fn) => fn.path));
    for (const [key, { pool }] of this.functions) {
      if (!paths.has(key)) {
        pool.stop();
        this.functions.delete(key);
      }
    }
    const fresh = new Set<Entry>();
    for (const model of functions) {
      const found = bundleSettings(model, this.props.project);
      if (found === undefined) {
        continue;
      }
      const key = JSON.stringify([found.settings.root, found.entry, found.settings.options]);
      const entry = this.entries.get(key) ?? this.makeEntry(key, found);
      const known = this.functions.get(model.path);
      if (known === undefined || known.entry !== entry || known.model.handler !== model.handler) {
        fresh.add(entry);
      }
      if (known === undefined) {
        this.functions.set(model.path, { model, entry, pool: this.makePool(model) });
      } else {
        Object.assign(known, { model, entry });
      }
    }
    await this.dropUnused();
    await Promise.all([...fresh].map((entry) => this.rebuild(entry, true)));
  }

  /** Connects them to the deployed functions. */
  connect(functions: readonly FunctionModel[], assets: ReadonlyMap<string, string>): void {
    this.byName.clear();
    for (const { path: key, name } of functions) {
      const found = this.functions.get(key);
      if (found !== undefined && typeof name === 'string') {
        this.byName.set(name, found);
        const asset = assets.get(key);
        if (asset !== undefined) {
          this.assets.set(key, asset);
        }
      }
    }
  }

  async run(invocation: Invocation): Promise<Ran | undefined> {
    const found = this.byName.get(invocation.functionName);
    if (found === undefined) {
      return undefined;
    }
    await found.entry.work;
    const ran = await found.pool.invoke(invocation);
    this.props.onRan(found.model, invocation, ran);
    return ran;
  }

  /** Rebuilds the entries that read one of the files, or all if packages were installed. */
  async changed(files: readonly string[]): Promise<void> {
    if (files.some(listsPackages)) {
      await this.cold();
      return;
    }
    const concerned = [...this.entries.values()].filter(
      ({ bundle }) => bundle.failed || files.some((file) => bundle.inputs.has(file)),
    );
    await Promise.all(concerned.map((entry) => this.rebuild(entry, false)));
  }

  /** The next event of each function meets a cold start, with its packages as they are now. */
  async cold(): Promise<void> {
    this.functions.forEach(({ pool }) => {
      pool.cold();
    });
    await Promise.all([...this.entries.values()].map((entry) => this.rebuild(entry, false)));
  }

  async stop(): Promise<void> {
    this.functions.forEach(({ pool }) => {
      pool.stop();
    });
    await Promise.all([...this.entries.values()].map(({ bundle }) => bundle.stop()));
  }

  private makeEntry(
    key: string,
    { settings, entry }: NonNullable<ReturnType<typeof bundleSettings>>,
  ): Entry {
    const folder = path.join(this.props.folder, `entry-${this.entries.size + 1}`);
    const bundle = new HandlerBundle(this.props.builder, settings, entry, folder);
    const made: Entry = { key, bundle, work: Promise.resolve() };
    this.entries.set(key, made);
    return made;
  }

  private makePool(model: FunctionModel): FunctionPool {
    const { inspect, reaper, folder, onLost } = this.props;
    return new FunctionPool({
      reaper,
      onLost: (log) => {
        onLost(model.id, log);
      },
      folder: () => this.assets.get(model.path) ?? folder,
      inspect: inspect === undefined ? undefined : inspect + this.ports++,
    });
  }

  private async dropUnused(): Promise<void> {
    const used = new Set([...this.functions.values()].map(({ entry }) => entry));
    for (const [key, entry] of this.entries) {
      if (!used.has(entry)) {
        this.entries.delete(key);
        await entry.bundle.stop();
      }
    }
  }

  private rebuild(entry: Entry, isFirst: boolean): Promise<void> {
    const built = entry.work.then(() => this.build(entry, isFirst));
    entry.work = built.catch(() => undefined);
    return built;
  }

  private async build(entry: Entry, isFirst: boolean): Promise<void> {
    const started = Date.now();
    const wasFailed = entry.bundle.failed;
    const built = await entry.bundle.build();
    const users = [...this.functions.values()].filter((fn) => fn.entry === entry);
    const ids = users.map(({ model }) => model.id);
    if ('problems' in built) {
      // Any change may fix the error, so every change triggers a build. If this output goes to a file in the project, it is a change too,
      // so the error is reported only once.
      const problems = built.problems.join('\n');
      if (problems !== entry.problems) {
        entry.problems = problems;
        this.props.onProblems(ids, built.problems);
      }
      return;
    }
    entry.problems = undefined;
    if (built.unchanged && !isFirst && !wasFailed) {
      return;
    }
    await Promise.all(
      users.map(({ model, pool }) =>
        pool.replace({
          file: built.file,
          handler: model.handler,
          packages: built.packages,
          stream: model.triggers.some((it) => kindOf(it).streamsResponse?.(it) === true),
        }),
      ),
    );
    if (!isFirst) {
      this.props.onRebuilt(ids, Date.now() - started);
    }
  }
}

/** An empty, writable folder, in which handlers without their own files run. */
export function emptyFolder(folder: string): string {
  removeFolder(folder);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

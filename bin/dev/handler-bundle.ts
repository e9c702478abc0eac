import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import type { BundleSettings } from '../../lib/bundling/bundle-request';
import type { BundlingOptions } from '../../lib/bundling/bundling-options';
import { esbuildOptions } from '../../lib/bundling/esbuild-options';
import { formatMessage } from '../../lib/bundling/format-message';
import { isInPackage } from '../../lib/bundling/module-paths';
import { extensionOf } from '../../lib/bundling/output-names';
import type { FunctionModel } from '../../lib/model/app-model';
import { packagesOutside } from './packages-outside';

/** The result of a build. */
export type Built =
  | { readonly file: string; readonly packages: readonly string[]; readonly unchanged: boolean }
  | { readonly problems: readonly string[] };

/** The entry of one or more functions, which is bundled again after each change. */
export class HandlerBundle {
  /** The user's own files that were read at the last good build. */
  inputs: ReadonlySet<string> = new Set();

  /** Whether the last build failed. */
  failed = false;

  private readonly outside = new Set<string>();
  private readonly left = new Set<string>();
  private context?: Promise<esbuild.BuildContext>;
  private count = 0;
  private last = '';
  private lastFile = '';
  private previousFile = '';

  constructor(
    private readonly builder: typeof esbuild,
    private readonly settings: BundleSettings,
    readonly entry: string,
    private readonly folder: string,
  ) {}

  /** Bundles, and writes a file with a new name if the bundle has changed. */
  async build(): Promise<Built> {
    try {
      const result = await (await this.open()).rebuild();
      this.failed = false;
      this.inputs = this.inputsOf(result.metafile);
      return this.write(result.outputFiles ?? []);
    } catch (error) {
      const { errors } = error as { readonly errors?: readonly esbuild.Message[] };
      if (errors === undefined) {
        throw error;
      }
      if (await this.leaveOut(errors)) {
        return this.build();
      }
      this.failed = true;
      return { problems: errors.map(formatMessage) };
    }
  }

  async stop(): Promise<void> {
    await (await this.context)?.dispose();
  }

  private open(): Promise<esbuild.BuildContext> {
    const { settings, entry } = this;
    const all: esbuild.BuildOptions = esbuildOptions(settings, {});
    const { outdir: _outdir, outExtension: _outExtension, ...options } = all;
    this.context ??= this.builder.context({
      ...options,
      entryPoints: [entry],
      outfile: this.outfile,
      external: [...(options.external ?? []), ...this.left],
      minify: false,
      // For stack traces and debuggers. They read the sources from disk, so the map does not contain them.
      sourcemap: 'inline',
      sourcesContent: false,
      plugins: [packagesOutside(this.outside)],
    });
    return this.context;
  }

  /** Leaves out packages that another package imports but that are not installed: it may work without them. */
  private async leaveOut(errors: readonly esbuild.Message[]): Promise<boolean> {
    const missing = errors.flatMap(({ text, location }) => {
      const [, name] = /^Could not resolve "([^"./][^"]*)"/.exec(text) ?? [];
      return name !== undefined && location !== null && isInPackage(this.absolute(location.file))
        ? [name]
        : [];
    });
    const more = missing.filter((name) => !this.left.has(name));
    if (more.length === 0) {
      return false;
    }
    more.forEach((name) => this.left.add(name));
    await this.stop();
    this.context = undefined;
    return true;
  }

  private inputsOf(metafile: esbuild.Metafile | undefined): Set<string> {
    const files = Object.keys(metafile?.inputs ?? {}).map((name) => this.absolute(name));
    return new Set(files.filter((file) => !isInPackage(file)));
  }

  private absolute(name: string): string {
    return path.resolve(this.settings.root, name);
  }

  private get outfile(): string {
    return path.join(this.folder, `index${extensionOf(this.settings)}`);
  }

  private write(files: readonly esbuild.OutputFile[]): Built {
    const packages = [...this.outside];
    const text = files.find((file) => file.path === this.outfile)?.text ?? '';
    if (text === this.last) {
      return { file: this.lastFile, packages, unchanged: true };
    }
    fs.mkdirSync(this.folder, { recursive: true });
    const outdated = this.previousFile;
    this.previousFile = this.lastFile; // A process that has just started may still load it.
    this.last = text;
    this.lastFile = path.join(this.folder, `index-${++this.count}${extensionOf(this.settings)}`);
    fs.writeFileSync(this.lastFile, text);
    files
      .filter((file) => file.path !== this.outfile) // of a `file` or `copy` loader
      .forEach((file) => {
        fs.writeFileSync(file.path, file.contents);
      });
    if (outdated !== '') {
      fs.rmSync(outdated, { force: true });
    }
    return { file: this.lastFile, packages, unchanged: false };
  }
}

/** The settings with which the library bundles a function; undefined if the user supplies the code. */
export function bundleSettings(
  fn: FunctionModel,
  project: string,
): { readonly settings: BundleSettings; readonly entry: string } | undefined {
  const { entry, bundling = {}, runtime, path: owner } = fn;
  if (entry === undefined || !runtime.startsWith('nodejs')) {
    return undefined;
  }
  const {
    nodeModules = [],
    installScripts: _scripts,
    copyFiles: _files,
    sharedChunks: _chunks,
    ...options
  } = (bundling.options ?? {}) as BundlingOptions;
  const root = path.resolve(project, bundling.root ?? '');
  return {
    entry: path.resolve(root, entry),
    settings: {
      owner,
      root,
      // The Node.js of this machine runs the bundle.
      nodeVersion: process.versions.node.split('.')[0] ?? '20',
      options: {
        ...options,
        externalModules: [...(options.externalModules ?? []), ...nodeModules],
      },
    },
  };
}

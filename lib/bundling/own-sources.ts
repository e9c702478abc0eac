import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { inTemporaryFolder } from '../core/disk';
import { BundleSettings } from './bundle-request';
import { EntryOutput, ImportGraph, ImportRecord } from './entry-output';
import { COMMONJS_BANNER } from './esbuild-options';
import { bundleEntries } from './esbuild-pass';
import { MAIN } from './output-names';
import { isExternal } from './externals';
import { ancestors, modulesAbove } from './module-paths';
import { readJson } from './watch-items';

/** The imports of packages in an entry's own sources, in order of evaluation. */
export class OwnSources {
  private readonly graph: ImportGraph;

  constructor(
    private readonly settings: BundleSettings,
    private readonly entry: string,
    output: EntryOutput,
  ) {
    this.graph = output.graph();
  }

  /**
   * Whether all sources resolve the same packages, interpret CommonJS in the same way, and load their packages at start-up rather
   * than on demand.
   */
  get areAlike(): boolean {
    const files = [...this.graph.keys()];
    const sources = files.filter((file) => /\.[cm]?[jt]sx?$/.test(file));
    const places = new Set(files.map((file) => existingModules(file).join('\n')));
    return (
      places.size === 1 &&
      new Set(sources.map(isNodeModule)).size === 1 &&
      !files.some((file) => this.loadsLater(file))
    );
  }

  /**
   * The sources that are evaluated before each package or other external module. If one of them has side effects, the package may
   * depend on them.
   */
  get beforePackages(): ReadonlyMap<string, readonly string[]> {
    const before = new Map<string, readonly string[]>();
    const done = new Set<string>();
    const visited = new Set<string>();
    const visit = (file: string): void => {
      if (visited.has(file)) {
        return;
      }
      visited.add(file);
      for (const item of this.graph.get(file) ?? []) {
        if (item.kind === 'import-statement' && item.external !== true) {
          visit(item.path);
        } else if (item.kind === 'import-statement' && !before.has(item.path)) {
          before.set(item.path, [...done]);
        }
      }
      done.add(file);
    };
    visit(this.entry);
    return before;
  }

  /** Whether a local file that imports packages is itself imported dynamically or required. */
  private loadsLater(file: string): boolean {
    return (this.graph.get(file) ?? []).some(
      (item) =>
        item.external !== true && item.kind !== 'import-statement' && this.hasPackages(item.path),
    );
  }

  private hasPackages(start: string): boolean {
    const files = new Set([start]);
    for (const file of files) {
      for (const item of this.graph.get(file) ?? []) {
        if (this.isPackage(item)) {
          return true;
        }
        files.add(item.path);
      }
    }
    return false;
  }

  private isPackage({ external, path: name }: ImportRecord): boolean {
    return external === true && !isBuiltin(name) && !isExternal(this.settings, name);
  }
}

/**
 * The files that have side effects, as esbuild judges: it leaves code of such a file when the file is imported without
 * bindings.
 */
export function filesWithEffects(
  settings: BundleSettings,
  files: readonly string[],
): ReadonlySet<string> {
  if (files.length === 0) {
    return new Set();
  }
  return inTemporaryFolder((folder) => {
    const importers = files.map((file, i) => {
      const importer = path.join(folder, `${i}.js`);
      fs.writeFileSync(importer, `import ${JSON.stringify(file)};`);
      return importer;
    });
    const outputs = bundleEntries(settings, importers, {
      packages: 'external',
      minify: true,
      keepNames: false,
      sourcemap: false,
      logOverride: { 'ignored-bare-import': 'silent' },
    });
    return new Set(files.filter((_, i) => isMore(outputs.get(importers[i] ?? ''))));
  });
}

function isMore(output: EntryOutput | undefined): boolean {
  const text = new TextDecoder().decode(output?.files.get(`${MAIN}.mjs`));
  const left = text.replace(COMMONJS_BANNER, '').replace(/import\s*"[^"\\]*";?/g, '');
  return left.trim() !== '';
}

/** The existing `node_modules` folders above a file. */
export function existingModules(file: string): string[] {
  return modulesAbove(file).filter((folder) => fs.existsSync(folder));
}

/** Whether `import x from` a CommonJS package gives `module.exports`, as in Node.js, or its `default`. */
export function isNodeModule(file: string): boolean {
  const extension = path.extname(file);
  if (/^\.[mc]/.test(extension)) {
    return extension.startsWith('.m');
  }
  const manifest = ancestors(path.dirname(file))
    .map((folder) => path.join(folder, 'package.json'))
    .find((it) => fs.existsSync(it));
  return manifest !== undefined && readJson(manifest)?.type === 'module';
}

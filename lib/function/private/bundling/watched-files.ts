import * as fs from 'node:fs';
import * as path from 'node:path';
import { hashOf } from './cache-store';

/** A file's path relative to the root, and the hash of its content, or null where there is no such file. */
export type WatchedFile = readonly [file: string, digest: string | null];

/** The hashes of files, each read once. For one run of the bundler: files change between runs. */
export class WatchedFiles {
  private readonly digests = new Map<string, string | null>();

  constructor(private readonly root: string) {}

  /** Whether all files are as they were. */
  unchanged(files: readonly WatchedFile[]): boolean {
    return files.every(([file, digest]) => this.digestOf(path.resolve(this.root, file)) === digest);
  }

  /** The sources of a bundle, and the files that say how to read them. */
  watch(sources: readonly string[]): WatchedFile[] {
    const files = new Set<string>();
    for (const source of sources) {
      const file = path.resolve(this.root, source);
      files.add(file);
      this.settingsOf(path.dirname(file)).forEach((setting) => files.add(setting));
    }
    return [...files].sort().map((file) => [path.relative(this.root, file), this.digestOf(file)]);
  }

  /** The nearest tsconfig.json and package.json, with those that are looked for before and are not there. */
  private settingsOf(folder: string): string[] {
    const inPackages = folder.split(path.sep).includes('node_modules');
    const names = inPackages ? ['package.json'] : ['package.json', 'tsconfig.json'];
    return names.flatMap((name) => {
      const looked = this.lookUp(folder, name);
      const found = looked.at(-1);
      return name === 'tsconfig.json' && found !== undefined
        ? [...looked, ...this.extended(found)]
        : looked;
    });
  }

  private lookUp(folder: string, name: string): string[] {
    const file = path.join(folder, name);
    const parent = path.dirname(folder);
    return this.digestOf(file) !== null || parent === folder
      ? [file]
      : [file, ...this.lookUp(parent, name)];
  }

  /** The files that a tsconfig.json builds on, as far as they are named by path. */
  private extended(file: string): string[] {
    if (this.digestOf(file) === null) {
      return [];
    }
    const [, value = ''] =
      /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(fs.readFileSync(file, 'utf8')) ?? [];
    const names = [...value.matchAll(/"(\.{1,2}\/[^"]*)"/g)].map(([, name = '']) => name);
    const bases = names.map((name) =>
      path.resolve(path.dirname(file), name.endsWith('.json') ? name : `${name}.json`),
    );
    return bases.flatMap((base) => [base, ...(base === file ? [] : this.extended(base))]);
  }

  private digestOf(file: string): string | null {
    let digest = this.digests.get(file);
    if (digest === undefined) {
      digest =
        fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true
          ? hashOf(fs.readFileSync(file))
          : null;
      this.digests.set(file, digest);
    }
    return digest;
  }
}

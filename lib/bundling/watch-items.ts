import * as fs from 'node:fs';
import * as path from 'node:path';
import { FileDigests } from './file-digests';
import { isInPackage, isInside, withoutExtension } from './module-paths';

/** Each item is an aspect and a path. */
export type Items = readonly string[];

/** All items of all parts; undefined if one part is undefined. */
export function all(parts: ReadonlyArray<Items | undefined>): Items | undefined {
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

const MAIN_FIELDS = ['module', 'main'];

/** What determines which file a path means. */
export class PathItems {
  private readonly known = new Map<string, Items | undefined>();

  constructor(
    private readonly files: FileDigests,
    private readonly root: string,
  ) {}

  /** The file itself, with an extension left out or replaced, or a folder. */
  ofPath(meant: string): Items | undefined {
    if (!this.known.has(meant)) {
      this.known.set(meant, undefined); // a folder whose package.json names the main file
      this.known.set(meant, this.readPath(meant));
    }
    return this.known.get(meant);
  }

  private readPath(meant: string): Items | undefined {
    const items = [`candidates ${meant}`, `candidates ${withoutExtension(meant)}`];
    if (!isInPackage(meant)) {
      items.push(`place ${path.dirname(meant)}`); // a link among the folders may point elsewhere later
    }
    return this.files.isFolder(meant) ? all([items, this.ofFolder(meant)]) : items;
  }

  /** `index.*`, or the file that a package.json names. */
  ofFolder(folder: string): Items | undefined {
    const file = path.join(folder, 'package.json');
    const index = [
      `content ${file}`,
      `place ${folder}`,
      `candidates ${path.join(folder, 'index')}`,
    ];
    if (!this.files.isFile(file)) {
      return index;
    }
    const facts = readJson(file);
    const mains = MAIN_FIELDS.map((field) => facts?.[field]).filter((it) => typeof it === 'string');
    return facts && all([index, ...mains.map((main) => this.ofPath(path.join(folder, main)))]);
  }

  ofExact(file: string): Items | undefined {
    return this.files.isFile(file) ? [`content ${file}`] : undefined;
  }

  /** Whether a file is in a folder, with all links resolved. */
  liesIn(file: string, folder: string): boolean {
    const place = this.placeOf(folder);
    return (
      place !== undefined &&
      (isInside(file, place) || isInside(this.placeOf(file) ?? folder, place))
    );
  }

  private placeOf(file: string): string | undefined {
    const place = this.files.digestOf('place', file);
    return place === null ? undefined : path.resolve(this.root, place);
  }
}

/** The object in a JSON file; undefined if there is none, which esbuild reports or does not need. */
export function readJson(file: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { isInside, modulesAbove, packageName } from './module-paths';
import { placesIn, ScriptPath, ScriptPlaces } from './script-paths';

/** Extensions that a `require` may leave out. */
const REQUIRED = ['', '.js', '.json', '.cjs', '.mjs', '.node'];

const CODE = /\.([cm]?[jt]sx?|map|flow)$/;

/** Files that packages contain for people and tools. */
const METADATA =
  /^(package(-lock)?\.json|tsconfig.*\.json|\..*|.*\.(md|markdown|txt|gyp|gypi|html?~|yml)|(licen[cs]e|notice|readme|changelog|history|authors|security|copying|makefile).*)$/i;

/** What a script needs from the folder that it is in. */
export interface Beside {
  /** `main`: it assumes that it is the main script. `names`: it loads modules by names in variables. */
  readonly kind: 'files' | 'main' | 'names';
  /** The path of a file or folder, or the name of a module. */
  readonly file?: string;
  /** It is code that a function starts, for example in a worker, so it matters only to callers of that function. */
  readonly isLazy: boolean;
}

/** Reads scripts, each once, since the functions of an app share most of their packages. */
export class ScriptReader {
  private readonly known = new Map<string, ScriptPlaces>();

  placesIn(file: string): ScriptPlaces {
    let places = this.known.get(file);
    if (places === undefined) {
      // esbuild gives names to modules that are not files, such as those that a package leaves out of a bundle.
      places = placesIn(isFile(file) ? fs.readFileSync(file, 'utf8') : '');
      this.known.set(file, places);
    }
    return places;
  }
}

/**
 * Finds files that a script reads and that are in its package.
 *
 * @param file the script
 * @param root the folder that must contain the files: that of the script's package
 * @param isBundled whether the code of a file is in the bundle
 */
export function besideOf(
  { paths, strings, asksForParent, loadsByName }: ScriptPlaces,
  file: string,
  root: string,
  isBundled: (file: string) => boolean,
): Beside[] {
  const needed = paths.flatMap((found): Beside[] => {
    const meant =
      found.kind === 'path' ? pathMeant(found, file, root) : moduleMeant(found.text, file, root);
    const isCode = meant !== undefined && (found.kind === 'module' || CODE.test(meant));
    return meant === undefined
      ? []
      : [{ kind: 'files', file: meant, isLazy: isCode && found.inFunction }];
  });
  const data = strings
    .map((text) => dataMeant(text, file, root))
    .filter((it) => it !== undefined && !isBundled(it))
    .map((it): Beside => ({ kind: 'files', file: it, isLazy: false }));
  const rest: Beside[] = [
    ...(asksForParent ? [{ kind: 'main', isLazy: false } as const] : []),
    ...(loadsByName ? [{ kind: 'names', isLazy: false } as const] : []),
  ];
  return [...needed, ...data, ...rest];
}

/** The target of a path, if it exists and is not the script's own folder or one above it. */
function pathMeant({ text, open }: ScriptPath, file: string, root: string): string | undefined {
  const folder = path.dirname(file);
  const meant = path.join(folder, text);
  if (meant === file || meant === path.join(folder, 'script.js')) {
    return undefined;
  }
  if (/^[./\\]*$/.test(text)) {
    return open && isWithin(meant, root) ? dataIn(meant) : undefined;
  }
  if (!isWithin(meant, root) || text.includes('\0')) {
    return undefined;
  }
  const exact = REQUIRED.map((extension) => meant + extension).find((it) => fs.existsSync(it));
  return exact ?? (open ? startingWith(meant) : undefined);
}

/** A file whose name the script completes at run time: `"lang-" + name`. */
function startingWith(meant: string): string | undefined {
  const folder = path.dirname(meant);
  const start = path.basename(meant);
  const names =
    fs.existsSync(folder) && fs.statSync(folder).isDirectory() ? fs.readdirSync(folder) : [];
  const name = names.find((it) => it.startsWith(start));
  return name === undefined ? undefined : path.join(folder, name);
}

/** A data file directly in a folder. */
function dataIn(folder: string): string | undefined {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) {
    return undefined;
  }
  const name = fs
    .readdirSync(folder, { withFileTypes: true })
    .find((it) => it.isFile() && !CODE.test(it.name) && !METADATA.test(it.name))?.name;
  return name === undefined ? undefined : path.join(folder, name);
}

/** A data file whose complete name is in a string, next to the script or at the top of its package. */
function dataMeant(text: string, file: string, root: string): string | undefined {
  if (!/^[\w@./-]+\.\w+$/.test(text) || CODE.test(text) || METADATA.test(path.basename(text))) {
    return undefined;
  }
  return [path.dirname(file), root]
    .map((folder) => path.join(folder, text))
    .find((it) => isWithin(it, root) && isFile(it));
}

/** A module that the script requires itself, or resolves. If it is not installed, the script does not need it. */
function moduleMeant(specifier: string, file: string, root: string): string | undefined {
  if (/^\.{1,2}(\/|$)/.test(specifier)) {
    const meant = path.join(path.dirname(file), specifier);
    const found = [...REQUIRED, '/index.js'].map((it) => meant + it);
    return isWithin(meant, root) ? found.find((it) => isFile(it)) : undefined;
  }
  const name = packageName(specifier);
  const isThere =
    name !== undefined &&
    !isBuiltin(specifier) &&
    modulesAbove(file).some((modules) => fs.existsSync(path.join(modules, name)));
  return isThere ? specifier : undefined;
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

function isWithin(file: string, root: string): boolean {
  return file === root || isInside(file, root);
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { PropCheck, unquoted } from '../../props/prop-check';
import { ancestors } from '../module-paths';

/** Where a function's dependencies are listed. */
export interface PythonProject {
  /** `uv.lock` of a pyproject.toml, or a requirements.txt. */
  readonly kind: 'uv' | 'requirements';
  readonly folder: string;
  /** The file that lists them, absolute. */
  readonly file: string;
}

/** A project that depends on this package is the CDK app, whose dependencies are not those of functions. */
const CDK = /^[\s"']*aws-cdk-lib\b/im;

/** `dependencies = [ … ]` of `[project]`, if it is not empty, or a table of Poetry. */
const DEPENDENCIES = /^\s*dependencies\s*=\s*\[\s*[^\]\s]|^\s*\[tool\.poetry\.dependencies\]/m;

/**
 * The nearest list of dependencies in the folder of an entry or above it, up to the repository's. A list with the CDK is passed
 * over.
 */
export function pythonProject(entry: string, check: PropCheck): PythonProject | undefined {
  for (const folder of ancestors(path.dirname(entry))) {
    const found = projectIn(folder, check);
    if (found !== undefined || fs.existsSync(path.join(folder, '.git'))) {
      return found;
    }
  }
  return undefined;
}

function projectIn(folder: string, check: PropCheck): PythonProject | undefined {
  const declared = path.join(folder, 'pyproject.toml');
  const toml = readIfThere(declared);
  const needsLock = toml !== undefined && DEPENDENCIES.test(toml) && !CDK.test(toml);
  if (needsLock) {
    const lock = ancestors(folder).find((it) => fs.existsSync(path.join(it, 'uv.lock')));
    if (lock !== undefined) {
      return { kind: 'uv', folder, file: path.join(lock, 'uv.lock') };
    }
  }
  const file = path.join(folder, 'requirements.txt');
  const requirements = readIfThere(file);
  if (requirements !== undefined && !CDK.test(requirements)) {
    return { kind: 'requirements', folder, file };
  }
  if (needsLock) {
    throw check.error(
      'entry',
      'must have its dependencies in a uv.lock or a requirements.txt, which say the versions',
      unquoted(`only ${declared}`),
      'run `uv lock`, or export a requirements.txt beside it',
    );
  }
  return undefined;
}

function readIfThere(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

/** The texts of a requirements file and of those that it includes by `-r` and `-c`, in order. */
export function requirementTexts(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || !fs.existsSync(file)) {
    return []; // // the installer reports a missing file
  }
  seen.add(file);
  const text = fs.readFileSync(file, 'utf8');
  const included = [...text.matchAll(INCLUDE)].map(([, name = '']) =>
    path.resolve(path.dirname(file), name),
  );
  return [text, ...included.flatMap((it) => requirementTexts(it, seen))];
}

const INCLUDE = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/gm;

/** The packages with an exact version, as `name==version` in the spelling that `distribution` gives. */
export function pinned(texts: readonly string[]): Set<string> {
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(PIN)].map(([, name = '', version = '']) => distribution(name, version)),
    ),
  );
}

const PIN = /^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*===?\s*([\w.!+-]+)(?=\s*(?:$|[;#\\]|--))/gm;

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function distribution(name: string, version: string): string {
  return `${name.replace(/[-_.]+/g, '-')}==${version}`.toLowerCase();
}

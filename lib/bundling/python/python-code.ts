import * as path from 'node:path';
import { AssetFile, AssetFiles, fileAt } from '../asset-files';
import type { PythonRequest } from '../bundle-request';
import { PythonPackages } from './python-packages';

/** The files of a Python function: its dependencies, and the project's modules that it imports. */
export function pythonCode(request: PythonRequest, packages: PythonPackages): AssetFiles {
  const { sourceRoot, modules, check } = request;
  const files = new Map<string, AssetFile>(packages.of(request));
  const installed = new Set([...files.keys()].map(moduleOf));
  for (const name of modules) {
    if (installed.has(moduleOf(name))) {
      throw check.error(
        'entry',
        'must import no module of the project that has the name of an installed package',
        path.join(sourceRoot, name),
        'rename the module',
      );
    }
    files.set(name, fileAt(path.join(sourceRoot, name), false));
  }
  return files;
}

/** `a/b/__init__.py` and `a/b.py` are one module. */
function moduleOf(name: string): string {
  return name.replace(/(\/__init__)?\.py$/, '');
}

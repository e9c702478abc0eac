import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { cacheFolder, ownCacheFolder } from '../../lib/bundling/cache-folder';
import { DEFAULT_QUALIFIER, Environment } from './deployed-state';
import { EMULATED_ACCOUNT, EMULATED_REGION } from './emulator-environment';
import { madeOnceIn } from './made-once';
import { pythonWith } from './python';
import { scriptFile } from './script-file';

/** The environment that every emulator is bootstrapped for. */
export const BASE_ENVIRONMENT: Environment = {
  account: EMULATED_ACCOUNT,
  region: EMULATED_REGION,
  qualifier: DEFAULT_QUALIFIER,
};

/** Where the emulator is installed, once for all projects. */
export function emulatorCache(environment: NodeJS.ProcessEnv = process.env): string {
  const folder = cacheFolder(environment) ?? ownCacheFolder(environment) ?? os.tmpdir();
  return path.join(folder, 'emulator');
}

/** The Python interpreter that runs the emulator. Installs the emulator if it is missing. */
export function emulatorPython(cache: string, progress: (line: string) => void): Promise<string> {
  const requirements = scriptFile('requirements.txt');
  fs.mkdirSync(cache, { recursive: true });
  return pythonWith({ parent: cache, requirements, module: 'ministack, cryptography', progress });
}

/** The state of a freshly bootstrapped emulator. `make` creates it once. */
export function baseState(cache: string, make: (folder: string) => Promise<void>): Promise<string> {
  return madeOnceIn(cache, baseName(), make);
}

export function hasBaseState(cache: string): boolean {
  return fs.existsSync(path.join(cache, baseName()));
}

function baseName(): string {
  const hash = createHash('sha256');
  for (const name of ['requirements.txt', 'start-emulator.py']) {
    hash.update(fs.readFileSync(scriptFile(name)));
  }
  return `base-${hash.digest('hex').slice(0, 12)}`;
}

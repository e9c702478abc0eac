import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const NAME = 'cdk-serverless-app';

/**
 * The folder for the cache: the one that `SERVERLESS_APP_CACHE` names, else one in the user's cache folder. Undefined if the
 * variable is `off`, or if the user has no home.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const setting = environment.SERVERLESS_APP_CACHE ?? '';
  if (setting === 'off') {
    return undefined;
  }
  if (setting !== '') {
    return path.resolve(setting);
  }
  return ownCacheFolder(environment);
}

/** The folder of this package in the user's cache folder; undefined if the user has no home. */
export function ownCacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = userCacheFolder(environment, homeFolder());
  return folder === undefined ? undefined : path.join(folder, NAME);
}

/** The user's home folder; undefined if there is none, as in some containers. */
export function homeFolder(): string | undefined {
  try {
    return absolute(os.homedir());
  } catch {
    return undefined;
  }
}

function userCacheFolder(
  { LOCALAPPDATA, XDG_CACHE_HOME }: NodeJS.ProcessEnv,
  home: string | undefined,
): string | undefined {
  const inHome = (...parts: string[]): string | undefined =>
    home === undefined ? undefined : path.join(home, ...parts);
  if (process.platform === 'win32') {
    return absolute(LOCALAPPDATA) ?? inHome('AppData', 'Local');
  }
  return process.platform === 'darwin'
    ? inHome('Library', 'Caches')
    : (absolute(XDG_CACHE_HOME) ?? inHome('.cache'));
}

/** An empty or relative path is ignored: https://specifications.freedesktop.org/basedir-spec/latest/ */
function absolute(folder: string | undefined): string | undefined {
  return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}

/** A folder, or the nearest one above it that exists. */
export function nearestFolder(folder: string): string {
  return fs.existsSync(folder) ? folder : nearestFolder(path.dirname(folder));
}

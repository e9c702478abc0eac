import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../user-error';
import { madeOnceIn } from './made-once';
import { removeFolder } from './remove-folder';
import { run } from './supervised';

const PYTHONS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const CHECK_PYTHON = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
const OFFLINE =
  /NewConnectionError|Temporary failure in name resolution|ConnectTimeout|Network is unreachable|ProxyError|getaddrinfo/;

/** The message on a machine without Python. */
export const PYTHON_MISSING =
  'It needs Python 3.10 or later with its venv module (Debian, Ubuntu: `apt install python3-venv`; macOS: ' +
  '`brew install python`; others: https://www.python.org/downloads/), which is not on the PATH.';

/** A Python that can create a virtual environment: 3.10 or later, with its venv module. */
export function findPython(): string | undefined {
  return PYTHONS.find((python) => spawnSync(python, ['-c', CHECK_PYTHON]).status === 0);
}

/** The folder of an environment below `parent`, which differs for different requirements. */
export function environmentFolder(parent: string, requirements: string): string {
  const hash = createHash('sha256').update(fs.readFileSync(requirements)).digest('hex');
  return path.join(parent, `python-${hash.slice(0, 12)}`);
}

/** The interpreter of an environment. */
export function interpreterOf(folder: string): string {
  return process.platform === 'win32'
    ? path.join(folder, 'Scripts', 'python.exe')
    : path.join(folder, 'bin', 'python');
}

export interface InstallOptions {
  /** Where environments are kept. */
  readonly parent: string;
  readonly requirements: string;
  /** A module that must be importable; otherwise the environment is broken and is created again. */
  readonly module?: string;
  /** Called with each line of progress. */
  readonly progress?: (line: string) => void;
}

/** Creates an environment with the packages of a requirements file, if there is none yet, and returns its Python. */
export async function pythonWith(options: InstallOptions): Promise<string> {
  const { parent, requirements, progress } = options;
  const folder = environmentFolder(parent, requirements);
  if (fs.existsSync(folder) && !works(interpreterOf(folder), options.module)) {
    progress?.('the installed emulator does not start, so it is installed again');
    removeFolder(folder); // The Python that it was created with has been removed or updated.
  }
  await madeOnceIn(parent, path.basename(folder), async (draft) => {
    const system = findPython();
    if (system === undefined) {
      throw new UserError(
        'the emulator needs Python 3.10 or later with its venv module, which is not on the PATH',
        'install it (Debian, Ubuntu: `apt install python3-venv`; macOS: `brew install python`), or name a running emulator with --endpoint',
      );
    }
    await install(system, draft, options);
  });
  return interpreterOf(folder);
}

async function install(
  system: string,
  draft: string,
  { parent, requirements, progress }: InstallOptions,
): Promise<void> {
  const options = { cwd: parent, env: process.env };
  progress?.('preparing a Python environment');
  await run(system, ['-m', 'venv', draft], options);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off'];
  try {
    await run(interpreterOf(draft), [...pip, '-r', requirements], {
      ...options,
      onLine: (line) => {
        const [, what] = /^(?:Collecting|Downloading) (\S+)/.exec(line) ?? [];
        if (what !== undefined) {
          progress?.(`installing ${what}`);
        }
      },
    });
  } catch (error) {
    throw installError(error instanceof Error ? error.message : String(error));
  }
}

function installError(output: string): UserError {
  const line = output.split('\n').find((each) => each.startsWith('ERROR:')) ?? '';
  return OFFLINE.test(output)
    ? new UserError(
        'the AWS emulator cannot be installed: pip cannot reach the package index',
        'connect to the network, set HTTPS_PROXY or PIP_INDEX_URL, or name a running emulator with --endpoint',
        2,
      )
    : new UserError(
        `the AWS emulator cannot be installed: ${line === '' ? output.trim().split('\n').at(-1) : line.slice('ERROR: '.length)}`,
        'run the command again, or name a running emulator with --endpoint',
        2,
      );
}

function works(python: string, module = 'sys'): boolean {
  return spawnSync(python, ['-c', `import ${module}`]).status === 0;
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EMULATOR_FOLDER, madeOnce, REPOSITORY } from './folders';
import { run } from './supervised';

const PYTHONS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const CHECK_PYTHON = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** What is missing on a machine without Python. */
export const PYTHON_MISSING =
  'It needs Python 3.10 or later with its venv module (Debian, Ubuntu: `apt install python3-venv`; macOS: ' +
  '`brew install python`; others: https://www.python.org/downloads/), and there is none on the PATH.';

/** A Python that can make an environment: 3.10 or later, with its venv module. */
function findPython(): string | undefined {
  return PYTHONS.find((python) => spawnSync(python, ['-c', CHECK_PYTHON]).status === 0);
}

/** The name of the folder of an environment: other requirements are another folder. */
function folderOf(requirements: string): string {
  const hash = createHash('sha256').update(fs.readFileSync(requirements)).digest('hex');
  return `python-${hash.slice(0, 12)}`;
}

/** Whether there is an environment with these requirements, or what it takes to make it. */
export function canMakePython(requirements: string): boolean {
  return (
    fs.existsSync(path.join(EMULATOR_FOLDER, folderOf(requirements))) || findPython() !== undefined
  );
}

/** Makes an environment with the packages of a requirements file where that has not been done; gives its Python. */
export async function pythonWith(requirements: string): Promise<string> {
  const folder = await madeOnce(folderOf(requirements), async (draft) => {
    const system = findPython();
    if (system === undefined) {
      throw new Error(PYTHON_MISSING);
    }
    const options = { cwd: REPOSITORY, env: process.env };
    await run(system, ['-m', 'venv', draft], options);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await run(path.join(draft, 'bin', 'python'), [...pip, '-r', requirements], options);
  });
  return path.join(folder, 'bin', 'python');
}

import * as fs from 'node:fs';
import { environmentFolder, findPython, PYTHON_MISSING, pythonWith } from '../../../bin/dev/python';
import { EMULATOR_FOLDER } from './folders';

export { PYTHON_MISSING };

/** Whether there is an environment with these requirements, or what it takes to make it. */
export function canMakePython(requirements: string): boolean {
  return (
    fs.existsSync(environmentFolder(EMULATOR_FOLDER, requirements)) || findPython() !== undefined
  );
}

/** Makes an environment with the packages of a requirements file where that has not been done; gives its Python. */
export async function installedPython(requirements: string): Promise<string> {
  return pythonWith({ parent: EMULATOR_FOLDER, requirements });
}

import * as fs from 'node:fs';
import { asObject, JsonObject, parseJson } from './json/unknown';
import { UserError } from './user-error';

const SYNTHESIZE = 'run `npx cdk synth` again';

/** The JSON object that a file of a cloud assembly holds. */
export function readJsonFile(file: string): JsonObject {
  const object = asObject(parseJson(readText(file)));
  if (object === undefined) {
    throw new UserError(`${file} is damaged: it does not hold a JSON object`, SYNTHESIZE);
  }
  return object;
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new UserError(`there is no ${file}, which the manifest names`, SYNTHESIZE)
      : new UserError(
          `${file} cannot be read (${code})`,
          `check the file’s permissions, or ${SYNTHESIZE}`,
        );
  }
}

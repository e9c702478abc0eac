import * as fs from 'node:fs';
import { parseJson } from '../json/unknown';
import { oneLine } from '../text/one-line';
import { UserError } from '../user-error';

const STANDARD_INPUT = 0;

/** The JSON text of an event, from a file, or with `-` from standard input. */
export function readEvent(file: string): string {
  const name = file === '-' ? 'standard input' : file;
  let text: string;
  try {
    text = fs.readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8');
  } catch (error) {
    throw new UserError(
      `${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`,
      'name a file that holds the event as JSON, or `-` for standard input',
    );
  }
  return requireJson(text, name);
}

/** The text itself, if it is JSON. */
export function requireJson(text: string, name: string): string {
  if (parseJson(text) === undefined) {
    throw new UserError(
      `${name} is not JSON, got \`${oneLine(text).slice(0, 60)}\``,
      'write, for example, `{"id": "1"}`',
    );
  }
  return text;
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseJson } from '../json/unknown';
import { UserError } from '../user-error';
import { readEvent } from './read-event';

/** Where events are saved, in the folder of cdk.json. They belong to the project, as tests do. */
const FOLDER = 'events';
const NAME = /^[A-Za-z0-9][\w.-]*$/;

/** The JSON text of an event: from a file, a saved one by its name, or with `-` from standard input. */
export function eventNamed(given: string, project = '.'): string {
  const isFile = given === '-' || fs.existsSync(given) || !NAME.test(given);
  const saved = fileOf(given, project);
  if (isFile || fs.existsSync(saved)) {
    return readEvent(isFile ? given : saved);
  }
  const names = savedNames(project);
  throw new UserError(
    `there is no file and no saved event \`${given}\``,
    names.length === 0
      ? 'name a file, or save an event with `--save`'
      : `name a file, or one of ${names.join(', ')}`,
  );
}

/** Saves an event under a name, and returns the file. A saved event is not replaced by another one. */
export function saveEvent(name: string, event: string, project = '.'): string {
  if (!NAME.test(name)) {
    throw new UserError(
      `\`--save\` must be a name of letters, digits, \`.\`, \`-\` and \`_\`, got \`${name}\``,
      'write, for example, `--save large-order`',
    );
  }
  const file = fileOf(name, project);
  const text = `${JSON.stringify(parseJson(event), undefined, 2)}\n`;
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') !== text) {
    throw new UserError(
      `there is another event in ${file}`,
      'choose another name, or remove the file',
    );
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

function savedNames(project: string): string[] {
  const folder = path.join(project, FOLDER);
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  return files.flatMap((file) => (file.endsWith('.json') ? [path.basename(file, '.json')] : []));
}

function fileOf(name: string, project: string): string {
  return path.join(project, FOLDER, `${name}.json`);
}

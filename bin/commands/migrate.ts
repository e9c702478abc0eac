import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Invocation } from '../command-spec';
import type { Io } from '../io';
import { migrateDefinition } from '../migrate/migrate-definition';
import { projectFiles } from '../migrate/project-files';
import { renderReport } from '../migrate/report';
import { count } from '../text/count';
import { UserError } from '../user-error';
import { version } from '../../package.json';

/** `migrate <definition>`: writes app.ts from a definition of another framework, and says what it does not carry over. */
export function migrate({ args: [definition = ''], options }: Invocation, io: Io): number {
  const file = path.resolve(definition);
  const out = path.resolve(typeof options.out === 'string' ? options.out : path.dirname(file));
  const target = path.join(out, 'app.ts');
  if (fs.existsSync(target) && options.force !== true) {
    throw new UserError(
      `${shown(target)} already exists`,
      'name another folder with `--out`, or replace the file with `--force`',
    );
  }
  const migration = migrateDefinition(file, out);
  const report = renderReport(
    { ...migration.definition, file: path.basename(file) },
    migration.notes,
    migration.imports,
  );
  const written: Record<string, string> = { 'app.ts': migration.app, 'migration.md': report };
  if (Object.keys(migration.imports.map).length > 0) {
    written['import.json'] = `${JSON.stringify(migration.imports.map, undefined, 2)}\n`;
  }
  for (const [name, text] of Object.entries(projectFiles(migration.definition, version))) {
    if (!fs.existsSync(path.join(out, name))) {
      written[name] = text;
    }
  }
  const beside = [...migration.files].map(
    ([name, text]) => [path.join(path.dirname(file), name), text] as const,
  );
  const foreign = beside.find(
    ([place, text]) => fs.existsSync(place) && fs.readFileSync(place, 'utf8') !== text,
  );
  if (foreign !== undefined && options.force !== true) {
    throw new UserError(
      `${shown(foreign[0])}, which app.ts needs for a handler, already exists with other content`,
      'rename the file, or replace it with `--force`',
    );
  }
  fs.mkdirSync(out, { recursive: true });
  for (const [name, text] of Object.entries(written)) {
    fs.writeFileSync(path.join(out, name), text);
    io.out(`${shown(path.join(out, name))}\n`);
  }
  for (const [place, text] of beside) {
    fs.writeFileSync(place, text);
    io.out(`${shown(place)}\n`);
  }
  const lost = migration.notes.filter(({ kind }) => kind === 'lost');
  const others = migration.notes.length - lost.length;
  io.say(
    `${count(migration.definition.functions.length, 'function')} migrated from ${shown(file)}`,
  );
  lost.forEach(({ at, text }) => {
    io.say(`not carried over: ${at}: ${text}`);
  });
  if (others > 0) {
    io.say(`${count(others, 'more note')} in ${shown(path.join(out, 'migration.md'))}`);
  }
  return 0;
}

function shown(file: string): string {
  const relative = path.relative('.', file);
  return relative === '' ? file : relative;
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../user-error';
import { divideShared } from './calls/divide-shared';
import { ImportPlan, importPlan } from './import-map';
import type { Definition, Note } from './model';
import { withOwnConsumers } from './read/own-consumers';
import { readYaml } from './read-yaml';
import { readTemplate } from './sam/read-template';
import { readServerless } from './serverless/read-serverless';
import { isMap, mapOf, textOf } from './value';
import { writeApp } from './write/app-file';

export interface Migration {
  readonly definition: Definition;
  readonly app: string;
  readonly notes: readonly Note[];
  readonly imports: ImportPlan;
  /** The files that the app needs beside the handlers, by their paths in the folder of the definition. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads a definition and writes the app, in memory. */
export function migrateDefinition(file: string, out: string): Migration {
  const folder = path.dirname(file);
  const given = withOwnConsumers(readDefinition(file));
  refuseWithoutNode(given);
  const definition = withOneList(divideShared(given, folder));
  const root = path.relative(out, folder).split(path.sep).join('/');
  const { text, notes, files } = writeApp(definition, folder, root === '' ? '.' : root);
  return {
    definition,
    app: text,
    notes: merged(notes),
    files,
    imports: importPlan(definition, text),
  };
}

/** Each function with the shared statements among its own. */
function withOneList(definition: Definition): Definition {
  const functions = definition.functions.map(({ sharedStatements = [], ...fn }) => ({
    ...fn,
    statements: [...sharedStatements, ...fn.statements],
  }));
  return { ...definition, functions };
}

export function readDefinition(file: string): Definition {
  if (/\.[cm]?[jt]s$/.test(file)) {
    throw new UserError(
      `${file} is a program, which \`migrate\` does not run`,
      'print it as YAML with `npx serverless print > serverless.yml`, and give that file',
    );
  }
  const document = readYaml(readText(file), file);
  if (!isMap(document)) {
    throw new UserError(`${file} holds no definition`, 'give a serverless.yml or a template.yaml');
  }
  if (document.Resources !== undefined) {
    return readTemplate(document, file);
  }
  if (document.provider !== undefined || document.service !== undefined) {
    return readServerless(document, file);
  }
  const components = Object.values(mapOf(document.services)).map((one) => textOf(mapOf(one).path));
  throw new UserError(
    document.services === undefined
      ? `${file} is neither a Serverless Framework definition nor a template`
      : `${file} composes several services`,
    document.services === undefined
      ? 'it must have `provider` or `Resources`'
      : `migrate each of them: ${components.map((one) => `${one ?? ''}/serverless.yml`).join(', ')}`,
  );
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`there is no file ${file}`, 'give a serverless.yml or a template.yaml');
  }
}

/** The library bundles Node.js. An app without such a function would gain little, and its builds would have to be rewritten. */
function refuseWithoutNode({ functions, defaults, file }: Definition): void {
  const runtimes = functions.map(
    ({ settings }) => settings.runtime ?? defaults.runtime ?? 'nodejs24.x',
  );
  if (functions.length > 0 && !runtimes.some((one) => one.startsWith('nodejs'))) {
    throw new UserError(
      `${file} has no Node.js function, only ${[...new Set(runtimes)].join(', ')}`,
      'the library bundles only Node.js; write the app by hand, with `code: lambda.Code.fromAsset(…)` in `addFunction`',
    );
  }
}

function merged(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((one): [string, Note] => [`${one.at} ${one.text}`, one])).values()];
}

import type { FunctionModel } from '../model/app-model';
import { EventFacts, eventTypes } from './event-types';

/** The file next to cdk.json that declares the types of the handlers' environment. */
export const ENVIRONMENT_TYPES_FILE = 'serverless-app-env.d.ts';

const HEADER = `// The environment variables and the events of the app's functions. Written by cdk-serverless-app at synthesis, and by \`npx serverless-app types\`.
// Change the app, not this file: https://github.com/cdk-serverless-app/cdk-serverless-app/blob/main/docs/environment.md
/* eslint-disable */
`;

/** What the declarations need of a function. */
export type TypedFunction = Pick<FunctionModel, 'id' | 'runtime' | 'variables'> & EventFacts;

/** A variable’s name, as TypeScript writes a property without quotes. */
const NAME = /^[A-Za-z_]\w*$/;

/**
 * The declarations of the functions’ environment variables, as Prettier formats them with its defaults.
 *
 * Each function has a type of its own, `CreateOrderEnv`. Functions of several apps with the same name share one, in which a
 * variable that not all of them have is optional. `process.env` gets all variables, as optional ones. Beside it are the detail types of
 * the function’s events.
 */
export function environmentTypes(functions: readonly TypedFunction[]): string {
  const byType = new Map<string, TypedFunction[]>();
  for (const fn of functions) {
    if (/^nodejs/.test(fn.runtime)) {
      const name = pascalCase(fn.id);
      byType.set(name, [...(byType.get(name) ?? []), fn]);
    }
  }
  const types = [...byType]
    .sort(byName)
    .flatMap(([name, same]) => [
      typeOf(`${name}Env`, same.map(variablesOf)),
      ...eventTypes(name, same),
    ]);
  const all = namesIn([...byType.values()].flat().map(variablesOf));
  return [HEADER, ...types, processEnvironment(all)].join('\n');
}

/** `CreateOrder` becomes `CreateOrderEnv`; an id such as `create-order` too. */
export function typeNameOf(id: string): string {
  return `${pascalCase(id)}Env`;
}

function variablesOf({ variables = [] }: TypedFunction): string[] {
  return variables.filter((variable) => NAME.test(variable));
}

function pascalCase(id: string): string {
  const words = id.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== '');
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return `${/^\d/.test(name) ? '_' : ''}${name}`;
}

function typeOf(name: string, lists: ReadonlyArray<readonly string[]>): string {
  const lines = namesIn(lists).map((variable) => {
    const isSure = lists.every((list) => list.includes(variable));
    return `  readonly ${variable}${isSure ? '' : '?'}: string;\n`;
  });
  // A type alias instead of an interface: TypeScript accepts the assertion `process.env as …`, which has an index signature, only for an
  // alias.
  return lines.length === 0
    ? `export type ${name} = {};\n`
    : `export type ${name} = {\n${lines.join('')}};\n`;
}

function processEnvironment(names: readonly string[]): string {
  const lines = names.map((name) => `      ${name}?: string;\n`).join('');
  return lines === ''
    ? 'export {};\n'
    : `declare global {\n  namespace NodeJS {\n    interface ProcessEnv {\n${lines}    }\n  }\n}\n`;
}

function namesIn(lists: ReadonlyArray<readonly string[]>): string[] {
  return [...new Set(lists.flat())].sort();
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeTrigger, kindOf } from '../../lib/kinds/trigger-kinds';
import type { AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { formatValue } from '../../lib/model/format-value';
import { assemblies, assetsOf } from '../dev/deployed-state';
import { RouteAuthorizers } from './authorizers';
import { asObject, asText, at } from '../json/unknown';
import { readJsonFile } from '../read-json-file';
import { UserError } from '../user-error';

/** A function that answers requests. */
export interface ServedFunction {
  readonly model: FunctionModel;
  /** The module to load. */
  readonly file: string;
  /** The name of its handler; undefined if its default export has `fetch`. */
  readonly handler?: string;
  readonly requests: readonly TriggerModel[];
}

/** The parts of an app that `serve` runs. */
export interface ServedApp {
  readonly functions: readonly ServedFunction[];
  /** The authorizer functions, by path. */
  readonly authorizers: ReadonlyMap<string, ServedFunction>;
  /** Descriptions of what it does not run. */
  readonly left: readonly string[];
}

/** The functions of an app whose triggers are HTTP requests, with their code in the cloud assembly. */
export function servedApp(
  model: AppModel,
  assembly: string,
  authorizers = new RouteAuthorizers(assembly),
): ServedApp {
  const assets = assetsOf(assembly);
  const left: string[] = [];
  const folderOf = ({ id, path: own }: FunctionModel): string => {
    const folder = assets.get(own);
    if (folder === undefined || !fs.existsSync(folder)) {
      throw new UserError(
        `the code of ${id} is not in ${assembly}`,
        'run `npx cdk synth` first, without `--no-asset-metadata`',
      );
    }
    return folder;
  };
  const functions = model.functions.flatMap((fn): ServedFunction[] => {
    const requests = fn.triggers.filter((it) => kindOf(it).streamsResponse !== undefined);
    const others = fn.triggers.filter((it) => !requests.includes(it));
    left.push(...others.map((it) => `${fn.id}: ${describeTrigger(it)}`));
    if (requests.length === 0) {
      return [];
    }
    if (!fn.runtime.startsWith('nodejs')) {
      left.push(`${fn.id}: it runs on ${fn.runtime}`);
      return [];
    }
    return [{ model: fn, requests, ...moduleOf(fn, folderOf(fn)) }];
  });
  const asked = new Set(
    functions.flatMap(({ requests }) => requests.flatMap((it) => authorizers.of(it)?.fn ?? [])),
  );
  const deciding = model.functions
    .filter((fn) => asked.has(fn.path) && fn.runtime.startsWith('nodejs'))
    .map((fn) => [fn.path, { model: fn, requests: [], ...moduleOf(fn, folderOf(fn)) }] as const);
  return { functions, authorizers: new Map(deciding), left };
}

function moduleOf(fn: FunctionModel, folder: string): Pick<ServedFunction, 'file' | 'handler'> {
  const find = (name: string): string | undefined =>
    ['.mjs', '.js', '.cjs']
      .map((it) => path.join(folder, name + it))
      .find((it) => fs.existsSync(it));
  const web = find('web-handler') === undefined ? undefined : find('app');
  if (fn.entry !== undefined && web !== undefined) {
    return { file: web };
  }
  const name = fn.entry === undefined ? fn.handler : `index.${fn.handler}`;
  const file = find(name.slice(0, name.lastIndexOf('.')));
  if (file === undefined) {
    throw new UserError(
      `${fn.id} has no file for its handler ${name} in ${folder}`,
      'synthesize again',
    );
  }
  return { file, handler: name.slice(name.lastIndexOf('.') + 1) };
}

/** The values of variables that are plain text in the templates, by the path of the function. */
export function literalVariables(assembly: string): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>();
  for (const folder of assemblies(assembly)) {
    for (const file of fs.readdirSync(folder).filter((it) => it.endsWith('.template.json'))) {
      const resources = asObject(readJsonFile(path.join(folder, file)).Resources) ?? {};
      for (const resource of Object.values(resources)) {
        const own = asText(at(resource, 'Metadata', 'aws:cdk:path'));
        const variables = asObject(at(resource, 'Properties', 'Environment', 'Variables'));
        if (own !== undefined && variables !== undefined) {
          const texts = Object.entries(variables).filter(([, value]) => typeof value === 'string');
          found.set(
            own.split('/').slice(0, -2).join('/'),
            Object.fromEntries(texts) as Record<string, string>,
          );
        }
      }
    }
  }
  return found;
}

/**
 * The environment of all served functions, which share one process.
 *
 * @param given the user's values; they take precedence over the templates
 */
export function environmentFor(
  functions: readonly ServedFunction[],
  literals: ReadonlyMap<string, Readonly<Record<string, string>>>,
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  const missing = new Map<string, string[]>();
  for (const { model } of functions) {
    for (const name of model.variables ?? []) {
      const value = given[name] ?? literals.get(model.path)?.[name];
      if (value === undefined) {
        missing.set(name, [...(missing.get(name) ?? []), model.id]);
      } else if (values[name] !== undefined && values[name] !== value) {
        throw new UserError(
          `${name} has different values in the functions, which run in one process`,
          'give it one value for all, in the environment or in the --env file',
        );
      } else {
        values[name] = value;
      }
    }
  }
  if (missing.size > 0) {
    const names = [...missing].map(([name, ids]) => `${name} (${ids.join(', ')})`);
    throw new UserError(
      `these variables have no value: ${names.join(', ')}`,
      'give them in the environment or in a file: `--env .env`',
    );
  }
  return values;
}

/**
 * Throws if only AWS checks the callers of a route.
 *
 * @param isDecided whether a function of the app decides who may call
 */
export function requireNoAuthorizers(
  functions: readonly ServedFunction[],
  isDecided: (trigger: TriggerModel) => boolean,
): void {
  const checked = functions.flatMap(({ model, requests }) =>
    requests
      .filter(
        (it) =>
          it.details.apiKey === true || (it.details.authorization !== 'NONE' && !isDecided(it)),
      )
      .map((it) => {
        const how = details(it);
        return `${it.details.path === undefined ? model.id : formatValue(it.source)} (${how})`;
      }),
  );
  if (checked.length > 0) {
    throw new UserError(
      `only AWS checks the callers of ${checked.join(', ')}`,
      'let something in front of this server check them, and add --no-authorizers',
    );
  }
}

function details({ details: { authorization, apiKey } }: TriggerModel): string {
  return apiKey === true && authorization === 'NONE' ? 'API key' : String(authorization);
}

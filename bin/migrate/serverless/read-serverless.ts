import * as path from 'node:path';
import { UserError } from '../../user-error';
import type { Definition, Note, Settings } from '../model';
import { definedOf } from '../read/defined-settings';
import { isMap, Join, mapOf, STAGE, textOf, Value, ValueMap } from '../value';
import { apiOf } from './api';
import { readFunctions } from './functions';
import { noteOthers } from './other-parts';
import { notePlugins } from './plugins';
import { readLayers, readResources } from './resources';
import { bundlingOf, readSettings } from './settings';
import { settled } from './settled-stages';
import { readStepFunctions } from './step-functions';
import { Variables } from './variables';

/** The defaults of the Serverless Framework: https://www.serverless.com/framework/docs/providers/aws/guide/functions */
const DEFAULTS: Settings = {
  memorySize: 1024,
  timeout: 6,
  architecture: 'x86_64',
  jsonLogs: false,
};

/** Reads a definition of the Serverless Framework, versions 1 to 4. */
export function readServerless(document: ValueMap, file: string): Definition {
  const notes: Note[] = [];
  const note = (one: Note): void => void notes.push(one);
  const variables = new Variables(document, path.dirname(file));
  const at = (value: Value): Value =>
    settled(variables.resolve(value), variables.defaultStage, note);
  const provider = mapOf(at(document.provider));
  if (provider.name !== undefined && provider.name !== 'aws') {
    throw new UserError(
      `${file} is for the provider ${textOf(provider.name) ?? ''}`,
      'only definitions for AWS can be migrated',
    );
  }
  const resolved: ValueMap = {
    ...document,
    custom: at(document.custom),
    plugins: at(document.plugins),
    build: at(document.build),
    constructs: document.constructs,
  };
  notePlugins(resolved, note);
  noteOthers(document, provider, note);
  const functions = readFunctions(document, provider, at, note);
  const resources = readResources(at(document.resources), note);
  const name =
    textOf(at(isMap(document.service) ? document.service.name : document.service)) ?? 'app';
  const definition: Definition = {
    origin: 'Serverless Framework',
    file,
    name,
    stackName: provider.stackName ?? new Join([name, '-', STAGE]),
    region: textOf(provider.region),
    defaultStage: variables.defaultStage,
    stages: stagesOf(resolved),
    api: apiOf(provider, resolved, functions, at(document.functions), note),
    defaults: {
      ...DEFAULTS,
      ...definedOf(readSettings(provider, note, 'provider')),
      bundling: bundlingOf(resolved, note),
    },
    functions,
    ...resources,
    layers: readLayers(at(document.layers)),
    stateMachines: readStepFunctions(at(document.stepFunctions), note),
    tags:
      isMap(provider.tags) || isMap(provider.stackTags)
        ? { ...mapOf(provider.stackTags), ...mapOf(provider.tags) }
        : undefined,
    notes: [],
  };
  for (const { text, reason } of variables.unresolved) {
    note({ kind: 'lost', at: 'variables', text: `${text} has no value: ${reason}` });
  }
  return { ...definition, notes: unique(notes) };
}

function unique(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((one) => [`${one.at} ${one.text}`, one])).values()];
}

function stagesOf(document: ValueMap): string[] {
  return Object.keys(mapOf(document.stages)).filter((stage) => stage !== 'default');
}

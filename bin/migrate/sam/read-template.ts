import type { Definition, Note, Settings } from '../model';
import { definedOf } from '../read/defined-settings';
import { resourceOf } from '../read/resource';
import { mapOf, textOf, ValueMap, withoutNoValue } from '../value';
import { apiOf } from './api';
import { readConnectors } from './connectors';
import { readFunction, settingsOf } from './functions';
import { readLayer, readMachine, simpleTable } from './resources';

/** Lambda's defaults, which SAM does not change. */
const DEFAULTS: Settings = { memorySize: 128, timeout: 3, architecture: 'x86_64', jsonLogs: false };

const FUNCTIONS = new Set(['AWS::Serverless::Function', 'AWS::Lambda::Function']);
const NOT_RESOURCES = new Set([
  ...FUNCTIONS,
  'AWS::Serverless::Api',
  'AWS::Serverless::HttpApi',
  'AWS::Serverless::LayerVersion',
  'AWS::Serverless::StateMachine',
  'AWS::Serverless::SimpleTable',
]);

/** Reads a SAM or CloudFormation template. */
export function readTemplate(given: ValueMap, file: string): Definition {
  const document = mapOf(withoutNoValue(given));
  const notes: Note[] = [];
  const note = (one: Note): void => void notes.push(one);
  const globals = mapOf(document.Globals);
  const entries = Object.entries(mapOf(document.Resources)).map(
    ([id, value]) => [id, mapOf(value)] as const,
  );
  const all = entries.filter(([, one]) => textOf(one.Type) !== undefined);
  for (const [id] of entries.filter(([, one]) => textOf(one.Type) === undefined)) {
    note({
      kind: 'lost',
      at: `Resources.${id}`,
      text: 'it is not carried over: it has no `Type`, so a transform makes it',
    });
  }
  const ofType = (type: string): Array<readonly [string, ValueMap]> =>
    all.filter(([, one]) => one.Type === type).map(([id, one]) => [id, one]);
  const apis: Record<string, ValueMap> = {};
  for (const [kind, type] of [
    ['Api', 'AWS::Serverless::Api'],
    ['HttpApi', 'AWS::Serverless::HttpApi'],
  ] as const) {
    for (const [id, one] of ofType(type)) {
      apis[id] = { ...mapOf(globals[kind]), ...mapOf(one.Properties) };
    }
  }
  const context = { apis, note };
  const connectors = readConnectors(all, note);
  const functions = all
    .filter(([, one]) => FUNCTIONS.has(textOf(one.Type) ?? ''))
    .map(([id, one]) => readFunction(id, one, mapOf(globals.Function), context, globals))
    .map((fn) => ({
      ...fn,
      grants: [...fn.grants, ...(connectors.grants.get(fn.logicalId) ?? [])],
    }));
  const isSam =
    document.Transform !== undefined ||
    all.some(([, one]) => textOf(one.Type)?.startsWith('AWS::Serverless::') === true);
  for (const [id, one] of all) {
    if (one.Condition !== undefined && NOT_RESOURCES.has(textOf(one.Type) ?? '')) {
      note({
        kind: 'differs',
        at: `Resources.${id}`,
        text: `its condition ${textOf(one.Condition) ?? ''} is not carried over: the app always creates it; put it inside an \`if\``,
      });
    }
  }
  const name = (file.split(/[\\/]/).at(-2) ?? 'app').replace(/[^A-Za-z0-9-]/g, '-');
  return {
    origin: isSam ? 'SAM' : 'CloudFormation',
    file,
    name: /^[A-Za-z]/.test(name) ? name : 'app',
    stackName: `<the stack of ${file.split(/[\\/]/).at(-1) ?? ''}>`,
    defaultStage: 'dev',
    stages: [],
    api: apiOf(functions, all, apis, globals, note),
    defaults: { ...DEFAULTS, ...definedOf(settingsOf(mapOf(globals.Function))) },
    functions,
    resources: [
      ...all
        .filter(
          ([id, one]) => !NOT_RESOURCES.has(textOf(one.Type) ?? '') && !connectors.done.has(id),
        )
        .map(([id, one]) => resourceOf(id, one, 'Resources')),
      ...ofType('AWS::Serverless::SimpleTable').map(([id, one]) => simpleTable(id, one)),
    ],
    parameters: mapOf(document.Parameters),
    mappings: mapOf(document.Mappings),
    conditions: mapOf(document.Conditions),
    outputs: mapOf(document.Outputs),
    layers: ofType('AWS::Serverless::LayerVersion').map(([id, one]) =>
      readLayer(id, mapOf(one.Properties)),
    ),
    stateMachines: ofType('AWS::Serverless::StateMachine').map(([id, one]) =>
      readMachine(id, mapOf(one.Properties), note),
    ),
    notes,
  };
}

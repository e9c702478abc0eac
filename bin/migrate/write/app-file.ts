import * as path from 'node:path';
import type { Definition, Note } from '../model';
import { pascal } from '../names';
import { Join, STAGE } from '../value';
import { API, declareApi } from './api/api-reference';
import { itemsOf, ordered, usedResources } from './app/app-items';
import { afterwards, writeDefaults } from './app/function-defaults';
import { helpersAfterStack } from './app/helpers';
import { writeOutputs } from './app/outputs';
import { writeParameters } from './app/parameters';
import { stackNameOf } from './app/stack-name';
import { withoutUnused } from './app/unused';
import { call, code, comment, object, quote, statement } from './print';
import { interfaceLines } from './resource/interfaces';
import { attempt, Scope } from './scope';
import { textNode } from './values';

export interface WrittenApp {
  readonly text: string;
  readonly notes: readonly Note[];
  /** The files that it needs beside the handlers, by their paths in the folder of the definition. */
  readonly files: ReadonlyMap<string, string>;
}

/** app.ts of a definition. `root` is the folder of the definition, relative to that of app.ts. */
export function writeApp(definition: Definition, folder: string, root: string): WrittenApp {
  // Only at the end is it known which parts cannot be written, and earlier lines may name them. Then everything is written again without these parts.
  const absent = new Set<string>();
  for (;;) {
    const scope = new Scope(definition, root, absent);
    const written = writeOnce(definition, folder, scope);
    const dangling = [...scope.named].filter((id) => scope.withdrawn.has(id));
    if (definition.api.kind !== 'none' && !scope.triggers.has('http') && !absent.has(API)) {
      dangling.push(API);
    }
    if (dangling.length === 0) {
      return written;
    }
    dangling.forEach((id) => absent.add(id));
  }
}

function writeOnce(definition: Definition, folder: string, scope: Scope): WrittenApp {
  const { resources, stateMachines, layers, parameters: given, mappings, conditions } = definition;
  for (const id of [
    'App',
    ...[...resources, ...stateMachines, ...layers].map(({ logicalId }) => logicalId),
    ...[given, mappings, conditions].flatMap(Object.keys),
  ]) {
    scope.ids.claim(id);
  }
  scope.cdk('App');
  scope.cdk('Stack');
  scope.ours('ServerlessApp');
  declareApi(definition, scope);
  const parameters = writeParameters(definition, scope);
  const early = writeDefaults(definition, scope);
  const items = ordered(itemsOf(definition, scope, folder));
  const used = usedResources(definition);
  const body = items.flatMap((item) => {
    const lines = attempt(
      () => item.write(),
      (reason) => {
        scope.withdraw(item.id);
        scope.note('lost', item.id, `it is not carried over: ${reason}`);
      },
    ).flat();
    const resource = definition.resources.find(({ logicalId }) => logicalId === item.id);
    const isManaged =
      scope.find(item.id)?.constName !== undefined &&
      /addBucket\(|\.UserPool\(/.test(lines[0] ?? '');
    const more =
      resource !== undefined && used.has(item.id) && !isManaged
        ? attempt(
            () => interfaceLines(resource, scope),
            (reason) => {
              scope.note('lost', resource.at, `the functions have no access to it: ${reason}`);
            },
          ).flat()
        : [];
    const block = [...lines, ...more];
    return block.length === 0 ? [] : [block.join('\n')];
  });
  const late = scope.hasFunctions ? afterwards(definition, scope) : [];
  const outputs = writeOutputs(definition, scope);
  const lost = [...definition.notes, ...scope.notes].filter(
    ({ kind, at }) => kind === 'lost' && !at.startsWith('functions.'),
  );
  const helpers = helpersAfterStack(scope);
  const head = writeHead(definition, scope, early.app);
  const sections = [
    [...head],
    parameters,
    ...(early.before.length === 0 ? [] : [early.before]),
    ...helpers,
    // A definition without functions is a stack without an app.
    ...(scope.hasFunctions ? [[early.app]] : []),
    ...body.map((block) => [block]),
    late,
    outputs,
    lost.map(({ at, text }) => comment(`Not carried over: ${at}: ${text}`)),
  ];
  const text = sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n');
  const program = withoutUnused(text);
  return {
    text: `${scope.importsOf(program)}\n\n${program}\n`,
    notes: [...definition.notes, ...scope.notes],
    files: scope.files,
  };
}

function writeHead(definition: Definition, scope: Scope, app: string): string[] {
  const { name, origin, file, region, defaultStage } = definition;
  const usesStage = scope.helpers.has('stage') || app.includes('stage');
  const ownName = stackNameOf(definition, usesStage, scope);
  const stackName = usesStage ? textNode(new Join([`${ownName}-`, STAGE]), scope) : quote(ownName);
  const props = object({
    stackName,
    env: region === undefined ? undefined : object({ region: textNode(region, scope) }),
  });
  return [
    comment(
      `Migrated from ${path.basename(file)} (${origin}). The stack has a different name from the old one, so that both can exist until you have moved.`,
    ),
    'const cdk = new App();',
    ...(usesStage
      ? [`const stage: string = cdk.node.tryGetContext('stage') ?? ${quote(defaultStage).text};`]
      : []),
    statement('const stack = ', call('new Stack', [code('cdk'), quote(pascal(name)), props])),
  ];
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { divideStatements, resourceNamed } from '../access';
import type { Definition, EventModel, Note, SourceModel, StateMachineModel } from '../model';
import { camel, pascal } from '../names';
import { Join, mapOf, referencesIn, STAGE, textOf, Value } from '../value';
import { apiEntries } from './api';
import { functionItem, settingsEntries, statementNode, vpcLines } from './functions';
import { call, code, comment, object, quote, statement } from './print';
import {
  interfaceLines,
  Item,
  layerItem,
  madeByTrigger,
  madeItem,
  resourceItem,
  stateMachineItem,
} from './resources';
import { NotCarried, Scope } from './scope';
import { authorizerItems } from './authorizers';
import { anyNode, textNode } from './values';

export interface WrittenApp {
  readonly text: string;
  readonly notes: readonly Note[];
}

/** app.ts of a definition. `root` is the folder of the definition, seen from that of app.ts. */
export function writeApp(definition: Definition, folder: string, root: string): WrittenApp {
  const scope = new Scope(definition, root);
  definition.resources.forEach(({ logicalId }) => scope.ids.claim(logicalId));
  scope.cdk('App');
  scope.cdk('Stack');
  scope.ours('ServerlessApp');
  declareApi(definition, scope);
  const parameters = writeParameters(definition, scope);
  const early = writeDefaults(definition, scope);
  const items = ordered(itemsOf(definition, scope, folder));
  const used = usedResources(definition);
  const body = items.flatMap((item) => {
    const lines = attempt(item, scope);
    const resource = definition.resources.find(({ logicalId }) => logicalId === item.id);
    const isManaged =
      scope.find(item.id)?.constName !== undefined &&
      /addBucket\(|\.UserPool\(/.test(lines[0] ?? '');
    const more =
      resource !== undefined && used.has(item.id) && !isManaged
        ? interfaceLines(resource, scope)
        : [];
    const block = [...lines, ...more];
    return block.length === 0 ? [] : [block.join('\n')];
  });
  const late = afterwards(definition, scope);
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
    [early.app],
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
  };
}

function attempt(item: Item, scope: Scope): readonly string[] {
  try {
    return item.write();
  } catch (error) {
    if (!(error instanceof NotCarried)) {
      throw error;
    }
    scope.note('lost', item.id, `it is not carried over: ${error.message}`);
    return [];
  }
}

function itemsOf(definition: Definition, scope: Scope, folder: string): Item[] {
  const events = definition.functions.flatMap((fn) => fn.events);
  const managed = madeByTrigger(events);
  const made = new Map(
    events
      .flatMap((event) => sourcesOf(event))
      .map(([source, kind]) => [source.makes ?? '', [source, kind] as const]),
  );
  const known = new Set(definition.resources.map(({ logicalId }) => logicalId));
  return [
    ...definition.layers.map((layer) =>
      layerItem(layer, scope, fs.existsSync(path.join(folder, layer.path))),
    ),
    ...definition.resources.map((resource) =>
      resourceItem(resource, scope, managed.has(resource.logicalId)),
    ),
    ...[...made]
      .filter(([id]) => id !== '' && !known.has(id))
      .map(([, [source, kind]]) => madeItem(source, kind, scope)),
    ...authorizerItems(definition, scope),
    ...definition.functions.map((fn) => functionItem(fn, definition, scope, folder)),
    ...definition.stateMachines.map((machine) =>
      stateMachineItem(machine, scope, (name) => machineGrants(machine, name, definition, scope)),
    ),
  ];
}

function sourcesOf(event: EventModel): Array<readonly [SourceModel, EventModel['kind'] | 'bus']> {
  if (event.kind === 'events') {
    return event.bus?.makes === undefined ? [] : [[event.bus, 'bus']];
  }
  return 'source' in event && event.source.makes !== undefined ? [[event.source, event.kind]] : [];
}

/** Each item after what it needs. What is in a circle keeps the order of the definition. */
function ordered(items: readonly Item[]): Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const done: Item[] = [];
  const state = new Map<string, 'begun' | 'done'>();
  const visit = (item: Item): void => {
    if (state.has(item.id)) {
      return;
    }
    state.set(item.id, 'begun');
    for (const id of item.needs) {
      const other = byId.get(id);
      if (other !== undefined) {
        visit(other);
      }
    }
    state.set(item.id, 'done');
    done.push(item);
  };
  items.forEach(visit);
  return done;
}

/** The resources that triggers and accesses name. */
function usedResources(definition: Definition): ReadonlySet<string> {
  const all = definition.functions.flatMap((fn) => [
    ...fn.events.flatMap((event) =>
      'source' in event
        ? (event.source.logicalId ?? [])
        : event.kind === 'events'
          ? (event.bus?.logicalId ?? [])
          : [],
    ),
    ...divideStatements(fn.statements, definition, new Set(), fn.at, () => undefined).accesses.map(
      ({ logicalId }) => logicalId,
    ),
    ...fn.grants.flatMap(({ target }) => resourceNamed(target, definition) ?? []),
    ...fn.events.flatMap((event) =>
      event.kind === 'http' ? referencesIn(event.authorizer?.arn) : [],
    ),
  ]);
  return new Set([...all, ...referencesIn(definition.api.authorizer?.arn)]);
}

function declareApi({ api, origin }: Definition, scope: Scope): void {
  const isRest = api.kind === 'rest';
  if (api.kind === 'none') {
    return;
  }
  const reference = (
    constName: string,
    ref: string,
    attributes: Readonly<Record<string, string>>,
  ): void => {
    const ids =
      origin === 'Serverless Framework'
        ? [isRest ? 'ApiGatewayRestApi' : 'HttpApi']
        : [isRest ? 'ServerlessRestApi' : 'ServerlessHttpApi', ...(api.logicalIds ?? [])];
    ids.forEach((id) => {
      scope.declare(id, {
        constName,
        ref: () => ref,
        attribute: (name) => {
          const found = attributes[name];
          if (found === undefined) {
            throw new NotCarried(`it refers to ${id}.${name}`);
          }
          return found;
        },
      });
    });
  };
  if (isRest) {
    reference('app.restApi', 'app.restApi.restApiId', {
      RootResourceId: 'app.restApi.restApiRootResourceId',
    });
  } else {
    reference('app.api', 'app.api.apiId', {
      ApiEndpoint: 'app.api.apiEndpoint',
      ApiId: 'app.api.apiId',
    });
  }
}

function writeParameters(definition: Definition, scope: Scope): string[] {
  const lines = Object.entries(definition.parameters).map(([id, value]) => {
    const { Type = 'String', Default, Description, AllowedValues, NoEcho } = mapOf(value);
    const name = scope.names.claim(`${camel(id)}Parameter`);
    scope.declare(id, {
      constName: name,
      ref: () => `${name}.valueAsString`,
      attribute: () => `${name}.valueAsString`,
    });
    return statement(
      `const ${name} = `,
      call(`new ${scope.cdk('CfnParameter')}`, [
        code('stack'),
        quote(id),
        object({
          type: quote(textOf(Type) ?? 'String'),
          default: Default === undefined ? undefined : anyNode(textOf(Default) ?? Default, scope),
          description: Description === undefined ? undefined : textNode(Description, scope),
          allowedValues:
            AllowedValues === undefined
              ? undefined
              : anyNode(
                  Array.isArray(AllowedValues)
                    ? AllowedValues.map((one: Value) => textOf(one))
                    : AllowedValues,
                  scope,
                ),
          noEcho: NoEcho === true || NoEcho === 'true' ? code('true') : undefined,
        }),
      ]),
    );
  });
  for (const [id, value] of Object.entries(definition.mappings)) {
    lines.push(
      statement(
        '',
        call(`new ${scope.cdk('CfnMapping')}`, [
          code('stack'),
          quote(id),
          object({ mapping: anyNode(value, scope) }),
        ]),
      ),
    );
  }
  for (const [id, value] of Object.entries(definition.conditions)) {
    scope.note(
      'check',
      `Conditions.${id}`,
      'CloudFormation decides on the condition; resources keep it, functions and triggers of the app do not have it',
    );
    const name = scope.names.claim(`${camel(id)}Condition`);
    const text = conditionText(value, scope);
    if (text !== undefined) {
      scope.declare(`condition:${id}`, { constName: name, ref: () => name, attribute: () => name });
      lines.push(
        statement(
          `const ${name} = `,
          call(`new ${scope.cdk('CfnCondition')}`, [
            code('stack'),
            quote(id),
            object({ expression: code(text) }),
          ]),
        ),
      );
    }
  }
  return lines;
}

/** `Fn.conditionEquals(…)` on one line. */
function conditionText(value: Value, scope: Scope): string | undefined {
  const [name = '', argument] = Object.entries(mapOf(value))[0] ?? [];
  const args = Array.isArray(argument) ? (argument as Value[]) : [argument];
  const fn = (method: string, parts: ReadonlyArray<string | undefined>): string | undefined =>
    parts.includes(undefined)
      ? undefined
      : `${scope.cdk('Fn')}.${method}(${parts.map((part) => part ?? '').join(', ')})`;
  switch (name) {
    case 'Fn::Equals':
      return fn(
        'conditionEquals',
        args.map((one) => statement('', textNode(one, scope)).slice(0, -1)),
      );
    case 'Fn::Not':
      return fn(
        'conditionNot',
        args.map((one) => conditionText(one, scope)),
      );
    case 'Fn::And':
      return fn(
        'conditionAnd',
        args.map((one) => conditionText(one, scope)),
      );
    case 'Fn::Or':
      return fn(
        'conditionOr',
        args.map((one) => conditionText(one, scope)),
      );
    case 'Condition':
      return scope.find(`condition:${textOf(argument) ?? ''}`)?.constName;
    default:
      return undefined;
  }
}

function writeDefaults(
  definition: Definition,
  scope: Scope,
): { readonly app: string; readonly before: readonly string[] } {
  const { layers, role, environment, ...others } = definition.defaults;
  const refersToOwn = (value: Value): boolean =>
    referencesIn(value).some((id) => scope.find(id) === undefined);
  const late = {
    layers: refersToOwn(layers) ? layers : undefined,
    environment: Object.fromEntries(
      Object.entries(environment ?? {}).filter(([, one]) => refersToOwn(one)),
    ),
  };
  const now = Object.fromEntries(
    Object.entries(environment ?? {}).filter(([, one]) => !refersToOwn(one)),
  );
  scope.lateDefaults = late;
  const settings = settingsEntries(
    { ...others, role, layers: refersToOwn(layers) ? undefined : layers, environment: now },
    scope,
    'defaults',
  );
  const before = scope.before.splice(0);
  const usesStage = definition.origin === 'Serverless Framework';
  const stages = `/^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT`;
  if (usesStage) {
    scope.ours('AppStage');
    scope.helpers.add('stage');
  }
  const props = object({
    stage: usesStage ? code(stages) : undefined,
    root: scope.root === '.' ? undefined : quote(scope.root),
    functionDefaults: object(settings),
    ...apiEntries(definition.api, scope),
  });
  return {
    app: statement('const app = ', call('new ServerlessApp', [code('stack'), quote('App'), props])),
    before,
  };
}

function machineGrants(
  machine: StateMachineModel,
  name: string,
  definition: Definition,
  scope: Scope,
): string[] {
  const divided = divideStatements(
    machine.statements,
    definition,
    new Set(),
    machine.at,
    () => undefined,
  );
  const invoked = new Set([
    ...machine.grants
      .filter(({ access }) => access === 'invoke')
      .flatMap(({ target }) => resourceNamed(target, definition) ?? []),
    ...divided.accesses
      .filter(({ access }) => access === 'invoke')
      .map(({ logicalId }) => logicalId),
    ...(machine.role === undefined
      ? [...referencesIn(machine.definition), ...referencesIn(machine.substitutions)]
      : []
    ).filter((id) => definition.functions.some(({ logicalId }) => logicalId === id)),
  ]);
  const lines = [...invoked].flatMap((id) => {
    const fn = scope.find(id);
    return fn === undefined ? [] : [`${fn.constName}.target.grantInvoke(${name});`];
  });
  const others = machine.grants.filter(({ access }) => access !== 'invoke');
  for (const { access, target } of others) {
    scope.note(
      'lost',
      machine.at,
      `the access \`${access}\` of the state machine to ${JSON.stringify(target)} is not carried over: write a grant of the CDK, such as \`table.grantWriteData(${name})\``,
    );
  }
  for (const one of divided.accesses.filter(({ access }) => access !== 'invoke')) {
    scope.note(
      'lost',
      machine.at,
      `the access of the state machine to ${one.logicalId} is not carried over: write a grant of the CDK`,
    );
  }
  return [
    ...lines,
    ...divided.rest.map((one) =>
      statement('', call(`${name}.addToRolePolicy`, [statementNode(one, scope)])),
    ),
  ];
}

function writeOutputs(definition: Definition, scope: Scope): string[] {
  return Object.entries(definition.outputs).flatMap(([id, value]) => {
    const { Value: given, Description, Export } = mapOf(value);
    const output = scope.cdk('CfnOutput');
    const free = definition.resources.some(({ logicalId }) => logicalId === id)
      ? `${id}Output`
      : id;
    try {
      const exportName = mapOf(Export).Name;
      return [
        statement(
          '',
          call(`new ${output}`, [
            code('stack'),
            quote(scope.ids.claim(free.replace(/[^A-Za-z0-9]/g, ''))),
            object({
              value: textNode(given, scope),
              description: Description === undefined ? undefined : textNode(Description, scope),
              exportName: exportName === undefined ? undefined : textNode(exportName, scope),
            }),
          ]),
        ),
      ];
    } catch (error) {
      if (!(error instanceof NotCarried)) {
        throw error;
      }
      scope.note('lost', `Outputs.${id}`, `the output is not carried over: ${error.message}`);
      return [];
    }
  });
}

/** What holds for all functions once they are declared: the VPC, late variables, the boundary, tags. */
function afterwards(definition: Definition, scope: Scope): string[] {
  const { vpc, permissionsBoundary } = definition.defaults;
  const lines: string[] = [];
  const { environment = {}, layers } = scope.lateDefaults;
  const inLoop = [
    ...Object.entries(environment).flatMap(([name, value]) => {
      try {
        return [
          statement(
            '',
            call('fn.function.addEnvironment', [quote(name), textNode(value, scope)]),
            2,
          ),
        ];
      } catch (error) {
        if (!(error instanceof NotCarried)) {
          throw error;
        }
        scope.note(
          'lost',
          `provider.environment.${name}`,
          `the variable is not carried over: ${error.message}`,
        );
        return [];
      }
    }),
    ...(layers ?? []).flatMap((layer) => {
      const found = scope.find(referencesIn(layer)[0] ?? '');
      return found === undefined ? [] : [`  fn.function.addLayers(${found.constName});`];
    }),
    ...vpcLines(vpc, 'fn', scope).map((line) =>
      line
        .split('\n')
        .map((one) => `  ${one}`)
        .join('\n'),
    ),
  ];
  if (inLoop.length > 0) {
    lines.push('for (const fn of app.functions) {', ...inLoop, '}');
  }
  if (permissionsBoundary !== undefined) {
    const iam = scope.module('iam');
    lines.push(
      statement(
        `const boundary = `,
        call(`${iam}.ManagedPolicy.fromManagedPolicyArn`, [
          code('stack'),
          quote('Boundary'),
          textNode(permissionsBoundary, scope),
        ]),
      ),
      `${iam}.PermissionsBoundary.of(stack).apply(boundary);`,
    );
  }
  for (const [key, value] of Object.entries(definition.tags ?? {})) {
    lines.push(
      statement(
        '',
        call(`${scope.cdk('Tags')}.of(stack).add`, [quote(key), textNode(value, scope)]),
      ),
    );
  }
  return lines;
}

function writeHead(definition: Definition, scope: Scope, app: string): string[] {
  const { name, origin, file, region, defaultStage } = definition;
  const usesStage = scope.helpers.has('stage') || app.includes('stage');
  const stackName = usesStage
    ? textNode(new Join([`${stackText(name)}-app-`, STAGE]), scope)
    : quote(`${stackText(name)}-app`);
  const props = object({
    stackName,
    env: region === undefined ? undefined : object({ region: textNode(region, scope) }),
  });
  return [
    comment(
      `Migrated from ${path.basename(file)} (${origin}). The stack has another name than the old one, so that both can exist until you have moved.`,
    ),
    'const cdk = new App();',
    ...(usesStage
      ? [`const stage: string = cdk.node.tryGetContext('stage') ?? ${quote(defaultStage).text};`]
      : []),
    statement('const stack = ', call('new Stack', [code('cdk'), quote(pascal(name)), props])),
  ];
}

function stackText(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

const HELPERS: Readonly<Record<string, string>> = {
  byStage: `/** The value of the stage. */
function byStage<T>(values: Record<string, T>, fallback?: T): T {
  const value = values[stage] ?? fallback;
  if (value === undefined) {
    throw new Error(\`there is no value for the stage \${stage}\`);
  }
  return value;
}`,
  context: `/** What \`cdk deploy -c name=value\` gives. */
function context(name: string, fallback?: string): string {
  const value: string | undefined = stack.node.tryGetContext(name) ?? fallback;
  if (value === undefined) {
    throw new Error(\`give \${name}: cdk deploy -c '\${name}=…'\`);
  }
  return value;
}`,
  env: `/** An environment variable of the machine that deploys. */
function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(\`set the environment variable \${name}\`);
  }
  return value;
}`,
};

function helpersAfterStack(scope: Scope): string[][] {
  const sections = Object.entries(HELPERS)
    .filter(([name]) => (scope.helpers as ReadonlySet<string>).has(name))
    .map(([, text]) => [text]);
  if (scope.quiet) {
    sections.push([
      '// The functions find their resources by the variables of the source, so an access adds none.\nconst quiet = { setEnvironmentVariable: false };',
    ]);
  }
  if (scope.needsVpc) {
    const lambda = scope.module('lambda');
    const iam = scope.module('iam');
    scope.ours('AppFunction');
    sections.push([
      `/** Puts a function into subnets that exist. */
function connect(fn: AppFunction, vpcConfig: ${lambda}.CfnFunction.VpcConfigProperty): void {
  (fn.function.node.defaultChild as ${lambda}.CfnFunction).vpcConfig = vpcConfig;
  fn.role.addManagedPolicy(
    ${iam}.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
  );
}`,
    ]);
  }
  return sections;
}

/** Constants that nothing names are only made. */
function withoutUnused(text: string): string {
  const bare = text
    .replace(/^\s*\/\/.*$|^\s*\/\*\*.*\*\/$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/`[^`]*`/g, (template) => (template.match(/\$\{[^}]*\}/g) ?? []).join(' '));
  let result = text;
  for (const [, name = ''] of text.matchAll(/^const (\w+) = (?=new |app\.)/gm)) {
    if (bare.match(new RegExp(`(?<![.\\w])${name}\\b(?!:)`, 'g'))?.length === 1) {
      result = result.replace(new RegExp(`^const ${name} = `, 'm'), '');
    }
  }
  return result;
}

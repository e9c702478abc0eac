import { AccessModel, divideStatements, resourceNamed } from '../access';
import { findHandler } from '../handler-file';
import type { Definition, EventModel, FunctionModel, Settings, StatementModel } from '../model';
import { camel } from '../names';
import { isList, isMap, numberOf, referencesIn, textOf, Value, ValueMap } from '../value';
import { call, code, comment, list, Node, object, quote, SPREAD, statement } from './print';
import { imported } from './imported';
import { interfaceOf, Item, pathFrom } from './resources';
import { NotCarried, Scope } from './scope';
import { authorizerId } from './authorizers';
import { triggerNode } from './trigger/trigger-node';
import { duration, flagNode, keyText, listNode, numberNode, textNode } from './values';

/** Runtimes that Lambda does not create any more, or soon will not. */
const OLD_NODE = /^nodejs(4\.3|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x|20\.x)?$/;

/** The settings as options of a function, or of `functionDefaults`. */
export function settingsEntries(
  settings: Settings,
  scope: Scope,
  at: string,
): Record<string, Node | undefined> {
  const lambda = scope.module('lambda');
  const number = (value: Value): Node | undefined =>
    value === undefined || value === null ? undefined : numberNode(value, scope);
  const text = (value: Value): Node | undefined =>
    value === undefined ? undefined : textNode(value, scope);
  return {
    functionName: text(settings.functionName),
    description: text(settings.description),
    runtime: runtimeNode(settings.runtime, scope, at),
    architecture:
      settings.architecture === undefined
        ? undefined
        : code(`${lambda}.Architecture.${settings.architecture === 'arm64' ? 'ARM_64' : 'X86_64'}`),
    memorySize: number(settings.memorySize),
    timeout: settings.timeout === undefined ? undefined : duration(settings.timeout, scope),
    ephemeralStorageSize:
      settings.ephemeralStorage === undefined
        ? undefined
        : call(`${scope.cdk('Size')}.mebibytes`, [code(String(settings.ephemeralStorage))]),
    loggingFormat: settings.jsonLogs === false ? code(`${lambda}.LoggingFormat.TEXT`) : undefined,
    tracing: settings.tracing === true ? code(`${lambda}.Tracing.ACTIVE`) : undefined,
    retryAttempts:
      settings.retryAttempts === undefined ? undefined : code(String(settings.retryAttempts)),
    maxEventAge:
      settings.maxEventAge === undefined ? undefined : duration(settings.maxEventAge, scope),
    reservedConcurrentExecutions:
      numberOf(settings.reservedConcurrency) === 0
        ? undefined
        : number(settings.reservedConcurrency),
    disabled: numberOf(settings.reservedConcurrency) === 0 ? code('true') : undefined,
    coldStart: coldStartNode(settings.provisionedConcurrency, scope),
    environmentEncryption:
      settings.kmsKeyArn === undefined ? undefined : keyNode(settings.kmsKeyArn, scope),
    role: settings.role === undefined ? undefined : roleNode(settings.role, scope),
    bundling: bundlingNode(settings.bundling, scope),
    layers: settings.layers === undefined ? undefined : layersNode(settings.layers, scope),
    environment: environmentNode(settings.environment, scope, at),
  };
}

function runtimeNode(runtime: string | undefined, scope: Scope, at: string): Node | undefined {
  if (runtime === undefined || runtime === 'nodejs24.x') {
    return undefined;
  }
  if (OLD_NODE.test(runtime)) {
    scope.note(
      'differs',
      at,
      `the runtime was ${runtime}, which Lambda has deprecated; the app uses Node.js 24, the library’s default, whose handlers have no callback parameter`,
    );
    return undefined;
  }
  const known: Readonly<Record<string, string>> = { 'nodejs22.x': 'NODEJS_22_X' };
  const name = known[runtime];
  const lambda = scope.module('lambda');
  return name === undefined
    ? call(`new ${lambda}.Runtime`, [quote(runtime)])
    : code(`${lambda}.Runtime.${name}`);
}

function coldStartNode(value: Value, scope: Scope): Node | undefined {
  const number = numberOf(value);
  if (value === undefined || number === 0) {
    return undefined;
  }
  return call(`${scope.ours('ColdStart')}.provisioned`, [
    object({ min: numberNode(value, scope) }),
  ]);
}

function keyNode(arn: Value, scope: Scope): Node {
  return imported(
    'key',
    arn,
    (id) =>
      call(`${scope.module('kms')}.Key.fromKeyArn`, [
        code('stack'),
        quote(id),
        textNode(arn, scope),
      ]),
    scope,
  );
}

function roleNode(role: Value, scope: Scope): Node {
  if (typeof role === 'string' && !role.startsWith('arn:')) {
    throw new NotCarried(`the role ${role} is not in the definition`);
  }
  return imported(
    'role',
    role,
    (id) =>
      call(`${scope.module('iam')}.Role.fromRoleArn`, [
        code('stack'),
        quote(id),
        textNode(role, scope),
      ]),
    scope,
  );
}

function layersNode(layers: readonly Value[], scope: Scope): Node {
  return list(
    layers.map((layer) => {
      const id = isMap(layer) ? referencesIn(layer)[0] : undefined;
      const own =
        id === undefined
          ? undefined
          : scope.definition.layers.find(({ logicalId }) => logicalId === id);
      if (own !== undefined) {
        return code(interfaceOf(own.logicalId, scope));
      }
      return imported(
        'layer',
        layer,
        (name) =>
          call(`${scope.module('lambda')}.LayerVersion.fromLayerVersionArn`, [
            code('stack'),
            quote(name),
            textNode(layer, scope),
          ]),
        scope,
      );
    }),
  );
}

function bundlingNode(model: Settings['bundling'], scope: Scope): Node | undefined {
  if (model === undefined) {
    return undefined;
  }
  const texts = (map: Readonly<Record<string, string>> | undefined): Node | undefined =>
    map &&
    object(Object.fromEntries(Object.entries(map).map(([key, one]) => [keyText(key), quote(one)])));
  const node = object({
    format: model.format === 'CJS' ? code(`${scope.ours('BundlingFormat')}.CJS`) : undefined,
    minify: model.minify === false ? code('false') : undefined,
    sourceMap: model.sourceMap === true ? code('true') : undefined,
    keepNames: model.keepNames === true ? code('true') : undefined,
    externalModules: model.external && list(model.external.map(quote)),
    nodeModules: model.nodeModules && list(model.nodeModules.map(quote)),
    define: texts(model.define),
    loader: texts(model.loader),
    tsconfig: model.tsconfig === undefined ? undefined : quote(model.tsconfig),
  });
  return node.entries.length === 0 ? undefined : node;
}

/** Variables whose value has no place in the app become a note. */
function environmentNode(
  environment: ValueMap | undefined,
  scope: Scope,
  at: string,
): Node | undefined {
  if (environment === undefined) {
    return undefined;
  }
  const entries: Record<string, Node> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (/^(AWS_REGION|AWS_LAMBDA_|_HANDLER|LAMBDA_TASK_ROOT)/.test(name)) {
      continue;
    }
    try {
      entries[keyText(name)] = textNode(
        isList(value) ? value.map((one) => textOf(one) ?? '').join(',') : value,
        scope,
      );
    } catch (error) {
      if (!(error instanceof NotCarried)) {
        throw error;
      }
      scope.note(
        'lost',
        `${at}.environment.${name}`,
        `the variable is not carried over: ${error.message}`,
      );
    }
  }
  return Object.keys(entries).length === 0
    ? undefined
    : object(entries, Object.keys(entries).length > 1);
}

export function functionItem(
  fn: FunctionModel,
  definition: Definition,
  scope: Scope,
  folder: string,
): Item {
  const { events, settings } = fn;
  const sources = events.flatMap((event) =>
    'source' in event
      ? (event.source.logicalId ?? event.source.makes ?? [])
      : event.kind === 'events'
        ? (event.bus?.logicalId ?? event.bus?.makes ?? [])
        : [],
  );
  const divided = divideStatements(fn.statements, definition, new Set(sources), fn.at, (note) =>
    scope.notes.push(note),
  );
  const authorizers = events.flatMap((event) =>
    event.kind === 'http' && event.authorizer !== undefined ? [authorizerId(event.authorizer)] : [],
  );
  return {
    id: fn.logicalId,
    needs: [
      ...sources,
      ...authorizers,
      ...divided.accesses.map(({ logicalId }) => logicalId),
      ...fn.grants.flatMap(({ target }) => resourceNamed(target, definition) ?? []),
      ...divided.rest.flatMap(({ resources }) => referencesIn(resources)),
      ...referencesIn({ ...settings.environment, layers: settings.layers, role: settings.role }),
    ].filter((id) => id !== fn.logicalId),
    write: () => writeFunction(fn, divided.accesses, divided.rest, definition, scope, folder),
  };
}

function writeFunction(
  fn: FunctionModel,
  accesses: readonly AccessModel[],
  statements: readonly StatementModel[],
  definition: Definition,
  scope: Scope,
  folder: string,
): string[] {
  scope.before.length = 0;
  const notes: string[] = fn.notes.filter(({ kind }) => kind === 'lost').map(({ text }) => text);
  const runtime = fn.settings.runtime ?? definition.defaults.runtime ?? 'nodejs24.x';
  if (fn.handler === undefined && fn.entryPoint === undefined) {
    scope.note('lost', fn.at, 'the function is not carried over: it has no handler in a file');
    return [comment(`Not carried over: the function ${fn.id}, which has no handler in a file.`)];
  }
  const isNode = runtime.startsWith('nodejs');
  const name = scope.names.claim(camel(fn.id));
  const attempt = <T>(what: string, make: () => T): T[] => {
    try {
      return [make()];
    } catch (error) {
      if (!(error instanceof NotCarried)) {
        throw error;
      }
      scope.note('lost', fn.at, `${what} is not carried over: ${error.message}`);
      notes.push(`${what} is not carried over: ${error.message}`);
      return [];
    }
  };
  const triggers = fn.events.flatMap((event) =>
    attempt(eventName(event), () => triggerNode(event, scope, fn.at)),
  );
  const given = [...accesses, ...grantsOf(fn, definition, scope)];
  const access = unique(given).flatMap((one) =>
    attempt(`the access to ${one.logicalId}`, () => accessNode(one, scope)),
  );
  const policies = statements.flatMap((one) =>
    attempt('a statement of the role', () => statementNode(one, scope)),
  );
  const [settings = {}] = attempt('a setting', () => settingsEntries(fn.settings, scope, fn.at));
  const where = isNode ? entryOf(fn, scope, folder) : codeOf(fn, scope, definition);
  const node = call('app.addFunction', [
    quote(fn.id),
    object(
      {
        ...where,
        ...settings,
        triggers: triggers.length === 0 ? undefined : list(triggers),
        access: access.length === 0 ? undefined : list(access),
        initialPolicy: policies.length === 0 ? undefined : list(policies),
      },
      true,
    ),
  ]);
  scope.declare(fn.logicalId, {
    constName: name,
    ref: () => `${name}.function.functionName`,
    attribute: (attribute) => {
      if (attribute !== 'Arn') {
        throw new NotCarried(`it refers to ${fn.logicalId}.${attribute}`);
      }
      return `${name}.function.functionArn`;
    },
  });
  return [
    ...scope.before.splice(0),
    ...notes.map((text) => comment(`${fn.id}: ${text}`)),
    statement(`const ${name} = `, node),
    ...fn.managedPolicies.flatMap((policy) =>
      attempt('a managed policy', () => managedPolicy(policy, name, scope)),
    ),
    ...vpcLines(fn.settings.vpc, name, scope),
  ];
}

function eventName(event: EventModel): string {
  return event.kind === 'http' ? `the route ${event.route}` : `the event \`${event.kind}\``;
}

function entryOf(
  fn: FunctionModel,
  scope: Scope,
  folder: string,
): Record<string, Node | undefined> {
  const file = findHandler(
    folder,
    fn.code,
    fn.entryPoint === undefined
      ? (fn.handler ?? '')
      : `${fn.entryPoint.replace(/\.[cm]?[jt]sx?$/, '')}.${(fn.handler ?? 'handler').split('.').at(-1) ?? 'handler'}`,
  );
  if (!file.exists) {
    scope.note(
      'check',
      fn.at,
      `there is no file for the handler ${fn.handler ?? ''}; app.ts names ${file.entry}`,
    );
  } else if (file.hasExport === false) {
    scope.note(
      'check',
      fn.at,
      `${file.entry} has no export \`${file.exportName}\`, which the handler names`,
    );
  }
  return {
    entry: quote(file.entry),
    handler: file.exportName === 'handler' ? undefined : quote(file.exportName),
  };
}

/** Code of another runtime, which is not bundled. */
function codeOf(
  fn: FunctionModel,
  scope: Scope,
  definition: Definition,
): Record<string, Node | undefined> {
  const lambda = scope.module('lambda');
  const runtime = fn.settings.runtime ?? definition.defaults.runtime ?? '';
  scope.note(
    'differs',
    fn.at,
    `the runtime is ${runtime}: the files of ${fn.code} are taken as they are, without installing or building anything`,
  );
  const exclude = object({
    exclude: list(['node_modules', 'cdk.out', '.git', '.serverless', '.aws-sam'].map(quote)),
  });
  return {
    code: call(`${lambda}.Code.fromAsset`, [
      quote(pathFrom(scope.root, fn.code)),
      ...(fn.code === '.' ? [exclude] : []),
    ]),
    handler: quote(fn.handler ?? ''),
  };
}

function grantsOf(fn: FunctionModel, definition: Definition, scope: Scope): AccessModel[] {
  return fn.grants.flatMap(({ access, target }) => {
    const logicalId = resourceNamed(target, definition);
    if (logicalId === undefined) {
      scope.note(
        'lost',
        fn.at,
        `the access \`${access}\` to ${JSON.stringify(target)} is not carried over: it is not a resource of the definition. Import it, and add it to \`access\``,
      );
      return [];
    }
    return [{ access, logicalId }];
  });
}

function unique(accesses: readonly AccessModel[]): AccessModel[] {
  const byId = new Map<string, AccessModel>();
  for (const one of accesses) {
    const key = `${one.logicalId} ${one.prefix ?? ''} ${['read', 'write', 'readWrite'].includes(one.access) ? 'data' : one.access}`;
    const known = byId.get(key);
    byId.set(
      key,
      known === undefined || known.access === one.access ? one : { ...one, access: 'readWrite' },
    );
  }
  return [...byId.values()];
}

function accessNode({ access, logicalId, prefix }: AccessModel, scope: Scope): Node {
  scope.quiet = true;
  const target = interfaceOf(logicalId, scope);
  const options =
    prefix === undefined
      ? code('quiet')
      : object({ [SPREAD]: code('quiet'), prefix: quote(prefix) });
  return call(`${scope.ours('Access')}.${access}`, [code(target), options]);
}

export function statementNode(model: StatementModel, scope: Scope): Node {
  const iam = scope.module('iam');
  return call(`new ${iam}.PolicyStatement`, [
    object({
      effect: model.effect === 'Deny' ? code(`${iam}.Effect.DENY`) : undefined,
      actions: model.actions === undefined ? undefined : listNode(model.actions, scope),
      notActions: model.notActions === undefined ? undefined : listNode(model.notActions, scope),
      resources: model.resources === undefined ? undefined : listNode(model.resources, scope),
      notResources:
        model.notResources === undefined ? undefined : listNode(model.notResources, scope),
      conditions: model.condition === undefined ? undefined : conditionNode(model.condition, scope),
    }),
  ]);
}

function conditionNode(value: Value, scope: Scope): Node {
  if (isMap(value) && Object.keys(value).every((key) => key !== 'Ref' && !key.startsWith('Fn::'))) {
    return object(
      Object.fromEntries(
        Object.entries(value).map(([key, one]) => [keyText(key), conditionNode(one, scope)]),
      ),
    );
  }
  if (typeof value === 'boolean') {
    return flagNode(value, scope);
  }
  return isList(value) ? listNode(value, scope) : textNode(value, scope);
}

function managedPolicy(policy: Value, name: string, scope: Scope): string {
  const text = textOf(policy);
  const iam = scope.module('iam');
  const awsName =
    text?.startsWith('arn:') === true ? /^arn:aws:iam::aws:policy\/(.+)$/.exec(text)?.[1] : text;
  const node =
    awsName === undefined
      ? imported(
          'policy',
          policy,
          (id) =>
            call(`${iam}.ManagedPolicy.fromManagedPolicyArn`, [
              code('stack'),
              quote(id),
              textNode(policy, scope),
            ]),
          scope,
        )
      : call(`${iam}.ManagedPolicy.fromAwsManagedPolicyName`, [quote(awsName)]);
  const before = scope.before.splice(0);
  return [...before, statement('', call(`${name}.role.addManagedPolicy`, [node]))].join('\n');
}

export function vpcLines(vpc: Settings['vpc'], name: string, scope: Scope): string[] {
  if (vpc === undefined) {
    return [];
  }
  scope.needsVpc = true;
  return [
    statement(
      '',
      call('connect', [
        code(name),
        object({
          securityGroupIds: listNode(vpc.securityGroups, scope),
          subnetIds: listNode(vpc.subnets, scope),
        }),
      ]),
    ),
  ];
}

import type { Settings } from '../../model';
import { ByStage, isList, numberOf, textOf, Value, ValueMap } from '../../value';
import { call, code, list, Node, object, quote } from '../print';
import { eachEntry } from '../each-entry';
import { imported } from '../resource/imported';
import { layersNode } from '../resource/layers';
import { attempt, NotCarried, Scope } from '../scope';
import { duration, keyText, numberNode, textNode } from '../values';

/** Runtimes for which Lambda no longer creates functions, or soon will not. */
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
  const entries: Readonly<Record<string, () => Node | undefined>> = {
    functionName: () => text(settings.functionName),
    description: () => text(settings.description),
    runtime: () => runtimeNode(settings.runtime, scope, at),
    architecture: () =>
      settings.architecture === undefined
        ? undefined
        : code(`${lambda}.Architecture.${settings.architecture === 'arm64' ? 'ARM_64' : 'X86_64'}`),
    memorySize: () => number(settings.memorySize),
    timeout: () => (settings.timeout === undefined ? undefined : duration(settings.timeout, scope)),
    ephemeralStorageSize: () =>
      settings.ephemeralStorage === undefined
        ? undefined
        : call(`${scope.cdk('Size')}.mebibytes`, [code(String(settings.ephemeralStorage))]),
    loggingFormat: () =>
      settings.jsonLogs === false ? code(`${lambda}.LoggingFormat.TEXT`) : undefined,
    tracing: () => (settings.tracing === true ? code(`${lambda}.Tracing.ACTIVE`) : undefined),
    retryAttempts: () =>
      settings.retryAttempts === undefined ? undefined : code(String(settings.retryAttempts)),
    maxEventAge: () =>
      settings.maxEventAge === undefined ? undefined : duration(settings.maxEventAge, scope),
    reservedConcurrentExecutions: () =>
      numberOf(settings.reservedConcurrency) === 0
        ? undefined
        : number(settings.reservedConcurrency),
    disabled: () => (numberOf(settings.reservedConcurrency) === 0 ? code('true') : undefined),
    coldStart: () => coldStartNode(settings.provisionedConcurrency, scope),
    environmentEncryption: () =>
      settings.kmsKeyArn === undefined ? undefined : keyNode(settings.kmsKeyArn, scope),
    role: () => (settings.role === undefined ? undefined : roleNode(settings.role, scope)),
    bundling: () => bundlingNode(settings.bundling, scope),
    layers: () => (settings.layers === undefined ? undefined : layersNode(settings.layers, scope)),
    environment: () => environmentNode(settings.environment, scope, at),
  };
  return eachEntry(entries, scope, at);
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
  const isOwn = scope.definition.resources.some(({ logicalId }) => logicalId === role);
  if (isOwn) {
    return roleNode({ 'Fn::GetAtt': [role, 'Arn'] }, scope);
  }
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

/** A variable whose value the app cannot express becomes a note. */
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
    const [node] = attempt(
      () =>
        textNode(
          isList(value)
            ? value.map((one) => textOf(one) ?? '').join(',')
            : inEveryStage(value, `${at}.environment.${name}`, scope),
          scope,
        ),
      (reason) => {
        scope.note(
          'lost',
          `${at}.environment.${name}`,
          `the variable ${name} is not carried over: ${reason}`,
        );
      },
    );
    if (node !== undefined) {
      entries[keyText(name)] = node;
    }
  }
  return Object.keys(entries).length === 0
    ? undefined
    : object(entries, Object.keys(entries).length > 1);
}

/** A variable that only some stages have. */
function inEveryStage(value: Value, at: string, scope: Scope): Value {
  const { defaultStage } = scope.definition;
  if (!(value instanceof ByStage) || value.fallback !== undefined || defaultStage in value.values) {
    return value;
  }
  scope.note('differs', at, 'only some stages have the variable; in the others it is empty');
  return new ByStage(value.values, '');
}

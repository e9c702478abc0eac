import {
  attributeOf,
  ByStage,
  Code,
  flagOf,
  intrinsicOf,
  isList,
  isMap,
  Join,
  listOf,
  mapOf,
  numberOf,
  referenceOf,
  substitutionOf,
  textOf,
  Value,
  ValueMap,
} from '../value';
import { call, code, list, Node, object, print, quote } from './print';
import { NotCarried, Scope } from './scope';

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': 'stack.account',
  'AWS::Partition': 'stack.partition',
  'AWS::Region': 'stack.region',
  'AWS::StackId': 'stack.stackId',
  'AWS::StackName': 'stack.stackName',
  'AWS::URLSuffix': 'stack.urlSuffix',
};

/** The expression for a value whose type does not matter. Keys stay as they are. */
export function anyNode(value: Value, scope: Scope): Node {
  if (value === null || value === undefined) {
    return code('undefined');
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return code(String(value));
  }
  if (isList(value)) {
    return list(value.filter((one) => !isNoValue(one)).map((one) => anyNode(one, scope)));
  }
  if (isMap(value) && intrinsicOf(value) === undefined) {
    return mapNode(value, scope);
  }
  return textNode(value, scope);
}

export function mapNode(value: ValueMap, scope: Scope, node = anyNode): Node {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && !isNoValue(one));
  return object(Object.fromEntries(entries.map(([key, one]) => [keyText(key), node(one, scope)])));
}

export function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key).text;
}

export function isNoValue(value: Value): boolean {
  return referenceOf(value) === 'AWS::NoValue';
}

/** The expression for a string. */
export function textNode(value: Value, scope: Scope): Node {
  if (typeof value === 'string') {
    return quote(value);
  }
  if (value instanceof Code) {
    if (value.onlyThere !== undefined) {
      throw new NotCarried(`only the framework knows ${value.onlyThere}`);
    }
    scope.use(value.uses);
    return code(value.text);
  }
  if (value instanceof Join) {
    return templateNode(value.parts, scope);
  }
  if (value instanceof ByStage) {
    return stageNode(value, scope, textNode);
  }
  if (intrinsicOf(value) !== undefined) {
    return intrinsicNode(value, scope);
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return quote(String(value));
  }
  if (isMap(value) || isList(value)) {
    return call('stack.toJsonString', [anyNode(value, scope)]);
  }
  throw new NotCarried('it has no value');
}

export function numberNode(value: Value, scope: Scope): Node {
  const number = numberOf(value);
  if (number !== undefined) {
    return code(String(number));
  }
  if (value instanceof ByStage) {
    return stageNode(value, scope, numberNode);
  }
  if (typeof value === 'string') {
    throw new NotCarried(`${JSON.stringify(value)} is not a number`);
  }
  const node = textNode(value, scope);
  return isMap(value) ? call(`${scope.cdk('Token')}.asNumber`, [node]) : call('Number', [node]);
}

export function flagNode(value: Value, scope: Scope): Node {
  const flag = flagOf(value);
  if (flag !== undefined) {
    return code(String(flag));
  }
  if (value instanceof ByStage) {
    return stageNode(value, scope, flagNode);
  }
  const node = textNode(value, scope);
  if (isMap(value)) {
    throw new NotCarried('only CloudFormation knows, at deployment, whether it is true');
  }
  return code(`${inline(node)} === 'true'`);
}

function stageNode(
  { values, fallback }: ByStage,
  scope: Scope,
  node: (value: Value, scope: Scope) => Node,
): Node {
  scope.helpers.add('byStage');
  scope.helpers.add('stage');
  const entries = Object.fromEntries(
    Object.entries(values)
      .filter(([, one]) => one !== undefined)
      .map(([stage, one]) => [keyText(stage), node(one, scope)]),
  );
  return call('byStage', [
    object(entries),
    ...(fallback === undefined ? [] : [node(fallback, scope)]),
  ]);
}

/** A string of several parts, as a template literal. */
export function templateNode(parts: readonly Value[], scope: Scope): Node {
  const nodes = parts.map((part) =>
    typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean'
      ? String(part)
      : textNode(part, scope),
  );
  // A template inside a template is merged into it.
  const flat = nodes.flatMap((node) =>
    typeof node !== 'string' && node.kind === 'template' ? node.parts : [node],
  );
  const [only] = flat;
  if (flat.length === 1 && only !== undefined && typeof only !== 'string') {
    return only;
  }
  return flat.every((part) => typeof part === 'string')
    ? quote(flat.join(''))
    : { kind: 'template', parts: flat };
}

function intrinsicNode(value: Value, scope: Scope): Node {
  const reference = referenceOf(value);
  if (reference !== undefined) {
    return code(refText(reference, scope));
  }
  const attribute = attributeOf(value);
  if (attribute !== undefined) {
    return code(attributeText(attribute.id, attribute.attribute, scope));
  }
  const [name = '', argument] = intrinsicOf(value) ?? [];
  const args = listOf(argument);
  const fn = (method: string): string => `${scope.cdk('Fn')}.${method}`;
  switch (name) {
    case 'Fn::Join':
      return joinNode(args, scope);
    case 'Fn::Sub':
      return subNode(argument, scope);
    case 'Fn::ImportValue':
      return call(fn('importValue'), [textNode(argument, scope)]);
    case 'Fn::Base64':
      return call(fn('base64'), [textNode(argument, scope)]);
    case 'Fn::Select':
      return call(fn('select'), [numberNode(args[0], scope), listNode(args[1], scope)]);
    case 'Fn::FindInMap':
      return call(
        fn('findInMap'),
        args.slice(0, 3).map((one) => textNode(one, scope)),
      );
    case 'Fn::If': {
      const [condition, then, otherwise] = args;
      const conditionId = textOf(condition) ?? '';
      if (scope.find(`condition:${conditionId}`) === undefined) {
        throw new NotCarried(`it needs the condition ${conditionId}, which the app does not have`);
      }
      const nodes = [then, otherwise].map((one) =>
        isNoValue(one) ? code(`${scope.cdk('Aws')}.NO_VALUE`) : anyNode(one, scope),
      );
      return call(fn('conditionIf'), [quote(conditionId), ...nodes], '.toString()');
    }
    case 'Fn::ToJsonString':
      return call('stack.toJsonString', [anyNode(argument, scope)]);
    case 'Fn::Cidr':
    case 'Fn::GetAZs':
    case 'Fn::Split':
      return call(fn('join'), [quote(','), listNode(value, scope)]);
    default:
      throw new NotCarried(`\`${name}\` is not carried over`);
  }
}

/** The expression for a list of strings. */
export function listNode(value: Value, scope: Scope): Node {
  if (isList(value)) {
    return list(value.filter((one) => !isNoValue(one)).map((one) => textNode(one, scope)));
  }
  const [name, argument] = intrinsicOf(value) ?? [];
  const fn = (method: string): string => `${scope.cdk('Fn')}.${method}`;
  const args = listOf(argument);
  switch (name ?? '') {
    case 'Fn::Split':
      return call(fn('split'), [textNode(args[0], scope), textNode(args[1], scope)]);
    case 'Fn::GetAZs':
      return call(fn('getAzs'), argument === '' ? [] : [textNode(argument, scope)]);
    case 'Fn::Cidr':
      return call(fn('cidr'), [
        textNode(args[0], scope),
        numberNode(args[1], scope),
        textNode(args[2] ?? '8', scope),
      ]);
    case 'Ref': {
      const id = textOf(argument) ?? '';
      const type = textOf(mapOf(scope.definition.parameters[id]).Type) ?? '';
      if (/List/.test(type)) {
        return code(`${scope.find(id)?.constName ?? id}.valueAsList`);
      }
      return list([textNode(value, scope)]);
    }
    default:
      if (value instanceof ByStage) {
        return stageNode(value, scope, listNode);
      }
      return typeof value === 'string' ||
        name === 'Fn::Sub' ||
        name === 'Fn::Join' ||
        value instanceof Join
        ? list([textNode(value, scope)])
        : call(`${scope.cdk('Token')}.asList`, [textNode(value, scope)]);
  }
}

function joinNode([separator, parts]: readonly Value[], scope: Scope): Node {
  const between = textOf(separator) ?? '';
  if (!isList(parts)) {
    return call(`${scope.cdk('Fn')}.join`, [quote(between), listNode(parts, scope)]);
  }
  const all = parts.flatMap((part, i) => (i === 0 || between === '' ? [part] : [between, part]));
  return templateNode(all, scope);
}

/** `${Orders.Arn}/index/*` as a template literal. */
function subNode(argument: Value, scope: Scope): Node {
  const { text, variables } = substitutionOf(argument);
  const parts = text instanceof Join ? text.parts : [text];
  const pieces = parts.flatMap((part): Value[] =>
    typeof part === 'string' ? splitSub(part, variables) : [part],
  );
  return templateNode(pieces, scope);
}

function splitSub(text: string, variables: ValueMap): Value[] {
  return text
    .split(/(\$\{[^}]+\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const name = /^\$\{([^}]+)\}$/.exec(part)?.[1]?.trim();
      if (name === undefined) {
        return part;
      }
      if (name.startsWith('!')) {
        return `\${${name.slice(1)}}`;
      }
      if (name in variables) {
        return variables[name];
      }
      return name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
    });
}

export function refText(id: string, scope: Scope): string {
  const pseudo = PSEUDO[id];
  if (pseudo !== undefined) {
    return pseudo;
  }
  const found = scope.find(id);
  if (found !== undefined) {
    return found.ref();
  }
  if (scope.isDeclaredLater(id)) {
    return `${scope.cdk('Fn')}.ref(${quote(id).text})`; // It is declared below, with this logical id.
  }
  throw new NotCarried(`it refers to ${id}, which the app does not have`);
}

export function attributeText(id: string, name: string, scope: Scope): string {
  const found = scope.find(id);
  if (found !== undefined) {
    return found.attribute(name);
  }
  if (scope.isDeclaredLater(id)) {
    return `${scope.cdk('Fn')}.getAtt(${quote(id).text}, ${quote(name).text}).toString()`;
  }
  throw new NotCarried(`it refers to ${id}.${name}, which the app does not have`);
}

function inline(node: Node): string {
  return print(node, 0, 0);
}

export function duration(seconds: Value, scope: Scope): Node {
  return call(`${scope.cdk('Duration')}.seconds`, [numberNode(seconds, scope)]);
}

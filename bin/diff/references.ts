import { isRecord, StackTree } from './template';

/**
 * A reference that means the same everywhere: the address of a resource is its logical id, prefixed by the nested stacks that
 * contain it (`Shard1/Table`). `Ref` and `Fn::GetAtt` through parameters and outputs of nested stacks become such references.
 */
export interface Reference {
  readonly $ref: string;
  /** `Ref`, or the name of an attribute. */
  readonly $attr: string;
}

export function isReference(value: unknown): value is Reference {
  return isRecord(value) && typeof value.$ref === 'string';
}

/** A stack and its path from the outermost one. */
export interface Scope {
  readonly tree: StackTree;
  /** Empty, or ends with `/`. */
  readonly prefix: string;
  readonly parent?: { readonly scope: Scope; readonly id: string };
}

/** The value with references that do not depend on the stack that contains them. */
export function absolute(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => absolute(item, scope));
  }
  if (!isRecord(value)) {
    return value;
  }
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only;
    switch (name) {
      case 'Ref':
        return reference(String(argument), scope);
      case 'Fn::GetAtt':
        return attribute(argument, scope);
      case 'Fn::Sub':
        return substitution(argument, scope);
    }
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, absolute(item, scope)]));
}

/** All references in a value returned by `absolute`. */
export function referencesIn(value: unknown): Reference[] {
  if (isReference(value)) {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  return isRecord(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** The JSON of a value, independent of the order of its keys. */
export function stableJson(value: unknown, rename: (address: string) => string = same): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => stableJson(item, rename)).join(',')}]`;
  }
  if (isReference(value)) {
    return `{"$ref":${JSON.stringify(`${rename(value.$ref)}.${value.$attr}`)}}`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stableJson(item, rename)}`).join(',')}}`;
  }
  return value === undefined ? 'null' : JSON.stringify(value);
}

function same(address: string): string {
  return address;
}

function reference(name: string, scope: Scope): unknown {
  const { tree, prefix, parent } = scope;
  if (tree.template.Resources?.[name] !== undefined) {
    return { $ref: `${prefix}${name}`, $attr: 'Ref' };
  }
  if (name === 'AWS::StackId' || name === 'AWS::StackName') {
    return { $ref: `${prefix}${name}`, $attr: 'Ref' };
  }
  const parameters = parent?.scope.tree.template.Resources?.[parent.id]?.Properties?.Parameters;
  if (parent !== undefined && isRecord(parameters) && name in parameters) {
    return absolute(parameters[name], parent.scope);
  }
  return { Ref: name };
}

function attribute(argument: unknown, scope: Scope): unknown {
  const [id = '', ...path] =
    typeof argument === 'string' ? argument.split('.') : (argument as string[]);
  const name = path.join('.');
  const nested = scope.tree.nested[id];
  const output = /^Outputs\.(.+)$/.exec(name)?.[1];
  if (nested !== undefined && output !== undefined) {
    const value = nested.template.Outputs?.[output]?.Value;
    return absolute(value, inside(scope, id, nested));
  }
  return { $ref: `${scope.prefix}${id}`, $attr: name };
}

/** `Fn::Sub` as the equivalent `Fn::Join`. */
function substitution(argument: unknown, scope: Scope): unknown {
  const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, object];
  const given = Object.entries(values) as [string, unknown][];
  const parts = text.split(/(\$\{[^}]+\})/).map((part) => {
    const [, name] = /^\$\{([^}!]+)\}$/.exec(part) ?? [];
    if (name === undefined) {
      return part.replace(/^\$\{!/, '${');
    }
    const own = given.find(([key]) => key === name);
    if (own !== undefined) {
      return absolute(own[1], scope);
    }
    return name.includes('.') ? attribute(name, scope) : reference(name, scope);
  });
  return { 'Fn::Join': ['', parts.filter((part) => part !== '')] };
}

export function inside(scope: Scope, id: string, tree: StackTree): Scope {
  return { tree, prefix: `${scope.prefix}${id}/`, parent: { scope, id } };
}

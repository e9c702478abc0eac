import { parse } from 'acorn';

/** A node of the syntax tree (ESTree). */
export interface Tree {
  readonly type: string;
  readonly [key: string]: unknown;
}

export interface Place {
  readonly node: Tree;
  readonly parent: Tree | undefined;
  /** The property of the parent that holds the node. */
  readonly key: string;
}

/** Parses JavaScript, as a module or else as a script. */
export function parseScript(text: string): Tree {
  const options = {
    ecmaVersion: 'latest',
    allowHashBang: true,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
  } as const;
  try {
    return parse(text, { ...options, sourceType: 'module' }) as unknown as Tree;
  } catch {
    return parse(text, { ...options, sourceType: 'script' }) as unknown as Tree;
  }
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && typeof (value as Tree).type === 'string';
}

/** All nodes, each with its parent. */
export function placesOf(root: Tree): Place[] {
  const found: Place[] = [];
  const rest: Place[] = [{ node: root, parent: undefined, key: '' }];
  for (let place = rest.pop(); place !== undefined; place = rest.pop()) {
    found.push(place);
    const parent = place.node;
    for (const [key, value] of Object.entries(parent)) {
      for (const node of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isTree(node)) {
          rest.push({ node, parent, key });
        }
      }
    }
  }
  return found;
}

/** The text of a string, or of a template without expressions. */
export function textIn(node: unknown): string | undefined {
  if (!isTree(node)) {
    return undefined;
  }
  if (node.type === 'Literal') {
    return typeof node.value === 'string' ? node.value : undefined;
  }
  const quasis = node.quasis as Tree[] | undefined;
  return node.type === 'TemplateLiteral' && quasis?.length === 1
    ? (quasis[0]?.value as { cooked?: string }).cooked
    : undefined;
}

export function nameIn(node: unknown): string | undefined {
  return isTree(node) && node.type === 'Identifier' ? (node.name as string) : undefined;
}

/** The name of a property: of `a.b` and `a['b']`, and of `b` in `{ b: … }`. Undefined if it is computed. */
export function propertyName(node: Tree): string | undefined {
  const key = node.type === 'MemberExpression' ? node.property : node.key;
  return node.computed === true ? textIn(key) : (nameIn(key) ?? textIn(key) ?? privateName(key));
}

function privateName(node: unknown): string | undefined {
  return isTree(node) && node.type === 'PrivateIdentifier' ? (node.name as string) : undefined;
}

/** The last name of an expression: `client` of `this.client`. */
export function lastName(node: unknown): string | undefined {
  if (!isTree(node)) {
    return undefined;
  }
  return node.type === 'MemberExpression' ? propertyName(node) : nameIn(node);
}

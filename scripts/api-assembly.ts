/** What the API reference reads from `.jsii`, and how TypeScript writes it. */

/** The part of a jsii assembly that the reference shows. */
export interface Assembly {
  readonly types: Readonly<Record<string, ApiType>>;
}

export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly returns?: string;
  readonly deprecated?: string;
  readonly see?: string;
  readonly example?: string;
}

export interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: string; readonly elementtype: TypeReference };
  readonly union?: { readonly types: readonly TypeReference[] };
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
  readonly docs?: Docs;
}

export interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly static?: boolean;
  readonly overrides?: string;
  readonly optional?: boolean;
}

interface Property extends Member {
  readonly type: TypeReference;
  readonly immutable?: boolean;
  readonly const?: boolean;
}

export interface Method extends Member {
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
  readonly variadic?: boolean;
}

export interface ApiType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly docs?: Docs;
  readonly locationInModule?: { readonly filename: string };
  readonly initializer?: { readonly docs?: Docs; readonly parameters?: readonly Parameter[] };
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly members?: readonly Member[];
}

/** A call as TypeScript declares it, a parameter a line if it is too long for the page. test/documentation compiles it. */
export function signature(name: string, parameters: readonly Parameter[], result = ''): string {
  const all = parameters.map(
    ({ name, type, optional, variadic }) =>
      `${variadic === true ? '...' : ''}${name}${optional === true ? '?' : ''}: ${typeText(type)}${variadic === true ? '[]' : ''}`,
  );
  const line = `${name}(${all.join(', ')})${result}`;
  return line.length <= PAGE_WIDTH
    ? line
    : `${name}(\n${all.map((one) => `  ${one},\n`).join('')})${result}`;
}

/** The characters of a line of code that a page of the site shows at 1280 px. */
const PAGE_WIDTH = 66;

/** A type as the imports of an app have it: `Duration`, `lambda.IFunction`. */
export function typeText({ fqn, primitive, collection, union }: TypeReference): string {
  if (primitive !== undefined) {
    return PRIMITIVES[primitive] ?? primitive;
  }
  if (collection !== undefined) {
    const element = typeText(collection.elementtype);
    return collection.kind === 'array' ? `Array<${element}>` : `Record<string, ${element}>`;
  }
  return union === undefined ? nameOf(fqn ?? '') : union.types.map(typeText).join(' | ');
}

/** Where TypeScript has another word than jsii. */
const PRIMITIVES: Readonly<Record<string, string>> = { date: 'Date', json: 'object' };

/** Without the package, and with the name under which an app imports a part of the CDK. */
export function nameOf(fqn: string): string {
  return fqn.replace(/^(aws-cdk-lib|constructs|cdk-serverless-app)\./, '').replace(/^aws_/, '');
}

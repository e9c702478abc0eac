import { serviceOfClass } from './services';
import { isTree, lastName, nameIn, Place, placesOf, propertyName, textIn, Tree } from './syntax';

const TRACERS = /^(captureAWS|captureAWSClient|captureAWSv3Client)$/;
/** The methods that take the name of the operation. */
const BY_ARGUMENT = /^(getSignedUrl(Promise)?|makeRequest|makeUnauthenticatedRequest|waitFor)$/;
/** The functions of libraries that call a method by its name: `_.invoke(client, name, …)`. */
const BY_LIBRARY = /^(invoke|invokeMap|invoker|result|method|methodOf|bindKey|get|prop)$/;
const LIBRARY = /^(_|lodash|underscore|R|ramda)$/;
const ANY = '';

/** The names that hold clients in a source, and those from which it takes something whose name it computes. */
export class ClientNames {
  /** `db` of `db[operation]`; empty if it may be anything. */
  readonly computed = new Set<string>();
  readonly holders = new Set<string>();
  /** The names that are set to another name. */
  readonly aliases: Array<readonly [name: string, of: string]> = [];
  private readonly parameters = new Set<string>();

  /** Reads all nodes of a source. */
  read(places: readonly Place[]): void {
    places.forEach(({ node }) => {
      this.parametersOf(node);
    });
    places.forEach((place) => {
      this.computedAccess(place);
      this.holdersOf(place.node);
    });
  }

  private computedAccess({ node, parent, key }: Place): void {
    if (node.type === 'MemberExpression' && propertyName(node) === undefined) {
      const name = lastName(node.object) ?? ANY;
      if (parent?.type === 'CallExpression' && key === 'callee') {
        this.computed.add(ANY);
      } else if (canBeCalled(parent, key)) {
        this.computed.add(this.parameters.has(name) ? ANY : name);
      }
    }
    if (node.type === 'ObjectPattern') {
      const isKnown = (node.properties as Tree[]).every(
        (one) => one.type !== 'Property' || propertyName(one) !== undefined,
      );
      if (!isKnown) {
        this.computed.add(ANY);
      }
    }
    if (node.type === 'CallExpression') {
      this.byLibrary(node);
    }
    // These name the operation by an argument: `s3.getSignedUrl('getObject', …)`.
    const called = node.type === 'CallExpression' ? (lastName(node.callee) ?? '') : '';
    const [first] = (node.arguments ?? []) as Tree[];
    const isNamed = textIn(first) !== undefined && called !== 'waitFor';
    if (BY_ARGUMENT.test(called) && !isNamed && node.callee !== undefined) {
      const isVersion3 = (node.callee as Tree).type === 'Identifier';
      if (!isVersion3) {
        this.computed.add(ANY);
      }
    }
  }

  /** `_.invoke(s3, operation)` with a name that is computed. */
  private byLibrary({ callee, arguments: given }: Tree): void {
    const isLibrary =
      isTree(callee) &&
      callee.type === 'MemberExpression' &&
      LIBRARY.test(nameIn(callee.object) ?? '') &&
      BY_LIBRARY.test(propertyName(callee) ?? '');
    const [first, second] = (given ?? []) as Tree[];
    if (isLibrary && textIn(first) === undefined && textIn(second) === undefined) {
      this.computed.add(lastName(first) ?? ANY);
    }
  }

  private parametersOf(node: Tree): void {
    if (/Function/.test(node.type) && Array.isArray(node.params)) {
      for (const { node: one } of (node.params as Tree[]).flatMap(placesOf)) {
        const name = nameIn(one);
        if (name !== undefined) {
          this.parameters.add(name);
        }
      }
    }
  }

  private holdersOf(node: Tree): void {
    const [target, value] =
      node.type === 'VariableDeclarator'
        ? [node.id, node.init]
        : node.type === 'AssignmentExpression' || node.type === 'AssignmentPattern'
          ? [node.left, node.right]
          : ['Property', 'PropertyDefinition', 'MethodDefinition'].includes(node.type)
            ? [node.key, node.value]
            : node.type === 'FunctionDeclaration'
              ? [node.id, node.body]
              : [undefined, undefined];
    const name = lastName(target);
    if (name === undefined || !isTree(value)) {
      return;
    }
    const plain = value.type === 'AwaitExpression' ? value.argument : value;
    const of = lastName(isTree(plain) && plain.type === 'CallExpression' ? plain.callee : plain);
    if (of !== undefined) {
      this.aliases.push([name, of]);
    }
    if (makesClient(value)) {
      this.holders.add(name);
    }
  }
}

/** Whether a call traces a client, or the whole SDK, with X-Ray. */
export function isTracer(node: Tree): boolean {
  return node.type === 'CallExpression' && TRACERS.test(lastName(node.callee) ?? '');
}

/** Whether the value of a property may be called, and is not only data. */
function canBeCalled(parent: Tree | undefined, key: string): boolean {
  if (parent?.type === 'MemberExpression') {
    return key === 'object' && /^(call|apply|bind)$/.test(propertyName(parent) ?? 'call');
  }
  const isData =
    /^(Binary|Unary|Update|Template|If|Switch|For|While|ExpressionS)/.test(parent?.type ?? '') ||
    (parent?.type === 'AssignmentExpression' && key === 'left') ||
    (parent?.type === 'ConditionalExpression' && key === 'test');
  return !isData;
}

function makesClient(value: Tree): boolean {
  return placesOf(value).some(
    ({ node }) =>
      (node.type === 'NewExpression' &&
        serviceOfClass(lastName(node.callee) ?? '') !== undefined) ||
      isTracer(node),
  );
}

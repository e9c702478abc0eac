import { serviceOfClass, serviceOfPackage } from './services';
import {
  isTree,
  lastName,
  nameIn,
  parseScript,
  Place,
  placesOf,
  propertyName,
  textIn,
  Tree,
} from './syntax';

/** What one source shows of the calls to AWS. */
export interface FileCalls {
  /** What is imported from the packages of version 3, by the packages. */
  readonly imported: ReadonlyMap<string, ReadonlySet<string>>;
  /** The services whose clients have a method for each operation. */
  readonly methodServices: ReadonlySet<string>;
  /** The names of all properties and the texts of all strings: every method that is called is one of them. */
  readonly names: ReadonlySet<string>;
  /** The names by which the source calls something whose name it computes: `db` of `db[operation]`; empty for an expression. */
  readonly computed: ReadonlySet<string>;
  /** The names that hold a client, and those that are set to another name. */
  readonly holders: ReadonlySet<string>;
  readonly aliases: ReadonlyArray<readonly [name: string, of: string]>;
  /** Why the calls of the source are not known; undefined if they are. */
  readonly doubt?: string;
}

class Doubt extends Error {}

/** What says that a source signs requests or runs code of its own. */
const SIGNS = /AWS4-HMAC-SHA256/;
const TRACERS = /^(captureAWS|captureAWSClient|captureAWSv3Client)$/;
/** What `aws-sdk` has beside its services. */
const NOT_SERVICES =
  /^(config|Config|Credentials|EnvironmentCredentials|SharedIniFileCredentials|Endpoint|AWSError|Request|Service)$/;
/** The methods that take the name of the operation. */
const BY_ARGUMENT = /^(getSignedUrl(Promise)?|makeRequest|makeUnauthenticatedRequest|waitFor)$/;
const ANY = '';

/** Reads the calls of a source in JavaScript. */
export function callsInFile(text: string): FileCalls {
  const reader = new Reader();
  try {
    reader.read(text);
  } catch (error) {
    reader.doubt = error instanceof Doubt ? error.message : 'it cannot be parsed';
  }
  return reader;
}

class Reader implements FileCalls {
  readonly imported = new Map<string, Set<string>>();
  readonly methodServices = new Set<string>();
  readonly names = new Set<string>();
  readonly computed = new Set<string>();
  readonly holders = new Set<string>();
  readonly aliases: Array<readonly [string, string]> = [];
  doubt: string | undefined;
  /** The local names of whole packages of the SDK. */
  private readonly packages = new Map<string, string>();
  private readonly parameters = new Set<string>();
  /** The expressions that are a whole package. */
  private readonly sources = new Map<Tree, string>();

  read(text: string): void {
    if (SIGNS.test(text)) {
      throw new Doubt('it signs requests itself');
    }
    const places = placesOf(parseScript(text));
    places.forEach((place) => {
      this.imports(place);
      this.parametersOf(place.node);
    });
    // A name may stand for another one.
    places.forEach((place) => {
      this.bindings(place);
    });
    places.forEach((place) => {
      this.bindings(place);
    });
    places.forEach((place) => {
      this.packageUse(place);
      this.namesOf(place);
      this.computedAccess(place);
      this.holdersOf(place.node);
    });
  }

  private imports({ node, parent, key }: Place): void {
    const source = textIn(node.source);
    switch (node.type) {
      case 'ImportDeclaration':
        if (source !== undefined && isSdk(source)) {
          (node.specifiers as Tree[]).forEach((one) => {
            this.specifier(source, one);
          });
        }
        return;
      case 'ExportAllDeclaration':
        if (source !== undefined && isSdk(source)) {
          throw new Doubt(`it exports all of ${source}`);
        }
        return;
      case 'ExportNamedDeclaration':
        if (source !== undefined && isSdk(source)) {
          (node.specifiers as Tree[]).forEach((one) => {
            this.take(source, nameIn(one.local) ?? textIn(one.local) ?? '');
          });
        }
        return;
      case 'ImportExpression':
        this.loaded(textIn(node.source), node, 'it imports a module whose name it computes');
        return;
      case 'Identifier':
        this.identifier(node, parent, key);
        return;
      case 'CallExpression':
        if (nameIn(node.callee) === 'require') {
          const [first] = node.arguments as Tree[];
          this.loaded(textIn(first), node, 'it loads a module whose name it computes');
        }
        return;
      default:
    }
  }

  private identifier(node: Tree, parent: Tree | undefined, key: string): void {
    const name = node.name as string;
    const isProperty = (key === 'property' || key === 'key') && parent?.computed !== true;
    if (isProperty) {
      return;
    }
    if (name === 'require') {
      const isUse =
        (parent?.type === 'CallExpression' && key === 'callee') ||
        (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') ||
        (parent?.type === 'MemberExpression' &&
          ['main', 'resolve'].includes(propertyName(parent) ?? ''));
      if (!isUse) {
        throw new Doubt('it loads modules in a way that is not followed');
      }
    } else if (['eval', 'Function', 'Reflect', 'Proxy'].includes(name)) {
      if (name !== 'Function' || parent?.type === 'NewExpression' || key === 'callee') {
        throw new Doubt(`it uses \`${name}\``);
      }
    }
  }

  private specifier(source: string, one: Tree): void {
    const local = nameIn(one.local) ?? '';
    const imported =
      one.type === 'ImportSpecifier' ? (nameIn(one.imported) ?? textIn(one.imported)) : undefined;
    if (imported === undefined || imported === 'default') {
      this.bind(source, local);
    } else {
      this.take(source, imported);
    }
  }

  /** `require('…')` or `import('…')`: bound to a name, taken apart, or with one of its members used at once. */
  private loaded(source: string | undefined, node: Tree, doubt: string): void {
    if (source === undefined) {
      throw new Doubt(doubt);
    }
    if (isSdk(source)) {
      this.sources.set(node, source);
    }
  }

  /** The names of whole packages: `const AWS = captureAWS(require('aws-sdk'))`. */
  private bindings({ node }: Place): void {
    const local = node.type === 'VariableDeclarator' ? nameIn(node.id) : undefined;
    const source = local === undefined ? undefined : this.packageIn(node.init);
    if (local !== undefined && source !== undefined) {
      this.bind(source, local);
    }
  }

  /** The package that an expression is as a whole. */
  private packageIn(node: unknown): string | undefined {
    if (!isTree(node)) {
      return undefined;
    }
    switch (node.type) {
      case 'Identifier':
        return this.packages.get(node.name as string);
      case 'AwaitExpression':
        return this.packageIn(node.argument);
      case 'CallExpression':
        return (
          this.sources.get(node) ??
          (isTracer(node) ? this.packageIn((node.arguments as Tree[])[0]) : undefined)
        );
      default:
        return this.sources.get(node);
    }
  }

  /** What a source takes of a package. If it uses the package otherwise, its calls are unknown. */
  private packageUse({ node, parent, key }: Place): void {
    const isName =
      (parent?.type === 'VariableDeclarator' && key === 'id') ||
      /^Import/.test(parent?.type ?? '') ||
      ((key === 'property' || key === 'key') && parent?.computed !== true);
    const source = isName ? undefined : this.packageIn(node);
    if (source === undefined || parent === undefined) {
      return;
    }
    const isPassed =
      parent.type === 'AwaitExpression' ||
      parent.type === 'ExpressionStatement' ||
      (key === 'arguments' && isTracer(parent));
    if (isPassed) {
      return;
    }
    const property =
      parent.type === 'MemberExpression' && key === 'object' ? propertyName(parent) : undefined;
    if (property !== undefined) {
      this.take(source, property);
      return;
    }
    if (parent.type === 'VariableDeclarator' && isTree(parent.id)) {
      if (parent.id.type === 'ObjectPattern') {
        this.pattern(source, parent.id);
        return;
      }
      if (parent.id.type === 'Identifier') {
        return;
      }
    }
    throw new Doubt(`it passes ${source} on as a whole`);
  }

  private pattern(source: string, pattern: Tree): void {
    for (const property of pattern.properties as Tree[]) {
      const name = property.type === 'Property' ? propertyName(property) : undefined;
      if (name === undefined) {
        throw new Doubt(`it passes ${source} on as a whole`);
      }
      this.take(source, name);
    }
  }

  private bind(source: string, local: string): void {
    this.packages.set(local, source);
    // `import S3 from 'aws-sdk/clients/s3'` is the client itself.
    const single = /^aws-sdk\/clients\/(\w+)$/.exec(source)?.[1];
    if (single !== undefined) {
      this.packages.delete(local);
      this.client(single, source);
    }
  }

  private client(name: string, source: string): void {
    const service =
      serviceOfClass(CLASS_OF_FILE[name] ?? name.toUpperCase()) ?? serviceOfClass(name);
    if (service === undefined) {
      throw new Doubt(`it uses ${source}, whose calls may need permissions on other services`);
    }
    this.methodServices.add(service);
  }

  /** A name that is imported from the SDK. */
  private take(source: string, name: string): void {
    const single = /^aws-sdk\/clients\/(\w+)$/.exec(source)?.[1];
    if (single !== undefined && single !== 'all') {
      this.client(single, source);
    } else if (source.startsWith('aws-sdk')) {
      const service = serviceOfClass(name);
      if (service !== undefined) {
        this.methodServices.add(service);
      } else if (!NOT_SERVICES.test(name)) {
        throw new Doubt(
          `it uses \`${name}\` of ${source}, whose calls may need permissions on other services`,
        );
      }
    } else {
      this.version3(source, name);
    }
  }

  private version3(source: string, name: string): void {
    const service = serviceOfPackage(source);
    if (service === undefined) {
      throw new Doubt(`it uses ${source}, whose calls may need permissions on other services`);
    }
    if (service === 'none') {
      return;
    }
    if (serviceOfClass(name) === service) {
      this.methodServices.add(service);
    } else if (name === 'default') {
      throw new Doubt(`it passes ${source} on as a whole`);
    }
    this.imported.set(source, (this.imported.get(source) ?? new Set()).add(name));
  }

  private namesOf({ node, parent, key }: Place): void {
    const isName =
      parent?.computed !== true &&
      (key === 'property' || (key === 'key' && parent?.type === 'Property'));
    const text = textIn(node) ?? (isName ? nameIn(node) : undefined);
    if (text !== undefined) {
      this.names.add(text);
    }
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

function isTracer(node: Tree): boolean {
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

/** The classes whose files of `aws-sdk/clients` have names other than in lower case. */
const CLASS_OF_FILE: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  secretsmanager: 'SecretsManager',
  eventbridge: 'EventBridge',
  cloudwatchevents: 'CloudWatchEvents',
  kinesis: 'Kinesis',
  lambda: 'Lambda',
  stepfunctions: 'StepFunctions',
  cognitoidentityserviceprovider: 'CognitoIdentityServiceProvider',
  apigatewaymanagementapi: 'ApiGatewayManagementApi',
  cloudwatch: 'CloudWatch',
  firehose: 'Firehose',
};

function isSdk(name: string): boolean {
  return /^(aws-sdk($|\/)|@aws-sdk\/)/.test(name);
}

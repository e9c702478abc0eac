import { ClientNames, isTracer } from './client-names';
import { serviceOfClass, serviceOfPackage } from './services';
import { isTree, nameIn, parseScript, Place, placesOf, propertyName, textIn, Tree } from './syntax';

/** What one source shows of the calls to AWS. */
export interface FileCalls {
  /** What is imported from the packages of version 3, by the packages. */
  readonly imported: ReadonlyMap<string, ReadonlySet<string>>;
  /** The services whose clients have a method for each operation. */
  readonly methodServices: ReadonlySet<string>;
  /** The names of all properties and the texts of all strings: every method that is called is one of them. */
  readonly names: ReadonlySet<string>;
  /** How the source names clients. */
  readonly clients: ClientNames;
  /** Why the calls of the source are not known; undefined if they are. */
  readonly doubt?: string;
}

class Doubt extends Error {}

/** Shows that a source signs requests itself. */
const SIGNS = /AWS4-HMAC-SHA256/;
/** The methods that load modules: `module.require('…')`. */
const LOADERS = /^(require|createRequire|getBuiltinModule)$/;
/** The exports of `aws-sdk` that are not services. */
const NOT_SERVICES =
  /^(config|Config|Credentials|EnvironmentCredentials|SharedIniFileCredentials|Endpoint|AWSError|Request|Service)$/;

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
  readonly clients = new ClientNames();
  doubt: string | undefined;
  /** The local names of whole packages of the SDK. */
  private readonly packages = new Map<string, string>();
  /** The expressions that are a whole package. */
  private readonly sources = new Map<Tree, string>();

  read(text: string): void {
    if (SIGNS.test(text)) {
      throw new Doubt('it signs requests itself');
    }
    const places = placesOf(parseScript(text));
    places.forEach((place) => {
      this.imports(place);
    });
    // A name may stand for another one.
    places.forEach((place) => {
      this.bindings(place);
    });
    places.forEach((place) => {
      this.bindings(place);
    });
    this.clients.read(places);
    places.forEach((place) => {
      this.packageUse(place);
      this.namesOf(place);
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
      case 'MemberExpression':
        if (LOADERS.test(propertyName(node) ?? '')) {
          throw new Doubt('it loads modules in a way that is not followed');
        }
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
    if (name === '__non_webpack_require__') {
      throw new Doubt('it loads modules in a way that is not followed');
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
    } else if (/^(default|then|catch|finally)$/.test(name)) {
      // The last three are those of the promise of `import('…')`.
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

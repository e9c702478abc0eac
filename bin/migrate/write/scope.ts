import type { Definition, EventModel, Note, Settings } from '../model';
import { UniqueNames } from '../names';
import type { Helper } from '../value';

/** Thrown if the app cannot express something. The nearest part that can be left out becomes a comment with the reason. */
export class NotCarried extends Error {}

/** The result of `make` in a list, or an empty list if the app cannot express it. `lost` receives the reason. */
export function attempt<T>(make: () => T, lost: (reason: string) => void): T[] {
  try {
    return [make()];
  } catch (error) {
    if (!(error instanceof NotCarried)) {
      throw error;
    }
    lost(error.message);
    return [];
  }
}

export interface Reference {
  readonly constName: string;
  readonly ref: () => string;
  readonly attribute: (name: string) => string;
}

/** The modules of the CDK by the names that app.ts imports them as. */
const MODULES: Readonly<Record<string, string>> = {
  acm: 'aws-certificatemanager',
  apigateway: 'aws-apigatewayv2',
  authorizers: 'aws-apigatewayv2-authorizers',
  apigw: 'aws-apigateway',
  cognito: 'aws-cognito',
  dynamodb: 'aws-dynamodb',
  events: 'aws-events',
  iam: 'aws-iam',
  kinesis: 'aws-kinesis',
  kms: 'aws-kms',
  lambda: 'aws-lambda',
  route53: 'aws-route53',
  s3: 'aws-s3',
  scheduler: 'aws-scheduler',
  secretsmanager: 'aws-secretsmanager',
  sns: 'aws-sns',
  sqs: 'aws-sqs',
  ssm: 'aws-ssm',
  sfn: 'aws-stepfunctions',
};

const RESERVED = [
  ...Object.keys(MODULES),
  ...['app', 'cdk', 'stack', 'stage', 'context', 'env', 'byStage', 'quiet', 'network', 'process'],
  ...[
    'const',
    'default',
    'delete',
    'export',
    'function',
    'import',
    'new',
    'return',
    'this',
    'class',
  ],
  ...[
    'public',
    'private',
    'package',
    'switch',
    'case',
    'static',
    'void',
    'with',
    'yield',
    'await',
    'enum',
    'interface',
  ],
];

/** What the expressions of app.ts have used so far: imports, helpers, and names. */
export class Scope {
  readonly names = new UniqueNames(RESERVED);
  readonly ids = new UniqueNames();
  /** The names of authorizers. */
  readonly labels = new UniqueNames();
  readonly notes: Note[] = [];
  /** Statements that the part being written needs before it: imported resources. */
  readonly before: string[] = [];
  readonly helpers = new Set<Helper>();
  /** Whether an access gets `quiet`, because the source's own variables already name the resources for the functions. */
  quiet = false;
  /** Whether a function is in a VPC. */
  needsVpc = false;
  /** Defaults that name resources, and so are added to the functions once the resources are declared. */
  lateDefaults: Pick<Settings, 'environment' | 'layers'> & {
    readonly role?: Pick<Settings, 'role'>;
  } = {};
  /** The kinds of the triggers that are written. */
  readonly triggers = new Set<EventModel['kind']>();
  /** The functions by their routes. */
  readonly routes = new Map<string, string>();
  /** Files that the app needs, by their paths in the folder of the definition. */
  readonly files = new Map<string, string>();
  /** Whether a function is written. */
  hasFunctions = false;
  /** The parts that could not be written. */
  readonly withdrawn = new Set<string>();
  /** The resources that an expression named before their own statement. */
  readonly named = new Set<string>();
  private readonly modules = new Map<string, string>();
  private readonly fromCdk = new Set<string>();
  private readonly fromOurs = new Set<string>();
  private readonly references = new Map<string, Reference>();

  constructor(
    readonly definition: Definition,
    /** The folder of the definition, relative to that of app.ts: `.` or `../service`. */
    readonly root: string,
    /** The parts of which an earlier attempt showed that they cannot be written. */
    readonly absent: ReadonlySet<string> = new Set(),
  ) {}

  /** The name of a module, which app.ts then imports. */
  module(name: string): string {
    this.modules.set(name, MODULES[name] ?? `aws-${name}`);
    return name;
  }

  /** The module of an L1: `aws_dynamodb` is `dynamodb`. */
  moduleOf(jsiiName: string): string {
    const path = jsiiName.replace('_', '-').replaceAll('_', '-');
    const known = Object.entries(MODULES).find(([, one]) => one === path)?.[0];
    const name = known ?? path.replace(/^aws-/, '').replaceAll('-', '');
    this.modules.set(name, path);
    return name;
  }

  /** A name of `aws-cdk-lib` itself. */
  cdk(name: string): string {
    this.fromCdk.add(name);
    return name;
  }

  ours(name: string): string {
    this.fromOurs.add(name);
    return name;
  }

  /** Registers the names that a `Code` uses: helpers, modules and names of the CDK. */
  use(names: readonly string[]): void {
    for (const name of names) {
      if (['byStage', 'context', 'env', 'stage'].includes(name)) {
        this.helpers.add(name as Helper);
      } else if (name in MODULES) {
        this.module(name);
      } else {
        this.cdk(name);
      }
    }
  }

  note(kind: Note['kind'], at: string, text: string): void {
    this.notes.push({ kind, at, text });
  }

  declare(logicalId: string, reference: Reference): void {
    this.references.set(logicalId, reference);
  }

  /** Takes back a declaration whose statement could not be written. */
  withdraw(logicalId: string): void {
    this.references.delete(logicalId);
    this.withdrawn.add(logicalId);
  }

  /** Whether a resource of the definition, which is not declared yet, will be. An expression then names it by its logical id. */
  isDeclaredLater(id: string): boolean {
    const isComing =
      this.definition.resources.some(({ logicalId }) => logicalId === id) &&
      !this.absent.has(id) &&
      !this.withdrawn.has(id);
    if (isComing) {
      this.named.add(id);
    }
    return isComing;
  }

  find(logicalId: string): Reference | undefined {
    return this.references.get(logicalId);
  }

  /** The imports that a text needs, in the order of their modules. */
  importsOf(program: string): string {
    const text = program.replace(/^\s*\/\/.*$/gm, '');
    const lines: Array<readonly [string, string]> = [
      ['aws-cdk-lib', named(used(this.fromCdk, text))],
      ...[...this.modules]
        .filter(([name]) => new RegExp(`(?<![.\\w'])${name}\\.`).test(text))
        .map(([name, path]) => [`aws-cdk-lib/${path}`, `* as ${name}`] as const),
      ['cdk-serverless-app', named(used(this.fromOurs, text))],
    ];
    return lines
      .filter(([, what]) => what !== '{  }')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, what]) => importLine(what, path))
      .join('\n');
  }
}

function used(names: ReadonlySet<string>, text: string): ReadonlySet<string> {
  return new Set([...names].filter((name) => new RegExp(`\\b${name}\\b`).test(text)));
}

function named(names: ReadonlySet<string>): string {
  return `{ ${[...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(', ')} }`;
}

function importLine(what: string, path: string): string {
  const line = `import ${what} from '${path}';`;
  return line.length <= 100
    ? line
    : line.replace(
        /\{ (.*) \}/,
        (_, inner: string) => `{\n  ${inner.split(', ').join(',\n  ')},\n}`,
      );
}

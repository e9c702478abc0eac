import * as fs from 'node:fs';
import * as path from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import { migrateDefinition, Migration } from '../../../bin/migrate/migrate-definition';
import { quickCdkApp, tempFolder, templateOf, TemplateJson } from '../../support/synth';
import { typeErrors as errorsOf } from '../../support/type-errors';

export const DEFINITIONS = path.join(__dirname, 'definitions');

/** The definitions by the names of their folders. */
export const NAMES = fs.readdirSync(DEFINITIONS).sort();

export function fileOf(name: string): string {
  const file = ['serverless.yml', 'template.yaml']
    .map((one) => path.join(DEFINITIONS, name, one))
    .find((one) => fs.existsSync(one));
  if (file === undefined) {
    throw new Error(`${name} has no definition`);
  }
  return file;
}

const copies = new Map<string, Migration>();

/** The app of a definition, in a copy in which the handlers that it names exist. Its paths hold in the folder in which the tests run. */
export function migrateHere(name: string): Migration {
  const known = copies.get(name);
  if (known !== undefined) {
    return known;
  }
  const folder = path.join(tempFolder(), name);
  fs.cpSync(path.join(DEFINITIONS, name), folder, { recursive: true });
  const migration = migrateIn(folder, path.basename(fileOf(name)));
  copies.set(name, migration);
  return migration;
}

/** The app of a definition, with files beside it. */
export function migrateText(
  text: string,
  name = 'template.yaml',
  files: Readonly<Record<string, string>> = {},
): Migration {
  return migrateIn(tempFolder({ ...files, [name]: text }), name);
}

/** The app of a definition in a folder, in which the handlers that it names are made. */
function migrateIn(folder: string, file: string): Migration {
  const migration = migrateDefinition(path.join(folder, file), process.cwd());
  for (const [, entry = ''] of migration.app.matchAll(/entry: '([^']+)'/g)) {
    const handler = path.join(folder, entry);
    if (!fs.existsSync(handler)) {
      fs.mkdirSync(path.dirname(handler), { recursive: true });
      fs.writeFileSync(
        handler,
        migration.files.get(entry) ?? 'exports.handler = async () => undefined;\n',
      );
    }
  }
  return migration;
}

/** Runs app.ts without bundling, and returns the stack's template. */
export function synthesize(
  app: string,
  context: Readonly<Record<string, string>> = {},
): TemplateJson {
  const { outputText } = ts.transpileModule(app, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  let made: cdk.App | undefined;
  class QuickApp {
    constructor() {
      made = quickCdkApp({ context });
      return made;
    }
  }
  const load = (id: string): unknown => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the modules that app.ts names
    const loaded = require(id) as Record<string, unknown>;
    return id === 'aws-cdk-lib' ? { ...loaded, ...ownOf(loaded), App: QuickApp } : loaded;
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is the program under test
  const run = new Function('require', 'exports', outputText) as (
    load: unknown,
    exports: object,
  ) => void;
  run(load, {});
  const stack = made?.node.children.find((one) => one instanceof cdk.Stack);
  if (stack === undefined) {
    throw new Error('app.ts made no stack');
  }
  return templateOf(stack);
}

/** The library’s exports are getters, which a copy of the object would leave out. */
function ownOf(loaded: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    [
      'CfnCondition',
      'CfnMapping',
      'CfnOutput',
      'CfnParameter',
      'CfnResource',
      'Duration',
      'Fn',
      'Aws',
      'RemovalPolicy',
      'SecretValue',
      'Size',
      'Stack',
      'Tags',
      'TimeZone',
      'Token',
    ].map((name) => [name, loaded[name]]),
  );
}

/** The errors of all programs, type-checked as one. */
export function typeErrors(programs: Readonly<Record<string, string>>): string[] {
  const files = Object.entries(programs).map(
    ([name, text]) => [path.resolve('migrated', `${name}.ts`), text] as const,
  );
  return errorsOf(new Map(files), { noUnusedLocals: true });
}

/**
 * Builds the second entry of the package, `cdk-serverless-app/testing`: one file, and the declarations of what it exports; and the
 * declarations of `cdk-serverless-app/fetch` and `cdk-serverless-app/events`, which are only types. They are plain TypeScript, beside the
 * library that jsii compiles. `npm run build` runs this, and so do tests.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import * as ts from 'typescript';
import { DECLARATIONS_ONLY } from './declarations';

const ROOT = path.join(__dirname, '..');
/** `cdk-serverless-app/testing`, and the types of `cdk-serverless-app/fetch` and `cdk-serverless-app/events`. */
const ENTRIES = ['index', 'fetch', 'app-events'];
const SOURCES = path.join(ROOT, 'testing');

export async function buildTesting(folder = path.join(ROOT, 'dist', 'testing')): Promise<void> {
  await esbuild.build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
    entryPoints: [path.join(SOURCES, 'index.ts')],
    outfile: path.join(folder, 'index.js'),
  });
  for (const [name, text] of testingDeclarations()) {
    fs.writeFileSync(path.join(folder, name), text);
  }
}

/** The text of each declaration file that an entry reaches, by its name. */
export function testingDeclarations(): Map<string, string> {
  const program = ts.createProgram(
    ENTRIES.map((name) => path.join(SOURCES, `${name}.ts`)),
    { ...DECLARATIONS_ONLY, types: ['node'] },
  );
  const all = new Map<string, string>();
  program.emit(undefined, (file, text) => {
    if (path.dirname(file) === SOURCES) {
      all.set(path.basename(file), text);
    }
  });
  const reached = new Map<string, string>();
  const visit = (name: string): void => {
    const text = all.get(name);
    if (text === undefined || reached.has(name)) {
      return;
    }
    reached.set(name, text);
    for (const [, specifier = ''] of text.matchAll(/from '\.\/([^']+)'/g)) {
      visit(`${specifier}.d.ts`);
    }
  };
  ENTRIES.forEach((name) => {
    visit(`${name}.d.ts`);
  });
  return reached;
}

if (require.main === module) {
  void buildTesting();
}

/**
 * The declarations that the package ships: those that `index.d.ts` reaches, without what is marked `@internal`. jsii writes a
 * declaration for every file of lib/, which would make each internal type importable.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..');
const LIB = path.join(ROOT, 'lib');

/** The compiler's options for declarations that are shipped. */
export const DECLARATIONS_ONLY: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  resolveJsonModule: true,
  esModuleInterop: true,
  strict: true,
  skipLibCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
  stripInternal: true,
};

/** The text of each declaration file by its path below `dist/`. */
export function publicDeclarations(): Map<string, string> {
  const all = emit();
  const shipped = new Map<string, string>();
  const visit = (file: string): void => {
    const text = all.get(file);
    if (text === undefined || shipped.has(file)) {
      return;
    }
    shipped.set(file, text);
    for (const [, specifier = ''] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) {
      visit(`${path.posix.join(path.posix.dirname(file), specifier)}.d.ts`);
    }
  };
  visit('index.d.ts');
  return shipped;
}

function emit(): Map<string, string> {
  const program = ts.createProgram([path.join(LIB, 'index.ts')], {
    ...DECLARATIONS_ONLY,
    rootDir: LIB,
    outDir: LIB,
  });
  const files = new Map<string, string>();
  program.emit(undefined, (name, text) => {
    files.set(path.relative(LIB, name).split(path.sep).join('/'), text);
  });
  return files;
}

/** Replaces the declarations that jsii wrote. */
export function writeDeclarations(dist: string): void {
  for (const name of fs.readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.d.ts')) {
      fs.rmSync(path.join(dist, name));
    }
  }
  for (const [name, text] of publicDeclarations()) {
    fs.mkdirSync(path.dirname(path.join(dist, name)), { recursive: true });
    fs.writeFileSync(path.join(dist, name), text);
  }
  removeEmptyFolders(dist);
}

function removeEmptyFolders(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      removeEmptyFolders(path.join(folder, entry.name));
    }
  }
  if (fs.readdirSync(folder).length === 0) {
    fs.rmdirSync(folder);
  }
}

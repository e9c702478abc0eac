import * as path from 'node:path';
import * as ts from 'typescript';
import { fs } from '../support/synth';

export const ROOT = path.join(__dirname, '..', '..');

/** One import of a file: types count, and so do `import('…')` and `require('…')`. */
export interface Import {
  /** The importing file, relative to the repository. */
  readonly from: string;
  /** The imported file, relative to the repository, or the name of a package. */
  readonly to: string;
}

/** All imports of the TypeScript files below a folder. */
export function importsBelow(folder: string): Import[] {
  return filesBelow(folder).flatMap((file) =>
    importsOf(file, fs.readFileSync(path.join(ROOT, file), 'utf8')),
  );
}

export function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name))
    .sort();
}

export function importsOf(from: string, source: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      found.push({ from, to: resolve(from, specifier) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, source, ts.ScriptTarget.Latest, true));
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return textOf(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  }
  if (ts.isCallExpression(node)) {
    const loads =
      node.expression.kind === ts.SyntaxKind.ImportKeyword ||
      node.expression.getText() === 'require';
    return loads ? textOf(node.arguments[0]) : undefined;
  }
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) {
    return specifier;
  }
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const candidates = [base, `${base}.ts`, `${base}/index.ts`, `${base}.d.ts`];
  return (
    candidates.find(
      (file) => fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.isFile() === true,
    ) ?? base
  );
}

import * as ts from 'typescript';

/** How many lines of a TypeScript file have code: without imports, comments and empty lines. */
export function codeLines(text: string): number {
  const file = ts.createSourceFile('infrastructure.ts', text, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const count = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isJSDoc(node)) {
      return;
    }
    if (node.getChildCount(file) > 0) {
      node.getChildren(file).forEach(count);
    } else if (node.kind !== ts.SyntaxKind.EndOfFileToken && node.getWidth(file) > 0) {
      const [first, last] = [node.getStart(file), node.getEnd()].map(
        (position) => file.getLineAndCharacterOfPosition(position).line,
      ) as [number, number];
      for (let line = first; line <= last; line += 1) {
        lines.add(line);
      }
    }
  };
  count(file);
  const written = text.split('\n');
  return [...lines].filter((line) => written[line]?.trim() !== '').length;
}

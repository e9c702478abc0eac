import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as ts from 'typescript';
import { TRIGGER_KINDS } from '../../lib/kinds/trigger-kinds';

const ROOT = join(__dirname, '..', '..');
const KINDS = new Set(TRIGGER_KINDS.map(({ kind }) => kind));
/** Names that no prop has, so that even as an argument they can only mean a trigger's kind … */
const UNMISTAKABLE = new Set(
  [...KINDS].filter((kind) => !['http', 'schedule', 'webSocket'].includes(kind)),
);
/** … but for this method, which names a row in the table of defaults. */
const NAMES_DEFAULTS = 'record';

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts') && !file.startsWith(join('lib', 'kinds')));
}

/** The places in a file that compare something with the name of a trigger's kind, or look something up by it. */
function comparisons(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isKind = (node: ts.Node, names = KINDS): boolean =>
    ts.isStringLiteralLike(node) && names.has(node.text);
  const visit = (node: ts.Node): void => {
    if (compares(node, isKind)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${relative(ROOT, join(ROOT, file))}:${line + 1} ${node.getText().slice(0, 60)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function compares(node: ts.Node, isKind: (node: ts.Node, names?: Set<string>) => boolean): boolean {
  if (ts.isBinaryExpression(node)) {
    const operators = [
      ts.SyntaxKind.EqualsEqualsEqualsToken,
      ts.SyntaxKind.ExclamationEqualsEqualsToken,
      ts.SyntaxKind.EqualsEqualsToken,
      ts.SyntaxKind.ExclamationEqualsToken,
    ];
    return operators.includes(node.operatorToken.kind) && (isKind(node.left) || isKind(node.right));
  }
  if (ts.isCaseClause(node)) {
    return isKind(node.expression);
  }
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.some((element) => isKind(element));
  }
  if (ts.isObjectLiteralExpression(node)) {
    const names = node.properties.flatMap(({ name }) =>
      name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
    );
    const kinds = names.filter((name) => KINDS.has(name)).length;
    // A record by kind. The table of defaults has some of their names among its many rows.
    return kinds > 1 && kinds * 2 >= names.length;
  }
  if (ts.isElementAccessExpression(node)) {
    return isKind(node.argumentExpression, UNMISTAKABLE);
  }
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    const method = ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
    return (
      method !== NAMES_DEFAULTS && node.arguments.some((argument) => isKind(argument, UNMISTAKABLE))
    );
  }
  return false;
}

test.each([
  "if (trigger.kind === 'http') {}",
  "if ('schedule' !== kind) {}",
  "switch (kind) { case 'objectCreated': }",
  "const outside = ['http', 'schedule'].includes(kind);",
  'const events = { http: 1, tableChanges: 2, other: 3 };',
  "const streams = hasTrigger(app, 'tableChanges');",
  "const one = EVENTS['queueMessages'];",
])('a comparison is found: %s', (text) => {
  expect(comparisons('lib/x.ts', text)).toHaveLength(1);
});

test.each([
  "const config = { kind: 'http', source };",
  "check.at('http'); check.error('schedule', 'must');",
  "changes.record('tableChanges', options);",
  "const prop = id === undefined ? 'http' : id;",
])('other code is not reported: %s', (text) => {
  expect(comparisons('lib/x.ts', text)).toEqual([]);
});

test('no file of lib/ and bin/ compares the kind of a trigger; each asks its TriggerKind', () => {
  // The kinds in bin/migrate are those of other frameworks’ definitions.
  const files = [...sources('lib'), ...sources('bin')].filter((file) => !/bin.migrate/.test(file));
  expect(files.length).toBeGreaterThan(200);

  expect(
    files.flatMap((file) => comparisons(file, readFileSync(join(ROOT, file), 'utf8'))),
  ).toEqual([]);
});

test('the kinds and everything below them are pure: no file there imports the CDK', () => {
  const pure = ['model', 'schedule', 'kinds', 'scaling', 'guard', 'cost', 'report'];
  const importing = pure
    .flatMap((room) => readdirSync(join(ROOT, 'lib', room)).map((file) => join('lib', room, file)))
    .filter((file) =>
      /from '(aws-cdk-lib|constructs)/.test(readFileSync(join(ROOT, file), 'utf8')),
    );

  expect(importing).toEqual([]);
});

import * as path from 'node:path';
import * as ts from 'typescript';

/** A prop of a public struct, or a parameter of a public method, that takes text or a number, alone or in a list or a map. */
export interface PublicProp {
  /** `AppFunctionOptions.handler`, or `ServerlessApp.onRequest(route)`. */
  readonly name: string;
  /** Its type as it is written: `string`, `number`, `string[]`, and so on. */
  readonly type: string;
}

const INDEX = path.join(__dirname, '..', '..', 'lib', 'index.ts');

/**
 * All text and number props of the library, by reflection of its sources, from which jsii makes the assembly: so that a new
 * prop cannot be forgotten, and no build is needed. Props of the CDK's own structs are not the library's.
 */
export function textAndNumberProps(): PublicProp[] {
  const program = ts.createProgram([INDEX], {
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(INDEX);
  const module = source && checker.getSymbolAtLocation(source);
  const exported = module === undefined ? [] : checker.getExportsOfModule(module);
  return exported
    .map((symbol) =>
      (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol,
    )
    .flatMap((symbol) => (symbol.declarations ?? []).flatMap((declaration) => propsOf(declaration)))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function propsOf(declaration: ts.Declaration): PublicProp[] {
  if (ts.isInterfaceDeclaration(declaration)) {
    return declaration.members
      .filter(ts.isPropertySignature)
      .flatMap((member) => found(`${declaration.name.text}.${textOf(member.name)}`, member.type));
  }
  if (!ts.isClassDeclaration(declaration)) {
    return [];
  }
  const className = declaration.name?.text ?? '';
  return declaration.members
    .filter(ts.isMethodDeclaration)
    .filter((method) => isPublic(method))
    .flatMap((method) =>
      method.parameters.flatMap((parameter) =>
        found(`${className}.${textOf(method.name)}(${textOf(parameter.name)})`, parameter.type),
      ),
    );
}

function isPublic(method: ts.MethodDeclaration): boolean {
  const hidden = method.modifiers?.some(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
  return hidden !== true && !textOf(method.name).startsWith('_');
}

function found(name: string, type: ts.TypeNode | undefined): PublicProp[] {
  const text = type?.getText().replace(/\s+/g, ' ') ?? '';
  return /\b(string|number|Duration)\b/.test(text) &&
    !/^\{ readonly \[key: string\]: any \}/.test(text)
    ? [{ name, type: text }]
    : [];
}

function textOf(name: ts.Node): string {
  return name.getText();
}

import { isBuiltin } from 'node:module';
import { COMMONJS_BANNER } from './esbuild-options';
import { findImports, ImportClause, replaceImports } from './import-clauses';

/**
 * Whether code may call `syncBuiltinESMExports()`, after which imported names of Node.js' own modules are the functions that replaced
 * them. Variables that were required keep the old ones.
 */
export function updatesBuiltins(code: string): boolean {
  return code.includes('syncBuiltinESMExports');
}

/**
 * Code that requires Node.js' own modules instead of importing them. For an `import`, Node.js creates an ES module with every
 * name that the builtin has, and loads what lies behind each of them: `node:fs` takes twice as long.
 *
 * @param code minified by esbuild
 * @param count how many static imports of builtins esbuild counts in it
 */
export function requireBuiltins(code: string, count: number): string {
  const found = findImports(code).filter(
    ({ keyword, specifier }) => keyword === 'import' && isBuiltin(specifier),
  );
  // More matches than imports: some of them are in string literals, which must not change.
  if (found.length !== count || !code.startsWith(COMMONJS_BANNER)) {
    return code;
  }
  // A namespace object has the name `default`, which `require` does not give.
  const taken = found.filter((it) => !it.namespace && !it.attributes && it.names.length > 0);
  const rest = replaceImports(code, taken, () => '').slice(COMMONJS_BANNER.length);
  const declared = taken.flatMap(declarationsOf).join(',');
  return declared === '' ? code : `${COMMONJS_BANNER}var ${declared};${rest}`;
}

function declarationsOf({ specifier, names }: ImportClause): string[] {
  const required = `require(${JSON.stringify(specifier)})`;
  const properties = names
    .filter(([imported]) => imported !== 'default')
    .map(([imported, local]) => (imported === local ? local : `${imported}:${local}`));
  return [
    ...names.filter(([it]) => it === 'default').map(([, local]) => `${local}=${required}`),
    ...(properties.length === 0 ? [] : [`{${properties.join(',')}}=${required}`]),
  ];
}

import * as prettier from 'prettier';
import { codeLines } from './code-lines';

/** The lines of a TypeScript file with code, as prettier formats it at 100 columns: without imports, comments and empty lines. */
export async function infrastructureLines(source: string): Promise<number> {
  const options = { parser: 'typescript', printWidth: 100, singleQuote: true };
  return codeLines(await prettier.format(source, options));
}

import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Whether the installed CDK declares a prop in one of its interfaces.
 *
 * A declaration lists all props of the CDK's structs, and the compiler keeps the list complete for the CDK that the library is
 * built with. The user's CDK may be newer and have further props, which must pass. A guess from the spelling would reject some of
 * them (`logFormatV2` is similar to `logFormat`) and accept others that do not exist. So the type declarations of the installed
 * CDK decide; every copy of the CDK has them. They are read only for a name that is not in the list: mostly just before an error.
 *
 * @param interfaces each `aws-lambda/lib/function#FunctionOptions`
 */
export function isPropOfCdk(name: string, interfaces: readonly string[]): boolean {
  return /^\w+$/.test(name) && interfaces.some((id) => declares(id, name));
}

function declares(id: string, name: string): boolean {
  const [module = '', of = ''] = id.split('#');
  const body = new RegExp(`^export interface ${of}\\b[^{]*\\{$(.*?)^\\}$`, 'ms').exec(
    read(module),
  )?.[1];
  // If the CDK's files are laid out differently, it is better to let a typo pass than to reject a prop that may exist.
  return body === undefined || new RegExp(`^\\s+readonly ${name}\\??:`, 'm').test(body);
}

function read(module: string): string {
  try {
    const root = path.dirname(require.resolve('aws-cdk-lib/package.json'));
    return fs.readFileSync(path.join(root, `${module}.d.ts`), 'utf8');
  } catch {
    return '';
  }
}

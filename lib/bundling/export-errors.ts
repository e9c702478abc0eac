import type { Bundled } from './bundle-cache';
import type { BundleRequest } from './bundle-request';
import type { PackageFinding } from './package-finding';

/** The entry exports no handler of that name. */
export function missingExport(
  request: BundleRequest,
  bundles: ReadonlyArray<Pick<Bundled, 'exports'>>,
): string {
  const { owner, entry, handler, web } = request;
  const names = new Set(bundles.flatMap(({ exports }) => exports));
  const got = names.size === 0 ? 'no exports' : [...names].map((name) => `\`${name}\``).join(', ');
  return (
    `${owner} must export \`${handler}\`, got ${got} in ${entry}: ` +
    `write \`export const ${handler} = async (event) => { … }\`${web === undefined ? '' : ', or a default export with `fetch`'}, or give the name it has in \`handler\``
  );
}

export function isCallback({ kind }: PackageFinding): boolean {
  return kind === 'callback';
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
export function callbackError(
  { owner, handler, nodeVersion }: BundleRequest,
  { source = '' }: PackageFinding,
): string {
  return (
    `${owner} must export a \`${handler}\` with at most two parameters for Node.js ${nodeVersion}, which gives no callback, got three at ${source}: ` +
    `write \`async (event, context) => { … return result; }\`, or give the function a runtime up to Node.js 22`
  );
}

/** The default export, which takes the place of the handler, certainly has no `fetch`. */
export function noFetchError(
  { owner, entry, handler }: BundleRequest,
  { source = entry }: PackageFinding,
): string {
  return (
    `${owner} must export \`${handler}\`, or a default export with \`fetch(request)\`, got one without it at ${source}: ` +
    `write \`export const ${handler} = async (event) => { … }\`, or \`export default { fetch(request) { … } }\``
  );
}

import { EntryOutput } from './entry-output';
import { packageName } from './module-paths';
import type { PackageFinding } from './package-finding';

/** Parts of the code below this size are not recorded. */
const LEAST_BYTES = 256 * 1024;

/** The packages, and the folders of the user's own sources, that take the largest parts of a bundle, largest first. */
export function largePartsOf({ inputs }: Pick<EntryOutput, 'inputs'>): PackageFinding[] {
  const parts = new Map<string, PackageFinding & { readonly bytes: number }>();
  for (const [source, size] of inputs()) {
    const part = partOf(source);
    const key = JSON.stringify(part);
    parts.set(key, { ...part, bytes: size + (parts.get(key)?.bytes ?? 0) });
  }
  return [...parts.values()]
    .filter(({ bytes }) => bytes >= LEAST_BYTES)
    .sort((a, b) => b.bytes - a.bytes);
}

/** Packages are identified by name, because several projects share such a record. */
function partOf(source: string): PackageFinding {
  const inPackage = /.*\bnode_modules\/(.*)/.exec(source)?.[1];
  const name = packageName(inPackage ?? '');
  return name === undefined
    ? { kind: 'size', file: source.split('/').slice(0, 2).join('/') }
    : { kind: 'size', name };
}

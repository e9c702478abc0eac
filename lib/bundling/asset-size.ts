import { PropCheck, unquoted } from '../props/prop-check';
import { AssetFiles, sizeOf } from './asset-files';

/** 250 MB, unzipped, with the layers: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_ASSET_BYTES = 250 * 1024 * 1024;

/** An asset of this size or more gets an info message that lists its largest parts. Each cold start reads the code. */
export const LARGE_ASSET_BYTES = 5 * 1024 * 1024;

const NAMED = 5;
/** Parts below this share of the whole are not listed. */
const WORTH_NAMING = 0.01;

/** The file that esbuild created, with its sources and the bytes that each takes up in it. */
export interface CodeFile {
  readonly file: string;
  readonly inputs: () => ReadonlyMap<string, number>;
}

/** A package or a folder, with its largest file. */
interface Part {
  size: number;
  files: number;
  largest: readonly [file: string, size: number];
}

/** Rejects an asset that Lambda would reject, and names its largest packages, folders and files. */
export function checkAssetSize(
  files: AssetFiles,
  code: CodeFile | undefined,
  check: PropCheck,
): void {
  const sizes = sizesOf(files);
  const total = totalOf(sizes);
  if (total <= MAX_ASSET_BYTES) {
    return;
  }
  const least = total * WORTH_NAMING;
  if (code !== undefined && (sizes.get(code.file) ?? 0) >= least) {
    sizes.delete(code.file);
    code.inputs().forEach((size, name) => sizes.set(`${name} in ${code.file}`, size));
  }
  const largest = largestParts(sizes);
  throw check.error(
    '',
    'must make an asset of at most 250 MB, unzipped, which is Lambda’s quota',
    unquoted(`${megabytes(total)}, mainly ${largest.join(', ')}`),
    'leave out what the function does not need, read it from a bucket, or run the function from a container image',
  );
}

/** The bytes of each file. */
export function sizesOf(files: AssetFiles): Map<string, number> {
  return new Map([...files].map(([name, file]) => [name, sizeOf(file)]));
}

/** The bytes of all files. */
export function totalOf(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((total, size) => total + size, 0);
}

/** The largest packages, folders and files, each with its size as text. Those below one hundredth are left out. */
export function largestParts(sizes: ReadonlyMap<string, number>): string[] {
  const least = totalOf(sizes) * WORTH_NAMING;
  return [...partsOf(sizes)]
    .filter(([, { size }]) => size >= least)
    .sort(([, a], [, b]) => b.size - a.size)
    .slice(0, NAMED)
    .map(([name, part]) => describe(name, part));
}

function partsOf(sizes: ReadonlyMap<string, number>): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const [file, size] of sizes) {
    const name = partOf(file);
    const part = parts.get(name) ?? { size: 0, files: 0, largest: [file, -1] as const };
    part.size += size;
    part.files += 1;
    part.largest = size > part.largest[1] ? [file, size] : part.largest;
    parts.set(name, part);
  }
  return parts;
}

/** Groups files: by package where they are installed, otherwise by the first two parts of their path. */
function partOf(name: string): string {
  return (
    /.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name.split('/').slice(0, 2).join('/')
  );
}

function describe(name: string, { size, files, largest: [file, ofFile] }: Part): string {
  const most =
    files === 1 ? '' : `, ${files} files, the largest \`${file}\` with ${megabytes(ofFile)}`;
  return `\`${files === 1 ? file : name}\` ${megabytes(size)}${most}`;
}

/** `9.3 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

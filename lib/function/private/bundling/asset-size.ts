import { PropCheck, words } from '../../../private/prop-check';
import { AssetFiles, sizeOf } from './asset-files';

/** 250 MB, unzipped, with the layers: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_ASSET_BYTES = 250 * 1024 * 1024;

const NAMED = 5;

/** Refuses an asset that Lambda would refuse, and names what it is large by. */
export function checkAssetSize(files: AssetFiles, check: PropCheck): void {
  const parts = new Map<string, number>();
  for (const [name, file] of files) {
    const part = partOf(name);
    parts.set(part, (parts.get(part) ?? 0) + sizeOf(file));
  }
  const total = [...parts.values()].reduce((sum, size) => sum + size, 0);
  if (total <= MAX_ASSET_BYTES) {
    return;
  }
  const largest = [...parts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, NAMED)
    .map(([part, size]) => `\`${part}\` ${megabytes(size)}`);
  throw check.error(
    '',
    'must make an asset of at most 250 MB, unzipped, which is Lambda’s quota',
    words(`${megabytes(total)}, the largest of it ${largest.join(', ')}`),
    'leave out what the function does not need, read it from a bucket, or run the function from a container image',
  );
}

/** An installed package is one thing; of other files the first two steps of the path say enough. */
function partOf(name: string): string {
  return (
    /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name.split('/').slice(0, 2).join('/')
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

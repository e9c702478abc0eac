import { largestParts, megabytes, totalOf } from '../../bundling/asset-size';
import type { PackageFinding } from '../../bundling/package-finding';
import type { IAppFunction } from '../../core/contract';
import { Notices } from '../../core/notices';

const ID = 'cdk-serverless-app:large-asset';

/**
 * Reports that an asset is large, what it consists of, and how to make it smaller.
 *
 * @param sizes the bytes of each file of the asset
 * @param inCode the inputs from which esbuild made the code
 */
export function informOfSize(
  fn: IAppFunction,
  sizes: ReadonlyMap<string, number>,
  inCode: readonly PackageFinding[],
): void {
  const parts = inCode.filter(({ kind }) => kind === 'size');
  const all = new Map(sizes);
  if (parts.length > 0) {
    // The inputs of the code say more than the bundled file.
    [...all.keys()].filter((name) => CODE.test(name)).forEach((name) => all.delete(name));
    for (const { name, file = '', bytes = 0 } of parts) {
      all.set(name === undefined ? file : `${name}${IN_CODE}`, bytes);
    }
  }
  const largest = largestParts(all).map((it) => it.replaceAll(IN_CODE, ''));
  const usesOldSdk = parts.some(({ name }) => name === 'aws-sdk');
  Notices.of(fn).add({
    fn,
    level: 'info',
    id: ID,
    message:
      `${fn.app.node.path}: \`functions.${fn.node.id}.bundling\` makes an asset of ${megabytes(totalOf(sizes))}, unzipped, and each cold start reads the code in it. ` +
      `Its largest parts: ${largest.join(', ')}. ${usesOldSdk ? OLD_SDK : LESS}`,
  });
}

/** The bundles at the top of an asset. */
const CODE = /^[^/]+\.m?js$/;

/** Distinguishes a package in the code from a folder of the same name. */
const IN_CODE = ' in the code';

const OLD_SDK =
  'Use AWS SDK v3 (`import { S3 } from "@aws-sdk/client-s3"`), or, with v2, the paths of its clients (`import S3 from "aws-sdk/clients/s3"`)';

const LESS =
  'Import only the parts that the function needs, from their own paths, or move rarely used code to a function of its own';

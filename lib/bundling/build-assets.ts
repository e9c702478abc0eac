import type { AssetAdditions } from './asset-additions';
import { AssetFile, AssetFiles } from './asset-files';
import { checkAssetSize, LARGE_ASSET_BYTES, sizesOf, totalOf } from './asset-size';
import { BundleRequest } from './bundle-request';
import { bundleAll, codeInputs } from './bundler';
import { addCopiedFiles } from './copied-files';
import { mainFile } from './output-names';
import { NodeModules } from './node-modules';

/**
 * Creates the files of all functions' assets: bundles, installed packages and copied files.
 *
 * @throws one error for all functions whose asset could not be created
 */
export function buildAssets(requests: readonly BundleRequest[]): Map<BundleRequest, AssetFiles> {
  const problems: Error[] = [];
  const attempt = <T>(make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      problems.push(error as Error);
      return undefined;
    }
  };
  const bundles = attempt(() => bundleAll(requests));
  const nodeModules = new NodeModules();
  const results = new Map<BundleRequest, AssetFiles>();
  for (const request of requests) {
    const files = attempt(() => assetOf(request, bundles?.get(request), nodeModules));
    if (files !== undefined) {
      results.set(request, files);
    }
  }
  const [problem, ...more] = problems;
  if (problem !== undefined) {
    throw more.length === 0
      ? problem
      : new Error(problems.map(({ message }) => message).join('\n\n'));
  }
  return results;
}

function assetOf(
  request: BundleRequest,
  bundle: AssetFiles | undefined,
  nodeModules: NodeModules,
): AssetFiles {
  const files = new Map<string, AssetFile>(bundle);
  const { additions } = request;
  if (additions !== undefined) {
    addFiles(request, additions, files, nodeModules);
    tellLarge(files, additions);
  }
  return files;
}

/** Adds the files beside the code, and checks the size. */
function addFiles(
  request: BundleRequest,
  additions: AssetAdditions,
  files: Map<string, AssetFile>,
  nodeModules: NodeModules,
): void {
  const { root, options } = request;
  // Code alone is far below the quota, and most functions have nothing else.
  if (isCodeAlone(additions) && options.loader === undefined) {
    return;
  }
  nodeModules.of(request).forEach((file, name) => files.set(name, file));
  addCopiedFiles(files, additions, root);
  const code = { file: mainFile(request), inputs: () => codeInputs(request) };
  checkAssetSize(files, code, additions.check);
}

function tellLarge(files: AssetFiles, additions: AssetAdditions): void {
  const sizes = sizesOf(files);
  if (totalOf(sizes) >= LARGE_ASSET_BYTES) {
    additions.tellLarge?.(sizes);
  }
}

function isCodeAlone({ nodeModules, copyFiles }: AssetAdditions): boolean {
  return nodeModules.length + copyFiles.length === 0;
}

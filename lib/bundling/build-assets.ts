import type { AssetAdditions } from './asset-additions';
import { AssetFile, AssetFiles } from './asset-files';
import { checkAssetSize } from './asset-size';
import { BundleRequest } from './bundle-request';
import { bundleAll, codeInputs } from './bundler';
import { addCopiedFiles } from './copied-files';
import { mainFile } from './output-names';
import { NodeModules } from './node-modules';

/**
 * Makes the files of all functions' assets: what esbuild makes, installed packages and copied files.
 *
 * @throws one error for all functions whose asset could not be made
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
  const { additions, root, options } = request;
  // Code alone comes nowhere near the quota, and most functions have nothing else.
  if (additions === undefined || (isCodeAlone(additions) && options.loader === undefined)) {
    return files;
  }
  nodeModules.of(request).forEach((file, name) => files.set(name, file));
  addCopiedFiles(files, additions, root);
  const code = { file: mainFile(request), inputs: () => codeInputs(request) };
  checkAssetSize(files, code, additions.check);
  return files;
}

function isCodeAlone({ nodeModules, copyFiles }: AssetAdditions): boolean {
  return nodeModules.length + copyFiles.length === 0;
}

import type { AssetAdditions } from './asset-additions';
import { AssetFile, AssetFiles } from './asset-files';
import { checkAssetSize, LARGE_ASSET_BYTES, sizesOf, totalOf } from './asset-size';
import { BundleRequest, CodeRequest, isBundled } from './bundle-request';
import { bundleAll, codeInputs } from './bundler';
import { addCopiedFiles } from './copied-files';
import { GoPrograms } from './go/go-code';
import { NodeModules } from './node-modules';
import { definesName } from './python/python-imports';
import { pythonCode } from './python/python-code';
import { PythonPackages } from './python/python-packages';
import { pythonSources } from './python/python-sources';
import { codeFile } from './web-module';

export { definesName as definesPythonName, pythonSources };

/**
 * Creates the files of all functions' assets: bundles or built programs, installed packages and copied files.
 *
 * @throws one error for all functions whose asset could not be created
 */
export function buildAssets(requests: readonly CodeRequest[]): Map<CodeRequest, AssetFiles> {
  const problems: Error[] = [];
  const attempt = <T>(make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      problems.push(error as Error);
      return undefined;
    }
  };
  const bundles = attempt(() => bundleAll(requests.filter(isBundled)));
  const makers = {
    nodeModules: new NodeModules(),
    pythonPackages: new PythonPackages(),
    goPrograms: new GoPrograms(),
  };
  const results = new Map<CodeRequest, AssetFiles>();
  for (const request of requests) {
    const files = attempt(() => assetOf(request, bundles, makers));
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

/** The builders that the functions share. */
interface Makers {
  readonly nodeModules: NodeModules;
  readonly pythonPackages: PythonPackages;
  readonly goPrograms: GoPrograms;
}

function assetOf(
  request: CodeRequest,
  bundles: ReadonlyMap<BundleRequest, AssetFiles> | undefined,
  makers: Makers,
): AssetFiles {
  const files = codeOf(request, bundles, makers);
  const { additions } = request;
  if (additions !== undefined) {
    addFiles(request, additions, files, makers);
    tellLarge(files, additions);
  }
  return files;
}

function codeOf(
  request: CodeRequest,
  bundles: ReadonlyMap<BundleRequest, AssetFiles> | undefined,
  { pythonPackages, goPrograms }: Makers,
): Map<string, AssetFile> {
  if (isBundled(request)) {
    return new Map(bundles?.get(request));
  }
  return new Map(
    request.language === 'Python' ? pythonCode(request, pythonPackages) : goPrograms.of(request),
  );
}

/** Adds the files that belong next to the code, and checks the size. */
function addFiles(
  request: CodeRequest,
  additions: AssetAdditions,
  files: Map<string, AssetFile>,
  { nodeModules }: Makers,
): void {
  if (!isBundled(request)) {
    addCopiedFiles(files, additions, request.root);
    checkAssetSize(files, undefined, additions.check);
    return;
  }
  const { root, options } = request;
  // Code alone is far below the quota, and most functions have nothing else.
  if (isCodeAlone(additions) && options.loader === undefined) {
    return;
  }
  nodeModules.of(request).forEach((file, name) => files.set(name, file));
  addCopiedFiles(files, additions, root);
  const code = { file: codeFile(request, files), inputs: () => codeInputs(request) };
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

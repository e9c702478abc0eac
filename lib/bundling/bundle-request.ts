import type { BundlingOptions } from './bundling-options';
import type { PackageFinding } from './package-finding';
import type { AssetAdditions } from './asset-additions';

/** What determines how an entry is bundled. */
export interface BundleSettings {
  /** The function's name in errors: the app's path and the path of the prop. */
  readonly owner: string;
  /** The folder that relative paths in `options` start from. */
  readonly root: string;
  /** The Node.js major version that the code runs on. */
  readonly nodeVersion: string;
  readonly options: BundlingOptions;
}

/** One function's request for its code. */
export interface BundleRequest extends BundleSettings {
  /** Absolute path of the file that exports the handler. */
  readonly entry: string;
  /** The name under which the entry exports the handler. */
  readonly handler: string;
  /** The files to add beside the code. */
  readonly additions?: AssetAdditions;
  /** Called with the packages in the bundle that need native code or files, which a bundle cannot contain. */
  readonly reportFindings?: (findings: readonly PackageFinding[]) => void;
}

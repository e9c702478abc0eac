import type { PropCheck } from '../props/prop-check';
import type { BundlingOptions } from './bundling-options';
import type { PackageFinding } from './package-finding';
import type { AssetAdditions } from './asset-additions';
import type { WebRules } from './web-rules';

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
  readonly language?: 'JavaScript';
  /** Absolute path of the file that exports the handler. */
  readonly entry: string;
  /** The name under which the entry exports the handler. */
  readonly handler: string;
  /** The files to add next to the code. */
  readonly additions?: AssetAdditions;
  /** Called with the packages in the bundle that need native code or files, which a bundle cannot contain. */
  readonly reportFindings?: (findings: readonly PackageFinding[]) => void;
  /** Called if the entry has no such handler but a default export, which may have `fetch`. Absent: the missing handler is an error. */
  readonly web?: () => WebRules;
}

/** A request for code that esbuild does not make. */
interface OtherRequest extends Pick<BundleRequest, 'owner' | 'root' | 'entry'> {
  readonly additions: AssetAdditions;
  /** Names `functions.<id>` in errors. */
  readonly check: PropCheck;
}

/** A Python function's request for its code. */
export interface PythonRequest extends OtherRequest {
  readonly language: 'Python';
  /** The folder that is first on the module path, as /var/task is on Lambda. */
  readonly sourceRoot: string;
  /** The modules that the entry imports, and itself, relative to `sourceRoot`, with `/` between folders. */
  readonly modules: readonly string[];
  /** For example `3.14`. */
  readonly pythonVersion: string;
  readonly cache?: boolean;
  /** Called with the installed packages whose version the project does not pin. */
  readonly reportUnpinned?: (file: string, packages: readonly string[]) => void;
}

/** A Go function's request for its code. The entry is the folder of the package. */
export interface GoRequest extends OtherRequest {
  readonly language: 'Go';
}

export type CodeRequest = BundleRequest | PythonRequest | GoRequest;

export function isBundled(request: CodeRequest): request is BundleRequest {
  return request.language === undefined || request.language === 'JavaScript';
}

import type { PropCheck } from '../props/prop-check';
import type { CopiedFile } from './bundling-options';

/** What is put into a function's asset beside what esbuild makes. */
export interface AssetAdditions {
  /** Names `functions.<id>.bundling` in errors. */
  readonly check: PropCheck;
  /** Lambda's name of the function's architecture. */
  readonly architecture: string;
  readonly nodeModules: readonly string[];
  readonly installScripts: boolean;
  readonly copyFiles: readonly CopiedFile[];
  /** Called for each copied folder with the files in it that usually hold secrets, which are not copied. */
  readonly tellLeftOut?: (prop: string, source: string, names: readonly string[]) => void;
  /** Called with the bytes of each file of an asset that is large. */
  readonly tellLarge?: (sizes: ReadonlyMap<string, number>) => void;
}

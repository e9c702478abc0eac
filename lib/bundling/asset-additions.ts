import type { PropCheck } from '../props/prop-check';
import type { CopiedFile } from './bundling-options';

/** The parts of a function's asset that esbuild does not create. */
export interface AssetAdditions {
  /** Names `functions.<id>.bundling` in errors. */
  readonly check: PropCheck;
  /** Lambda's name for the function's architecture. */
  readonly architecture: string;
  readonly nodeModules: readonly string[];
  readonly installScripts: boolean;
  readonly copyFiles: readonly CopiedFile[];
  /** Called for each copied folder, with the files in it that usually hold secrets. They are not copied. */
  readonly tellLeftOut?: (prop: string, source: string, names: readonly string[]) => void;
  /** Called with the bytes of each file of a large asset. */
  readonly tellLarge?: (sizes: ReadonlyMap<string, number>) => void;
}

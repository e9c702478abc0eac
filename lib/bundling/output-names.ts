import * as path from 'node:path';
import type { BundleSettings } from './bundle-request';
import { BundlingFormat } from './bundling-options';

/** The name of an entry's file in its asset, without the extension. */
export const MAIN = 'index';

/** Whether the code consists of ES modules. */
export function isEsm({ options }: BundleSettings): boolean {
  return options.format !== BundlingFormat.CJS;
}

/** The name of an entry's file in its asset. */
export function mainFile(settings: BundleSettings): string {
  return `${MAIN}${extensionOf(settings)}`;
}

/** `.mjs` or `.js`. */
export function extensionOf(settings: BundleSettings): string {
  return isEsm(settings) ? '.mjs' : '.js';
}

/** The name of a file in esbuild's metafile. */
export function outputName({ root }: BundleSettings, file: string): string {
  return posix(path.relative(root, file));
}

/** The output folder in esbuild's options. esbuild writes nothing there. */
export function outdir(settings: BundleSettings): string {
  return path.join(settings.root, '.serverless-app');
}

function posix(file: string): string {
  return file.split(path.sep).join('/');
}

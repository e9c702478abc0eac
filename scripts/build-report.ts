/**
 * Builds the parts of a report into `dist/report`: the script and the style of its page from `report/`, and, for the library, the code
 * that makes the page from a model. `npm run build` runs it; tests run it too, since they run without a build.
 */
import * as path from 'node:path';
import * as esbuild from 'esbuild';

const ROOT = path.join(__dirname, '..');

/** The browsers that know `light-dark()`. */
const BROWSERS = ['es2022', 'chrome123', 'firefox120', 'safari17.5'];

/** The script, with the estimate's own functions in it, and the style. */
export function buildPage(outdir = path.join(ROOT, 'dist', 'report')): void {
  esbuild.buildSync({
    entryPoints: ['page.ts', 'page.css'].map((file) => path.join(ROOT, 'report', file)),
    outdir,
    bundle: true,
    minify: true,
    format: 'iife',
    target: BROWSERS,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

function buildLibraryPart(): void {
  esbuild.buildSync({
    entryPoints: [path.join(ROOT, 'lib', 'report', 'report-html.ts')],
    outfile: path.join(ROOT, 'dist', 'report', 'report-html.js'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
}

if (require.main === module) {
  buildPage();
  buildLibraryPart();
}

/**
 * Puts the compiled library into one file, which Node.js reads in two thirds of the time that it takes for one of each module.
 * Modules in it stay modules: each is evaluated when it is first required. `npm run build` runs it; the declarations stay.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { writeDeclarations } from './declarations';

const DIST = path.join(__dirname, '..', 'dist');
const INDEX = path.join(DIST, 'index.js');

/** A thread runs it as a file of its own. */
const THREAD = 'esbuild-thread.js';

/** The report is a separate bundle, which the library loads only when an app asks for a report. */
const REPORT: esbuild.Plugin = {
  name: 'report',
  setup: (build) => {
    build.onResolve({ filter: /\/report\/report-html$/ }, () => ({
      path: './report/report-html',
      external: true,
    }));
  },
};

void bundle();

async function bundle(): Promise<void> {
  const names = exportedNames(fs.readFileSync(INDEX, 'utf8'));
  await esbuild.build({
    entryPoints: [INDEX],
    outfile: INDEX,
    allowOverwrite: true,
    bundle: true,
    packages: 'external',
    plugins: [REPORT],
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'linked',
    // By which Node.js tells the names for an `import { … }` of ES modules, without running the file.
    footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
    logLevel: 'warning',
  });
  removeModules();
  fs.copyFileSync(path.join(__dirname, '..', 'lib', 'bundling', THREAD), path.join(DIST, THREAD));
  writeDeclarations(DIST);
}

/** As TypeScript writes them: `Object.defineProperty(exports, "AppStage", …)`. */
function exportedNames(source: string): string[] {
  return [...source.matchAll(/Object\.defineProperty\(exports, "(\w+)", \{ enumerable/g)].map(
    ([, name = '']) => name,
  );
}

function removeModules(): void {
  const kept = new Set([INDEX, `${INDEX}.map`]);
  for (const name of fs.readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(DIST, name);
    if (/\.(js|json|tsbuildinfo)$/.test(name) && !kept.has(file)) {
      fs.rmSync(file);
    }
  }
}

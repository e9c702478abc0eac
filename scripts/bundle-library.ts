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

/**
 * TypeScript writes its helper for `import * as` into every file, a quarter of the whole, and each copies the names of a module
 * of Node.js anew. All files share one, which copies a module once. Modules of the CDK are returned as they are.
 */
const IMPORT_STAR = 'import-star';
const HELPERS_OF_A_FILE =
  /^var __createBinding = \(this && this\.__createBinding\)[\s\S]*?^var __importStar = [\s\S]*?^\}\)\(\);\n/m;
const SHARED_IMPORT_STAR = `
  const copies = new WeakMap();
  const copyOf = (loaded) => {
    const copy = Object.defineProperty({ default: loaded }, '__esModule', { value: true });
    for (const name of Object.getOwnPropertyNames(loaded)) {
      if (name !== 'default') {
        Object.defineProperty(copy, name, { enumerable: true, get: () => loaded[name] });
      }
    }
    copies.set(loaded, copy);
    return copy;
  };
  exports.importStar = (loaded) => loaded.__esModule ? loaded : copies.get(loaded) ?? copyOf(loaded);
`;
const HELPERS: esbuild.Plugin = {
  name: 'helpers',
  setup: (build) => {
    build.onResolve({ filter: new RegExp(`^${IMPORT_STAR}$`) }, () => ({
      path: IMPORT_STAR,
      namespace: IMPORT_STAR,
    }));
    build.onLoad({ filter: /.*/, namespace: IMPORT_STAR }, () => ({
      contents: SHARED_IMPORT_STAR,
    }));
    build.onLoad({ filter: /dist\/.*\.js$/ }, ({ path: file }) => {
      const source = fs.readFileSync(file, 'utf8');
      const contents = source.replace(
        HELPERS_OF_A_FILE,
        (helpers) =>
          `const { importStar: __importStar } = require('${IMPORT_STAR}');${'\n'.repeat(helpers.split('\n').length - 1)}`,
      );
      if (/var __(createBinding|importStar) = /.test(contents)) {
        throw new Error(
          `${file} has a helper of TypeScript in a form that scripts/bundle-library.ts does not know`,
        );
      }
      return { contents };
    });
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
    plugins: [REPORT, HELPERS],
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

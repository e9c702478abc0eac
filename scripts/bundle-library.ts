/**
 * Puts the compiled library into two files, which Node.js reads in two thirds of the time that it takes for one file per module:
 * index.js for what an import needs, and later.js for what only some apps or only synthesis need. Modules in them stay modules: each
 * is evaluated when it is first required. `npm run build` runs it; the declarations stay.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { writeDeclarations } from './declarations';
import { jsonAsText } from './json-as-text';

const DIST = path.join(__dirname, '..', 'dist');
const INDEX = path.join(DIST, 'index.js');
const LATER = path.join(DIST, 'later.js');

/** The modules that are required when they are needed, and those that only they import. */
const NEEDED_LATER = [
  'bundling/build-assets',
  'http/rest/app-rest-api',
  'site/add-site',
  'site/app-site',
  'synthesis/app-estimates',
  'synthesis/app-guards',
  'workflow/app-workflow',
];
/** The property of the exports of index.js through which later.js gets the modules that both use. */
const SHARED = 'cdk-serverless-app.modules';

/**
 * The public names load their modules when they are first asked for: an app that imports `ServerlessApp` alone does not load the
 * constructs of a site or a workflow. Node.js reads the names for an `import { … }` from the footer; getters that call a function
 * would hide them.
 */
function withLazyNames(source: string): string {
  return source
    .replace(/^exports\.\w+ = .*= void 0;$/m, LAZY_NAME)
    .replace(/^var (\w+) = (require\("[^"]+"\));$/gm, 'const $1 = () => $2;')
    .replace(
      /Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);/g,
      'lazyName("$1", () => $2().$3);',
    );
}

const LAZY_NAME =
  'const lazyName = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });';

/** A thread runs this code, so it must be a separate file. */
const THREAD = 'esbuild-thread.js';

/** This becomes a file of an asset as it is. */
const WEB_HANDLER = 'web-handler.mjs';

async function webHandler(): Promise<string> {
  const file = path.join(__dirname, '..', 'lib', 'bundling', WEB_HANDLER);
  const { code } = await esbuild.transform(fs.readFileSync(file, 'utf8'), {
    format: 'esm',
    minify: true,
    target: 'node20',
  });
  return code;
}

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
 * TypeScript writes its helper for `import * as` into every file, a quarter of the whole, and each helper copies the names of a module
 * of Node.js again. Here all files share one helper, which copies a module once. Modules of the CDK are returned as they are.
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
      const text = fs.readFileSync(file, 'utf8');
      const source = file === INDEX ? withLazyNames(text) : text;
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

async function bundle(): Promise<void> {
  const names = exportedNames(fs.readFileSync(INDEX, 'utf8'));
  const index = await esbuild.build({
    ...OPTIONS,
    entryPoints: [INDEX],
    outfile: INDEX,
    metafile: true,
    plugins: [LATER_MODULES, REPORT, HELPERS, jsonAsText],
    // From this, Node.js learns the names for an `import { … }` in ES modules without running the file.
    footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
    write: false,
  });
  const shared = Object.keys(index.metafile.inputs).filter((file) => file.startsWith('dist/'));
  await esbuild.build({
    ...OPTIONS,
    stdin: { contents: requiresOf(NEEDED_LATER), resolveDir: DIST, sourcefile: 'later.js' },
    outfile: LATER,
    plugins: [sharedModules(shared), REPORT, HELPERS, jsonAsText],
  });
  for (const { path: file, text } of index.outputFiles) {
    fs.writeFileSync(file, file === INDEX ? withShared(text) : text);
  }
  removeModules();
  fs.copyFileSync(path.join(__dirname, '..', 'lib', 'bundling', THREAD), path.join(DIST, THREAD));
  fs.writeFileSync(path.join(DIST, WEB_HANDLER), await webHandler());
  writeDeclarations(DIST);
}

const OPTIONS: esbuild.BuildOptions = {
  absWorkingDir: path.dirname(DIST),
  allowOverwrite: true,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  logLevel: 'warning',
};

/** The file of a specifier in a compiled module: `dist/site/app-site.js`. */
function moduleOf(specifier: string, resolveDir: string): string {
  const file = path.relative(path.dirname(DIST), path.resolve(resolveDir, specifier));
  return (/\.js(on)?$/.test(file) ? file : `${file}.js`).replaceAll(path.sep, '/');
}

/** In index.js, the modules that are needed later come from later.js. */
const LATER_MODULES: esbuild.Plugin = {
  name: 'later-modules',
  setup: (build) => {
    const modules = new Map(NEEDED_LATER.map((name) => [`dist/${name}.js`, name]));
    build.onResolve({ filter: /^\.\.?\// }, ({ path: specifier, resolveDir, namespace }) => {
      if (namespace === 'later') {
        return { path: specifier, external: true };
      }
      const name = modules.get(moduleOf(specifier, resolveDir));
      return name === undefined ? undefined : { path: name, namespace: 'later' };
    });
    build.onLoad({ filter: /.*/, namespace: 'later' }, ({ path: name }) => ({
      contents: `module.exports = require('./later')[${JSON.stringify(name)}];`,
    }));
  },
};

/** In later.js, the modules that index.js contains come from index.js, since a module must be evaluated only once. */
function sharedModules(modules: readonly string[]): esbuild.Plugin {
  const known = new Set(modules);
  return {
    name: 'shared-modules',
    setup: (build) => {
      build.onResolve({ filter: /^\.\.?\// }, ({ path: specifier, resolveDir, namespace }) => {
        if (namespace === 'shared') {
          return { path: specifier, external: true };
        }
        const file = moduleOf(specifier, resolveDir);
        return known.has(file) ? { path: file, namespace: 'shared' } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'shared' }, ({ path: file }) => ({
        contents: `module.exports = require('./index')[Symbol.for('${SHARED}')][${JSON.stringify(file)}]();`,
      }));
    },
  };
}

/** A module with a property for each of some modules, which is required when it is read. */
function requiresOf(names: readonly string[]): string {
  const getters = names.map((name) => `get '${name}'() { return require('./${name}'); }`);
  return `module.exports = { ${getters.join(', ')} };`;
}

/** Adds the modules of index.js to its exports, under a symbol that is not listed. */
function withShared(code: string): string {
  const modules = [...code.matchAll(/^var (require_\w+) = __commonJS\(\{\n {2}"(dist\/[^"]+)"/gm)];
  const table = modules.map(([, name = '', file = '']) => `"${file}": ${name}`);
  const property = `Object.defineProperty(module.exports, Symbol.for('${SHARED}'), { value: { ${table.join(', ')} } });`;
  return code.replace(/\n0 && \(module\.exports/, `\n${property}\n0 && (module.exports`);
}

/** As TypeScript writes them: `Object.defineProperty(exports, "AppStage", …)`. */
function exportedNames(source: string): string[] {
  return [...source.matchAll(/Object\.defineProperty\(exports, "(\w+)", \{ enumerable/g)].map(
    ([, name = '']) => name,
  );
}

function removeModules(): void {
  const kept = new Set([INDEX, LATER].flatMap((file) => [file, `${file}.map`]));
  for (const name of fs.readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(DIST, name);
    if (/\.(js|json|tsbuildinfo)$/.test(name) && !kept.has(file)) {
      fs.rmSync(file);
    }
  }
}

void bundle();

// @ts-check
'use strict';

// The thread in which esbuild runs. It is JavaScript because a Worker loads a file as it is, from `lib` in development and
// from `dist` in the package (scripts/bundle-library.ts copies it).

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');

/** @typedef {import('esbuild').Plugin} Plugin */
/** @typedef {import('./esbuild-service').BuildOptions} BuildOptions */
/** @typedef {import('./esbuild-service').BuildSeries} BuildSeries */
/** @typedef {import('./esbuild-service').BuildAnswer} BuildAnswer */
/** @typedef {import('./esbuild-service').DecoratedFile} DecoratedFile */
/** @typedef {import('./esbuild-service').OptionalPackage} OptionalPackage */

/** @type {typeof import('esbuild') | undefined} */
let loaded;

/** Loads esbuild when the first build needs it. */
function esbuild() {
  loaded ??= /** @type {typeof import('esbuild')} */ (require(workerData.esbuild));
  return loaded;
}

parentPort?.on('message', async ({ builds, port, state }) => {
  // The other thread waits and cannot hear an event, so a counter tells it that this thread is alive.
  const beat = setInterval(() => Atomics.add(state, 1, 1), 200);
  let reply;
  try {
    reply = { answers: await buildAll(builds) };
  } catch (error) {
    reply = { failure: messageOf(error), code: codeOf(error) };
  }
  clearInterval(beat);
  port.postMessage(reply);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
});

/**
 * Runs as many builds at once as there are processors.
 *
 * @param {ReadonlyArray<BuildOptions | BuildSeries>} builds
 * @returns {Promise<BuildAnswer[]>}
 */
async function buildAll(builds) {
  /** @type {BuildAnswer[][]} */
  const answers = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < builds.length; i = next++) {
      const build = /** @type {BuildOptions | BuildSeries} */ (builds[i]);
      answers[i] = 'texts' in build ? await buildSeries(build) : [await buildOne(build)];
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  return answers.flat();
}

/**
 * @param {BuildOptions} options
 * @returns {Promise<BuildAnswer>}
 */
function buildOne(options) {
  return answer(() => esbuild().build(withPlugins(options)));
}

/**
 * Builds one text after the other in the same file. esbuild reads and parses what they have in common once.
 *
 * @param {BuildSeries} series
 * @returns {Promise<BuildAnswer[]>}
 */
async function buildSeries({ options, file, texts }) {
  const context = await esbuild().context(withPlugins(options));
  const answers = [];
  for (const text of texts) {
    fs.writeFileSync(file, text);
    answers.push(await answer(() => context.rebuild()));
  }
  await context.dispose();
  return answers;
}

/**
 * Keeps the parts of a result that can be passed to the other thread. A build that esbuild rejects is an answer, too.
 *
 * @param {() => Promise<import('esbuild').BuildResult>} build
 * @returns {Promise<BuildAnswer>}
 */
async function answer(build) {
  try {
    const { metafile, outputFiles = [], warnings } = await build();
    const files = outputFiles.map(({ path: name, contents }) => ({ path: name, contents }));
    const found = /** @type {import('esbuild').Metafile} */ (metafile);
    return { output: { metafile: found, warnings, outputFiles: files } };
  } catch (error) {
    const { errors } = /** @type {Partial<import('esbuild').BuildFailure>} */ (error);
    if (Array.isArray(errors) && errors.length > 0) {
      return { problem: { errors } };
    }
    throw error;
  }
}

/**
 * @param {BuildOptions} build
 * @returns {import('esbuild').BuildOptions}
 */
function withPlugins({ mains = [], decorated = [], optional = [], onlyFolder, ...options }) {
  const plugins = [
    ...(onlyFolder === undefined ? [] : [shallowPlugin(onlyFolder)]),
    ...(mains.length === 0 ? [] : [mainsPlugin(mains)]),
    ...(decorated.length === 0 ? [] : [decoratorPlugin(decorated)]),
    ...(optional.length === 0 ? [] : [optionalPlugin(optional)]),
  ];
  const logOverride = {
    ...options.logOverride,
    // The metadata may refer to an interface, which does not exist at run time.
    ...(decorated.length === 0 ? {} : { 'import-is-undefined': /** @type {const} */ ('silent') }),
  };
  return plugins.length === 0 ? options : { ...options, plugins, logOverride };
}

/**
 * Leaves all imports alone but those of the files in a folder.
 *
 * @param {string} folder
 * @returns {Plugin}
 */
function shallowPlugin(folder) {
  return {
    name: 'shallow',
    setup(build) {
      build.onResolve({ filter: /^/ }, ({ path: specifier, kind, importer }) =>
        kind === 'entry-point' || importer.startsWith(folder)
          ? undefined
          : { path: specifier, external: true },
      );
    },
  };
}

/**
 * Resolves specifiers to the `main` of a package.json that also has a `module`.
 *
 * @param {readonly string[]} mains
 * @returns {Plugin}
 */
function mainsPlugin(mains) {
  return {
    name: 'mains',
    setup(build) {
      build.onResolve({ filter: filterOf(mains) }, async (request) => {
        const { path: specifier, resolveDir, kind, importer, pluginData } = request;
        const place = pluginData === mains ? undefined : mainOf(specifier, resolveDir);
        if (place === undefined) {
          return undefined;
        }
        const { main, folder } = place;
        const own = { resolveDir: folder, kind, importer, pluginData: mains };
        const found = await build.resolve(`./${main}`, own);
        return found.errors.length > 0
          ? undefined
          : { path: found.path, sideEffects: found.sideEffects };
      });
    },
  };
}

/**
 * Leaves packages out that are not found, so that a `require` fails when it is called, as in Node.js. A static import would fail
 * when the function starts, and remains an error.
 *
 * @param {readonly OptionalPackage[]} optional
 * @returns {Plugin}
 */
function optionalPlugin(optional) {
  const kinds = new Set(['require-call', 'dynamic-import', 'require-resolve']);
  return {
    name: 'optional',
    setup(build) {
      build.onResolve(
        { filter: filterOf(optional.map(({ specifier }) => specifier)) },
        async (request) => {
          const { path: specifier, importer, kind, resolveDir, pluginData } = request;
          const isOptional = optional.some(
            (it) => it.specifier === specifier && importer.startsWith(it.importer + path.sep),
          );
          if (!isOptional || !kinds.has(kind) || pluginData === optional) {
            return undefined;
          }
          const own = { resolveDir, kind, importer, pluginData: optional };
          const { errors } = await build.resolve(specifier, own);
          return errors.length > 0 ? { path: specifier, external: true } : undefined;
        },
      );
    },
  };
}

/**
 * A pattern of some specifiers, in the syntax of Go, which esbuild uses.
 *
 * @param {readonly string[]} specifiers
 */
function filterOf(specifiers) {
  const escaped = specifiers.map((it) => it.replace(/[^\w/@-]/g, '\\$&'));
  return new RegExp(`^(${escaped.join('|')})$`);
}

/** esbuild prefers a file with one of these extensions to a folder of the same name. */
const EXTENSIONS = ['.tsx', '.ts', '.jsx', '.js', '.css', '.json'];

/**
 * The `main` of the package.json that a specifier leads to, if that has a `module` field, which esbuild would take.
 *
 * @param {string} specifier
 * @param {string} from
 */
function mainOf(specifier, from) {
  const folder = folderOf(specifier, from);
  const file = folder && path.join(folder, 'package.json');
  if (!file || !fs.existsSync(file) || EXTENSIONS.some((it) => isFile(folder + it))) {
    return undefined;
  }
  const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const { main, module: field, exports } = JSON.parse(text);
  // `exports` applies to the package, not to a path in it.
  const isOfExports = exports !== undefined && !/^\.|^(@[^/]+\/)?[^/]+\/./.test(specifier);
  if (typeof field !== 'string' || isOfExports) {
    return undefined;
  }
  return { folder, main: typeof main === 'string' ? main : 'index.js' };
}

/**
 * @param {string} specifier
 * @param {string} from
 */
function folderOf(specifier, from) {
  if (/^\.{1,2}(\/|$)/.test(specifier)) {
    return path.resolve(from, specifier);
  }
  for (let place = from; ; place = path.dirname(place)) {
    const folder = path.join(place, 'node_modules', specifier);
    if (path.basename(place) !== 'node_modules' && fs.existsSync(folder)) {
      return folder;
    }
    if (place === path.dirname(place)) {
      return undefined;
    }
  }
}

/** @param {string} file */
function isFile(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Compiles decorated sources, so that the types of what is decorated are there at run time. esbuild takes the result for
 * TypeScript, as the source was.
 *
 * @param {readonly DecoratedFile[]} decorated
 * @returns {Plugin}
 */
function decoratorPlugin(decorated) {
  const files = new Map(decorated.map((it) => [it.file, it]));
  return {
    name: 'decorators',
    setup(build) {
      build.onLoad({ filter: /\.[cm]?tsx?$/ }, ({ path: file }) => {
        const found = files.get(file);
        if (found === undefined) {
          return undefined;
        }
        const text = fs.readFileSync(file, 'utf8');
        const compile = found.compiler.name === 'typescript' ? byTypeScript : bySwc;
        const contents = withTypeImports(compile(text, found, false), compile(text, found, true));
        return { contents, loader: file.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}

const IMPORT = /^import\s+(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}\s*)?from\s*(["'])([^"'\n]+)\3/gm;

/**
 * The names that are imported only for their types become properties of a namespace: an interface has no value, and an import of
 * a name that does not exist is an error.
 *
 * @param {string} without the code without types
 * @param {string} code
 */
function withTypeImports(without, code) {
  const values = new Set(
    [...without.matchAll(IMPORT)].flatMap((it) => bindingsOf(it).map(([, local]) => local)),
  );
  let count = 0;
  return code.replace(IMPORT, (statement, ...groups) => {
    const [, , quote = '', specifier = ''] = /** @type {string[]} */ (groups);
    const bindings = bindingsOf([statement, ...groups]);
    const types = bindings.filter(([, local]) => !values.has(local));
    if (types.length === 0) {
      return statement;
    }
    const source = `${quote}${specifier}${quote}`;
    const name = `__types${count++}`;
    const rest = bindings.filter(([, local]) => values.has(local));
    const clause = rest.map(([imported, local]) => `${imported} as ${local}`).join(', ');
    const parts = [
      ...(rest.length === 0 ? [] : [`import { ${clause} } from ${source}`]),
      `import * as ${name} from ${source}`,
      ...types.map(([imported, local]) => `const ${local} = ${name}.${imported}`),
    ];
    // On as many lines as before, for the source map.
    return `${parts.join('; ')}${'\n'.repeat(statement.split('\n').length - 1)}`;
  });
}

/**
 * The names of an import, each with what it is called in the file.
 *
 * @param {ReadonlyArray<string | undefined>} match
 * @returns {Array<readonly [imported: string, local: string]>}
 */
function bindingsOf([, standard, names = '']) {
  const named = names
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')
    .map((it) => {
      const [imported = '', local = imported] = it.split(/\s+as\s+/);
      return /** @type {const} */ ([imported, local]);
    });
  return standard === undefined ? named : [['default', standard], ...named];
}

/**
 * @param {string} text
 * @param {DecoratedFile} file
 * @param {boolean} emitDecoratorMetadata
 */
function byTypeScript(text, { file, tsconfig, compiler }, emitDecoratorMetadata) {
  const ts = /** @type {typeof import('typescript')} */ (require(compiler.main));
  const { config } = ts.readConfigFile(tsconfig, ts.sys.readFile);
  const host = { ...ts.sys, readDirectory: () => [file] };
  const { options } = ts.parseJsonConfigFileContent(config, host, path.dirname(tsconfig));
  const { target = ts.ScriptTarget.ESNext } = options;
  return ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      ...options,
      emitDecoratorMetadata,
      // Only the types are compiled; esbuild does the rest, as for other sources.
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: undefined,
      jsx: ts.JsxEmit.Preserve,
      useDefineForClassFields: options.useDefineForClassFields ?? target >= ts.ScriptTarget.ES2022,
      importHelpers: false,
      noEmitHelpers: false,
      declaration: false,
      declarationMap: false,
      emitDeclarationOnly: false,
      sourceMap: false,
      inlineSourceMap: true,
    },
  }).outputText;
}

/**
 * @param {string} text
 * @param {DecoratedFile} file
 * @param {boolean} decoratorMetadata
 */
function bySwc(text, { file, compiler }, decoratorMetadata) {
  const swc = require(compiler.main);
  return swc.transformSync(text, {
    filename: file,
    swcrc: false,
    configFile: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', tsx: file.endsWith('x'), decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata },
    },
  }).code;
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

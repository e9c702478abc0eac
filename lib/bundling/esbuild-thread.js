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
    reply = { failure: messageOf(error) };
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
 * Keeps of a result what can leave the thread. A build that esbuild rejects is an answer, too.
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
function withPlugins({ mains = [], onlyFolder, ...options }) {
  const plugins = [
    ...(onlyFolder === undefined ? [] : [shallowPlugin(onlyFolder)]),
    ...(mains.length === 0 ? [] : [mainsPlugin(mains)]),
  ];
  return plugins.length === 0 ? options : { ...options, plugins };
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
  const escaped = mains.map((it) => it.replace(/[^\w/@-]/g, '\\$&'));
  const filter = new RegExp(`^(${escaped.join('|')})$`);
  return {
    name: 'mains',
    setup(build) {
      build.onResolve({ filter }, async (request) => {
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
  // `exports` counts for the package, not for a path in it.
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

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

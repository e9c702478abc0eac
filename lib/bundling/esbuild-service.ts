import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type * as esbuild from 'esbuild';

/** esbuild's options, and what the thread makes of others. */
export interface BuildOptions extends esbuild.BuildOptions {
  /** Specifiers that mean the `main` of a package.json, also where it has a `module`. */
  readonly mains?: readonly string[];
}

/** A build's result, with metafile and contents and without what cannot leave a thread. */
export interface BuildOutput {
  readonly metafile: esbuild.Metafile;
  readonly outputFiles: ReadonlyArray<{ readonly path: string; readonly contents: Uint8Array }>;
  readonly warnings: readonly esbuild.Message[];
}

/** What esbuild says of a build that failed. */
export interface BuildProblem {
  readonly errors: readonly esbuild.Message[];
}

/** Builds that differ in the text of their entry alone, one after the other. What they have in common is read and parsed once. */
export interface BuildSeries {
  /** Of all builds; their only entry is `file`. */
  readonly options: BuildOptions;
  /** Which is written anew for each build. */
  readonly file: string;
  readonly texts: readonly string[];
}

export type BuildAnswer =
  | { readonly output: BuildOutput; readonly problem?: undefined }
  | { readonly output?: undefined; readonly problem: BuildProblem };

// esbuild's own synchronous call takes one build after the other. Here a thread runs several at once, as many as there are
// processors, which share one process of esbuild's, while this one waits: constructs are made synchronously. `beats` says that
// the thread is alive, since its end cannot be heard while waiting.
const THREAD = `
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');
let esbuild;
async function answer(build) {
  try {
    const { metafile, outputFiles, warnings } = await build();
    return { output: { metafile, warnings, outputFiles: outputFiles.map(({ path, contents }) => ({ path, contents })) } };
  } catch (error) {
    if (Array.isArray(error?.errors) && error.errors.length > 0) {
      return { problem: { errors: error.errors } };
    }
    throw error;
  }
}
const EXTENSIONS = ['.tsx', '.ts', '.jsx', '.js', '.css', '.json']; // a file with that name goes before the folder
const isFile = (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
function folderOf(specifier, from) {
  if (/^\\.{1,2}(\\/|$)/.test(specifier)) return path.resolve(from, specifier);
  for (let place = from; ; place = path.dirname(place)) {
    const folder = path.join(place, 'node_modules', specifier);
    if (path.basename(place) !== 'node_modules' && fs.existsSync(folder)) return folder;
    if (place === path.dirname(place)) return undefined;
  }
}
function mainsPlugin(mains) {
  const escaped = mains.map((it) => it.replace(/[^\\w/@-]/g, '\\\\$&'));
  const filter = new RegExp('^(' + escaped.join('|') + ')$');
  return {
    name: 'mains',
    setup(build) {
      build.onResolve({ filter }, async ({ path: specifier, resolveDir, kind, importer, pluginData }) => {
        if (pluginData === mains) return undefined;
        const folder = folderOf(specifier, resolveDir);
        const file = folder && path.join(folder, 'package.json');
        if (!file || !fs.existsSync(file) || EXTENSIONS.some((it) => isFile(folder + it))) return undefined;
        const { main, module, exports } = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\\uFEFF/, ''));
        const isOfExports = exports !== undefined && !/^\\.|^(@[^/]+\\/)?[^/]+\\/./.test(specifier);
        if (typeof module !== 'string' || isOfExports) return undefined;
        const place = typeof main === 'string' ? main : 'index.js';
        const found = await build.resolve('./' + place, { resolveDir: folder, kind, importer, pluginData: mains });
        return found.errors.length > 0 ? undefined : { path: found.path, sideEffects: found.sideEffects };
      });
    },
  };
}
function withPlugins({ mains = [], ...options }) {
  return mains.length === 0 ? options : { ...options, plugins: [mainsPlugin(mains)] };
}
async function buildOne(build) {
  esbuild ??= require(workerData.esbuild);
  if (build.texts === undefined) return [await answer(() => esbuild.build(withPlugins(build)))];
  const context = await esbuild.context(withPlugins(build.options));
  const answers = [];
  for (const text of build.texts) {
    fs.writeFileSync(build.file, text);
    answers.push(await answer(() => context.rebuild()));
  }
  await context.dispose();
  return answers;
}
async function buildAll(builds) {
  const answers = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < builds.length; i = next++) answers[i] = await buildOne(builds[i]);
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  return answers.flat();
}
parentPort.on('message', async ({ builds, port, state }) => {
  const beat = setInterval(() => Atomics.add(state, 1, 1), 200);
  let all;
  try {
    all = { answers: await buildAll(builds) };
  } catch (error) {
    all = { failure: String(error?.message ?? error) };
  }
  clearInterval(beat);
  port.postMessage(all);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
});`;

const threads = new Map<string, Worker>();

/** A thread that shows no life for so long is dead, or never began. */
const PATIENCE_MS = 30_000;

/**
 * Runs builds at the same time, and waits for all of them.
 *
 * @param file the main file of the esbuild package
 * @returns an answer for each build, in their order; for a series one for each of its texts
 * @throws where esbuild does not run; a build that fails is an answer
 */
export function runBuilds(
  file: string,
  builds: ReadonlyArray<BuildOptions | BuildSeries>,
): readonly BuildAnswer[] {
  const known = threads.has(file);
  const first = ask(file, builds);
  // The process of an earlier call may have been ended, by the system where memory is short.
  const { answers, failure } = first.answers === undefined && known ? ask(file, builds) : first;
  if (answers === undefined) {
    throw new Error(`esbuild (${file}) does not run: ${failure ?? ''}`);
  }
  return answers;
}

interface Answer {
  readonly answers?: readonly BuildAnswer[];
  readonly failure?: string;
}

function ask(file: string, builds: ReadonlyArray<BuildOptions | BuildSeries>): Answer {
  const { port1, port2 } = new MessageChannel();
  const state = new Int32Array(new SharedArrayBuffer(8));
  threadFor(file).postMessage({ builds, port: port2, state }, [port2]);
  const answer = wait(state)
    ? (receiveMessageOnPort(port1) as { message: Answer }).message
    : {
        failure:
          'its thread does not start or has ended; NODE_OPTIONS may keep threads from running',
      };
  port1.close();
  if (answer.answers === undefined) {
    threads.delete(file);
  }
  return answer;
}

/** Whether there is an answer before the thread is given up. */
function wait(state: Int32Array): boolean {
  let beats = 0;
  for (let since = Date.now(); Date.now() - since < PATIENCE_MS;) {
    Atomics.wait(state, 0, 0, 1000);
    if (Atomics.load(state, 0) === 1) {
      return true;
    }
    if (Atomics.load(state, 1) !== beats) {
      beats = Atomics.load(state, 1);
      since = Date.now();
    }
  }
  return false;
}

/** One thread for each copy of esbuild. It does not keep the process alive. */
function threadFor(file: string): Worker {
  let thread = threads.get(file);
  if (thread === undefined) {
    thread = new Worker(THREAD, { eval: true, workerData: { esbuild: file }, execArgv: [] });
    thread.on('error', () => undefined); // told by `wait`
    thread.unref();
    threads.set(file, thread);
  }
  return thread;
}

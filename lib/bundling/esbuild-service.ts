import * as path from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type * as esbuild from 'esbuild';

/** A source that esbuild cannot compile alone, and what compiles it. */
export interface DecoratedFile {
  readonly file: string;
  readonly tsconfig: string;
  readonly compiler: { readonly name: 'typescript' | '@swc/core'; readonly main: string };
}

/** A package that is not installed, and that another package works without. */
export interface OptionalPackage {
  readonly specifier: string;
  /** The folder of the package that asks for it. */
  readonly importer: string;
}

/** esbuild’s options, and those that the thread translates. */
export interface BuildOptions extends esbuild.BuildOptions {
  /** Specifiers that mean the `main` of a package.json, even if it has a `module`. */
  readonly mains?: readonly string[];
  /** Sources that another compiler has to compile first. */
  readonly decorated?: readonly DecoratedFile[];
  /** Packages to leave out if they are not found. */
  readonly optional?: readonly OptionalPackage[];
  /** Only the imports of files in this folder are resolved; all others are left alone. */
  readonly onlyFolder?: string;
}

/** The result of a build, without what cannot leave a thread. */
export interface BuildOutput {
  readonly metafile: esbuild.Metafile;
  readonly outputFiles: ReadonlyArray<{ readonly path: string; readonly contents: Uint8Array }>;
  readonly warnings: readonly esbuild.Message[];
}

/** The errors of a build that failed. */
export interface BuildProblem {
  readonly errors: readonly esbuild.Message[];
}

/** Builds that differ only in the text of their entry. They run one after the other, so esbuild parses what they share once. */
export interface BuildSeries {
  /** The options of all builds. Their only entry is `file`. */
  readonly options: BuildOptions;
  /** The file that each build rewrites with its text. */
  readonly file: string;
  readonly texts: readonly string[];
}

export type BuildAnswer =
  | { readonly output: BuildOutput; readonly problem?: undefined }
  | { readonly output?: undefined; readonly problem: BuildProblem };

/**
 * The file that the thread runs. esbuild’s own synchronous call runs one build after the other. The thread runs several at once
 * in one process of esbuild, while this thread waits, because constructs are created synchronously.
 */
const THREAD = path.join(__dirname, 'esbuild-thread.js');

const threads = new Map<string, Worker>();

/** A thread that gives no sign of life for this long has ended, or never started. */
const PATIENCE_MS = 30_000;

/**
 * Runs builds at the same time, and waits for all of them.
 *
 * @param file the main file of the esbuild package
 * @returns an answer for each build, in order; for a series one for each text
 * @throws if esbuild does not run. A failed build does not throw: its errors are an answer
 */
export function runBuilds(
  file: string,
  builds: ReadonlyArray<BuildOptions | BuildSeries>,
): readonly BuildAnswer[] {
  const known = threads.has(file);
  const first = ask(file, builds);
  // The system may have ended the process of an earlier call, for example because memory was short.
  const { answers, failure, code } =
    first.answers === undefined && known ? ask(file, builds) : first;
  if (answers === undefined) {
    const error = new Error(`esbuild (${file}) does not run: ${failure ?? ''}`);
    throw code === undefined ? error : Object.assign(error, { code });
  }
  return answers;
}

interface Answer {
  readonly answers?: readonly BuildAnswer[];
  readonly failure?: string;
  /** The operating system's error code. */
  readonly code?: string;
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

/** Whether the thread answers while it gives signs of life. */
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

/** Each copy of esbuild has one thread, which does not keep the process alive. */
function threadFor(file: string): Worker {
  let thread = threads.get(file);
  if (thread === undefined) {
    thread = new Worker(THREAD, { workerData: { esbuild: file }, execArgv: [] });
    thread.on('error', () => undefined); // `wait` notices it
    thread.unref();
    threads.set(file, thread);
  }
  return thread;
}

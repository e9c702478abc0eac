import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type * as esbuild from 'esbuild';

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

export type BuildAnswer =
  | { readonly output: BuildOutput; readonly problem?: undefined }
  | { readonly output?: undefined; readonly problem: BuildProblem };

// esbuild's own synchronous call takes one build after the other. Here a thread runs several at once, which share one
// process of esbuild's, while this one waits: constructs are made synchronously.
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
let esbuild;
async function build(options) {
  try {
    esbuild ??= require(workerData.esbuild);
    const { metafile, outputFiles, warnings } = await esbuild.build(options);
    return { output: { metafile, warnings, outputFiles: outputFiles.map(({ path, contents }) => ({ path, contents })) } };
  } catch (error) {
    if (Array.isArray(error?.errors)) {
      return { problem: { errors: error.errors } };
    }
    throw error;
  }
}
parentPort.on('message', async ({ builds, port, signal }) => {
  let answer;
  try {
    answer = { answers: await Promise.all(builds.map(build)) };
  } catch (error) {
    answer = { failure: String(error?.message ?? error) };
  }
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});`;

const threads = new Map<string, Worker>();

/**
 * Runs builds at the same time, and waits for all of them.
 *
 * @param file the main file of the esbuild package
 * @throws where esbuild does not start; a build that fails is an answer
 */
export function runBuilds(
  file: string,
  builds: readonly esbuild.BuildOptions[],
): readonly BuildAnswer[] {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  threadFor(file).postMessage({ builds, port: port2, signal }, [port2]);
  Atomics.wait(signal, 0, 0);
  const { message } = receiveMessageOnPort(port1) as {
    message: { answers?: readonly BuildAnswer[]; failure?: string };
  };
  port1.close();
  if (message.answers === undefined) {
    throw new Error(`esbuild could not be started from ${file}: ${message.failure ?? ''}`);
  }
  return message.answers;
}

/** One thread for each copy of esbuild. It does not keep the process alive. */
function threadFor(file: string): Worker {
  let thread = threads.get(file);
  if (thread === undefined) {
    thread = new Worker(THREAD, { eval: true, workerData: { esbuild: file }, execArgv: [] });
    thread.unref();
    threads.set(file, thread);
  }
  return thread;
}

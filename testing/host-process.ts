import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runningDev, devFolder, RunningDev } from '../bin/dev/lock';
import type { TestHostOptions } from '../bin/dev/test-host';
import { nameInRun, runProcess } from './run';

const POLL_MS = 50;
/** A process that runs the app, and how to reach it. */
export interface Host extends RunningDev {
  readonly control: string;
  readonly token: string;
}

/** Finds the process that runs an app for this test run, or starts it. */
export async function hostOf(
  options: Omit<TestHostOptions, 'run' | 'name'>,
  timeoutMs: number,
): Promise<Host> {
  const run = runProcess();
  const name = nameInRun(run, options);
  const end = Date.now() + timeoutMs;
  let started: Started | undefined;
  for (;;) {
    const running = runningDev(options.project, name);
    if (running?.control !== undefined && running.token !== undefined) {
      return { ...running, control: running.control, token: running.token };
    }
    if (running === undefined && (started === undefined || started.ended)) {
      if (started !== undefined) {
        throw new Error(`the app did not start:\n${started.said()}`);
      }
      started = start({ ...options, run, name });
    }
    if (Date.now() > end) {
      throw new Error(
        `the app is not ready after ${timeoutMs / 1000} s: \`testApp({ startTimeoutMs: … })\`\n${started?.said() ?? ''}`,
      );
    }
    await sleep(POLL_MS);
  }
}

interface Started {
  ended: boolean;
  said(): string;
}

/** Starts a process in its own process group. It outlives this process, and ends with the test run. */
function start(options: TestHostOptions): Started {
  const folder = devFolder(options.project);
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${options.name}.${process.pid}.log`);
  const log = fs.openSync(file, 'w');
  const child = spawn(process.execPath, [commandFile(), 'test-host', JSON.stringify(options)], {
    cwd: options.project,
    env: environment(),
    stdio: ['ignore', 'ignore', log],
    detached: true,
  });
  fs.closeSync(log);
  const started: Started = { ended: false, said: () => fs.readFileSync(file, 'utf8').trim() };
  child.once('error', () => (started.ended = true)).once('exit', () => (started.ended = true));
  child.unref();
  return started;
}

/** The command of this package: next to this file, or, if this file is a source, in `dist`. */
function commandFile(): string {
  const beside = path.join(__dirname, '..', 'bin', 'serverless-app.js');
  return fs.existsSync(beside)
    ? beside
    : path.join(__dirname, '..', 'dist', 'bin', 'serverless-app.js');
}

/** The environment without the variables that a test runner sets for its own child processes. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _context, NODE_V8_COVERAGE: _coverage, ...others } = process.env;
  return others;
}

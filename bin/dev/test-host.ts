import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../cloud';
import type { DeployedApp } from '../deployed-app';
import type { OpenApp } from '../open-app';
import { UserError } from '../user-error';
import { linesOf } from './event-line';
import { freePort } from './emulator';
import { DevLock, devFolder, runningDev, type RunningDev } from './lock';
import { isRunning } from './made-once';
import { removeLeftover } from './remove-folder';
import { DevSession } from './session';
import type { SessionView } from './session-view';
import { ControlServer, LoggedLine } from './test-control';

const POLL_MS = 250;
const KEPT_LINES = 5_000;
const EXIT_MS = 2_000;
/** Matches the name of a test run's file or folder, which contains the id of the run's process. */
const KEPT_FOR_RUN = /^(test-(\d+)-\w+)/;

/** The request from `cdk-serverless-app/testing`. */
export interface TestHostOptions {
  readonly project: string;
  readonly app?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly enforceIam: boolean;
  /** The process of the whole test run. The app ends with it. */
  readonly run: number;
  /** `test-<process>-<hash of the options>`. */
  readonly name: string;
}

/** Runs an app for the tests of one run until the run ends. The tests may be in several processes. */
export async function runForTests(options: TestHostOptions, signal: AbortSignal): Promise<void> {
  const { project, name, run } = options;
  removeEnded(project);
  const lock = DevLock.take(project, name);
  const log: LoggedLine[] = [];
  let apps: readonly DeployedApp[] = [];
  let running: Omit<RunningDev, 'pid'> = {};
  const view: SessionView = {
    progress: say,
    note: say,
    problem: say,
    ran: (fn, invocation, ran) => {
      const lines = linesOf(fn, invocation, ran, new Date());
      log.push(...lines.map(({ text }) => ({ function: fn.id, text })));
      log.splice(0, log.length - KEPT_LINES);
    },
    ready: (deployed) => (apps = deployed),
  };
  const told = {
    tell: (what: Omit<RunningDev, 'pid'>) => (running = what),
    release: () => undefined,
  };
  const session = new DevSession(
    {
      project,
      app: options.app,
      context: options.context,
      enforceIam: options.enforceIam,
      fresh: true,
      inspect: false,
      port: await freePort(),
      state: name,
    },
    told,
    view,
  );
  let control: ControlServer | undefined;
  try {
    const ended = endOf(run, signal);
    const starting = session.start().then(() => true);
    starting.catch(() => undefined); // The start fails if the session is stopped.
    if (!(await Promise.race([starting, ended.then(() => false)]))) {
      return;
    }
    control = await ControlServer.start(() => onlyApp(apps, running), log);
    lock.tell({ ...running, control: control.address, token: control.token });
    await ended;
  } finally {
    control?.stop();
    await session.stop();
    removeLeftover(path.join(devFolder(project), name));
    lock.release();
    // Callers wait for this process to end, so an open handle must not delay that.
    setTimeout(() => process.exit(), EXIT_MS).unref();
  }
}

async function endOf(run: number, signal: AbortSignal): Promise<void> {
  while (isRunning(run) && !signal.aborted) {
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function onlyApp(apps: readonly DeployedApp[], { region }: Omit<RunningDev, 'pid'>): OpenApp {
  const [app, ...others] = apps;
  if (app === undefined || others.length > 0) {
    throw new UserError(
      `the project has ${apps.length} apps: ${apps.map(({ model }) => model.app.path).join(', ')}`,
      'choose one with `testApp({ app: … })`',
    );
  }
  return { app, cloud: connect({ region }) };
}

/** Removes what a run left behind because its app was killed. An app that is still ending removes its folder itself. */
export function removeEnded(project: string): void {
  const folder = devFolder(project);
  for (const entry of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const kept = KEPT_FOR_RUN.exec(entry);
    if (kept !== null && !isRunning(Number(kept[2])) && !runningDev(project, kept[1])) {
      removeLeftover(path.join(folder, entry));
    }
  }
}

import * as path from 'node:path';
import type { Invocation } from '../command-spec';
import { appCommand } from '../dev/app-command';
import { differencesOf } from '../dev/differences';
import { linesOf } from '../dev/event-line';
import { LiveReport } from '../dev/live-report';
import { DevLock, RunningDev } from '../dev/lock';
import { KnownResources, missingGrant } from '../dev/missing-grant';
import { overview } from '../dev/overview';
import { DevSession } from '../dev/session';
import type { SessionView } from '../dev/session-view';
import { Interrupted, unlessAborted } from '../interruption';
import type { Io } from '../io';
import { formatLine } from '../logs/format-line';
import { text } from '../open-app';
import { openInBrowser } from '../open-in-browser';
import { UserError } from '../user-error';

/** `dev`. Runs until it is interrupted. */
export async function dev({ options }: Invocation, io: Io): Promise<number> {
  const project = path.resolve('.');
  const endpoint = text(options.endpoint) ?? nonEmpty(process.env.AWS_ENDPOINT_URL);
  appCommand(project); // before anything is written to the folder
  const lock = DevLock.take(project);
  const report = await LiveReport.start();
  let pages: readonly string[] = [];
  const told = {
    tell: (running: Omit<RunningDev, 'pid'>): void => {
      report.deployed(running.assembly);
      lock.tell({ ...running, report: report.url });
    },
    release: (): void => {
      lock.release();
    },
  };
  const view = viewOf(io);
  const session = new DevSession(
    {
      project,
      app: text(options.app),
      endpoint,
      fresh: options.fresh === true,
      port: portOf(text(options.port)),
      inspect: options.inspect === true,
      enforceIam: options.enforceIam === true,
    },
    told,
    {
      ...view,
      ran: (fn, invocation, ran) => {
        report.ran(fn, ran);
        view.ran(fn, invocation, ran);
      },
      ready: (apps, places) => {
        pages = apps.map(({ model }) => `${report.url}${encodeURIComponent(model.app.path)}/`);
        view.ready(apps, places);
      },
    },
  );
  return io.interruptible(async (signal) => {
    const keys = new Keys(session, signal, () => {
      pages.forEach((page) => {
        io.say(page); // A machine without a browser opens nothing.
        openInBrowser(page);
      });
    });
    try {
      await unlessAborted(signal, session.start());
      keys.listen();
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true });
        keys.onQuit = (): void => {
          resolve(undefined);
        };
      });
      return 0;
    } catch (error) {
      if (error instanceof Interrupted) {
        return 0; // An interruption is the normal end.
      }
      throw error;
    } finally {
      keys.stop();
      report.stop();
      await session.stop();
    }
  });
}

function viewOf(io: Io): SessionView {
  const { colors } = io;
  let width = 0;
  /** When the work began that ends with `ready`. */
  let started: number | undefined = io.now().getTime();
  const seconds = (): string => {
    const now = io.now().getTime();
    started ??= now;
    return ((now - started) / 1000).toFixed(1);
  };
  let known: KnownResources = { tables: [], buckets: [] };
  const said = new Set<string>();
  let isFirst = true;
  return {
    progress: (line) => {
      io.say(`[${seconds()} s] ${line}`);
    },
    note: (line) => {
      io.out(`${colors.dim(line)}\n`);
    },
    problem: (line) => {
      io.out(`${colors.red(`✗ ${line}`)}\n`);
    },
    ran: (fn, invocation, ran) => {
      width = Math.max(width, fn.id.length);
      for (const line of linesOf(fn, invocation, ran, io.now())) {
        io.out(formatLine(line, width, colors));
      }
      const grant = missingGrant([...ran.log, ran.outcome.error?.errorMessage ?? ''], fn, known);
      if (grant !== undefined) {
        io.out(`${colors.yellow(grant)}\n`);
      }
    },
    ready: (apps, { urls, inspectors }) => {
      known = {
        tables: apps.flatMap(({ model }) => model.tables),
        buckets: apps.flatMap(({ model }) => model.buckets),
      };
      for (const { model } of apps) {
        width = Math.max(width, ...model.functions.map(({ id }) => id.length));
        io.out(overview(model, { urls, inspectors }, colors));
      }
      const differs = apps.flatMap(({ model }) => differencesOf(model));
      for (const difference of differs.filter((each) => !said.has(each))) {
        said.add(difference);
        io.out(colors.dim(`different from AWS: ${difference}\n`));
      }
      io.out(`${colors.green(`ready after ${seconds()} s`)}\n`);
      started = undefined;
      if (isFirst && process.stdin.isTTY) {
        io.out(
          colors.dim(
            'c: cold start for the next events · d: deploy again · o: open the report · q: quit\n',
          ),
        );
      }
      isFirst = false;
    },
  };
}

/** Reads the keys that are pressed in the terminal while `dev` runs. */
class Keys {
  onQuit: () => void = () => undefined;

  constructor(
    private readonly session: DevSession,
    private readonly signal: AbortSignal,
    private readonly open: () => void,
  ) {}

  listen(): void {
    if (process.stdin.isTTY && !this.signal.aborted) {
      process.stdin.setRawMode(true).setEncoding('utf8').on('data', this.press).resume();
    }
  }

  stop(): void {
    if (process.stdin.isTTY) {
      process.stdin.off('data', this.press).setRawMode(false).pause();
    }
  }

  private readonly press = (key: Buffer | string): void => {
    switch (String(key)) {
      case 'c':
        this.session.cold();
        break;
      case 'd':
        void this.session.deployAgain(true);
        break;
      case 'o':
        this.open();
        break;
      case 'q':
      case '\u0003': // Ctrl-C, which a raw terminal does not turn into a signal
        this.onQuit();
        break;
    }
  };
}

function portOf(given: string | undefined): number | undefined {
  const port = given === undefined ? undefined : Number(given);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new UserError(
      `\`--port\` must be from 1 to 65535, got \`${given ?? ''}\``,
      'write, for example, `--port 3000`',
    );
  }
  return port;
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../user-error';
import { scriptFile } from './script-file';
import { Supervised } from './supervised';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const LOG_LINES = 5;

export interface EmulatorProps {
  readonly python: string;
  /** The folder with its state. */
  readonly folder: string;
  readonly port: number;
  /** `<host>:<port>` of the server that runs the functions. */
  readonly functions: string;
  /** Called if it ends by itself. */
  readonly onDeath: () => void;
}

/** An AWS emulator that runs as long as this process. */
export class LocalEmulator {
  private process?: Supervised;
  private ending = false;

  constructor(private readonly props: EmulatorProps) {}

  get endpoint(): string {
    return `http://127.0.0.1:${this.props.port}`;
  }

  /** Starts it with the state in its folder, and waits until it answers. */
  async start(): Promise<void> {
    this.ending = false;
    fs.mkdirSync(path.join(this.props.folder, 'tmp'), { recursive: true });
    rewindStreams(path.join(this.props.folder, 'state', 'lambda.json'));
    const started = new Supervised(this.props.python, [scriptFile('start-emulator.py')], {
      cwd: this.props.folder,
      env: this.environment(),
    });
    this.process = started;
    const end = Date.now() + START_TIMEOUT_MS;
    while (!(await this.answers())) {
      if (!started.running || Date.now() > end) {
        await this.stop();
        throw startError(started.output, this.props.port);
      }
      await sleep(POLL_MS);
    }
    void started.exit.then(() => {
      if (!this.ending && this.process === started) {
        this.props.onDeath();
      }
    });
  }

  /** Whether IAM is enforced, also for calls by functions. The CDK cannot deploy while it is enforced. */
  async enforceIam(enforce: boolean): Promise<void> {
    await fetch(`${this.endpoint}/_serverless_app/iam?enforce=${String(enforce)}`);
  }

  /** Ends it with every process that it started. It saves its state first. */
  async stop(): Promise<void> {
    this.ending = true;
    await this.process?.stop();
  }

  private async answers(): Promise<boolean> {
    const answer = await fetch(`${this.endpoint}/_ministack/health`).catch(() => undefined);
    return answer?.ok === true;
  }

  /** Passes on few variables, because the functions that the emulator runs itself inherit them. */
  private environment(): NodeJS.ProcessEnv {
    const { folder, port, functions } = this.props;
    return {
      PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      HOME: folder,
      TMPDIR: path.join(folder, 'tmp'),
      LANG: 'C.UTF-8',
      NO_PROXY: '127.0.0.1,localhost',
      PYTHONDONTWRITEBYTECODE: '1', // not beside the scripts, which are in node_modules
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      PERSIST_STATE: '1',
      STATE_DIR: path.join(folder, 'state'),
      S3_PERSIST: '1',
      S3_DATA_DIR: path.join(folder, 's3'),
      SERVERLESS_APP_FUNCTIONS: functions,
      SERVERLESS_APP_TLS: '1',
    };
  }
}

/** The emulator saves its positions in the tables' streams but not the streams' records, so the positions start over. */
function rewindStreams(file: string): void {
  if (!fs.existsSync(file)) {
    return;
  }
  const state = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    readonly payload: { readonly dynamodb_stream_positions?: { data: Record<string, number> } };
  };
  const positions = state.payload.dynamodb_stream_positions?.data ?? {};
  Object.keys(positions).forEach((stream) => (positions[stream] = 0));
  fs.writeFileSync(file, JSON.stringify(state));
}

function startError(output: string, port: number): UserError {
  if (/address already in use/i.test(output)) {
    return new UserError(
      `port ${port} is in use, so the emulator cannot start`,
      'end the program that uses it, or run the command again, which takes another port',
      2,
    );
  }
  const lines = output.trim().split('\n').slice(-LOG_LINES).join('\n');
  return new UserError(
    `the AWS emulator did not start. Its output:\n${lines}\n`,
    'run `serverless-app dev --fresh`, which deletes its state',
    2,
  );
}

/** A free port, or `wanted`; rejects if that is in use. */
export async function freePort(wanted?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new UserError(
              `port ${wanted ?? 0} is in use`,
              'end the program that uses it, or choose another one with --port',
            )
          : error,
      );
    });
    server.listen(wanted ?? 0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/** The address of the user's own emulator, if it answers. */
export async function reachable(endpoint: string): Promise<string> {
  try {
    await fetch(endpoint);
  } catch {
    throw new UserError(
      `no emulator answers at ${endpoint}`,
      'start it, or leave out --endpoint and AWS_ENDPOINT_URL',
    );
  }
  return endpoint.replace(/\/$/, '');
}

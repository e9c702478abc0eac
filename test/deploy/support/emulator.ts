import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { removeLeftover } from '../../../bin/dev/remove-folder';
import { scriptFile } from '../../../bin/dev/script-file';
import { eventually } from './eventually';
import { workFolder } from './folders';
import { canMakePython, installedPython } from './python';
import { Supervised } from '../../../bin/dev/supervised';
import { TlsFront } from './tls-front';

const START = scriptFile('start-emulator.py');
const REQUIREMENTS = scriptFile('requirements.txt');
const START_TIMEOUT_MS = 30_000;

/** Whether there is an emulator, or what it takes to install it. */
export function canStartEmulator(): boolean {
  return canMakePython(REQUIREMENTS);
}

export interface EmulatorOptions {
  /** Whether IAM is enforced, inside functions too. The CDK cannot publish assets then, so deploy first, then `restart`. */
  readonly enforceIam?: boolean;
}

export interface StartOptions extends EmulatorOptions {
  /** A folder with the state that it starts with, as `saveState` made it. */
  readonly state?: string;
}

/** The part that concerns us of what the emulator keeps about functions. */
interface LambdaState {
  readonly payload: {
    readonly dynamodb_stream_positions: { readonly data: Record<string, number> };
  };
}

/** A running emulator with its own port and folder. */
export class Emulator {
  static async start({ state, ...options }: StartOptions = {}): Promise<Emulator> {
    const python = await installedPython(REQUIREMENTS);
    const port = await freePort();
    const front = await TlsFront.start(port);
    const folder = workFolder('emulator');
    if (state !== undefined) {
      fs.cpSync(state, path.join(folder, 'state'), { recursive: true });
    }
    const emulator = new Emulator(python, folder, port, front);
    await emulator.launch(options);
    return emulator;
  }

  private process?: Supervised;
  private iamEnforced = false;

  private constructor(
    private readonly python: string,
    private readonly folder: string,
    private readonly port: number,
    private readonly front: TlsFront,
  ) {}

  get endpoint(): string {
    return this.front.endpoint;
  }

  get enforcesIam(): boolean {
    return this.iamEnforced;
  }

  /** Its log so far, for a test that failed. */
  get log(): string {
    return this.process?.output ?? '';
  }

  /** Restarts it and keeps its state. */
  async restart(options: EmulatorOptions): Promise<void> {
    await this.process?.stop();
    this.rewindStreams();
    await this.launch(options);
  }

  /** Stops it, which makes it write its state, and copies that, without the objects of buckets, into a folder. */
  async saveState(folder: string): Promise<void> {
    await this.process?.stop();
    fs.cpSync(path.join(this.folder, 'state'), folder, { recursive: true });
  }

  /** Ends it with every function that it runs, and removes its state. */
  async stop(): Promise<void> {
    await this.process?.stop();
    this.front.stop();
    removeLeftover(this.folder);
  }

  /** It saves its positions in the tables' streams but not the streams' records, so the positions start over. */
  private rewindStreams(): void {
    const file = path.join(this.folder, 'state', 'lambda.json');
    const state = JSON.parse(fs.readFileSync(file, 'utf8')) as LambdaState;
    const { data } = state.payload.dynamodb_stream_positions;
    Object.keys(data).forEach((stream) => (data[stream] = 0));
    fs.writeFileSync(file, JSON.stringify(state));
  }

  private async launch({ enforceIam = false }: EmulatorOptions): Promise<void> {
    const emulator = new Supervised(this.python, [START], {
      cwd: this.folder,
      env: this.environment(enforceIam),
    });
    this.process = emulator;
    this.iamEnforced = enforceIam;
    await eventually(
      'the emulator answers',
      async () => {
        if (!emulator.running) {
          throw new Error(`the emulator ended at once:\n${emulator.output}`);
        }
        const answer = await fetch(`http://127.0.0.1:${this.port}/_ministack/health`).catch(
          () => undefined,
        );
        return answer?.ok === true;
      },
      { timeoutMs: START_TIMEOUT_MS, everyMs: 100 },
    ).catch(async (error: unknown) => {
      await this.stop();
      throw error;
    });
  }

  /** Few variables of ours: the functions inherit what the emulator inherits. */
  private environment(enforceIam: boolean): NodeJS.ProcessEnv {
    const temporary = path.join(this.folder, 'tmp');
    fs.mkdirSync(temporary, { recursive: true });
    return {
      PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      HOME: this.folder,
      TMPDIR: temporary,
      LANG: 'C.UTF-8',
      NO_PROXY: '127.0.0.1,localhost',
      AWS_ENDPOINT_URL: this.endpoint, // for the functions
      GATEWAY_PORT: String(this.port),
      BIND_HOST: '127.0.0.1',
      PERSIST_STATE: '1',
      STATE_DIR: path.join(this.folder, 'state'),
      S3_PERSIST: '1',
      S3_DATA_DIR: path.join(this.folder, 's3'),
      AUTH: String(enforceIam),
    };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

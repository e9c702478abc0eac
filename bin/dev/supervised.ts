import { ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import { scriptFile } from './script-file';

const KEPT_CHARACTERS = 200_000;

export interface SupervisedOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with each line as it is written. */
  readonly onLine?: (line: string) => void;
  /** Whether messages are exchanged with the command, which must be a Node.js script. */
  readonly talks?: boolean;
}

/** A command that ends with all its child processes at the latest when this process ends, however that happens. */
export class Supervised {
  /** What the command wrote, at most the last 200,000 characters. */
  output = '';

  /** The exit code, once the command has ended. */
  readonly exit: Promise<number>;

  private readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], options: SupervisedOptions) {
    this.child = spawn(process.execPath, [scriptFile('supervise.mjs'), command, ...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe', ...(options.talks === true ? (['ipc'] as const) : [])],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-KEPT_CHARACTERS);
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach((line) => options.onLine?.(line));
      });
    }
    this.exit = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code) => {
        resolve(code ?? 1);
      });
    });
  }

  /** The process that ends the others. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends a message to a command that exchanges messages. */
  send(message: object): void {
    this.child.send(message, () => undefined); // Errors are ignored: the exit shows that the command has ended.
  }

  onMessage(listen: (message: unknown) => void): void {
    this.child.on('message', listen);
  }

  /** Ends the command and all that it started. */
  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.exit;
  }
}

/** Runs a command and returns its output. An exit code other than 0 is an error that contains the output. */
export async function run(
  command: string,
  args: readonly string[],
  options: SupervisedOptions,
): Promise<string> {
  const supervised = new Supervised(command, args, options);
  const code = await supervised.exit;
  if (code !== 0) {
    const what = [path.basename(command), ...args].join(' ');
    throw new Error(`${what}: exit code ${code}\n${supervised.output}`);
  }
  return supervised.output;
}

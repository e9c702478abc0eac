import { ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import type { Reaper } from './reaper';
import { scriptFile, webHandlerFile } from './script-file';

/** An error as Lambda returns it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** An invocation, as the emulator requests it. */
export interface Invocation {
  readonly functionName: string;
  readonly functionArn: string;
  readonly version: string;
  readonly requestId: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly logFormat: string;
  readonly logLevel: string;
  readonly logGroup: string;
  readonly traceId?: string | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
}

/** The result of an invocation. */
export interface Outcome {
  /** JSON. */
  readonly result?: string;
  readonly error?: FunctionError;
  readonly memoryMb?: number;
  /** The process can run no more events. */
  readonly ended?: boolean;
}

export interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly folder: string;
  readonly reaper: Reaper;
  /** The port of the inspector. */
  readonly inspect?: number;
}

type Message =
  | { readonly type: 'log'; readonly text: string }
  | { readonly type: 'loaded'; readonly initMs: number; readonly error?: FunctionError }
  | { readonly type: 'preloaded' }
  | ({ readonly type: 'done'; readonly requestId?: string } & Outcome);

const KEPT_LOG_BYTES = 1024 * 1024;
/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const INIT_LIMIT_MS = 10_000;
const DAY_MS = 86_400_000;

/** A process of a function, which runs one event at a time. */
export class FunctionProcess {
  /** Milliseconds from the start of the process or of loading until the handler could run. */
  initMs?: number;

  /** Whether it has run an event. */
  used = false;

  /** What the handler wrote since `takeLog`. */
  private log: string[] = [];
  private logBytes = 0;
  private leftOut = 0;
  private readonly child: ChildProcess;
  private loading?: (error: FunctionError | undefined) => void;
  private running?: { readonly requestId: string; readonly end: (outcome: Outcome) => void };
  private exited = false;
  /** It still exists, but ends at any moment. */
  private ending = false;

  constructor(private readonly options: ProcessOptions) {
    const { environment, memoryMb, folder, inspect } = options;
    const flags = [
      '--enable-source-maps',
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${memoryMb}`,
      ...(inspect === undefined ? [] : [`--inspect=127.0.0.1:${inspect}`]),
    ];
    this.child = spawn(process.execPath, [...flags, scriptFile('runtime.mjs')], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
    });
    options.reaper.watch(this.child);
    this.child.on('message', (message) => {
      this.receive(message as Message);
    });
    this.child.on('error', () => undefined);
    this.child.on('exit', (code, signal) => {
      this.exited = true;
      this.endWith({
        errorType: 'Runtime.ExitError',
        errorMessage: `Runtime exited with error: ${signal === null ? `exit status ${code ?? 0}` : `signal: ${signal}`}`,
      });
    });
    // Output that JavaScript did not write, such as the warnings of Node.js.
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        text
          .split('\n')
          .filter(
            (line) => line !== '' && !/^(Debugger |For help, see|Starting inspector)/.test(line),
          )
          .forEach((line) => {
            this.keep(line);
          });
      });
    }
  }

  /** Whether it can run another event. */
  get alive(): boolean {
    return !this.exited && !this.ending;
  }

  /** Resolves once the process has ended. */
  async ended(): Promise<void> {
    if (!this.exited) {
      await new Promise((resolve) => this.child.once('exit', resolve));
    }
  }

  /** Loads packages ahead of a handler that needs them. */
  preload(modules: readonly string[]): void {
    this.child.send({ type: 'preload', modules: modules.map((file) => pathToFileURL(file).href) });
  }

  /** Loads the handler, and returns the error if that fails. */
  load(file: string, handler: string, stream: boolean): Promise<FunctionError | undefined> {
    const started = Date.now();
    return new Promise((resolve) => {
      if (this.exited) {
        resolve({
          errorType: 'Runtime.ExitError',
          errorMessage: 'Runtime exited before it started',
        });
        return;
      }
      const timer = setTimeout(
        () => {
          this.loading?.({
            errorType: 'Sandbox.Timedout',
            errorMessage: `the handler’s module did not load within ${INIT_LIMIT_MS / 1000} seconds`,
          });
          this.kill();
        },
        this.options.inspect === undefined ? INIT_LIMIT_MS : DAY_MS,
      );
      this.loading = (error): void => {
        clearTimeout(timer);
        this.initMs = Date.now() - started;
        this.loading = undefined;
        resolve(error);
      };
      const web = { file: webHandlerFile(), stream };
      this.child.send({ type: 'load', file, handler, web });
    });
  }

  /** Runs one event. At the timeout the process is ended, as on Lambda. */
  invoke(invocation: Invocation): Promise<Outcome> {
    this.used = true;
    const { requestId, timeoutSeconds } = invocation;
    // A developer in a debugger takes longer than any timeout.
    const limit = this.options.inspect === undefined ? timeoutSeconds * 1000 : undefined;
    const deadline = Date.now() + (limit ?? DAY_MS);
    return new Promise((resolve) => {
      const timer =
        limit === undefined
          ? undefined
          : setTimeout(() => {
              const text = `${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
              this.keep(`${new Date().toISOString()} ${text}`);
              this.endWith({ errorType: 'Sandbox.Timedout', errorMessage: text });
              this.kill();
            }, limit);
      this.running = {
        requestId,
        end: (outcome): void => {
          clearTimeout(timer);
          this.running = undefined;
          resolve(outcome);
        },
      };
      if (this.exited) {
        this.endWith({ errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited' });
      } else {
        this.child.send({ type: 'invoke', deadline, ...invocation, environment: undefined });
      }
    });
  }

  takeLog(): string[] {
    const lines = this.log;
    if (this.leftOut > 0) {
      lines.push(`… ${this.leftOut} more lines, which \`dev\` does not keep`);
    }
    this.log = [];
    this.logBytes = 0;
    this.leftOut = 0;
    return lines;
  }

  kill(): void {
    this.ending = true;
    this.child.kill('SIGKILL');
  }

  private receive(message: Message): void {
    switch (message.type) {
      case 'log':
        this.keep(message.text);
        break;
      case 'loaded':
        this.loading?.(message.error);
        break;
      case 'done':
        this.ending ||= message.ended === true;
        if (message.requestId === this.running?.requestId) {
          this.running?.end(message);
        }
        break;
      case 'preloaded':
        break;
    }
  }

  private keep(line: string): void {
    if (this.logBytes < KEPT_LOG_BYTES) {
      this.logBytes += line.length;
      this.log.push(line);
    } else {
      this.leftOut++;
    }
  }

  private endWith(error: FunctionError): void {
    this.loading?.(error);
    this.running?.end({ error, ended: true });
  }
}

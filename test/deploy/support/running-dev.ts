import { ChildProcess, execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeLeftover } from '../../../bin/dev/remove-folder';
import { CommandLine, Outcome } from './command';
import { eventually, Patience } from './eventually';
import { EMULATOR_FOLDER, REPOSITORY, workFolder } from './folders';

/** On a busy machine a synthesis takes a minute. */
const PATIENCE: Patience = { timeoutMs: 180_000, everyMs: 50 };

/** A copy of a project, and the `serverless-app dev` that runs in it. */
export class DevProject {
  /** With the command of the sources, in a project that has no package. */
  static async copyOf(fixture: string): Promise<DevProject> {
    const folder = fs.realpathSync(workFolder('project'));
    fs.cpSync(fixture, folder, { recursive: true });
    return new DevProject((await CommandLine.build()).in(folder), folder);
  }

  /** A project that has the package in its `node_modules`. */
  static installedIn(folder: string): DevProject {
    const file = path.join(
      'node_modules',
      'cdk-serverless-app',
      'dist',
      'bin',
      'serverless-app.js',
    );
    return new DevProject(CommandLine.at(path.join(folder, file)).in(folder), folder);
  }

  /** Puts the built package into the project's `node_modules`, which the project finds as any user's does. */
  installPackage(): void {
    const modules = path.join(this.folder, 'node_modules');
    fs.mkdirSync(modules);
    fs.symlinkSync(REPOSITORY, path.join(modules, 'cdk-serverless-app'), 'junction');
    fs.symlinkSync(path.join(REPOSITORY, 'node_modules', '.bin'), path.join(modules, '.bin'));
    fs.writeFileSync(path.join(this.folder, 'package.json'), '{ "private": true }');
    fs.writeFileSync(path.join(this.folder, 'tsconfig.json'), '{ "compilerOptions": {} }');
  }

  output = '';
  private readonly cache = workFolder('cache');
  private child?: ChildProcess;
  private ended?: Promise<number | null>;

  private constructor(
    private readonly command: CommandLine,
    readonly folder: string,
  ) {
    fs.symlinkSync(EMULATOR_FOLDER, path.join(this.cache, 'emulator')); // What the other tests have installed.
  }

  private get env(): NodeJS.ProcessEnv {
    const { AWS_ENDPOINT_URL: _endpoint, ...others } = process.env;
    return { ...others, SERVERLESS_APP_CACHE: this.cache };
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Starts `dev`, and waits until it is ready. */
  async start(...args: string[]): Promise<void> {
    this.output = '';
    const child = this.command.start(this.env, 'dev', ...args);
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = new Promise((resolve) => child.once('close', resolve));
    await this.says(/ready after/);
  }

  /** Another command in the same folder. */
  run(...args: string[]): Promise<Outcome> {
    return this.command.runWith(this.env, ...args);
  }

  /** Waits for a text in what it has written since `from`. */
  async says(text: RegExp, from = 0): Promise<RegExpExecArray> {
    return eventually(
      `dev says ${String(text)}; it said\n${this.output.slice(from)}`,
      () => {
        const found = text.exec(this.output.slice(from));
        const { exitCode = 0 } = this.child ?? {};
        if (found === null && exitCode !== null) {
          throw new Error(`dev ended without ${String(text)}:\n${this.output}`);
        }
        return Promise.resolve(found ?? undefined);
      },
      PATIENCE,
    );
  }

  get running(): { readonly endpoint: string; readonly url: string } {
    const file = path.join(this.folder, '.serverless-app', 'dev.json');
    return JSON.parse(fs.readFileSync(file, 'utf8')) as { endpoint: string; url: string };
  }

  async get(route: string): Promise<{ readonly status: number; readonly body: string }> {
    const answer = await fetch(this.running.url + route);
    return { status: answer.status, body: await answer.text() };
  }

  /** Asks again and again until the answer has a text. */
  async answers(route: string, text: string): Promise<void> {
    let last = '';
    await eventually(
      `GET ${route} answers ${text}`,
      async () => {
        ({ body: last } = await this.get(route));
        return last.includes(text);
      },
      PATIENCE,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; the last answer was ${last}`);
    });
  }

  /** Changes a file of the project as an editor does. */
  edit(file: string, change: (text: string) => string): void {
    const name = path.join(this.folder, file);
    fs.writeFileSync(name, change(fs.readFileSync(name, 'utf8')));
  }

  /** The processes of this `dev`, by their command lines and folders; also those that it left behind. */
  processes(): string[] {
    const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
    return lines.filter(
      (line) =>
        line.includes(this.command.folder) ||
        folderOf(line.trim().split(' ')[0] ?? '').startsWith(this.folder),
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async end(): Promise<number | null> {
    return (await this.ended) ?? null;
  }

  async stop(): Promise<void> {
    if (this.child?.exitCode === null && this.child.signalCode === null) {
      this.kill('SIGINT');
      await this.end();
    }
  }

  async close(): Promise<void> {
    await this.stop();
    removeLeftover(this.folder);
    removeLeftover(this.cache);
  }
}

/** The folder that a process runs in, where the system tells (Linux). */
function folderOf(pid: string): string {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

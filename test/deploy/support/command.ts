import { ChildProcessByStdio, spawn } from 'node:child_process';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { buildCli } from '../../../scripts/build-cli';
import { buildPage } from '../../../scripts/build-report';
import { DeployedApp } from './deployed-app';
import { REPOSITORY, workFolder } from './folders';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The bundled command, as it is published, run as a user's shell would. */
export class CommandLine {
  static async build(): Promise<CommandLine> {
    const folder = workFolder('cli');
    const outfile = path.join(folder, 'bin', 'serverless-app.js');
    buildPage(path.join(folder, 'report'));
    await buildCli(outfile);
    return new CommandLine(outfile);
  }

  /** The command in a file, of an installed package for example. */
  static at(file: string): CommandLine {
    return new CommandLine(file);
  }

  private constructor(
    private readonly file: string,
    private readonly cwd = REPOSITORY,
  ) {}

  /** Where it is bundled, with the files that its processes run. */
  get folder(): string {
    return path.dirname(path.dirname(this.file));
  }

  /** The same, run in another folder. */
  in(folder: string): CommandLine {
    return new CommandLine(this.file, folder);
  }

  /** Runs a command on a deployed app. */
  async run(app: DeployedApp, ...args: string[]): Promise<Outcome> {
    return this.runWith({ ...app.target.cdkEnvironment }, ...args, '--assembly', app.assembly);
  }

  /** Asynchronously, since this process runs the proxy to the emulator. */
  async runWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Outcome> {
    const child = this.start(env, ...args);
    const texts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (texts.stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (texts.stderr += chunk));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    return { code, ...texts };
  }

  /** Starts it, for a caller that ends it. */
  start(env: NodeJS.ProcessEnv, ...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [this.file, ...args], {
      cwd: this.cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

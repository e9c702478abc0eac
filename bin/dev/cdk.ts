import { ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { UserError } from '../user-error';
import { appCommand } from './app-sources';
import { scriptFile } from './script-file';
import { run } from './supervised';

export interface CdkProps {
  /** The folder of cdk.json. */
  readonly project: string;
  /** Context for the synthesis, in addition to that in cdk.json. */
  readonly context?: Readonly<Record<string, string>>;
  /** The environment for CDK processes. */
  readonly environment: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
}

export interface Cdk {
  /** Synthesizes into a folder. */
  synth(output: string): Promise<void>;
  /** Deploys a cloud assembly, or one stack of it. */
  deploy(assembly: string, stack?: string): Promise<void>;
  bootstrap(environment: string, qualifier?: string): Promise<void>;
  stop(): void;
}

/** The project's CDK: its toolkit library if it has one, because that is faster, otherwise its CLI. */
export function projectCdk(props: CdkProps): Cdk {
  const cli = new CdkCli(props);
  const library = resolveIn(props.project, '@aws-cdk/toolkit-lib');
  return library === undefined ? cli : new CdkToolkit(props, library, cli);
}

/** A failed CDK action, with its output. */
export class CdkError extends Error {}

function resolveIn(project: string, name: string): string | undefined {
  try {
    return createRequire(path.join(project, 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}

class CdkCli implements Cdk {
  constructor(private readonly props: CdkProps) {}

  async synth(output: string): Promise<void> {
    const context = Object.entries(this.props.context ?? {});
    const flags = context.flatMap(([name, value]) => ['--context', `${name}=${value}`]);
    await this.cdk(['synth', '--quiet', '--output', output, ...flags]);
  }

  async deploy(assembly: string, stack = '--all'): Promise<void> {
    const args = ['--require-approval', 'never', '--method', 'direct', '--app', assembly];
    await this.cdk(['deploy', stack, ...args]);
  }

  async bootstrap(environment: string, qualifier?: string): Promise<void> {
    const more =
      qualifier === undefined
        ? []
        : ['--qualifier', qualifier, '--toolkit-stack-name', `CDKToolkit-${qualifier}`];
    await this.cdk(['bootstrap', environment, ...more]);
  }

  stop(): void {
    // Nothing to stop: no process outlives its action.
  }

  private async cdk(args: readonly string[]): Promise<void> {
    const { project, environment, onLine } = this.props;
    const manifest = resolveIn(project, 'aws-cdk/package.json');
    if (manifest === undefined) {
      throw new UserError(
        'there is no CDK CLI in the project',
        'run `npm install --save-dev aws-cdk`',
      );
    }
    const flags = ['--no-notices', '--no-color', '--progress', 'events'];
    const cli = path.join(path.dirname(manifest), 'bin', 'cdk');
    const output: string[] = [];
    try {
      await run(process.execPath, [cli, ...flags, ...args], {
        // A bootstrap needs no app. In the project's folder, the CLI would synthesize it.
        cwd: args[0] === 'bootstrap' ? path.dirname(manifest) : project,
        env: environment,
        onLine: (line) => {
          output.push(line);
          onLine(line);
        },
      });
    } catch {
      throw new CdkError(output.join('\n'));
    }
  }
}

/** The toolkit library in a separate process, which is kept for the next action. */
class CdkToolkit implements Cdk {
  private child?: Promise<ChildProcess>;
  private count = 0;

  constructor(
    private readonly props: CdkProps,
    private readonly library: string,
    private readonly cli: CdkCli,
  ) {}

  async synth(output: string): Promise<void> {
    const { project, context } = this.props;
    const app = appCommand(project);
    await this.ask({ action: 'synth', app, folder: project, output, context });
  }

  async deploy(assembly: string, stack?: string): Promise<void> {
    await this.ask({ action: 'deploy', assembly, stack });
  }

  /** Through the CLI: this is needed once per machine, or for an environment that the user chose. */
  bootstrap(environment: string, qualifier?: string): Promise<void> {
    return this.cli.bootstrap(environment, qualifier);
  }

  stop(): void {
    void this.child?.then((child) => child.kill('SIGKILL'));
  }

  private async ask(action: object): Promise<void> {
    const child = await (this.child ??= this.start());
    const id = ++this.count;
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const finish = (error?: string): void => {
        child.off('message', listen).off('exit', ended);
        if (error === undefined) {
          resolve();
        } else {
          reject(new CdkError([...said, error].join('\n')));
        }
      };
      const ended = (): void => {
        this.child = undefined;
        finish('the process of the CDK’s toolkit library ended');
      };
      const listen = (message: unknown): void => {
        const { type, text, id: of, error } = message as Readonly<Record<string, string>>;
        if (type === 'line' && text !== undefined) {
          text.split('\n').forEach((line) => {
            said.push(line);
            this.props.onLine(line);
          });
        } else if (type === 'done' && String(of) === String(id)) {
          finish(error);
        }
      };
      child.on('message', listen).once('exit', ended);
      child.send({ id, ...action });
    });
  }

  private async start(): Promise<ChildProcess> {
    const { project, environment } = this.props;
    const child = fork(scriptFile('toolkit.mjs'), [this.library], {
      cwd: project,
      env: environment,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await new Promise((resolve, reject) => {
      child.once('message', resolve).once('exit', () => {
        reject(new CdkError('the CDK’s toolkit library in the project does not start'));
      });
    });
    return child;
  }
}

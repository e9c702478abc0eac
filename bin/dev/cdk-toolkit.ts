import { localAppCommand } from './app-command';
import { Cdk, CdkError, CdkProps } from './cdk';
import type { CdkCli } from './cdk-cli';
import { scriptFile } from './script-file';
import { Supervised } from './supervised';

interface Message {
  readonly type: 'ready' | 'line' | 'done';
  readonly text?: string;
  readonly id?: number;
  readonly error?: string;
}

interface Action {
  readonly end: (error?: string) => void;
  readonly said: string[];
}

/** The toolkit library in a separate process, which is kept for the next action. */
export class CdkToolkit implements Cdk {
  private process?: Supervised;
  private action?: Action;
  private count = 0;

  constructor(
    private readonly props: CdkProps,
    private readonly library: string,
    private readonly cli: CdkCli,
  ) {}

  prepare(): void {
    this.process ??= this.start();
  }

  async synth(output: string): Promise<void> {
    const { project, context } = this.props;
    const app = localAppCommand(project);
    await this.ask({ action: 'synth', app, folder: project, output, context });
  }

  async deploy(assembly: string, stack?: string): Promise<void> {
    await this.ask({ action: 'deploy', assembly, stack });
  }

  /** Through the CLI: this is needed once per machine, or for an environment that the user chose. */
  bootstrap(environment: string, qualifier?: string): Promise<void> {
    return this.cli.bootstrap(environment, qualifier);
  }

  rest(): Promise<void> {
    return this.cli.rest();
  }

  async stop(): Promise<void> {
    await Promise.all([this.process?.stop(), this.cli.stop()]);
  }

  /** One action at a time. */
  private async ask(action: object): Promise<void> {
    this.process ??= this.start();
    const id = ++this.count;
    const said: string[] = [];
    const process_ = this.process;
    await new Promise<void>((resolve, reject) => {
      this.action = {
        said,
        end: (error): void => {
          this.action = undefined;
          if (error === undefined) {
            resolve();
          } else {
            reject(new CdkError([...said, error].join('\n')));
          }
        },
      };
      process_.send({ id, ...action });
    });
  }

  private start(): Supervised {
    const { project, environment } = this.props;
    const started = new Supervised(process.execPath, [scriptFile('toolkit.mjs'), this.library], {
      cwd: project,
      env: environment,
      talks: true,
    });
    started.onMessage((message) => {
      this.receive(message as Message);
    });
    void started.exit.then(() => {
      this.process = undefined;
      const last = started.output.trim().split('\n').at(-1) ?? '';
      this.action?.end(`the process of the CDK’s toolkit library ended: ${last}`);
    });
    return started;
  }

  private receive({ type, text, id, error }: Message): void {
    if (type === 'line' && text !== undefined) {
      this.action?.said.push(...text.split('\n'));
    } else if (type === 'done' && id === this.count) {
      this.action?.end(error);
    }
  }
}

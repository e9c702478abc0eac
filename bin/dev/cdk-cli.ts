import * as path from 'node:path';
import { UserError } from '../user-error';
import { localAppCommand } from './app-command';
import { Cdk, CdkError, CdkProps, resolveIn } from './cdk';
import { scriptFile } from './script-file';
import { Supervised } from './supervised';

/** With the stacks of stages, which `--all` leaves out. */
const ALL_STACKS = '**';
/** An option of `deploy` alone. The others would warn of it. */
const PROGRESS = ['--progress', 'events'];
/** Loading the CLI takes about as long. */
const PREPARE_AFTER_MS = 900;

/** The project's CLI: one process for each action, which loads the CLI in advance. */
export class CdkCli implements Cdk {
  private prepared?: Supervised;
  private readonly running = new Set<Supervised>();

  constructor(private readonly props: CdkProps) {}

  prepare(): void {
    this.prepared ??= this.launch();
  }

  async synth(output: string, deploys: boolean): Promise<void> {
    const { project, context } = this.props;
    const given = Object.entries(context ?? {});
    const flags = given.flatMap(([name, value]) => ['--context', `${name}=${value}`]);
    const app = ['--app', localAppCommand(project)];
    // Only then does the app itself run, which leaves a processor free.
    const timer = setTimeout(() => {
      this.prepare();
    }, PREPARE_AFTER_MS);
    if (!deploys) {
      clearTimeout(timer);
    }
    try {
      await this.run(['synth', '--quiet', '--output', output, ...app, ...flags]);
    } finally {
      clearTimeout(timer);
    }
  }

  async deploy(assembly: string, stack = ALL_STACKS): Promise<void> {
    const args = ['--require-approval', 'never', '--method', 'direct', '--app', assembly];
    await this.run(['deploy', stack, ...args]);
  }

  async bootstrap(environment: string, qualifier?: string): Promise<void> {
    const more =
      qualifier === undefined
        ? []
        : ['--qualifier', qualifier, '--toolkit-stack-name', `CDKToolkit-${qualifier}`];
    // A bootstrap needs no app, but would synthesize one if it started in the folder of cdk.json.
    await this.run(['bootstrap', environment, ...more], this.package());
  }

  async rest(): Promise<void> {
    const { prepared } = this;
    this.prepared = undefined;
    await prepared?.stop();
  }

  async stop(): Promise<void> {
    await Promise.all([this.rest(), ...[...this.running].map((each) => each.stop())]);
  }

  private async run(args: readonly string[], cwd = this.props.project): Promise<void> {
    const command = this.prepared ?? this.launch();
    this.prepared = undefined;
    this.running.add(command);
    const flags = ['--no-notices', '--no-color', ...(args[0] === 'deploy' ? PROGRESS : [])];
    command.send({ args: [...flags, ...args], cwd });
    const code = await command.exit;
    this.running.delete(command);
    if (code !== 0) {
      throw new CdkError(command.output);
    }
  }

  private launch(): Supervised {
    const { project, environment } = this.props;
    return new Supervised(process.execPath, [scriptFile('cdk-cli.mjs'), this.package()], {
      cwd: project,
      env: environment,
      talks: true,
    });
  }

  /** The folder of the CLI. */
  private package(): string {
    const manifest = resolveIn(this.props.project, 'aws-cdk/package.json');
    if (manifest === undefined) {
      throw new UserError(
        'there is no CDK CLI in the project',
        'run `npm install --save-dev aws-cdk`',
      );
    }
    return path.dirname(manifest);
  }
}

import * as fs from 'node:fs';
import { CDK } from './bootstrap';
import { forEmulator } from '../../../bin/dev/emulated-template';
import { workFolder } from './folders';
import { synthesizeApp } from './synthesis';
import { run } from '../../../bin/dev/supervised';
import { Target } from './target';

export interface CdkOptions {
  /** The folder of the app's cdk.json. */
  readonly folder: string;
  readonly context?: Readonly<Record<string, string>>;
  /** Whether it deploys without change sets, in half the time. */
  readonly direct?: boolean;
  readonly onLine?: (line: string) => void;
}

/** The CDK CLI in the folder of one app, against one target. */
export class CdkCli {
  /** The cloud assembly of the last synthesis. */
  readonly assembly: string;

  /** What was removed from the last synthesis because the emulator does not support it. */
  removed: readonly string[] = [];

  constructor(
    private readonly target: Target,
    private readonly options: CdkOptions,
  ) {
    this.assembly = workFolder('assembly');
  }

  async synth(): Promise<void> {
    await this.synthAsIs();
    if (this.target.isEmulator) {
      this.removed = forEmulator(this.assembly);
      this.removed.forEach((what) => {
        process.stderr.write(`removed for the emulator, which does not support it: ${what}\n`);
      });
    }
  }

  /** With what the emulator does not support; not to be deployed. */
  async synthAsIs(): Promise<void> {
    const { assembly, target, options } = this;
    if (target.isEmulator) {
      await synthesizeApp({ ...options, assembly, environment: target.cdkEnvironment });
      return;
    }
    const context = Object.entries(this.options.context ?? {});
    const flags = context.flatMap(([name, value]) => ['--context', `${name}=${value}`]);
    await this.cdk(['synth', '--quiet', '--output', this.assembly, ...flags]);
  }

  /** Deploys the last synthesis. */
  async deploy(): Promise<string> {
    const method = this.options.direct === true ? ['--method', 'direct'] : [];
    return this.cdk(['deploy', '--all', '--require-approval', 'never', ...method, ...this.app]);
  }

  async destroy(): Promise<string> {
    return this.cdk(['destroy', '--all', '--force', ...this.app]);
  }

  close(): void {
    fs.rmSync(this.assembly, { recursive: true, force: true });
  }

  private get app(): string[] {
    return ['--app', this.assembly];
  }

  private cdk(args: readonly string[]): Promise<string> {
    return run(CDK, ['--no-notices', '--no-color', '--progress', 'events', ...args], {
      cwd: this.options.folder,
      env: this.target.cdkEnvironment,
      onLine: this.options.onLine,
    });
  }
}

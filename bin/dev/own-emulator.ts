import * as fs from 'node:fs';
import * as path from 'node:path';
import { baseState, BASE_ENVIRONMENT, emulatorPython, hasBaseState } from './base-state';
import type { Cdk } from './cdk';
import type { Environment } from './deployed-state';
import { freePort, LocalEmulator } from './emulator';

export interface OwnEmulatorProps {
  /** Where the emulator and its bootstrapped state are installed. */
  readonly cache: string;
  /** The folder of its state. */
  readonly folder: string;
  /** `<host>:<port>` of the server that runs the functions. */
  readonly functions: string;
  /** Returns the CDK for an environment at an endpoint. */
  readonly cdkFor: (place: Environment, endpoint: string) => Cdk;
  readonly progress: (text: string) => void;
  /** Called when the state is new, so that nothing is deployed. */
  readonly onNewState: () => void;
  /** Called if it ends by itself. */
  readonly onDeath: () => void;
}

/** The emulator that `dev` installs, bootstraps and starts. */
export class OwnEmulator {
  /** Its port is chosen immediately, so that the address is known before it starts. */
  static async at(props: OwnEmulatorProps): Promise<OwnEmulator> {
    return new OwnEmulator(props, await freePort());
  }

  private running?: LocalEmulator;
  private stopped = false;

  private constructor(
    private readonly props: OwnEmulatorProps,
    private readonly port: number,
  ) {}

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Whether it is installed and bootstrapped, so that it starts within a second or two. */
  get startsSoon(): boolean {
    return this.hasState || hasBaseState(this.props.cache);
  }

  /** Whether it has state of an earlier run. */
  get hasState(): boolean {
    return fs.existsSync(path.join(this.props.folder, 'state'));
  }

  async start(): Promise<void> {
    const { cache, folder, functions, progress, onDeath, onNewState } = this.props;
    const python = await emulatorPython(cache, (line) => {
      progress(`${line} (once, into ${cache})`);
    });
    if (!this.hasState) {
      const state = await baseState(cache, (draft) => this.makeBase(python, draft));
      onNewState();
      fs.cpSync(state, folder, { recursive: true });
    }
    if (this.stopped) {
      return;
    }
    progress('starting the AWS emulator');
    this.running = new LocalEmulator({ python, folder, port: this.port, functions, onDeath });
    await this.running.start();
  }

  /** Starts the emulator again after it has ended by itself. */
  async startAgain(): Promise<void> {
    await this.running?.start();
  }

  async enforceIam(enforce: boolean): Promise<void> {
    await this.running?.enforceIam(enforce);
  }

  /** Ends it. If it is still being installed or bootstrapped, it does not start afterwards. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running?.stop();
  }

  /** Bootstraps an emulator and keeps its state for all projects. */
  private async makeBase(python: string, draft: string): Promise<void> {
    const { functions, progress, cdkFor } = this.props;
    progress('bootstrapping the emulator (once)');
    const emulator = new LocalEmulator({
      python,
      folder: draft,
      port: await freePort(),
      functions,
      onDeath: () => undefined,
    });
    await emulator.start();
    const cdk = cdkFor(BASE_ENVIRONMENT, emulator.endpoint);
    try {
      const { account, region } = BASE_ENVIRONMENT;
      await cdk.bootstrap(`aws://${account}/${region}`);
    } finally {
      await cdk.stop();
      await emulator.stop();
    }
  }
}

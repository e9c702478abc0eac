import { bootstrap, bootstrappedState } from './bootstrap';
import { EMULATED_ACCOUNT, EMULATED_REGION, environmentFor } from './cdk-environment';
import { canStartEmulator, Emulator } from './emulator';
import { PYTHON_MISSING } from './python';

/** `real` runs against the account of your own credentials; anything that is deployed there costs what it costs. */
export const REAL_ACCOUNT = process.env.CDK_SERVERLESS_APP_TEST_ACCOUNT === 'real';

const GIVEN_ENDPOINT = REAL_ACCOUNT ? undefined : nonEmpty(process.env.AWS_ENDPOINT_URL);

/** Why nothing can be deployed here, if so. */
export function obstacle(): string | undefined {
  return ownsEmulator() && !canStartEmulator() ? PYTHON_MISSING : undefined;
}

/** Whether the target is an emulator that we start and stop. */
export function ownsEmulator(): boolean {
  return !REAL_ACCOUNT && GIVEN_ENDPOINT === undefined;
}

/** How the clients of the AWS SDK reach the target. */
export interface ClientOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly forcePathStyle?: boolean;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Where the apps are deployed: an emulator that we start, the one in `AWS_ENDPOINT_URL`, or a real account. */
export class Target {
  static async open(): Promise<Target> {
    if (!ownsEmulator()) {
      return new Target(GIVEN_ENDPOINT);
    }
    const emulator = await Emulator.start({ state: await bootstrappedState() });
    return new Target(emulator.endpoint, emulator);
  }

  private constructor(
    readonly endpoint: string | undefined,
    readonly emulator?: Emulator,
  ) {}

  /** What it is, for a line of progress. */
  get description(): string {
    if (this.emulator !== undefined) {
      return `MiniStack at ${this.emulator.endpoint}`;
    }
    return this.endpoint === undefined
      ? 'the account of your credentials'
      : `${this.endpoint} (AWS_ENDPOINT_URL)`;
  }

  get isEmulator(): boolean {
    return this.endpoint !== undefined;
  }

  /** Makes the target ready for the CDK. Our own emulator is from the start; a real account is bootstrapped by its owner. */
  async bootstrap(): Promise<void> {
    if (this.endpoint !== undefined && this.emulator === undefined) {
      await bootstrap(this.endpoint);
    }
  }

  get clientOptions(): ClientOptions {
    return this.endpoint === undefined
      ? {}
      : {
          region: EMULATED_REGION,
          endpoint: this.endpoint,
          forcePathStyle: true,
          // A key of 12 digits is the number of the account.
          credentials: { accessKeyId: EMULATED_ACCOUNT, secretAccessKey: 'test' },
        };
  }

  /** The environment of the CDK's command line. */
  get cdkEnvironment(): NodeJS.ProcessEnv {
    return this.endpoint === undefined ? process.env : environmentFor(this.endpoint);
  }

  async close(): Promise<void> {
    await this.emulator?.stop();
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

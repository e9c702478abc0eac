import * as fs from 'node:fs';
import * as path from 'node:path';
import { canStartEmulator, Emulator, EMULATOR_FOLDER, PYTHON_MISSING } from './emulator';

/** `real` runs against the account of your own credentials; anything that is deployed there costs what it costs. */
export const REAL_ACCOUNT = process.env.CDK_SERVERLESS_APP_TEST_ACCOUNT === 'real';

const GIVEN_ENDPOINT = REAL_ACCOUNT ? undefined : nonEmpty(process.env.AWS_ENDPOINT_URL);
const EMULATED_ACCOUNT = '000000000000';
const EMULATED_REGION = 'us-east-1';

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

/** Where the apps are deployed: an emulator of our own, the one in `AWS_ENDPOINT_URL`, or a real account. */
export class Target {
  static async open(): Promise<Target> {
    if (!ownsEmulator()) {
      return new Target(GIVEN_ENDPOINT);
    }
    const emulator = await Emulator.start();
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

  /** `aws://<account>/<region>` of an emulator; a real account is bootstrapped by whoever owns it. */
  get bootstrapEnvironment(): string | undefined {
    return this.endpoint === undefined ? undefined : `aws://${EMULATED_ACCOUNT}/${EMULATED_REGION}`;
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
    if (this.endpoint === undefined) {
      return process.env;
    }
    const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    // The CDK keeps the number of a key's account in its home, which it finds without looking at HOME.
    const home = path.join(EMULATOR_FOLDER, 'cdk-home');
    fs.mkdirSync(home, { recursive: true });
    return {
      ...Object.fromEntries(ours),
      // The unit tests have the CDK validate the examples' templates. It would take two thirds of each synthesis here.
      CDK_VALIDATION: 'false',
      CDK_HOME: home,
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ENDPOINT_URL_S3: this.endpoint,
      AWS_ACCESS_KEY_ID: EMULATED_ACCOUNT,
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: EMULATED_REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_PROXY: '127.0.0.1,localhost',
    };
  }

  async close(): Promise<void> {
    await this.emulator?.stop();
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

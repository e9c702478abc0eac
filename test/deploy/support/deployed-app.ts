import * as path from 'node:path';
import { CdkCli } from './cdk-cli';
import { DeployedStack } from './deployed-stack';
import { emptyBuckets } from './drive';
import { REPOSITORY } from './folders';
import { obstacle, ownsEmulator, REAL_ACCOUNT, Target } from './target';

const DEPLOY_TIMEOUT_MS = REAL_ACCOUNT ? 900_000 : 180_000;

/** The timeout of one test, longer than any wait inside one. */
export const TEST_TIMEOUT_MS = REAL_ACCOUNT ? 900_000 : 90_000;

/** A real account always enforces IAM. An emulator that we did not start keeps its own mode. */
export type IamMode = 'without IAM' | 'with IAM enforced' | 'as the target does it';
export const IAM_MODES: readonly IamMode[] = ownsEmulator()
  ? ['without IAM', 'with IAM enforced']
  : ['as the target does it'];

export interface DeployedAppProps {
  /** The folder of the app's cdk.json, from the root of the repository or absolute. */
  readonly folder: string;
  readonly stackName: string;
  readonly context?: Readonly<Record<string, string>>;
  /** Whether the emulator gets change sets, as by `cdk deploy` without options. A real account always does. */
  readonly changeSets?: boolean;
}

/** An app that the CDK has deployed to a target for the tests. */
export class DeployedApp {
  static async deploy(props: DeployedAppProps): Promise<DeployedApp> {
    const target = await Target.open();
    const folder = path.resolve(REPOSITORY, props.folder);
    const direct = target.isEmulator && props.changeSets !== true;
    const cdk = new CdkCli(target, { ...props, folder, direct });
    const app = new DeployedApp(props.stackName, target, cdk);
    try {
      if ((await DeployedStack.find(target, props.stackName)) !== undefined) {
        throw new Error(`there is a stack ${props.stackName} already, which is not the test’s`);
      }
      await Promise.all([app.cdk.synth(), target.bootstrap()]);
      await app.cdk.deploy();
      app.deployed = await DeployedStack.get(target, props.stackName);
      return app;
    } catch (error) {
      await app.close();
      throw error;
    }
  }

  private deployed?: DeployedStack;

  private constructor(
    private readonly stackName: string,
    readonly target: Target,
    private readonly cdk: CdkCli,
  ) {}

  get stack(): DeployedStack {
    if (this.deployed === undefined) {
      throw new Error(`${this.stackName} is not deployed`);
    }
    return this.deployed;
  }

  /** The cloud assembly that is deployed. */
  get assembly(): string {
    return this.cdk.assembly;
  }

  /** The names of what was removed from the template for the emulator. */
  get removed(): readonly string[] {
    return this.cdk.removed;
  }

  /** Synthesizes and deploys again, and returns the CDK's output. */
  async deployAgain(): Promise<string> {
    await this.iam('without IAM');
    await this.cdk.synth();
    return this.cdk.deploy();
  }

  /** Turns the enforcement of IAM on or off, in an emulator that we started. Deployed stacks stay. */
  async iam(mode: IamMode): Promise<void> {
    const enforceIam = mode === 'with IAM enforced';
    const { emulator } = this.target;
    if (emulator !== undefined && emulator.enforcesIam !== enforceIam) {
      await emulator.restart({ enforceIam });
    }
  }

  /** Empties the buckets and destroys the stack. */
  async destroy(): Promise<void> {
    await this.iam('without IAM');
    await emptyBuckets(this.target, this.stack.resources);
    await this.cdk.destroy();
    this.deployed = undefined;
  }

  async close(): Promise<void> {
    try {
      if (this.deployed !== undefined && this.target.emulator === undefined) {
        await this.destroy();
      }
    } finally {
      this.cdk.close();
      await this.target.close();
    }
  }
}

/** A block of tests of one deployed app. Without a target it is skipped with a message, except in CI, where it fails. */
export function describeDeployed(
  name: string,
  props: DeployedAppProps,
  tests: (app: () => DeployedApp) => void,
): void {
  const missing = obstacle();
  if (missing !== undefined && process.env.CI === undefined) {
    // Not by the console, whose lines jest keeps to itself where all tests of a file are skipped.
    process.stderr.write(`${name}: skipped. ${missing}\n`);
    describe.skip(name, () => {
      tests(() => {
        throw new Error(missing);
      });
    });
    return;
  }
  describe(name, () => {
    let app: DeployedApp | undefined;
    beforeAll(async () => {
      app = await DeployedApp.deploy(props);
    }, DEPLOY_TIMEOUT_MS);
    afterAll(async () => {
      await app?.close();
    }, DEPLOY_TIMEOUT_MS);
    tests(() => {
      if (app === undefined) {
        throw new Error(`${props.stackName} was not deployed`);
      }
      return app;
    });
  });
}

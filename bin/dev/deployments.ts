import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AppModel } from '../../lib/model/app-model';
import { UserError } from '../user-error';
import { BASE_ENVIRONMENT } from './base-state';
import { Cdk, CdkError } from './cdk';
import { deploymentFailed } from './cdk-failures';
import { digestOf, Environment, environmentsOf } from './deployed-state';
import type { Kept, KeptDeployment } from './kept-deployment';

export interface DeploymentsProps {
  readonly kept: KeptDeployment;
  /** The only app to deploy. */
  readonly app?: string;
  readonly enforceIam: boolean;
  readonly cdkFor: (place: Environment) => Cdk;
  /** Whether the emulator enforces IAM from now on. */
  readonly enforce: (enforce: boolean) => Promise<void>;
  readonly progress: (text: string) => void;
}

/** Deploys to the emulator, and knows what is deployed. */
export class Deployments {
  /** The account and region of the stacks. */
  place: Environment = BASE_ENVIRONMENT;
  private current: Cdk | undefined;

  constructor(private readonly props: DeploymentsProps) {}

  get cdk(): Cdk {
    return (this.current ??= this.props.cdkFor(this.place));
  }

  async stop(): Promise<void> {
    await this.current?.stop();
  }

  /** Deploys an assembly if it differs from what is deployed. Returns whether it did. */
  async deploy(
    assembly: string,
    models: readonly AppModel[],
    { force, inputs }: { readonly force: boolean; readonly inputs: string | undefined },
  ): Promise<boolean> {
    await this.prepareEnvironment(assembly);
    const { kept, app, enforce, enforceIam, progress } = this.props;
    const digest = digestFor(assembly, app);
    const isNew = force || kept.digest !== digest;
    if (isNew) {
      progress('deploying');
      await enforce(false); // The CDK cannot deploy while IAM is enforced.
      for (const stack of app === undefined ? [undefined] : models.map(stackPath)) {
        await this.cdk.deploy(assembly, stack).catch((error: unknown) => {
          throw error instanceof CdkError ? deploymentFailed(error) : error;
        });
      }
    } else {
      await this.cdk.rest();
    }
    kept.write({ digest, environment: this.place, assembly, inputs });
    await enforce(enforceIam);
    return isNew;
  }

  /** The assembly that an earlier run deployed, if it was built from the same inputs. */
  kept(inputs: string | undefined): (Kept & { readonly assembly: string }) | undefined {
    const found = this.props.kept.read();
    const { assembly } = found ?? {};
    if (found === undefined || assembly === undefined || inputs === undefined) {
      return undefined;
    }
    const same =
      found.inputs === inputs &&
      fs.existsSync(path.join(assembly, 'manifest.json')) &&
      found.digest === digestFor(assembly, this.props.app);
    return same ? { ...found, assembly } : undefined;
  }

  /** Takes over what an earlier run has deployed. */
  async resume({ environment }: Kept): Promise<void> {
    await this.changePlace(environment);
    await this.props.enforce(this.props.enforceIam);
  }

  /** The account and region of the stacks must be bootstrapped. */
  private async prepareEnvironment(assembly: string): Promise<void> {
    const [place, ...others] = environmentsOf(assembly);
    if (place === undefined) {
      return;
    }
    if (others.some((other) => other.account !== place.account)) {
      throw new UserError(
        'the app deploys to several accounts, but the emulator has only one at a time',
        'run a part of it: `serverless-app dev --app <name>`',
      );
    }
    if ((await this.changePlace(place)) && !this.props.kept.isBootstrapped(place)) {
      const { account, region, qualifier } = place;
      this.props.progress(`bootstrapping ${account}/${region} in the emulator`);
      const own = qualifier === BASE_ENVIRONMENT.qualifier ? undefined : qualifier;
      await this.cdk.bootstrap(`aws://${account}/${region}`, own);
    }
  }

  private async changePlace(place: Environment): Promise<boolean> {
    if (JSON.stringify(place) === JSON.stringify(this.place)) {
      return false;
    }
    await this.current?.stop();
    this.place = place;
    this.current = undefined;
    return true;
  }
}

/** `Prod/Orders`, by which the CDK selects a stack. */
function stackPath({ app }: AppModel): string {
  return app.path.split('/').slice(0, -1).join('/');
}

/** A key that depends on what is deployed, and on how much of it. */
function digestFor(assembly: string, app: string | undefined): string {
  return app === undefined ? digestOf(assembly) : `${digestOf(assembly)} ${app}`;
}

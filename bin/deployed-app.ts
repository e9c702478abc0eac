import type { AppModel } from '../lib/model/app-model';
import type { AwsOptions } from './aws/clients';
import { needsExports, placeOf, resolve } from './resolve';
import type { DeployedStack, StackReader } from './deployed-stack';
import { UserError } from './user-error';

/** An app with the physical names of its resources. */
export interface DeployedApp {
  /** The model with its expressions resolved; what cannot be resolved is absent. */
  readonly model: AppModel;
  readonly stack: DeployedStack;
  readonly region: string;
  readonly account: string;
}

/** The region of an app's calls: the user's, else the stack's, else the SDK's. */
export function placeOptions(options: AwsOptions, model: AppModel): AwsOptions {
  const { region } = model.app as { readonly region: unknown };
  const own = typeof region === 'string' ? region : undefined;
  return { profile: options.profile, region: options.region ?? own };
}

export async function findDeployed(model: AppModel, reader: StackReader): Promise<DeployedApp> {
  const described = await reader.describe(stackNameOf(model));
  const stack = needsExports(model) ? { ...described, exports: await reader.exports() } : described;
  const { region, account } = placeOf(stack);
  return { model: resolve(model, stack) as AppModel, stack, region, account };
}

function stackNameOf(model: AppModel): string {
  const { stack } = model.app as { readonly stack: unknown };
  if (typeof stack !== 'string') {
    throw new UserError(
      `the stack name of ${model.app.path} is unknown`,
      'give the stack a literal `stackName`',
    );
  }
  return stack;
}

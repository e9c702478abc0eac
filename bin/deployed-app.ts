import type { AppModel } from '../lib/model/app-model';
import type { AwsOptions } from './aws/clients';
import { needsExports, placeOf, resolve } from './resolve';
import type { StackFacts, StackReader } from './stack-facts';
import { UserError } from './user-error';

/** An app with the names that its resources have at AWS. */
export interface DeployedApp {
  /** The model, with what CloudFormation made of its expressions; what cannot be known is absent. */
  readonly model: AppModel;
  readonly stack: StackFacts;
  readonly region: string;
  readonly account: string;
}

/** Where the calls of an app go: as the user says, else where its stack is said to be, else as the SDK finds it. */
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
      `the name of the stack of ${model.app.path} is not known`,
      'give the stack a `stackName` that is no token',
    );
  }
  return stack;
}

import { readModels } from './assembly';
import { select } from './choose-app';
import type { AwsOptions } from './aws/clients';
import type { Cloud, Connect } from './cloud';
import type { Invocation } from './command-spec';
import { DeployedApp, findDeployed, placeOptions } from './deployed-app';
import { UserError } from './user-error';

/** A deployed app, and the AWS clients for its account and region. */
export interface OpenApp {
  readonly app: DeployedApp;
  readonly cloud: Cloud;
}

export function awsOptions(options: Invocation['options']): AwsOptions {
  return { profile: text(options.profile), region: text(options.region) };
}

/** The chosen apps of the cloud assembly, as they are deployed. */
export async function openApps(
  options: Invocation['options'],
  name: string | undefined,
  connect: Connect,
): Promise<OpenApp[]> {
  const models = select(readModels(String(options.assembly)), name);
  return Promise.all(
    models.map(async (model) => {
      const place = placeOptions(awsOptions(options), model);
      const app = await findDeployed(model, await connect(place).stacks());
      return { app, cloud: connect({ ...place, region: app.region }) };
    }),
  );
}

/** The chosen app, which must be the only one. */
export async function openApp(
  options: Invocation['options'],
  name: string | undefined,
  connect: Connect,
): Promise<OpenApp> {
  const models = select(readModels(String(options.assembly)), name);
  if (models.length > 1) {
    throw new UserError(
      `there are ${models.length} apps: ${models.map(({ app }) => app.path).join(', ')}`,
      'choose one with --app or SERVERLESS_APP',
    );
  }
  const [open] = await openApps(options, name, connect);
  if (open === undefined) {
    throw new UserError('there is no app', 'see `serverless-app describe`');
  }
  return open;
}

export function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

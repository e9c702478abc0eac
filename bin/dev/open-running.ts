import * as path from 'node:path';
import { Connect, connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { OpenApp, openApp, text } from '../open-app';
import { UserError } from '../user-error';
import { awsVariables } from './emulator-environment';
import { RunningDev, runningDev } from './lock';

/** The app of the `dev` that runs in this folder. */
export async function openRunning(
  options: Invocation['options'],
  connect: Connect = awsConnect,
): Promise<OpenApp> {
  const { endpoint, assembly, account, region } = requireRunning();
  Object.assign(process.env, awsVariables({ endpoint, account, region }));
  return openApp({ assembly, region }, text(options.app), connect);
}

/** The `dev` that runs in this folder, once it has deployed. */
export function requireRunning(): Ready {
  const running = runningDev('.');
  if (running === undefined) {
    throw new UserError(
      `no \`serverless-app dev\` runs in ${path.resolve('.')}`,
      'start it in another terminal: `npx serverless-app dev`',
    );
  }
  const { endpoint, assembly, report } = running;
  if (endpoint === undefined || assembly === undefined || report === undefined) {
    throw new UserError('`serverless-app dev` has not deployed yet', 'wait until it is ready');
  }
  return { ...running, endpoint, assembly, report };
}

type Ready = RunningDev & Required<Pick<RunningDev, 'endpoint' | 'assembly' | 'report'>>;

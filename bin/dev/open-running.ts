import * as path from 'node:path';
import { Connect, connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { OpenApp, openApp, text } from '../open-app';
import { UserError } from '../user-error';
import { awsVariables } from './emulator-environment';
import { runningDev } from './lock';

/** The app of the `dev` that runs in this folder. */
export async function openRunning(
  options: Invocation['options'],
  connect: Connect = awsConnect,
): Promise<OpenApp> {
  const running = runningDev('.');
  if (running === undefined) {
    throw new UserError(
      `no \`serverless-app dev\` runs in ${path.resolve('.')}`,
      'start it in another terminal: `npx serverless-app dev`',
    );
  }
  const { endpoint, assembly, account, region } = running;
  if (endpoint === undefined || assembly === undefined) {
    throw new UserError('`serverless-app dev` has not deployed yet', 'wait until it is ready');
  }
  Object.assign(process.env, awsVariables({ endpoint, account, region }));
  return openApp({ assembly, region }, text(options.app), connect);
}

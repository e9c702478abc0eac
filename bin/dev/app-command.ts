import * as fs from 'node:fs';
import * as path from 'node:path';
import { asText, parseJsonObject } from '../json/unknown';
import { UserError } from '../user-error';

/** A command that the project has installed, run through npm: `npx tsx app.ts`. */
const THROUGH_NPX = /^npx ([A-Za-z0-9][\w.-]*)(?= |$)/;

const BYTE_ORDER_MARK = /^\uFEFF/;

/** The command in cdk.json that synthesizes. */
export function appCommand(project: string): string {
  const file = path.join(project, 'cdk.json');
  if (!fs.existsSync(file)) {
    throw new UserError(
      `there is no cdk.json in ${path.resolve(project)}`,
      'run `serverless-app dev` in the folder of your CDK app',
    );
  }
  const settings = parseJsonObject(fs.readFileSync(file, 'utf8').replace(BYTE_ORDER_MARK, ''));
  if (settings === undefined) {
    throw new UserError('cdk.json is not a JSON object', 'correct it');
  }
  const app = asText(settings.app);
  if (app === undefined) {
    throw new UserError(
      'cdk.json has no `app`',
      'add the command that synthesizes, for example `"app": "npx tsx bin/app.ts"`',
    );
  }
  return app;
}

/** The same command, without the half second that npx takes to find the program in `node_modules/.bin`. */
export function localAppCommand(project: string, platform = process.platform): string {
  const command = appCommand(project);
  const [whole, name = ''] = THROUGH_NPX.exec(command) ?? [];
  const local = `node_modules/.bin/${name}`;
  return whole === undefined || platform === 'win32' || !fs.existsSync(path.join(project, local))
    ? command
    : local + command.slice(whole.length);
}

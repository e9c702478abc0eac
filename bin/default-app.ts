import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CommandSpec, Invocation } from './command-spec';
import { asText, at, parseJson } from './json/unknown';

const VARIABLE = 'SERVERLESS_APP';
const CONTEXT_KEY = 'cdk-serverless-app:app';

/** The app named by the environment, else by the context in `cdk.json`. */
export function defaultApp(env: NodeJS.ProcessEnv, folder: string): string | undefined {
  const variable = env[VARIABLE] ?? '';
  return variable === '' ? appOfCdkJson(path.join(folder, 'cdk.json')) : variable;
}

function appOfCdkJson(file: string): string | undefined {
  try {
    return asText(at(parseJson(fs.readFileSync(file, 'utf8')), 'context', CONTEXT_KEY));
  } catch {
    return undefined; // the CDK itself reports a `cdk.json` that cannot be read
  }
}

/** The invocation, with the default app added if the command expects an app and none was given. */
export function withDefaultApp(
  { args, options }: Invocation,
  spec: CommandSpec,
  app: string | undefined,
): Invocation {
  const takesArgument = spec.arguments?.[0]?.name === 'app';
  const takesOption = spec.options?.some(({ flags }) => flags.startsWith('--app ')) === true;
  return {
    args: takesArgument && args.length === 0 && app !== undefined ? [app] : args,
    options: takesOption ? { ...options, app: options.app ?? app } : options,
  };
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseJsonObject } from '../json/unknown';

export const EMULATED_ACCOUNT = '000000000000';
export const EMULATED_REGION = 'us-east-1';
const STACK_FRAMES = '--stack-trace-limit=50';

export interface EmulatedPlace {
  readonly endpoint: string;
  readonly account?: string;
  readonly region?: string;
  /** The home of the CDK CLI. It caches the account number of a key there, and does not derive the folder from HOME. */
  readonly cdkHome: string;
}

/** The variables with which AWS clients reach an emulator instead of AWS. */
export function awsVariables({
  endpoint,
  account = EMULATED_ACCOUNT,
  region = EMULATED_REGION,
}: Omit<EmulatedPlace, 'cdkHome'>): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    // MiniStack uses an access key of 12 digits as the account number.
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: '127.0.0.1,localhost',
  };
}

/** The environment in which the CDK CLI and other AWS clients reach an emulator instead of AWS. */
export function environmentFor({ cdkHome, ...place }: EmulatedPlace): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  fs.mkdirSync(cdkHome, { recursive: true });
  return {
    ...Object.fromEntries(ours),
    // A deployment to AWS validates the templates. Here, validation would take two thirds of each synthesis.
    CDK_VALIDATION: 'false',
    // Otherwise each command of the CDK starts another process, which reports to AWS.
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_HOME: cdkHome,
    // The default of 10 frames often ends within the library, before the line of the app.
    NODE_OPTIONS: [process.env.NODE_OPTIONS, STACK_FRAMES].filter(Boolean).join(' '),
    ...awsVariables(place),
  };
}

/** Whether the CDK already knows the account number for the emulator's key, so that a synthesis does not need to ask the emulator. */
export function knowsAccount(cdkHome: string, account = EMULATED_ACCOUNT): boolean {
  const file = path.join(cdkHome, 'cache', 'accounts_partitions.json');
  return (
    fs.existsSync(file) && parseJsonObject(fs.readFileSync(file, 'utf8'))?.[account] !== undefined
  );
}

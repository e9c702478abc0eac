import * as fs from 'node:fs';
import * as path from 'node:path';
import { EMULATOR_FOLDER } from './folders';

export const EMULATED_ACCOUNT = '000000000000';
export const EMULATED_REGION = 'us-east-1';

/** The environment in which the CDK CLI, and other clients of AWS, reach an emulator instead of AWS. */
export function environmentFor(endpoint: string): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  // The CDK caches the account number of a key in its home, which it does not derive from HOME.
  const home = path.join(EMULATOR_FOLDER, 'cdk-home');
  fs.mkdirSync(home, { recursive: true });
  return {
    ...Object.fromEntries(ours),
    // The unit tests have the CDK validate the examples' templates. It would take two thirds of each synthesis here.
    CDK_VALIDATION: 'false',
    CDK_HOME: home,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    // MiniStack takes a key of 12 digits for the account number.
    AWS_ACCESS_KEY_ID: EMULATED_ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: EMULATED_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: '127.0.0.1,localhost',
  };
}

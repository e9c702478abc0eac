import * as path from 'node:path';
import { environmentFor as environmentOf } from '../../../bin/dev/emulator-environment';
import { EMULATOR_FOLDER } from './folders';

export { EMULATED_ACCOUNT, EMULATED_REGION } from '../../../bin/dev/emulator-environment';

/** The environment in which the CDK CLI, and other clients of AWS, reach an emulator instead of AWS. */
export function environmentFor(endpoint: string): NodeJS.ProcessEnv {
  return environmentOf({ endpoint, cdkHome: path.join(EMULATOR_FOLDER, 'cdk-home') });
}

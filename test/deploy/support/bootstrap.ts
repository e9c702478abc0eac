import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { scriptFile } from '../../../bin/dev/script-file';
import { EMULATED_ACCOUNT, EMULATED_REGION, environmentFor } from './cdk-environment';
import { Emulator } from './emulator';
import { EMULATOR_FOLDER, madeOnce, REPOSITORY } from './folders';
import { run } from '../../../bin/dev/supervised';

export const CDK = path.join(REPOSITORY, 'node_modules', '.bin', 'cdk');

/** What the state of a bootstrapped emulator follows from: another version is another folder. */
const MADE_OF = [
  scriptFile('requirements.txt'),
  scriptFile('start-emulator.py'),
  path.join(REPOSITORY, 'node_modules', 'aws-cdk', 'package.json'),
];

/** Creates the roles and the bucket that the CDK deploys with, in an emulator. */
export async function bootstrap(endpoint: string): Promise<void> {
  const environment = `aws://${EMULATED_ACCOUNT}/${EMULATED_REGION}`;
  fs.mkdirSync(EMULATOR_FOLDER, { recursive: true });
  await run(CDK, ['--no-notices', '--no-color', '--progress', 'events', 'bootstrap', environment], {
    cwd: EMULATOR_FOLDER, // without an app: the environment says it all
    env: environmentFor(endpoint),
  });
}

/** A folder with the state of an emulator that has been bootstrapped and nothing else. It is made once, and emulators start with a copy. */
export function bootstrappedState(): Promise<string> {
  const hash = createHash('sha256');
  MADE_OF.forEach((file) => hash.update(fs.readFileSync(file)));
  return madeOnce(`bootstrapped-${hash.digest('hex').slice(0, 12)}`, async (draft) => {
    const emulator = await Emulator.start();
    try {
      await bootstrap(emulator.endpoint);
      await emulator.saveState(draft);
    } finally {
      await emulator.stop();
    }
  });
}

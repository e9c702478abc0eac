// Runs the CDK's CLI once: `node cdk-cli.mjs <folder of the package aws-cdk>`. It loads the CLI immediately, which takes most of the time
// of a short command, and waits for the message with the arguments.
import { createRequire } from 'node:module';
import * as path from 'node:path';
import process from 'node:process';
import { setImmediate } from 'node:timers';

const [, , folder] = process.argv;
const require = createRequire(import.meta.url);
const command = path.join(folder, 'bin', 'cdk');

process.once('message', ({ args, cwd }) => {
  // Closed later, because Node.js 20 fails if the channel is closed while a queued message is being delivered.
  setImmediate(() => {
    process.disconnect(); // An open channel keeps the process alive.
    process.chdir(cwd);
    process.argv = [process.execPath, command, ...args];
    require(command);
  });
});
process.setSourceMapsEnabled(true); // as the command does before it loads its code
try {
  require(path.join(folder, 'lib', 'index.js'));
} catch {
  // The command loads what it needs.
}

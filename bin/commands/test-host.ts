import { runForTests, TestHostOptions } from '../dev/test-host';
import type { Io } from '../io';
import { UserError } from '../user-error';

/** Not a command for users: `cdk-serverless-app/testing` starts it. */
export async function testHost(options: string | undefined, io: Io): Promise<number> {
  if (options === undefined) {
    throw new UserError('`test-host` is not a command', 'use `testApp()`, see docs/testing.md');
  }
  await io.interruptible((signal) => runForTests(JSON.parse(options) as TestHostOptions, signal));
  return 0;
}

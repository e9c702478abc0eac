import type { Invocation } from '../command-spec';
import { COMMANDS } from '../commands';
import { completionScript, Shell } from '../completion-scripts';
import type { Io } from '../io';

/** `completion <shell>`; which shells there are has been checked. */
export function completion({ args: [shell] }: Invocation, io: Io): number {
  io.out(completionScript(shell as Shell, 'serverless-app', COMMANDS));
  return 0;
}

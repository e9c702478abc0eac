import type { Invocation } from '../command-spec';
import { PROGRAM } from '../commands';
import { completionScript, Shell } from '../completion-scripts';
import type { Io } from '../io';

/** `completion <shell>`; which shells there are has been checked. */
export function completion({ args: [shell] }: Invocation, io: Io): number {
  io.out(completionScript(shell as Shell, PROGRAM.name, PROGRAM.commands));
  return 0;
}

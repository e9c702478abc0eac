import type { CommandSpec, Run } from '../command-spec';
import { completionScript, Shell } from '../completion-scripts';

/** `completion <shell>`. The command line has checked the shell. */
export function completionOf(program: string, commands: readonly CommandSpec[]): Run {
  return ({ args: [shell] }, io) => {
    io.out(completionScript(shell as Shell, program, commands));
    return 0;
  };
}

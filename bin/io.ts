import pc from 'picocolors';
import { BROKEN_PIPE, Interruption } from './interruption';
import { guarded, printable } from './text/printable';

export type Colors = ReturnType<typeof pc.createColors>;

/** The effects of a command other than calls to AWS. */
export interface Io {
  /** Writes data to standard output. */
  readonly out: (text: string) => void;
  /** Writes a note to standard error. */
  readonly say: (line: string) => void;
  /** Runs work, and ends it through its `AbortSignal` on a signal or when the reader of standard output closes it. */
  interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Shows a spinner on a terminal while `work` runs; the work can change the text. */
  during<T>(text: string, work: (tell: (text: string) => void) => Promise<T>): Promise<T>;
  /** Asks on the terminal; `undefined` if there is none. */
  confirm(question: string): Promise<boolean | undefined>;
  /** Colours for standard output. */
  readonly colors: Colors;
  /** The width of standard output, if it is a terminal. */
  readonly columns?: number;
  now(): Date;
}

/** Colour only on a terminal, and never if `NO_COLOR` has a value (https://no-color.org). */
export function wantsColor(isTerminal: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  const noColor = env.NO_COLOR ?? '';
  // Node.js has `undefined` for anything but a terminal, which the library would replace with its own default.
  return isTerminal === true && noColor === '' && env.TERM !== 'dumb';
}

export function processIo(host: NodeJS.Process): Io {
  const { stdin, stdout, stderr, env } = host;
  const styled = wantsColor(stdout.isTTY, env);
  const interruption = new Interruption(host);
  // `| head` closes the pipe early. Whether that is a failure depends on the work under way, so the exit code decides.
  for (const stream of [stdout, stderr]) {
    stream.on('error', () => {
      interruption.end(BROKEN_PIPE);
    });
  }
  return {
    out: (text) => void stdout.write(guarded(text, styled)),
    say: (line) => void stderr.write(`${guarded(line, false)}\n`),
    interruptible: (work) => interruption.during(work),
    during: async (text, work) => {
      // The spinner divides by the width, and never ends if a terminal reports none.
      if (!wantsColor(stderr.isTTY, env) || !(stderr.columns > 0)) {
        return work(() => undefined);
      }
      const { createSpinner } = await import('nanospinner');
      const spinner = createSpinner(printable(text), { stream: stderr }).start();
      try {
        return await work((change) => spinner.update({ text: printable(change) }));
      } finally {
        spinner.reset();
        spinner.clear();
      }
    },
    confirm: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) {
        return undefined;
      }
      const { createInterface } = await import('node:readline/promises');
      const prompt = createInterface({ input: stdin, output: stderr });
      prompt.once('SIGINT', () => host.kill(host.pid, 'SIGINT')); // Otherwise the prompt would not pass this on.
      try {
        const answer = await prompt.question(`${printable(question)} [y/N] `);
        return /^y(es)?$/i.test(answer.trim());
      } finally {
        prompt.close();
      }
    },
    colors: pc.createColors(styled),
    columns: stdout.isTTY ? stdout.columns : undefined,
    now: () => new Date(),
  };
}

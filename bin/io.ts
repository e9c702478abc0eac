import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** What a command may do to the world around it, AWS apart. */
export interface Io {
  /** Data: standard output. */
  readonly out: (text: string) => void;
  /** Talk: a line on standard error. */
  readonly say: (line: string) => void;
  /** Shows on a terminal that something long is going on; the work may change the text. */
  during<T>(text: string, work: (tell: (text: string) => void) => Promise<T>): Promise<T>;
  /** Asks on the terminal. `undefined` where there is none. */
  confirm(question: string): Promise<boolean | undefined>;
  /** Colours of standard output. */
  readonly colors: Colors;
  /** How many columns standard output has, if it is a terminal. */
  readonly columns?: number;
  now(): Date;
}

/** Colour only on a terminal, and never where `NO_COLOR` has a value (https://no-color.org). */
export function wantsColor(isTerminal: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  const noColor = env.NO_COLOR ?? '';
  // Node.js says `undefined` of what is no terminal, and that the library would take for its own default.
  return isTerminal === true && noColor === '' && env.TERM !== 'dumb';
}

export function processIo({ stdin, stdout, stderr, env }: NodeJS.Process): Io {
  return {
    out: (text) => void stdout.write(text),
    say: (line) => void stderr.write(`${line}\n`),
    during: async (text, work) => {
      if (!wantsColor(stderr.isTTY, env)) {
        return work(() => undefined);
      }
      const { createSpinner } = await import('nanospinner');
      const spinner = createSpinner(text, { stream: stderr }).start();
      try {
        return await work((change) => spinner.update({ text: change }));
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
      try {
        return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
      } finally {
        prompt.close();
      }
    },
    colors: pc.createColors(wantsColor(stdout.isTTY, env)),
    columns: stdout.isTTY ? stdout.columns : undefined,
    now: () => new Date(),
  };
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
/** 128 plus the number of SIGPIPE. */
export const BROKEN_PIPE = 141;

/** Thrown if work ends early at the request of the user or the system. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

/**
 * Runs work that must clean up. A signal, or a closed reader of standard output, aborts the work, which throws `Interrupted` and
 * cleans up on its way out. Outside such work, and on a second signal, the process ends at once.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private running = 0;

  constructor(private readonly host: Pick<NodeJS.Process, 'once' | 'off' | 'exit'>) {}

  end(exitCode: number): void {
    if (this.running === 0) {
      this.host.exit(exitCode);
    }
    this.controller.abort(new Interrupted(exitCode));
  }

  async during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const listeners = Object.entries(SIGNALS).map(([signal, exitCode]) => {
      const listener = (): void => {
        this.end(exitCode);
      };
      return [signal, listener] as const;
    });
    this.running++;
    listeners.forEach(([signal, listener]) => this.host.once(signal, listener));
    try {
      return await work(this.controller.signal);
    } finally {
      this.running--;
      listeners.forEach(([signal, listener]) => this.host.off(signal, listener));
    }
  }
}

/** Waits for work that cannot be stopped, such as a call to AWS, but only until the signal. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

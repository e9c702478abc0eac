import { createHash } from 'node:crypto';

/**
 * The process of the whole test run. The workers of a run are its children: those of jest and vitest have a channel to it, and
 * `node --test` says that it started them. Threads, and tests without a runner, are in the run's own process.
 */
export function runProcess(
  host: Pick<NodeJS.Process, 'pid' | 'ppid' | 'env'> & { readonly connected?: boolean } = process,
): number {
  const isChild =
    host.connected === true || host.env.NODE_TEST_CONTEXT?.startsWith('child') === true;
  return isChild ? host.ppid : host.pid;
}

/** The name of an app in a test run: apps with the same options share one. */
export function nameInRun(run: number, options: object): string {
  const hash = createHash('sha256').update(JSON.stringify(options)).digest('hex').slice(0, 12);
  return `test-${run}-${hash}`;
}

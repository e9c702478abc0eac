import type { FunctionModel } from '../../lib/model/app-model';
import type { LiveCounts } from '../../lib/report/live-section';
import type { Ran } from './function-pool';

/** Counts the invocations of a running app's functions. */
export class LiveCounter {
  private readonly functions = new Map<string, LiveCounts>();

  /** By the path of the function. */
  get counts(): Readonly<Record<string, LiveCounts>> {
    return Object.fromEntries(this.functions);
  }

  add({ path }: Pick<FunctionModel, 'path'>, { outcome, durationMs, initMs }: Ran): void {
    const { error } = outcome;
    const before = this.functions.get(path);
    this.functions.set(path, {
      invocations: (before?.invocations ?? 0) + 1,
      errors: (before?.errors ?? 0) + (error === undefined ? 0 : 1),
      coldStarts: (before?.coldStarts ?? 0) + (initMs === undefined ? 0 : 1),
      lastMilliseconds: durationMs,
      lastError: error && `${error.errorType}: ${error.errorMessage}`,
    });
  }
}

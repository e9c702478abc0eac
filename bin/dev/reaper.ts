import { ChildProcess, spawn } from 'node:child_process';
import { scriptFile } from './script-file';

/** Ends processes at the latest when this process ends, however that happens, even if they do not respond. */
export class Reaper {
  private readonly child: ChildProcess;

  constructor() {
    // In a separate process group, so that an interrupt from the terminal does not end it before them.
    this.child = spawn(process.execPath, [scriptFile('reap.mjs')], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.child.stdin?.on('error', () => undefined);
    this.child.unref();
  }

  watch(process_: ChildProcess): void {
    const { pid } = process_;
    if (pid !== undefined) {
      this.child.stdin?.write(`+${pid}\n`);
      process_.once('exit', () => this.child.stdin?.write(`-${pid}\n`));
    }
  }

  /** Ends all. */
  stop(): void {
    this.child.stdin?.end();
  }
}

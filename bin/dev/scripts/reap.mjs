// Ends processes that would outlive the caller: standard input receives lines `+<pid>` and `-<pid>`, and closes however the caller ends,
// even by SIGKILL. A process that is busy in a loop would not notice that by itself.
import process from 'node:process';
import { createInterface } from 'node:readline';

const alive = new Set();

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) {
      alive.add(pid);
    } else {
      alive.delete(pid);
    }
  })
  .on('close', () => {
    for (const pid of alive) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    process.exit(0);
  });
// The terminal sends these signals to the whole group, but the caller has to end first.
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.on(signal, () => undefined));

import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { Figure, Group, progress, Sides } from './figure';
import { medians, repeat } from './statistics';
import { ROOT } from './workspace';

const SAMPLES = 9;

/** Start of the command, against the start of Node.js alone. Needs a build. */
export const CLI: Group = {
  name: 'cli',
  figures,
  measure: () => ({ cli: startTimes() }),
};

function figures(): Figure[] {
  return [
    {
      id: 'cli',
      description: 'start of the command (`serverless-app --version`), compared with `node -e 0`',
      unit: 'ms',
      as: 'share',
    },
  ];
}

function startTimes(): Sides {
  progress('start of the command');
  const command = path.join(ROOT, 'dist', 'bin', 'serverless-app.js');
  return medians(
    repeat(SAMPLES, () => ({ ours: time([command, '--version']), theirs: time(['-e', '0']) })),
  );
}

/** Milliseconds of a whole process. */
function time(args: readonly string[]): number {
  const start = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - start;
}

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../../test/deploy/support/folders';
import { DevProject } from '../../test/deploy/support/running-dev';

const FIXTURE = path.join(REPOSITORY, 'test', 'deploy', 'fixtures', 'dev');

/** The project of the deployment test, with fewer functions. */
export async function benchProject(): Promise<DevProject> {
  const dev = await benchProjectOf(FIXTURE);
  fs.renameSync(path.join(dev.folder, 'bench.ts'), path.join(dev.folder, 'app.ts'));
  return dev;
}

/** A copy of a project, with the built package in its `node_modules`, as in a user's project. */
export async function benchProjectOf(folder: string): Promise<DevProject> {
  if (!fs.existsSync(path.join(REPOSITORY, 'dist', 'index.js'))) {
    throw new Error('there is no build: run `npm run build`');
  }
  const dev = await DevProject.copyOf(folder);
  dev.installPackage();
  return dev;
}

/** The memory of a process and of all that it started, in MB: shared pages count once, where the system tells (Linux). */
export function memoryOf(root: number): number {
  const children = new Map<number, number[]>();
  for (const line of execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const all = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(all)];
  return all(root).reduce((sum, pid) => sum + kilobytesOf(pid), 0) / 1024;
}

function kilobytesOf(pid: number): number {
  try {
    const text = fs.existsSync('/proc')
      ? /^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return Number(text ?? 0);
  } catch {
    return 0; // It has ended meanwhile.
  }
}

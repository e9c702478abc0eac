/**
 * `npm run bench:dev`: measures `serverless-app dev` with the app in test/deploy/fixtures/dev, whose handler uses the AWS SDK: from its
 * start to the first answered request, without and with kept state, and from saving to the new answer, for a handler and for a source
 * that handlers share. `--edits <n>` (20).
 *
 * `-- --peers`: the same handler here, in osls with serverless-offline, and in Architect's sandbox, in turns; installs both once. `--edits
 * <n>`, `--rounds <n>` (2).
 *
 * `-- --long`: half an hour of editing, 300 edits, which fails if one is lost or memory grows. `--edits <n>`, `--minutes <n>`.
 *
 * Needs a build. The emulator must be installed: run a deployment test first.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DevProject } from '../test/deploy/support/running-dev';
import { longSession } from './bench/dev-long';
import { measurePeers } from './bench/dev-peers';
import { benchProject } from './bench/dev-project';

/** A developer looks at an answer before the next edit; meanwhile the process for that edit is prepared. */
const PAUSE_MS = 1_500;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      edits: { type: 'string' },
      long: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '30' },
      peers: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '2' },
    },
  });
  if (values.long) {
    process.exitCode = (await longSession(Number(values.edits ?? 300), Number(values.minutes)))
      ? 0
      : 1;
    return;
  }
  const edits = Number(values.edits ?? 20);
  if (values.peers) {
    await measurePeers(edits, Number(values.rounds));
    return;
  }
  const dev = await benchProject();
  try {
    print('start to first answer, fresh', [await start(dev)]);
    print('a handler, saved to answered', await edited(dev, edits, 'src/hello.ts', 'hello-'));
    await dev.get('/other');
    print(
      'a shared source, saved to answered',
      await edited(dev, edits, 'src/shared.ts', 'shared-'),
    );
    await dev.stop();
    await dev.start(); // Deploys the edited handlers, so that nothing has changed after it.
    await dev.stop();
    print('start to first answer, kept state', [await start(dev)]);
  } finally {
    await dev.close();
  }
}

async function start(dev: DevProject): Promise<number> {
  const began = performance.now();
  await dev.start();
  await dev.get('/hello');
  return performance.now() - began;
}

async function edited(
  dev: DevProject,
  count: number,
  file: string,
  mark: string,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    await sleep(PAUSE_MS);
    const version = `${mark}${Date.now()}`;
    const began = performance.now();
    dev.edit(file, (text) => text.replace(new RegExp(`${mark}\\d+`), version));
    while (!(await dev.get('/hello')).body.includes(version)) {
      // The old version still answers.
    }
    times.push(performance.now() - began);
  }
  return times;
}

function print(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)} ms`;
  const spread = times.length === 1 ? at(0.5) : `median ${at(0.5)}, 95th percentile ${at(0.95)}`;
  process.stdout.write(`${what}: ${spread}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

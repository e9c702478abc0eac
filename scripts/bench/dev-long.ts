import { setTimeout as sleep } from 'node:timers/promises';
import type { DevProject } from '../../test/deploy/support/running-dev';
import { benchProject, memoryOf } from './dev-project';
import { median } from './statistics';

const ERROR_EVERY = 10;
const SHARED_EVERY = 7;
const INFRASTRUCTURE_EVERY = 50;
const PATIENCE_MS = 60_000;
/** Memory at the end, at most, against that after the tenth edit. */
const MOST_GROWTH = 1.2;
const SAMPLES = 5;

/**
 * Half an hour of editing: handlers, a shared source, infrastructure, and errors, which the next edit corrects. Each edit must be
 * answered, each error shown, and memory must not grow. Returns whether that was so.
 */
export async function longSession(edits: number, minutes: number): Promise<boolean> {
  const dev = await benchProject();
  const pace = (minutes * 60_000) / edits;
  const lost: string[] = [];
  let early = 0;
  try {
    await dev.start();
    const began = Date.now();
    for (let i = 1; i <= edits; i++) {
      const edit = await editNumber(dev, i);
      if (!edit.seen) {
        lost.push(`${i}: ${edit.what}`);
        say(`edit ${i} was lost: ${edit.what}`);
      }
      if (i === 10 || i % 30 === 0) {
        const megabytes = await settledMemory(dev);
        early ||= megabytes;
        say(`edit ${i}: ${Math.round(megabytes)} MB, ${Math.round((Date.now() - began) / 1000)} s`);
      }
      await sleep(Math.max(0, began + i * pace - Date.now()));
    }
    const growth = (await settledMemory(dev)) / early;
    say(
      `${edits} edits, ${lost.length} lost; memory at the end ${growth.toFixed(2)} × that after the tenth edit`,
    );
    return lost.length === 0 && growth <= MOST_GROWTH;
  } finally {
    await dev.close();
  }
}

async function editNumber(dev: DevProject, i: number): Promise<{ what: string; seen: boolean }> {
  if (i % ERROR_EVERY === 0) {
    const from = dev.output.length;
    dev.edit('src/hello.ts', (text) => `${text}const broken${i} = ;\n`);
    const shown = await within(() =>
      Promise.resolve(/hello\.ts:\d+:\d+/.test(dev.output.slice(from))),
    );
    // The last version still answers; the next edit corrects the error.
    return { what: 'a syntax error', seen: shown && (await dev.get('/hello')).status === 200 };
  }
  const [what, file, mark] =
    i % INFRASTRUCTURE_EVERY === 1 && i > 1
      ? (['the infrastructure', 'greeting.ts', 'greeting'] as const)
      : i % SHARED_EVERY === 0
        ? (['a shared source', 'src/shared.ts', 'shared'] as const)
        : (['a handler', 'src/hello.ts', 'hello'] as const);
  dev.edit('src/hello.ts', (text) => text.replaceAll(/const broken\d+ = ;\n/g, ''));
  const version = `${mark}-${i}-${Date.now()}`;
  dev.edit(file, (text) => text.replace(/'(hello|shared|greeting)(-\d+)*'/, `'${version}'`));
  const seen = await within(async () => (await dev.get('/hello')).body.includes(version));
  return { what, seen };
}

async function within(isSo: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    if (await isSo()) {
      return true;
    }
    await sleep(20);
  }
  return false;
}

async function settledMemory(dev: DevProject): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    await sleep(500);
    values.push(memoryOf(dev.pid));
  }
  return median(values);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

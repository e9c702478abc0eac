import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DevLock, devFolder } from '../../../bin/dev/lock';
import { removeFolder, removeLeftover } from '../../../bin/dev/remove-folder';
import { removeEnded } from '../../../bin/dev/test-host';
import { fs, path, tempFolder } from '../../support/synth';

/** Writes new files into a folder for some time, without a pause. */
const WRITER = `
const fs = require('node:fs');
const [folder, milliseconds] = process.argv.slice(1);
const end = Date.now() + Number(milliseconds);
process.stdout.write('writes');
for (let n = 0; Date.now() < end; n++) {
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(folder + '/' + n, '');
  } catch {}
}`;

async function writerInto(folder: string, milliseconds: number): Promise<() => Promise<void>> {
  const writer = spawn(process.execPath, ['-e', WRITER, folder, String(milliseconds)]);
  const ended = once(writer, 'exit');
  await once(writer.stdout, 'data');
  return async () => {
    writer.kill('SIGKILL');
    await ended;
  };
}

test('a folder that an ending process still writes into is removed', async () => {
  const folder = path.join(tempFolder(), 'state');
  const stop = await writerInto(folder, 400);

  expect(() => {
    removeFolder(path.dirname(folder));
  }).not.toThrow();
  await stop();
});

test('what cannot be removed now does not stop the start', async () => {
  const folder = path.join(tempFolder(), 'state');
  const stop = await writerInto(folder, 60_000);

  expect(() => {
    removeLeftover(path.dirname(folder));
  }).not.toThrow();
  await stop();
});

describe('what runs of tests left behind', () => {
  const ENDED = 2 ** 22 + 1; // above the largest process id of Linux
  const project = tempFolder();
  const make = (name: string): string => {
    const folder = path.join(devFolder(project), name);
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  };

  test('is removed once the process that runs the app has ended too', () => {
    const [ended, ending] = [make(`test-${ENDED}-aa`), make(`test-${ENDED}-bb`)];
    const lock = DevLock.take(project, `test-${ENDED}-bb`);
    removeEnded(project);

    expect(fs.existsSync(ended)).toBe(false);
    expect(fs.existsSync(ending)).toBe(true);
    lock.release();
    removeEnded(project);
    expect(fs.existsSync(ending)).toBe(false);
  });

  test('leaves everything else alone', () => {
    const others = [make('dev'), make(`test-${process.pid}-cc`), make('deployed-tests')];
    removeEnded(project);

    expect(others.filter((folder) => !fs.existsSync(folder))).toEqual([]);
  });
});

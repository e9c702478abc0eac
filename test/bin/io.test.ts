import { EventEmitter } from 'node:events';
import { processIo } from '../../bin/io';

class FakeStream extends EventEmitter {
  readonly isTTY = true;
  readonly written: string[] = [];

  constructor(readonly columns: number) {
    super();
  }

  write(text: string): boolean {
    this.written.push(text);
    return true;
  }
}

function ioWith(columns: number): { stderr: FakeStream; io: ReturnType<typeof processIo> } {
  const stderr = new FakeStream(columns);
  const host = Object.assign(new EventEmitter(), {
    ...{ stdin: new FakeStream(columns), stdout: new FakeStream(columns), stderr },
    ...{ env: {}, pid: process.pid, kill: () => true },
  });
  return { stderr, io: processIo(host as unknown as NodeJS.Process) };
}

test('a terminal that reports no width has no spinner, which would never end there', async () => {
  const { stderr, io } = ioWith(0);

  expect(await io.during('waiting', () => Promise.resolve(7))).toBe(7);
  expect(stderr.written).toEqual([]);
});

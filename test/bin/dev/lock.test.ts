import { spawnSync } from 'node:child_process';
import { DevLock, devFolder, runningDev } from '../../../bin/dev/lock';
import { fs, path, tempFolder } from '../../support/synth';

test('a second `dev` in a folder names the first, and may start when that is over', () => {
  const project = tempFolder();
  const lock = DevLock.take(project);

  expect(() => DevLock.take(project)).toThrow(
    `already runs in this folder (process ${process.pid})`,
  );
  lock.release();
  DevLock.take(project).release();
});

test('the lock of a process that was killed counts for nothing', () => {
  const project = tempFolder();
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  fs.mkdirSync(devFolder(project), { recursive: true });
  fs.writeFileSync(path.join(devFolder(project), 'dev.json'), JSON.stringify({ pid }));

  expect(runningDev(project)).toBeUndefined();
  DevLock.take(project).release();
});

test('others learn where the emulator is', () => {
  const project = tempFolder();
  const lock = DevLock.take(project);
  lock.tell({ endpoint: 'http://127.0.0.1:1', assembly: '/a' });

  expect(runningDev(project)).toMatchObject({ pid: process.pid, endpoint: 'http://127.0.0.1:1' });
  lock.release();
  expect(runningDev(project)).toBeUndefined();
});

test('what it keeps is not for git', () => {
  const project = tempFolder();
  DevLock.take(project).release();

  expect(fs.readFileSync(path.join(devFolder(project), '.gitignore'), 'utf8')).toBe('*\n');
});

test('a damaged lock counts for nothing', () => {
  const project = tempFolder();
  fs.mkdirSync(devFolder(project), { recursive: true });
  fs.writeFileSync(path.join(devFolder(project), 'dev.json'), '{"pid":');

  expect(runningDev(project)).toBeUndefined();
});

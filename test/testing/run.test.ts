import { nameInRun, runProcess } from '../../testing/run';

const HOST = { pid: 2, ppid: 1, env: {} };

test.each([
  ['a process without a runner is its own run', HOST, 2],
  ['a worker with a channel belongs to the run that started it', { ...HOST, connected: true }, 1],
  ['a file of node --test belongs to it', { ...HOST, env: { NODE_TEST_CONTEXT: 'child-v8' } }, 1],
  [
    'tests of node:test in one process are their own run',
    { ...HOST, env: { NODE_TEST_CONTEXT: '' } },
    2,
  ],
])('%s', (_what, host, run) => {
  expect(runProcess(host)).toBe(run);
});

test('an app with other options is another one', () => {
  expect(nameInRun(1, { app: 'A' })).toMatch(/^test-1-[0-9a-f]{12}$/);
  expect(nameInRun(1, { app: 'A' })).not.toBe(nameInRun(1, { app: 'B' }));
});

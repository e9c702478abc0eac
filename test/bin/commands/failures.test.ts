import type { Cloud } from '../../../bin/cloud';
import { failuresList } from '../../../bin/commands/failures-list';
import { failuresPurge } from '../../../bin/commands/failures-purge';
import { failuresRetry } from '../../../bin/commands/failures-retry';
import { failuresShow } from '../../../bin/commands/failures-show';
import type { QueueMessage } from '../../../bin/failures/failure';
import { FakeBucket, FakeQueue, fakeRunner } from '../support/fake-failures';
import { cliSchema, runCommand } from '../support/fake-world';
import { arnOf, CHANGES, deployedModel, functionModel, NIGHTLY } from '../support/models';

const MODEL = deployedModel([functionModel('Import', NIGHTLY), functionModel('Project', CHANGES)]);
const KEY = 'aws/lambda/m/s/2026/11/24/2026-11-24T08.00.00-0f5b1c3e-1111-4222-8333-0123456789ab';
const RECORD = JSON.stringify({
  requestContext: { functionArn: arnOf('Shop-Project-Abc'), condition: 'RetryAttemptsExhausted' },
  responseContext: { functionError: 'Unhandled' },
  timestamp: '2026-11-24T08:30:00Z',
  payload: { Records: [{ eventSource: 'aws:dynamodb' }] },
});

const failed = (id: string): QueueMessage => ({
  id,
  receipt: id,
  sentAt: new Date('2026-11-24T09:00:00Z'),
  attributes: {},
  body: JSON.stringify({
    requestContext: { functionArn: arnOf('Shop-Import-Abc'), condition: 'RetriesExhausted' },
    requestPayload: { id },
    responsePayload: { errorType: 'TypeError', errorMessage: 'no such thing' },
  }),
});

interface World {
  readonly log: string[];
  readonly queue: FakeQueue;
  readonly cloud: Partial<Cloud>;
}

function world(error?: string): World {
  const log: string[] = [];
  const queue = new FakeQueue([failed('aaaa1111-1'), failed('aaaa2222-2')], log);
  const bucket = new FakeBucket(new Map([[KEY, RECORD]]), log);
  return {
    log,
    queue,
    cloud: {
      failureQueue: () => Promise.resolve(queue),
      failureBucket: () => Promise.resolve(bucket),
      functions: () => Promise.resolve(fakeRunner(log, { error, response: 'null' })),
    },
  };
}

const validate = cliSchema('failures');
const JSON_TOO = { json: true };

test('list shows failures by function and trigger', async () => {
  const { code, out, said } = await runCommand(failuresList, MODEL, world().cloud);

  expect(code).toBe(0);
  expect(out).toBe(
    [
      'Import · cron(0 2 * * ? *) Europe/Warsaw (2)',
      '  aaaa1111  asynchronous  30 min ago  TypeError: no such thing',
      '  aaaa2222  asynchronous  30 min ago  TypeError: no such thing',
      'Project · changes of Orders (1)',
      '  0f5b1c3e  stream  60 min ago  Unhandled',
      '',
    ].join('\n'),
  );
  expect(said).toEqual(['3 failures']);
});

test.each([
  ['list', failuresList, {}],
  ['show', failuresShow, { args: ['0f5b'] }],
  ['retry', failuresRetry, { options: { all: true } }],
  ['purge', failuresPurge, { options: { yes: true } }],
] as const)('%s --json follows the schema', async (_name, run, invocation) => {
  const { args = [], options = {} } = invocation as { args?: string[]; options?: object };
  const { out } = await runCommand(run, MODEL, world().cloud, {
    args: [...args],
    options: { ...options, ...JSON_TOO },
  });

  const value: unknown = JSON.parse(out);
  expect([validate(value), validate.errors]).toEqual([true, null]);
});

test('the schema rejects other JSON', () => {
  expect(validate([{ app: 'x', more: 1, failures: [] }])).toBe(false);
});

test('an id may be shortened as long as it is unique', async () => {
  const show = (id: string): Promise<{ out: string }> =>
    runCommand(failuresShow, MODEL, world().cloud, { args: [id] });

  expect((await show('aaaa1')).out).toContain('"id": "aaaa1111-1"');
  await expect(show('aaaa')).rejects.toThrow('2 failures begin with `aaaa`');
  await expect(show('b')).rejects.toThrow('there is no failure `b`');
});

test('retry exits with 1 if a function failed again, and counts the failures', async () => {
  const all = world('TypeError: still');

  const { code, said } = await runCommand(failuresRetry, MODEL, all.cloud, {
    options: { all: true },
  });

  expect([code, said]).toEqual([1, ['0 events succeeded and removed, 3 failed again and kept']]);
});

test('retry keeps the order of a group: after a failure, the later messages of the group do not run', async () => {
  const all = world('TypeError: still');
  const queue = new FakeQueue(
    ['aaaa1111-1', 'aaaa2222-2'].map((id) => ({
      ...failed(id),
      fifo: { MessageGroupId: 'customer-7' },
    })),
    all.log,
  );

  const { code, out } = await runCommand(
    failuresRetry,
    MODEL,
    { ...all.cloud, failureQueue: () => Promise.resolve(queue) },
    { options: { function: 'Import' } },
  );

  expect([code, all.log.filter((line) => line.startsWith('invoke')).length]).toEqual([1, 1]);
  expect(out).toContain('an earlier message of its group failed again');
  expect(queue.visible).toEqual(['aaaa1111-1', 'aaaa2222-2']);
});

test('retry --function leaves the failures of other functions', async () => {
  const all = world();

  const { code } = await runCommand(failuresRetry, MODEL, all.cloud, {
    options: { function: 'Import' },
  });

  expect([code, all.queue.visible]).toEqual([0, []]);
  expect(all.log.join()).not.toContain('remove record');
});

test('a dry run changes nothing', async () => {
  const all = world();

  await runCommand(failuresRetry, MODEL, all.cloud, { options: { all: true, dryRun: true } });
  await runCommand(failuresPurge, MODEL, all.cloud, { options: { dryRun: true } });

  expect(all.log).toEqual([]);
});

test.each<[{ readonly args?: string[]; readonly [option: string]: unknown }, string]>([
  [{}, 'needs to know which failures'],
  [{ all: true, args: ['a'] }, 'cannot be combined with an id'],
  [{ function: 'Imprt' }, 'there is no function `Imprt`'],
])('retry fails for %j', async ({ args = [], ...given }, message) => {
  const options = given as Record<string, string | boolean>;
  const run = runCommand(failuresRetry, MODEL, world().cloud, { args, options });

  await expect(run).rejects.toThrow(message);
});

test.each([
  [true, 0, ['3 failures removed']],
  [false, 0, ['nothing was removed']],
])('purge, answered with %s', async (answer, code, said) => {
  const all = world();

  const ran = await runCommand(failuresPurge, MODEL, all.cloud, {}, answer);

  expect([ran.code, ran.said]).toEqual([code, said]);
  expect(all.queue.visible).toHaveLength(answer ? 0 : 2);
});

/** The app's queue also holds the failure of another app, which was given this queue. */
function sharedWorld(): World {
  const theirs = failed('bbbb3333-3');
  const body = theirs.body.replace('Shop-Import-Abc', 'Other-Function');
  const log: string[] = [];
  const queue = new FakeQueue([failed('aaaa1111-1'), { ...theirs, body }], log);
  const { cloud } = world();
  return {
    log,
    queue,
    cloud: {
      ...cloud,
      failureQueue: () => Promise.resolve(queue),
      failureBucket: () => Promise.resolve(new FakeBucket(new Map(), log)),
    },
  };
}

test('list shows what is not the app’s apart', async () => {
  const { out, said } = await runCommand(failuresList, MODEL, sharedWorld().cloud);

  expect(out).toContain(
    'not this app’s (1)\n  bbbb3333  asynchronous  30 min ago  its function does not belong to this app\n',
  );
  expect(said).toEqual(['1 failure', '1 not this app’s']);
});

test.each([
  ['purge', {}, ['bbbb3333-3']],
  ['purge --foreign', { foreign: true }, []],
])('%s of an app whose queue others share leaves %j', async (_what, options, left) => {
  const all = sharedWorld();

  await runCommand(failuresPurge, MODEL, all.cloud, { options: { yes: true, ...options } });

  expect(all.queue.visible).toEqual(left);
});

test('purge of one failure that is not the app’s fails', async () => {
  const all = sharedWorld();
  const run = runCommand(failuresPurge, MODEL, all.cloud, {
    args: ['bbbb'],
    options: { yes: true },
  });

  await expect(run).rejects.toThrow('the failure `bbbb3333-3` is not this app’s');
  expect(all.queue.visible).toHaveLength(2);
});

test('retry of one failure that is not the app’s runs nothing', async () => {
  const all = sharedWorld();

  const { out } = await runCommand(failuresRetry, MODEL, all.cloud, { args: ['bbbb'] });

  expect(out).toContain('- skipped  bbbb3333');
  expect(all.log).toEqual([]);
});

test('control sequences of an error do not reach the terminal', async () => {
  const queue = new FakeQueue([
    {
      ...failed('aaaa1111-1'),
      body: failed('x').body.replace('no such thing', '\\u001b]52;c;aGk=\\u0007'),
    },
  ]);
  const cloud = { ...world().cloud, failureQueue: () => Promise.resolve(queue) };

  for (const [run, args] of [
    [failuresList, []],
    [failuresShow, ['aaaa']],
  ] as const) {
    const { out } = await runCommand(run, MODEL, cloud, { args: [...args] });
    expect(out).toContain('\\u001b]52;c;aGk=\\u0007');
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(out).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
  }
});

test('purge fails without a terminal to ask for confirmation', async () => {
  await expect(runCommand(failuresPurge, MODEL, world().cloud)).rejects.toThrow(
    'there is no terminal to ask for confirmation',
  );
});

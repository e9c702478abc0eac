// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the templates are asserted in the unit tests:
// - Lambda polls with the permissions of the function's role (the emulator's poller has all permissions);
// - the batching window, and more than 10 messages in a batch.
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as path from 'node:path';
import { CommandLine } from './support/command';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { failureMessage, invoke, request } from './support/drive';
import { eventually } from './support/eventually';
import { getRow } from './support/table-rows';
import { REAL_ACCOUNT } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

interface Listed {
  readonly id: string;
  readonly event: {
    readonly Records: ReadonlyArray<{ readonly body: string; readonly attributes: object }>;
  };
}

const bodyOf = ({ Records }: Listed['event']): string => Records[0]?.body ?? '';

interface Job {
  readonly id: string;
  readonly skip?: boolean;
  readonly fail?: 'once' | 'always' | 'throw';
}

let command: CommandLine;
beforeAll(async () => {
  command = await CommandLine.build();
});

const folder = path.join(__dirname, 'fixtures', 'queues');
const WAIT = { timeoutMs: REAL_ACCOUNT ? 120_000 : 45_000 };

describeDeployed('an app with queues', { folder, stackName: 'Queues' }, (app) => {
  const send = async (queue: string, jobs: readonly Job[], group?: string): Promise<void> => {
    const { target, stack } = app();
    const { Failed } = await new SQSClient(target.clientOptions).send(
      new SendMessageBatchCommand({
        QueueUrl: stack.output(queue),
        Entries: jobs.map((job, i) => ({
          Id: String(i),
          MessageBody: JSON.stringify(job),
          MessageGroupId: group,
          MessageDeduplicationId: group === undefined ? undefined : `${group}-${job.id}`,
        })),
      }),
    );
    expect(Failed ?? []).toEqual([]);
  };
  /** A list of the table's row, once it has as many items. */
  const list = (id: string, attribute: string, length: number): Promise<string[]> => {
    const { target, stack } = app();
    return eventually(
      `${length} ${attribute} of ${id}`,
      async () => {
        const row = await getRow(target, stack.output('SeenTable'), { id });
        const items = row?.[attribute] as string[] | undefined;
        return items !== undefined && items.length >= length && items;
      },
      WAIT,
    );
  };
  const inQueue = async (queue: string): Promise<number[]> => {
    const { target, stack } = app();
    const { Attributes = {} } = await new SQSClient(target.clientOptions).send(
      new GetQueueAttributesCommand({
        QueueUrl: stack.output(queue),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return Object.values(Attributes).map(Number);
  };
  const isEmpty = (queue: string): Promise<unknown> =>
    eventually(
      `${queue} is empty`,
      async () => (await inQueue(queue)).every((messages) => messages === 0),
      WAIT,
    );
  const failure = (url: string, id: string): Promise<Job> =>
    failureMessage<Job>(app().target, url, id, (job) => job.id === id, WAIT);

  // A handler that starts may take longer than the visibility timeout, and then gets a message twice.
  beforeAll(async () => {
    const { target, stack } = app();
    for (const id of ['AppRecord', 'AppRecordInOrder']) {
      await invoke(target, stack.functionName(id), { Records: [] });
    }
  }, TEST_TIMEOUT_MS);

  describe('of the standard type', () => {
    // SQS may hand out messages that were sent together one by one, so we send until a failing message shared a batch.
    test('a failed message is tried again, and the others of its batch are not', async () => {
      let shared = false;
      for (let round = 0; round < 5 && !shared; round++) {
        const bad = `bad-${round}`;
        const good = Array.from({ length: 9 }, (_, i) => `good-${round}-${i}`);
        const jobs: Job[] = good.map((id) => ({ id }));
        jobs.splice(5, 0, { id: bad, fail: 'once' });
        await send('JobsQueue', jobs);

        const attempts = await list(bad, 'attempts', 2);
        const others = await Promise.all(good.map((id) => list(id, 'attempts', 1)));

        expect(attempts.map((attempt) => attempt.split(' ')[0])).toEqual(['1', '2']);
        expect(others.map(({ length }) => length)).toEqual(good.map(() => 1));
        shared = others.flat().includes(attempts[0] ?? '');
      }
      expect(shared).toBe(true);
      await isEmpty('JobsQueue');
    });

    test.each<[string, 'always' | 'throw']>([
      ['reports as failed', 'always'],
      ['throws on', 'throw'],
    ])('a message that the handler %s each time ends in the failure queue', async (_how, fail) => {
      await send('JobsQueue', [{ id: fail, fail }]);

      expect(await failure(app().stack.output('FailureQueue'), fail)).toEqual({ id: fail, fail });
      expect(await list(fail, 'attempts', 2)).toHaveLength(2);
      await isEmpty('JobsQueue');
    });

    test('a message that the filter does not match is deleted without an attempt', async () => {
      const { target, stack } = app();
      await send('JobsQueue', [{ id: 'skipped', skip: true }]);

      await isEmpty('JobsQueue');
      await send('JobsQueue', [{ id: 'matches' }]);
      expect(await list('matches', 'attempts', 1)).toHaveLength(1);
      expect(await getRow(target, stack.output('SeenTable'), { id: 'skipped' })).toBeUndefined();
    });
  });

  describe('of the FIFO type', () => {
    const steps = ['1', '2', '3', '4', '5'];

    test('messages of a group are handled in order, also after a failure', async () => {
      await send(
        'StepsQueue',
        steps.map((id) => ({ id, fail: id === '3' ? 'once' : undefined })),
        'retried',
      );
      await send(
        'StepsQueue',
        steps.map((id) => ({ id })),
        'smooth',
      );

      expect(await list('smooth', 'steps', 5)).toEqual(steps);
      expect(await list('retried', 'steps', 5)).toEqual(steps);
      await isEmpty('StepsQueue');
    });

    test('a message that fails for good ends in the FIFO failure queue, and its group goes on', async () => {
      const { stack } = app();
      await send('StepsQueue', [{ id: 'poison', fail: 'always' }], 'group');

      const url = stack.resource('AWS::SQS::Queue', 'FifoFailureQueue');
      expect(await failure(url, 'poison')).toEqual({ id: 'poison', fail: 'always' });

      await send('StepsQueue', [{ id: 'next' }], 'group');
      expect(await list('group', 'steps', 1)).toEqual(['next']);
    });

    test('the `failures` commands list, retry and purge a message of the FIFO failure queue', async () => {
      await send('StepsQueue', [{ id: 'listed', fail: 'always' }], 'listed');
      const failures = async (): Promise<readonly Listed[]> => {
        const { code, stdout, stderr } = await command.run(app(), 'failures', 'list', '--json');
        expect([code, stderr]).toEqual([0, '']);
        const [found] = JSON.parse(stdout) as { failures: Listed[] }[];
        return found?.failures.filter(({ event }) => bodyOf(event).includes('"listed"')) ?? [];
      };

      const found = await eventually(
        'a listed failure',
        async () => {
          const [first] = await failures();
          return first ?? false;
        },
        WAIT,
      );
      const retried = await command.run(app(), 'failures', 'retry', found.id);
      const kept = await failures();
      const purged = await command.run(app(), 'failures', 'purge', found.id, '--yes');

      expect(found.event.Records[0]?.attributes).toMatchObject({ MessageGroupId: 'listed' });
      expect([retried.code, kept.length, purged.code]).toEqual([1, 1, 0]);
      expect(await failures()).toEqual([]);
    });
  });

  describe.each(IAM_MODES)('%s', (mode) => {
    beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

    test('a message that a function sends reaches the handler, which writes to its table', async () => {
      const { target, stack } = app();
      const id = mode.replaceAll(' ', '-');

      const { status } = await request(target, `${stack.output('Url')}jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id }),
      });

      expect(status).toBe(202);
      expect(await list(id, 'attempts', 1)).not.toHaveLength(0);
    });
  });
});

// Only a real account does these, since the emulator (MiniStack 1.5.33, with bin/dev/scripts/durable_functions.py) does not:
// - an execution resumes with the version that started it;
// - a synchronous invocation is refused if an execution may take longer than 15 minutes.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CommandLine } from './support/command';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { request } from './support/drive';
import { eventually } from './support/eventually';
import { getRow, putRow, Row } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

let command: CommandLine;
beforeAll(async () => {
  command = await CommandLine.build();
});

interface Listed {
  readonly id: string;
  readonly function: string;
  readonly error: string;
  readonly event: { readonly detail: { readonly id: string } };
}

describeDeployed(
  'durable functions',
  { folder: 'test/deploy/fixtures/durable', stackName: 'Durable' },
  (app) => {
    const place = (detail: object): Promise<unknown> =>
      new EventBridgeClient(app().target.clientOptions).send(
        new PutEventsCommand({
          Entries: [{ Source: 'test', DetailType: 'Placed', Detail: JSON.stringify(detail) }],
        }),
      );
    /** As EventBridge hands over an event: the emulator’s own keeps no failed events. */
    const handOver = (detail: object): Promise<unknown> => {
      const { target, stack } = app();
      return new LambdaClient(target.clientOptions).send(
        new InvokeCommand({
          FunctionName: `${stack.functionName('AppFollowOrder')}:live`,
          InvocationType: 'Event',
          Payload: JSON.stringify({
            version: '0',
            id: '0d079340-135a-c8c6-95c2-41fb8f496c53',
            source: 'test',
            'detail-type': 'Placed',
            account: '000000000000',
            time: '2026-11-28T12:00:00Z',
            region: 'us-east-1',
            resources: [],
            detail,
          }),
        }),
      );
    };
    const row = async (id: string, steps: number): Promise<Row> => {
      const { target, stack } = app();
      return eventually(
        `${steps} steps of ${id}`,
        async () => {
          const found = await getRow(target, stack.output('SeenTable'), { id });
          return (found?.steps as string[] | undefined)?.length === steps && found;
        },
        { timeoutMs: 45_000 },
      );
    };
    const failures = async (): Promise<readonly Listed[]> => {
      const { code, stdout, stderr } = await command.run(app(), 'failures', 'list', '--json');
      expect([code, stderr]).toEqual([0, expect.anything()]);
      return (JSON.parse(stdout) as { failures: Listed[] }[]).flatMap((one) => one.failures);
    };

    test('a caller gets the result of the whole execution, with its wait', async () => {
      const { target, stack } = app();
      const answer = await request(target, `${stack.output('Url')}sums`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ a: 2, b: 3 }),
      });

      expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { sum: 5 }]);
    });

    test('an event starts an execution, whose steps run once each although the function is replayed', async () => {
      await place({ id: 'o1' });

      expect(await row('o1', 2)).toEqual({ id: 'o1', steps: ['packed', 'shipped'] });
    });

    test('a message is done when its execution has ended', async () => {
      const { target, stack } = app();
      await new SQSClient(target.clientOptions).send(
        new SendMessageCommand({ QueueUrl: stack.output('JobsQueue'), MessageBody: 'job' }),
      );

      expect(await row('job', 2)).toEqual({ id: 'job', steps: ['started', 'ended'] });
    });

    test('the event of a failed execution is in the failure queue, and the `failures` commands run it again', async () => {
      const { target, stack } = app();
      await handOver({ id: 'o2', needsConsent: true });
      const found = await eventually(
        'the failure of o2',
        async () => (await failures()).find(({ event }) => event.detail.id === 'o2') ?? false,
        { timeoutMs: 60_000 },
      );
      const again = await command.run(app(), 'failures', 'retry', found.id);
      await putRow(target, stack.output('SeenTable'), { id: 'o2', allowed: true });
      const succeeded = await command.run(app(), 'failures', 'retry', found.id);

      expect(found).toMatchObject({
        function: 'FollowOrder',
        error: expect.stringContaining('no consent') as string,
      });
      expect(again.stdout + again.stderr).toContain('failed again');
      expect([succeeded.code, succeeded.stdout]).toEqual([0, expect.stringContaining('succeeded')]);
      expect(await row('o2', 2)).toMatchObject({ steps: ['packed', 'shipped'] });
      expect(await failures()).toEqual([]);
    });
  },
);

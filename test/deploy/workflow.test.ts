// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the templates are asserted in the unit tests:
// - a request, and a schedule, that start a state machine;
// - the retries of EventBridge, and the failure queue for what cannot be started;
// - the alarm on executions that fail.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ExecutionStatus,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { upload } from './support/drive';
import { eventually } from './support/eventually';
import { getRow } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

describeDeployed(
  'a workflow',
  { folder: 'test/deploy/fixtures/workflow', stackName: 'Workflow' },
  (app) => {
    /** Waits until the function of the workflow has noted something. */
    const noted = (id: string): Promise<unknown> => {
      const { target, stack } = app();
      return eventually(
        `a note of ${id}`,
        async () => (await getRow(target, stack.output('SeenTable'), { id })) ?? false,
        { timeoutMs: 60_000 },
      );
    };

    test('is started by an event, and runs its function', async () => {
      const { target } = app();
      await new EventBridgeClient(target.clientOptions).send(
        new PutEventsCommand({
          Entries: [
            { Source: 'test', DetailType: 'Noted', Detail: JSON.stringify({ id: 'by-event' }) },
          ],
        }),
      );

      expect(await noted('by-event')).toEqual({ id: 'by-event' });
    });

    test('is started by an object whose key matches', async () => {
      const { target, stack } = app();
      const bucket = stack.output('InboxBucket');
      await upload(target, bucket, 'other.csv', 'x');
      await upload(target, bucket, 'letter.txt', 'x');

      expect(await noted('letter.txt')).toEqual({ id: 'letter.txt' });
      expect(await getRow(target, stack.output('SeenTable'), { id: 'other.csv' })).toBeUndefined();
    });

    test('has a history, in which all executions succeed', async () => {
      const { target, stack } = app();
      const client = new SFNClient(target.clientOptions);
      const stateMachineArn = stack.resource('AWS::StepFunctions::StateMachine', 'Machine');
      const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
      expect(executions).toHaveLength(2);
      for (const { executionArn, status: ended } of executions) {
        const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
        expect([ended, events.map(({ type }) => type)]).toEqual([
          ExecutionStatus.SUCCEEDED,
          expect.arrayContaining(['TaskSucceeded']),
        ]);
      }
    });
  },
);

// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the templates are asserted in the unit tests:
// - that SNS and EventBridge invoke Lambda asynchronously, with its retries and the failure queue (the tests hand over such events);
// - what SNS and EventBridge do with an event that they cannot deliver to a function: the tests put such a message into the failure queue
//   as AWS would;
// - archives and their replay.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CommandLine } from './support/command';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { ASYNC_TIMEOUT_MS, failureMessage, request } from './support/drive';
import { eventually } from './support/eventually';
import { leftovers } from './support/leftovers';
import { getRow } from './support/table-rows';
import { REAL_ACCOUNT } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

const WAIT = { timeoutMs: REAL_ACCOUNT ? 240_000 : 60_000 };

interface Row {
  readonly status?: string;
  readonly receiptText?: string;
  readonly parcels?: number;
}

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly function: string;
  readonly trigger?: string;
  readonly event: object;
}

describeDeployed(
  'examples/shop-events',
  { folder: 'examples/shop-events', stackName: 'ShopEvents', context: { stage: 'development' } },
  (app) => {
    let command: CommandLine;
    beforeAll(async () => {
      command = await CommandLine.build();
    });

    /** Hands an event over as SNS and EventBridge do: asynchronously. The emulator’s own run the function once, without retries. */
    const handOver = async (functionId: string, event: object): Promise<void> => {
      const { target, stack } = app();
      await new LambdaClient(target.clientOptions).send(
        new InvokeCommand({
          FunctionName: stack.functionName(functionId),
          InvocationType: 'Event',
          Payload: JSON.stringify(event),
        }),
      );
    };
    /** A message that failed is hidden for six timeouts of the function. The emulator’s queue hides it for two seconds. */
    const retrySoon = async (): Promise<void> => {
      const { target, stack } = app();
      if (target.isEmulator) {
        await new SQSClient(target.clientOptions).send(
          new SetQueueAttributesCommand({
            QueueUrl: stack.resource('AWS::SQS::Queue', 'Payments'),
            Attributes: { VisibilityTimeout: '2' },
          }),
        );
      }
    };
    const order = async (body: object): Promise<string> => {
      const { target, stack } = app();
      const answer = await request(target, `${stack.output('Url')}orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect([answer.status, answer.body]).toEqual([201, expect.any(String)]);
      return (JSON.parse(answer.body) as { id: string }).id;
    };
    const read = async (id: string): Promise<Row> => {
      const { target, stack } = app();
      return (await getRow(target, stack.output('OrdersTable'), { id })) as Row;
    };
    const until = (id: string, what: string, isSo: (row: Row) => boolean): Promise<Row> =>
      eventually(
        `the order ${id} ${what}`,
        async () => {
          const row = await read(id);
          return isSo(row) && row;
        },
        WAIT,
      );
    const run = async (...words: string[]): Promise<{ code: number | null; stdout: string }> => {
      const { code, stdout } = await command.run(app(), ...words);
      return { code, stdout };
    };
    const listed = async (word: string): Promise<Listed[]> => {
      const { stdout } = await run('failures', 'list', '--json');
      const [found] = JSON.parse(stdout) as { failures: Listed[] }[];
      return found?.failures.filter((one) => JSON.stringify(one).includes(word)) ?? [];
    };
    const waitFor = (word: string): Promise<Listed> =>
      eventually(
        `a failure with ${word}`,
        async () => {
          const [first] = await listed(word);
          return first ?? false;
        },
        { timeoutMs: ASYNC_TIMEOUT_MS + WAIT.timeoutMs },
      );

    describe.each(IAM_MODES)('%s', (mode) => {
      const customer = mode.replaceAll(' ', '-');
      beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

      test('an order passes the bus, the queue, the bus again and the topic', async () => {
        const id = await order({ customer, total: 1250, receipt: true });

        const { status, receiptText } = await until(
          id,
          'has a receipt',
          (row) => row.receiptText !== undefined,
        );

        expect([status, receiptText]).toEqual(['paid', `${customer} paid 12.50`]);
      });

      test('the event of the payment starts the workflow, which runs its functions', async () => {
        const id = await order({ customer, total: 450_000 });

        const { parcels } = await until(id, 'is packed', (row) => row.parcels !== undefined);

        expect(parcels).toBe(5);
        const { target, stack } = app();
        const client = new SFNClient(target.clientOptions);
        const stateMachineArn = stack.resource('AWS::StepFunctions::StateMachine', 'Fulfilment');
        await eventually(
          'an execution that succeeded',
          async () => {
            const { executions = [] } = await client.send(
              new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }),
            );
            return executions.length > 0;
          },
          WAIT,
        );
      });

      test('the subscription leaves out what its filter does not match', async () => {
        const without = await order({ customer, total: 100 });
        const later = await order({ customer, total: 200, receipt: true });

        await until(later, 'has a receipt', (row) => row.receiptText !== undefined);

        expect(await until(without, 'is paid', (row) => row.status === 'paid')).not.toHaveProperty(
          'receiptText',
        );
      });
    });

    test('a poison message ends in the FIFO failure queue, and other customers do not wait for it', async () => {
      await app().iam('without IAM');
      await retrySoon();
      const poison = await order({ customer: 'bob', total: 99_000_000 });
      const behind = await order({ customer: 'bob', total: 300 });
      const other = await order({ customer: 'eve', total: 400 });

      await until(other, 'is paid', (row) => row.status === 'paid');
      expect((await read(poison)).status).toBe('placed');
      const url = app().stack.resource('AWS::SQS::Queue', 'FifoFailureQueue');
      const failed = await failureMessage<{ id: string }>(
        app().target,
        url,
        poison,
        ({ id }) => id === poison,
        { timeoutMs: REAL_ACCOUNT ? 600_000 : 240_000 },
      );
      expect(failed.id).toBe(poison);
      await until(behind, 'is paid', (row) => row.status === 'paid');
    }, 400_000);

    describe('the `failures` commands list', () => {
      test('a message of the topic that the handler fails on', async () => {
        const { target, stack } = app();
        const Message = JSON.stringify({ id: 'no-total' });
        const TopicArn = stack.output('NewsTopic');
        await (REAL_ACCOUNT
          ? new SNSClient(target.clientOptions).send(
              new PublishCommand({
                TopicArn,
                Message,
                MessageAttributes: { receipt: { DataType: 'String', StringValue: 'yes' } },
              }),
            )
          : handOver('SendReceipt', {
              Records: [
                { EventSource: 'aws:sns', Sns: { Type: 'Notification', TopicArn, Message } },
              ],
            }));

        const failure = await waitFor('no-total');
        const retried = await run('failures', 'retry', failure.id);
        const purged = await run('failures', 'purge', failure.id, '--yes');

        expect(failure).toMatchObject({
          kind: 'asynchronous',
          function: 'SendReceipt',
          trigger: 'messages of News (filtered)',
        });
        expect([retried.code, purged.code]).toEqual([1, 0]);
        expect(await listed('no-total')).toEqual([]);
      });

      test('an event of the bus that the handler fails on', async () => {
        const { target, stack } = app();
        const detail = { id: 'no-customer' };
        const [source, type] = ['shop', 'OrderPlaced'];
        await (REAL_ACCOUNT
          ? new EventBridgeClient(target.clientOptions).send(
              new PutEventsCommand({
                Entries: [
                  {
                    EventBusName: stack.output('Bus'),
                    Source: source,
                    DetailType: type,
                    Detail: JSON.stringify(detail),
                  },
                ],
              }),
            )
          : handOver('RequestPayment', { source, 'detail-type': type, detail }));

        const failure = await waitFor('no-customer');
        const purged = await run('failures', 'purge', failure.id, '--yes');

        expect(failure).toMatchObject({
          kind: 'asynchronous',
          function: 'RequestPayment',
          trigger: 'OrderPlaced from shop on Shop',
          event: { source: 'shop', detail: { id: 'no-customer' } },
        });
        expect(purged.code).toBe(0);
      });

      test('a message that SNS could not deliver, which is delivered by `retry`', async () => {
        const { target, stack } = app();
        const id = await order({ customer: 'joe', total: 700 });
        const TopicArn = stack.output('NewsTopic');
        // As SNS writes it: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
        await new SQSClient(target.clientOptions).send(
          new SendMessageCommand({
            QueueUrl: stack.output('FailureQueue'),
            MessageBody: JSON.stringify({
              Type: 'Notification',
              MessageId: 'undelivered',
              TopicArn,
              Message: JSON.stringify({ id, customer: 'joe', total: 700, receipt: true }),
              Timestamp: new Date().toISOString(),
              MessageAttributes: { receipt: { Type: 'String', Value: 'yes' } },
            }),
          }),
        );

        const failure = await waitFor('undelivered');
        const retried = await run('failures', 'retry', failure.id);

        expect(failure).toMatchObject({ kind: 'notification', function: 'SendReceipt' });
        expect(retried.code).toBe(0);
        expect((await read(id)).receiptText).toBe('joe paid 7.00');
        expect(await listed('undelivered')).toEqual([]);
      });
    });

    test('a second deployment changes nothing', async () => {
      expect(await app().deployAgain()).toMatch('ShopEvents (no changes)');
    });

    test('in development, destroy leaves nothing behind', async () => {
      const { target, stack } = app();

      await app().destroy();

      expect(await leftovers(target, stack.resources)).toEqual([]);
    });
  },
);

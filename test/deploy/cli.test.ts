// Seen only on a real account: that AWS puts the record of a stream into the failure bucket, and the message of a schedule into
// the queue. Here they are put there in the form that AWS documents; everything from there on is the real thing.
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { dayBefore } from '../../examples/orders/src/calendar';
import { CommandLine, Outcome } from './support/command';
import { Asked, cutOff } from './support/cut-off';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { request, upload } from './support/drive';
import { workFolder } from './support/emulator';
import { eventually } from './support/eventually';
import { getRow } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

let command: CommandLine;
beforeAll(async () => {
  command = await CommandLine.build();
});
const CSV_HEADER = 'id,customer,item,quantity,priceCents,placedAt';

interface ShownFailure {
  readonly id: string;
  readonly function: string;
  readonly kind: string;
  readonly trigger: string;
  readonly error: string;
  readonly event: unknown;
}

describeDeployed(
  'the command line on examples/orders',
  { folder: 'examples/orders', stackName: 'Orders', context: { stage: 'development' } },
  (app) => {
    const run = (...args: string[]): Promise<Outcome> => command.run(app(), ...args);
    const failures = async (): Promise<readonly ShownFailure[]> => {
      const { code, stdout, stderr } = await run('failures', 'list', '--json');
      expect([code, stderr]).toEqual([0, '']);
      const [found] = JSON.parse(stdout) as { failures: ShownFailure[] }[];
      return found?.failures ?? [];
    };
    const failureOf = (id: string): Promise<ShownFailure> =>
      eventually(`a failure of ${id}`, async () =>
        (await failures()).find((failure) => failure.function === id),
      );

    // What EventBridge Scheduler leaves in the queue where it could not run CloseDay.
    const failSchedule = async (): Promise<void> => {
      const { target, stack } = app();
      const name = stack.functionName('CloseDay');
      const attributes = {
        ERROR_CODE: 'AWS.Lambda.ResourceNotFoundException',
        ERROR_MESSAGE: 'Function not found',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '10',
        IS_PAYLOAD_TRUNCATED: 'false',
        SCHEDULE_ARN: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/close',
        TARGET_ARN: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      };
      await new SQSClient(target.clientOptions).send(
        new SendMessageCommand({
          QueueUrl: stack.output('FailureQueue'),
          MessageBody: JSON.stringify({ time: new Date().toISOString() }),
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([key, StringValue]) => [
              key,
              { DataType: 'String', StringValue },
            ]),
          ),
        }),
      );
    };

    test('what failed is listed, shown, tried again, and removed when it succeeded', async () => {
      const { target, stack } = app();
      const key = 'uploads/orders of today.csv';
      const good = 'c1,alan,"desk, oak",1,24900,';
      await upload(
        target,
        stack.output('UploadsBucket'),
        key,
        [CSV_HEADER, good, 'c2,,,,,'].join('\n'),
      );

      // Listed, as often as one likes.
      const failure = await failureOf('ImportOrders');
      expect(failure).toMatchObject({
        kind: 'asynchronous',
        trigger: 'objects of Uploads (uploads/*.csv)',
        error: expect.stringContaining('1 of 2 rows: line 3') as string,
        event: { Records: [{ s3: { object: { key: key.replaceAll(' ', '+') } } }] },
      });
      const listed = await run('failures', 'list');
      expect(listed.stdout).toMatch(
        /^ImportOrders · objects of Uploads \(uploads\/\*\.csv\) \(1\)\n {2}[\da-f]{8} {2}asynchronous +\d+ s ago {2}.*1 of 2 rows/,
      );
      expect(listed.stderr).toBe('1 failure\n');
      const shown = await run('failures', 'show', failure.id.slice(0, 8));
      expect(shown.stdout).toContain('"key": "uploads/orders+of+today.csv"');

      // Tried again in vain.
      const planned = await run('failures', 'retry', '--all', '--dry-run');
      expect([planned.code, planned.stdout]).toEqual([
        0,
        expect.stringContaining('would run arn:'),
      ]);
      const again = await run('failures', 'retry', failure.id);
      expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('✗ failed again')]);
      expect(await failures()).toHaveLength(1);

      // Tried again after the cause is gone. What the new file sets off by itself succeeds as well.
      await upload(target, stack.output('UploadsBucket'), key, [CSV_HEADER, good].join('\n'));
      const last = await run('failures', 'retry', '--all');
      expect([last.code, last.stdout]).toEqual([0, expect.stringContaining('✓ succeeded')]);
      expect(last.stderr).toBe('1 event succeeded and removed\n');
      expect(await failures()).toEqual([]);
    });

    test('the record of a stream is tried again whole, and removed from bucket and queue', async () => {
      const { target, stack } = app();
      const Records = [
        {
          eventID: '1',
          eventName: 'INSERT',
          eventSource: 'aws:dynamodb',
          dynamodb: {
            SequenceNumber: '1',
            Keys: { id: { S: 's1' } },
            NewImage: {
              id: { S: 's1' },
              customer: { S: 'grace' },
              item: { S: 'lamp' },
              quantity: { N: '2' },
              priceCents: { N: '1999' },
              totalCents: { N: '3998' },
              placedAt: { S: '2026-11-24T08:00:00Z' },
              day: { S: '2026-11-24' },
            },
          },
        },
      ];
      const id = randomUUID();
      const key = `aws/lambda/${randomUUID()}/shardId-0001/2026/11/24/2026-11-24T08.00.00-${id}`;
      const arn = `arn:aws:lambda:us-east-1:000000000000:function:${stack.functionName('ProjectOrder')}`;
      await upload(
        target,
        stack.resource('AWS::S3::Bucket', 'FailureBucket'),
        key,
        JSON.stringify({
          requestContext: {
            requestId: randomUUID(),
            functionArn: arn,
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 6,
          },
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: 'Unhandled',
          },
          version: '1.0',
          timestamp: '2026-11-24T08:00:00.000Z',
          DDBStreamBatchInfo: { shardId: 'shardId-0001', batchSize: 1 },
          payload: JSON.stringify({ Records }),
        }),
      );

      expect(await failureOf('ProjectOrder')).toMatchObject({
        id,
        kind: 'stream',
        trigger: 'changes of Orders',
        error: 'Unhandled',
        condition: 'RetryAttemptsExhausted',
        attempts: 6,
        recordKey: key,
      });
      const { code, stdout } = await run('failures', 'retry', id.slice(0, 8));

      expect([code, stdout]).toEqual([0, expect.stringContaining('✓ succeeded')]);
      const orders = await request(target, `${stack.output('Url')}orders?customer=grace`);
      expect(JSON.parse(orders.body)).toMatchObject({ orders: [{ entry: 's1' }] });
      expect(await failures()).toEqual([]);
    });

    test('what EventBridge Scheduler could not hand over is run with its input', async () => {
      const { target, stack } = app();
      await failSchedule();

      expect(await failureOf('CloseDay')).toMatchObject({ kind: 'schedule', attempts: 11 });
      const { code, stdout } = await run('failures', 'retry', '--function', 'CloseDay');

      expect([code, stdout]).toEqual([0, expect.stringContaining('✓ succeeded')]);
      const row = await getRow(target, stack.output('ViewsTable'), {
        view: 'days',
        entry: dayBefore(new Date()),
      });
      expect(row).toBeDefined();
    });

    test.each<[string, (asked: Asked) => boolean]>([
      ['before the function runs', ({ path: at }) => at.endsWith('/invocations')],
      ['after it succeeded', ({ target }) => target === 'AmazonSQS.DeleteMessage'],
    ])('retry that is killed by SIGKILL %s loses nothing', async (_when, isMoment) => {
      const { target, stack, assembly } = app();
      await failSchedule();
      await failureOf('CloseDay');

      const { asked, signal } = await cutOff(
        target.endpoint ?? '',
        (AWS_ENDPOINT_URL) =>
          command.start(
            { ...target.cdkEnvironment, AWS_ENDPOINT_URL },
            ...['failures', 'retry', '--all', '--assembly', assembly],
          ),
        isMoment,
      );

      expect(signal).toBe('SIGKILL');
      expect(asked.filter(isMoment)).toHaveLength(1);
      // Hidden for as long as the function might have run; time is made to pass.
      const hidden = asked.find(({ target: to }) => to === 'AmazonSQS.ChangeMessageVisibility');
      const { ReceiptHandle } = JSON.parse(hidden?.body ?? '') as { ReceiptHandle: string };
      expect(await failures()).toEqual([]);
      await new SQSClient(target.clientOptions).send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: stack.output('FailureQueue'),
          ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
      expect(await failureOf('CloseDay')).toMatchObject({ kind: 'schedule' });
      const { code, stdout } = await run('failures', 'retry', '--all');
      expect([code, stdout]).toEqual([0, expect.stringContaining('✓ succeeded')]);
      expect(await failures()).toEqual([]);
    });

    test('purge asks, and removes only when it is told so', async () => {
      const { target, stack } = app();
      await new SQSClient(target.clientOptions).send(
        new SendMessageCommand({ QueueUrl: stack.output('FailureQueue'), MessageBody: 'what?' }),
      );
      await eventually('the message', async () => (await failures()).length === 1);

      const asked = await run('failures', 'purge');
      expect([asked.code, asked.stderr]).toEqual([
        1,
        'there is no terminal to ask on: write --yes to remove without asking\n',
      ]);
      expect(await failures()).toHaveLength(1);
      const done = await run('failures', 'purge', '--yes');

      expect([done.code, done.stderr]).toEqual([0, '1 failure removed\n']);
      expect(await failures()).toEqual([]);
    });

    test('logs show what the handlers wrote', async () => {
      const { stdout, code } = await run('logs', '--since', '1h');

      expect(code).toBe(0);
      expect(stdout).toContain('1 of 2 rows: line 3');
    });

    // The emulator names log streams without the function, and writes no JSON lines of the platform.
    test('logs show one function, its cold start and its timeout', async () => {
      const { target, stack } = app();
      const client = new CloudWatchLogsClient(target.clientOptions);
      const logGroupName = stack.resource('AWS::Logs::LogGroup', 'Logs');
      const report = (status: string, more: object): object => ({
        type: 'platform.report',
        record: {
          requestId: randomUUID(),
          status,
          metrics: {
            durationMs: 60_000,
            billedDurationMs: 60_000,
            memorySizeMB: 1024,
            maxMemoryUsedMB: 99,
            ...more,
          },
        },
      });
      for (const id of ['ImportOrders', 'CloseDay']) {
        const logStreamName = `2026/11/24/${stack.functionName(id)}[$LATEST]${randomUUID()}`;
        const lines = [
          { level: 'INFO', message: `hello from ${id}`, rows: 2 },
          report('success', { initDurationMs: 180 }),
          report('timeout', {}),
        ];
        await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
        await client.send(
          new PutLogEventsCommand({
            logGroupName,
            logStreamName,
            logEvents: lines.map((line) => ({
              timestamp: Date.now(),
              message: JSON.stringify(line),
            })),
          }),
        );
      }

      const { stdout } = await run('logs', 'ImportOrders', '--since', '1h');

      expect(stdout.split('\n').map((line) => line.slice('hh:mm:ss.mmm '.length))).toEqual([
        'ImportOrders   hello from ImportOrders {"rows":2}',
        'ImportOrders ❄ 60000 ms (billed 60000 ms, 99 of 1024 MB), cold start 180 ms',
        'ImportOrders ✗ timeout after 60000 ms (billed 60000 ms, 99 of 1024 MB)',
        '',
      ]);
    });

    test('cost is what CloudWatch counted, times the price list', async () => {
      const { target, stack } = app();
      const client = new CloudWatchClient(target.clientOptions);
      const name = stack.functionName('ListOrders');
      const put = (MetricName: string, Value: number): Promise<unknown> =>
        client.send(
          new PutMetricDataCommand({
            Namespace: 'AWS/Lambda',
            MetricData: [
              {
                MetricName,
                Value,
                Timestamp: new Date(),
                Dimensions: [{ Name: 'FunctionName', Value: name }],
              },
            ],
          }),
        );
      await put('Invocations', 1_000_000);
      await put('Duration', 100_000_000);

      const { code, stdout } = await run('cost', 'Orders', '--json');

      expect(code).toBe(0);
      const [cost] = JSON.parse(stdout) as {
        hasData: boolean;
        functions: { id: string; invocations: number; dollars: number }[];
      }[];
      const found = cost?.functions.find(({ id }) => id === 'ListOrders');
      expect(cost?.hasData).toBe(true);
      expect(found?.invocations).toBe(1_000_000);
      // $0.20 of requests, and 100,000 GB-seconds of arm64.
      expect(found?.dollars).toBeCloseTo(0.2 + 100_000 * 0.0000133334, 3);
      expect((await run('cost')).stdout).toMatch(/ListOrders +1,000,000 +0 +0 +\$1\.53/);
    });

    test('report writes the page, with what CloudWatch counted', async () => {
      const output = workFolder('report');
      const { code, stdout } = await run('report', '--metrics', '--output', output);

      const file = path.join(output, 'Orders.Orders.report.html');
      expect([code, stdout]).toEqual([0, `${file}\n`]);
      expect(fs.readFileSync(file, 'utf8')).toMatch(/"id":"ListOrders","invocations":1000000/);
    });

    test('advise says how much more it needs where little is known', async () => {
      const { code, stdout } = await run('advise', '--json');

      expect(code).toBe(0);
      const [found] = JSON.parse(stdout) as { missing: { about: string; of: string }[] }[];
      expect(found?.missing).toContainEqual(
        expect.objectContaining({ about: 'memory', of: 'ListOrders' }),
      );
    });

    test('one line says that the stack is not there, or that AWS cannot be reached', async () => {
      const { target, assembly } = app();
      const elsewhere = await run('cost', '--region', 'eu-central-1');
      const env = { ...target.cdkEnvironment, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
      const unreachable = await command.runWith(env, 'cost', '--assembly', assembly);

      expect([elsewhere.code, elsewhere.stderr]).toEqual([
        1,
        'there is no stack Orders in eu-central-1: deploy it with `npx cdk deploy`, or choose the account and region with --profile and --region\n',
      ]);
      expect([unreachable.code, unreachable.stderr]).toEqual([
        2,
        expect.stringMatching(/^AWS cannot be reached \(cloudformation:DescribeStacks: .*\n$/),
      ]);
    });

    test('one line says that there are no credentials', async () => {
      const { target, assembly } = app();
      const env = Object.fromEntries(
        Object.entries(target.cdkEnvironment).filter(([key]) => !/^AWS_(ACCESS|SECRET)/.test(key)),
      );
      const { code, stderr } = await command.runWith(
        { ...env, HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' },
        'failures',
        'list',
        '--assembly',
        assembly,
      );

      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/^there are no credentials for AWS: .*\n$/),
      ]);
    });

    test('doctor checks machine and account', async () => {
      const { stdout } = await run('doctor', '--json');

      const findings = JSON.parse(stdout) as { id: string; status: string }[];
      expect(Object.fromEntries(findings.map(({ id, status }) => [id, status]))).toMatchObject({
        'cdk-cli': 'ok',
        node: 'ok',
        esbuild: 'ok',
        region: 'ok',
        credentials: 'ok',
        bootstrap: 'ok',
        // The emulator does not know Cost Explorer; on a real account the tag is new.
        'cost-tag': expect.stringMatching(/^(failed|warning|ok)$/) as string,
      });
    });
  },
);

// Seen only on a real account: that AWS puts the record of a stream into the failure bucket, and the message of a schedule into
// the queue. Here they are put there in the form that AWS documents; everything from there on is the real thing.
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayBefore } from '../../examples/orders/src/calendar';
import { CommandLine, Outcome } from './support/command';
import { Asked, cutOff } from './support/cut-off';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { request, upload } from './support/drive';
import { workFolder } from './support/folders';
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

    test('a failure is listed, shown, retried, and removed when the retry succeeds', async () => {
      const { target, stack } = app();
      const key = 'uploads/orders of today.csv';
      const good = 'c1,alan,"desk, oak",1,24900,';
      await upload(
        target,
        stack.output('UploadsBucket'),
        key,
        [CSV_HEADER, good, 'c2,,,,,'].join('\n'),
      );

      // Listing changes nothing.
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

      // A retry that fails again.
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

    test('the record of a stream is retried whole, and removed from bucket and queue', async () => {
      const { target, stack } = app();
      const Records = [
        {
          eventID: '1',
          eventName: 'INSERT',
          eventSource: 'aws:dynamodb',
          eventSourceARN: `arn:aws:dynamodb:us-east-1:000000000000:table/${stack.output('OrdersTable')}/stream/2026-11-24T00:00:00.000`,
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

    test('an undelivered schedule is retried with its input', async () => {
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

    test('purge removes only after confirmation', async () => {
      const { target, stack } = app();
      await new SQSClient(target.clientOptions).send(
        new SendMessageCommand({ QueueUrl: stack.output('FailureQueue'), MessageBody: 'what?' }),
      );
      await eventually('the message', async () => (await failures()).length === 1);

      const asked = await run('failures', 'purge');
      expect([asked.code, asked.stderr]).toEqual([
        1,
        'there is no terminal to ask for confirmation: add --yes to remove without confirmation\n',
      ]);
      expect(await failures()).toHaveLength(1);
      const done = await run('failures', 'purge', '--yes');

      expect([done.code, done.stderr]).toEqual([0, '1 failure removed\n']);
      expect(await failures()).toEqual([]);
    });

    const send = async (MessageBody: string): Promise<void> => {
      const { target, stack } = app();
      await new SQSClient(target.clientOptions).send(
        new SendMessageCommand({ QueueUrl: stack.output('FailureQueue'), MessageBody }),
      );
    };
    /** What Lambda leaves in the queue where a function failed on an event. */
    const failedEvent = (id: string, event: string): string => {
      const arn = `arn:aws:lambda:us-east-1:000000000000:function:${app().stack.functionName(id)}`;
      return `{"requestContext":{"functionArn":"${arn}"},"requestPayload":${event}}`;
    };
    const countOf = async (): Promise<readonly [number, number]> => {
      const { target, stack } = app();
      const { Attributes } = await new SQSClient(target.clientOptions).send(
        new GetQueueAttributesCommand({
          QueueUrl: stack.output('FailureQueue'),
          AttributeNames: ['All'],
        }),
      );
      return [
        Number(Attributes?.ApproximateNumberOfMessages),
        Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
      ];
    };
    const purge = async (): Promise<void> => {
      await run('failures', 'purge', '--yes', '--foreign');
      expect(await failures()).toEqual([]);
    };

    test('a planted message is shown as not the app’s and never run, and odd ones stop nothing', async () => {
      await send(failedEvent('CloseDay', '{}').replace('000000000000', '999999999999'));
      await send(failedEvent('ImportOrders', '{"Records":null}'));
      await send('{"requestContext":{"functionArn":7},"requestPayload":{}}');
      await send('[]');
      await eventually('the messages', async () => (await failures()).length === 4);

      const listed = await run('failures', 'list');
      const retried = await run('failures', 'retry', '--all', '--json');

      expect(listed.stdout).toContain('not this app’s (2)');
      const outcomes = JSON.parse(retried.stdout) as { outcome: string; reason?: string }[];
      expect(outcomes.filter(({ outcome }) => outcome === 'skipped')).toHaveLength(4);
      await purge();
    });

    test('retry sends the event byte for byte', async () => {
      const { target } = app();
      const event = '{ "n" : 12345678901234567890, "e": 1e400 }';
      await send(failedEvent('CloseDay', event));
      await eventually('the message', async () => (await failures()).length === 1);

      const { asked } = await cutOff(
        target.endpoint ?? '',
        (AWS_ENDPOINT_URL) =>
          command.start(
            { ...target.cdkEnvironment, AWS_ENDPOINT_URL },
            ...['failures', 'retry', '--all', '--assembly', app().assembly],
          ),
        ({ path: at }) => at.endsWith('/invocations'),
      );

      expect(asked.at(-1)?.body).toBe(event);
      // The message stays hidden while the function might run; time is made to pass.
      await new SQSClient(target.clientOptions).send(
        new PurgeQueueCommand({ QueueUrl: app().stack.output('FailureQueue') }),
      );
    });

    test.each(['SIGINT', 'SIGTERM'] as const)(
      '%s while messages are received releases them',
      async (signal) => {
        const { target, assembly } = app();
        for (let i = 0; i < 25; i++) {
          await send(`odd ${i}`);
        }
        await eventually('the messages', async () => (await countOf())[0] === 25);

        for (const delay of [300, 400, 500, 600]) {
          const child = command.start(
            { ...target.cdkEnvironment },
            ...['failures', 'list', '--assembly', assembly],
          );
          const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
          await sleep(delay);
          child.kill(signal);
          // Before it reads it is killed by the signal, which Node.js reports as null.
          expect([null, signal === 'SIGINT' ? 130 : 143, 0]).toContain(await ended);
          expect(await countOf()).toEqual([25, 0]);
        }
        await purge();
      },
    );

    test('purge whose reader closes the output releases the remaining messages, and fails', async () => {
      const { target, assembly } = app();
      for (let i = 0; i < 20; i++) {
        await send(`odd ${i} ${'x'.repeat(20_000)}`); // more than a pipe holds
      }
      await eventually('the messages', async () => (await countOf())[0] === 20);

      const child = command.start(
        { ...target.cdkEnvironment },
        ...['failures', 'purge', '--yes', '--json', '--assembly', assembly],
      );
      child.stdout.once('data', () => child.stdout.destroy());
      const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));

      expect(code).toBe(141);
      expect((await countOf())[1]).toBe(0);
      await purge();
    });

    test('two retries at once run every record of a stream once', async () => {
      const { target, stack } = app();
      const bucket = stack.resource('AWS::S3::Bucket', 'FailureBucket');
      const arn = `arn:aws:lambda:us-east-1:000000000000:function:${stack.functionName('ProjectOrder')}`;
      for (let i = 0; i < 6; i++) {
        const key = `aws/lambda/m/shard/2026/11/24/2026-11-24T08.00.0${i}-${randomUUID()}`;
        const record = {
          requestContext: { functionArn: arn },
          payload: '{"Records":[{"eventSource":"aws:dynamodb","dynamodb":{}}]}',
        };
        await upload(target, bucket, key, JSON.stringify(record));
      }
      await eventually('the records', async () => (await failures()).length === 6);

      const retries = await Promise.all(
        [1, 2].map(() => run('failures', 'retry', '--all', '--json')),
      );

      const outcomes = retries.flatMap(
        ({ stdout }) => JSON.parse(stdout) as { id: string; outcome: string }[],
      );
      const succeeded = outcomes.filter(({ outcome }) => outcome === 'succeeded');
      expect(succeeded).toHaveLength(6);
      expect(new Set(succeeded.map(({ id }) => id)).size).toBe(6);
      // A message that neither command could remove is recognized as done.
      await run('failures', 'retry', '--all');
      expect(await failures()).toEqual([]);
      const left = await new S3Client(target.clientOptions).send(
        new ListObjectsV2Command({ Bucket: bucket }),
      );
      expect(left.Contents ?? []).toEqual([]);
    });

    test('a failure queue with a dead-letter queue is not read', async () => {
      const { target, stack } = app();
      const client = new SQSClient(target.clientOptions);
      const QueueUrl = stack.output('FailureQueue');
      const { QueueUrl: dead } = await client.send(
        new CreateQueueCommand({ QueueName: `dead-${randomUUID()}` }),
      );
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
      );
      const policy = { deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: 3 };
      const set = (RedrivePolicy: string): Promise<unknown> =>
        client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
      await set(JSON.stringify(policy));

      const { code, stderr } = await run('failures', 'list');
      await set('');
      await client.send(new DeleteQueueCommand({ QueueUrl: dead }));

      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/once it has been received 3 times/),
      ]);
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

    test('cost equals CloudWatch’s counts times the price list', async () => {
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

    test('report writes the page, with CloudWatch’s counts', async () => {
      const output = workFolder('report');
      const { code, stdout } = await run('report', '--metrics', '--output', output);

      const file = path.join(output, 'Orders.Orders.report.html');
      expect([code, stdout]).toEqual([0, `${file}\n`]);
      expect(fs.readFileSync(file, 'utf8')).toMatch(/"id":"ListOrders","invocations":1000000/);
    });

    test('advise says how much data is missing', async () => {
      const { code, stdout } = await run('advise', '--json');

      expect(code).toBe(0);
      const [found] = JSON.parse(stdout) as { missing: { about: string; of: string }[] }[];
      expect(found?.missing).toContainEqual(
        expect.objectContaining({ about: 'memory', of: 'ListOrders' }),
      );
    });

    test('one line says that the stack does not exist, or that AWS cannot be reached', async () => {
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
        expect.stringMatching(/^there are no AWS credentials: .*\n$/),
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

    describe('with the assembly of two stages', () => {
      const STAGES = ['Live', 'Next'] as const;
      let twoStages = '';

      /** An assembly with the deployed app once in each stage; that of `Next` belongs into another account. */
      beforeAll(() => {
        twoStages = workFolder('two-stages');
        for (const stage of STAGES) {
          const folder = path.join(twoStages, stage);
          fs.cpSync(app().assembly, folder, { recursive: true });
          const file = fs.readdirSync(folder).find((name) => name.endsWith('.serverless-app.json'));
          const model = path.join(folder, file ?? '');
          const given = JSON.parse(fs.readFileSync(model, 'utf8')) as { app: { path: string } };
          const account = stage === 'Next' ? { account: '999999999999' } : {};
          const appOfStage = { ...given.app, path: `${stage}/${given.app.path}`, ...account };
          fs.writeFileSync(model, JSON.stringify({ ...given, app: appOfStage }));
        }
        const artifacts = Object.fromEntries(
          STAGES.map((directoryName) => [
            directoryName,
            { type: 'cdk:cloud-assembly', properties: { directoryName } },
          ]),
        );
        fs.writeFileSync(path.join(twoStages, 'manifest.json'), JSON.stringify({ artifacts }));
      });

      const runIn = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<Outcome> =>
        command.runWith(
          { ...app().target.cdkEnvironment, ...env },
          ...[...args, '--assembly', twoStages],
        );

      test('doctor says which line is about which app', async () => {
        const { code, stdout } = await runIn({}, 'doctor');

        const lines = stdout.split('\n').map((line) => line.trim());
        expect(code).toBe(1);
        expect(lines).toContainEqual(
          expect.stringMatching(/^✓ +Live\/Orders\/\S+: account \d{12}$/),
        );
        expect(lines).toContainEqual(
          expect.stringMatching(
            /^✗ +Next\/Orders\/\S+: the credentials are for account \d{12}, but Next\/Orders\/\S+ belongs in 999999999999$/,
          ),
        );
        // What concerns both names neither.
        expect(lines.filter((line) => /^✓ +region /.test(line))).toHaveLength(1);
      });

      test('an app is named by the option, the environment, a file, its stage and its stack', async () => {
        const { stderr } = await runIn({}, 'logs', '--since', '1h');
        const [first = ''] = /Live\/Orders\/\w+/.exec(stderr) ?? [];

        expect(stderr).toMatch(/^there are 2 apps: .*: choose one with --app or SERVERLESS_APP\n$/);
        const byOption = await runIn({}, 'logs', '--since', '1h', '--app', first);
        expect([byOption.code, byOption.stderr]).toEqual([0, '']);
        const byStack = await runIn({}, 'logs', '--since', '1h', '--app', 'Live/Orders');
        expect(byStack).toEqual(byOption);
        expect(await runIn({ SERVERLESS_APP: first }, 'logs', '--since', '1h')).toEqual(byOption);
        const folder = workFolder('named-app');
        const context = { 'cdk-serverless-app:app': first };
        fs.writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ context }));
        const byFile = await command
          .in(folder)
          .runWith(
            { ...app().target.cdkEnvironment },
            ...['logs', '--since', '1h', '--assembly', twoStages],
          );
        expect(byFile).toEqual(byOption);
        expect((await run('logs', '--since', '1h', '--app', 'Orders')).stdout).toBe(
          byOption.stdout,
        );
      });
    });
  },
);

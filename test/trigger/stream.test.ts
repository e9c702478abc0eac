import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Access, AppStage, ServerlessApp, StreamTriggerOptions, Trigger } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { identityStatements } from '../support/policies';
import { ids, only, quickApp, resources, templateOf } from '../support/synth';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const STREAM = 'AWS::Kinesis::Stream';
const CONSUMER = 'AWS::Kinesis::StreamConsumer';
const AT = new Date('2026-11-01T00:00:00.900Z');
const number = (value: number): number => Lazy.number({ produce: () => value });
const filter = (pattern: object): { readonly [key: string]: unknown } =>
  lambda.FilterCriteria.filter(pattern);

/** What the functions of a stack may do, with the resources as they stand in the template. */
const allowed = (stack: Stack): Array<{ actions: string[]; on: unknown[] }> =>
  identityStatements(stack).map(({ actions, resources: on }) => ({
    actions,
    on: on.map((one) => JSON.parse(one) as unknown),
  }));

/** An app with a stream that runs a function. */
function withStream(
  options: StreamTriggerOptions = {},
  props: kinesis.StreamProps = {},
): { app: ServerlessApp; stack: Stack; stream: kinesis.Stream } {
  const { app, stack } = quickApp();
  const stream = app.addStream('Clicks', props);
  app.onRecord(stream, 'ok.ts', options);
  return { app, stack, stream };
}

const mapping = (options: StreamTriggerOptions = {}): Record<string, unknown> =>
  only(withStream(options).stack, MAPPING);

describe('a stream trigger', () => {
  test.each([
    ['StartingPosition', 'TRIM_HORIZON'],
    ['StartingPositionTimestamp', undefined],
    ['BatchSize', 100],
    ['MaximumRetryAttempts', 5],
    ['MaximumRecordAgeInSeconds', 86_400],
    ['BisectBatchOnFunctionError', true],
    ['FunctionResponseTypes', ['ReportBatchItemFailures']],
    ['MaximumBatchingWindowInSeconds', undefined],
    ['ParallelizationFactor', undefined],
    ['TumblingWindowInSeconds', undefined],
    ['FilterCriteria', undefined],
  ])('has the default %s %j', (property, value) => {
    expect(mapping()[property]).toEqual(value);
  });

  test('reads the stream, and sends what still fails to the failure bucket', () => {
    const { app, stack, stream } = withStream();

    expect(only(stack, MAPPING)).toMatchObject({
      EventSourceArn: stack.resolve(stream.streamArn) as unknown,
      DestinationConfig: {
        OnFailure: { Destination: stack.resolve(app.failureBucket.bucketArn) as unknown },
      },
    });
    expect(resources(stack, CONSUMER)).toEqual({});
    expect(resources(stack, 'AWS::Lambda::EventInvokeConfig')).toEqual({});
  });

  test.each<[string, StreamTriggerOptions, Record<string, unknown>]>([
    [
      'startingPosition',
      { startingPosition: lambda.StartingPosition.LATEST },
      { StartingPosition: 'LATEST' },
    ],
    [
      'startingPositionTimestamp',
      { startingPositionTimestamp: AT },
      { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_793_491_200 },
    ],
    ['batchSize', { batchSize: 10 }, { BatchSize: 10 }],
    [
      'maxBatchingWindow',
      { maxBatchingWindow: Duration.seconds(30) },
      { MaximumBatchingWindowInSeconds: 30 },
    ],
    ['parallelizationFactor', { parallelizationFactor: 2 }, { ParallelizationFactor: 2 }],
    ['tumblingWindow', { tumblingWindow: Duration.minutes(1) }, { TumblingWindowInSeconds: 60 }],
    ['maxRetryAttempts', { maxRetryAttempts: 1 }, { MaximumRetryAttempts: 1 }],
    ['maxRecordAge', { maxRecordAge: Duration.hours(1) }, { MaximumRecordAgeInSeconds: 3600 }],
    ['bisectBatchOnError', { bisectBatchOnError: false }, { BisectBatchOnFunctionError: false }],
    ['enabled', { enabled: false }, { Enabled: false }],
    [
      'filters',
      { filters: [filter({ data: { kind: ['order'] } })] },
      { FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["order"]}}' }] } },
    ],
    ['a Token as the batch size', { batchSize: number(99_999) }, { BatchSize: 99_999 }],
    [
      'a Token as the age',
      { maxRecordAge: Duration.seconds(number(1)) },
      { MaximumRecordAgeInSeconds: 1 },
    ],
  ])('passes on %s', (_name, options, properties) => {
    expect(mapping(options)).toMatchObject(properties);
  });

  test('`reportBatchItemFailures: false` disables partial responses', () => {
    expect(mapping({ reportBatchItemFailures: false })).not.toHaveProperty('FunctionResponseTypes');
  });

  test('lets the function read this stream, and nothing else', () => {
    const { stack, stream } = withStream();
    const all = allowed(stack).filter(({ actions }) => actions.some((one) => /kinesis/.test(one)));

    expect(all).toEqual([
      {
        actions: [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
        ],
        on: [stack.resolve(stream.streamArn)],
      },
    ]);
  });

  test('lets the function decrypt the records of an encrypted stream', () => {
    const { app, stack } = quickApp();
    const encryptionKey = new kms.Key(stack, 'Key');

    app.onRecord(app.addStream('Clicks', { encryptionKey }), 'ok.ts');

    expect(only(stack, STREAM).StreamEncryption).toEqual({
      EncryptionType: 'KMS',
      KeyId: stack.resolve(encryptionKey.keyArn) as unknown,
    });
    expect(allowed(stack)).toContainEqual({
      actions: ['kms:Decrypt'],
      on: [stack.resolve(encryptionKey.keyArn)],
    });
  });

  test('accepts an imported stream', () => {
    const { app, stack } = quickApp();
    const arn = Stack.of(app).formatArn({
      service: 'kinesis',
      resource: 'stream',
      resourceName: 'x',
    });

    app.onRecord(kinesis.Stream.fromStreamArn(stack, 'Theirs', arn), 'ok.ts');

    expect(only(stack, MAPPING).EventSourceArn).toEqual(stack.resolve(arn));
  });

  test('accepts two streams', () => {
    const { app, stack } = quickApp();

    app.addFunction('Work', {
      entry: 'ok.ts',
      triggers: [Trigger.stream(app.addStream('A')), Trigger.stream(app.addStream('B'))],
    });

    expect(ids(stack, MAPPING)).toHaveLength(2);
  });

  test('has an alarm on the age of its records', () => {
    const { app } = quickApp({ notify: ['ops@example.com'] });

    app.onRecord(app.addStream('Clicks'), 'ok.ts');

    expect(app.tryGetAlarm('OkStreamAge')).toBeDefined();
  });

  test('is in the model', () => {
    const { app, stream } = withStream({ enhancedFanOut: true, parallelizationFactor: 3 });

    expect(AppContext.of(app).model.functions[0]?.triggers).toEqual([
      {
        kind: 'streamRecords',
        invocation: 'polled',
        source: stream.node.path,
        details: expect.objectContaining({
          mode: 'onDemand',
          enhancedFanOut: true,
          batchSize: 100,
          parallelizationFactor: 3,
        }) as object,
      },
    ]);
  });

  test('that is off has no alarm', () => {
    const { app } = quickApp({ notify: ['ops@example.com'] });

    app.onRecord(app.addStream('Clicks'), 'ok.ts', { enabled: false });

    expect(app.tryGetAlarm('OkStreamAge')).toBeUndefined();
  });
});

describe('enhanced fan-out', () => {
  test('registers a consumer, which the mapping reads', () => {
    const { stack, stream } = withStream({ enhancedFanOut: true });
    const [consumer] = ids(stack, CONSUMER);

    expect(only(stack, CONSUMER)).toEqual({
      ConsumerName: expect.stringMatching(/^Test-App-Ok-[0-9A-F]{8}$/) as string,
      StreamARN: stack.resolve(stream.streamArn) as unknown,
    });
    expect(only(stack, MAPPING).EventSourceArn).toEqual({
      'Fn::GetAtt': [consumer, 'ConsumerARN'],
    });
  });

  test('lets the function subscribe as that consumer only', () => {
    const { stack } = withStream({ enhancedFanOut: true });
    const [consumer] = ids(stack, CONSUMER);

    expect(allowed(stack)).toContainEqual({
      actions: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'],
      on: [{ 'Fn::GetAtt': [consumer, 'ConsumerARN'] }],
    });
  });

  test('gives each function a consumer of its own name', () => {
    const { app, stack } = quickApp();
    const stream = app.addStream('Clicks');
    app.onRecord(stream, 'ok.ts', { enhancedFanOut: true });
    app.onRecord(stream, 'other.ts', { enhancedFanOut: true });

    const names = Object.values(resources(stack, CONSUMER)).map(
      ({ Properties }) => (Properties as { ConsumerName: string }).ConsumerName,
    );
    expect(new Set(names).size).toBe(2);
  });
});

describe('a stream trigger fails for', () => {
  test.each<[string, StreamTriggerOptions, string]>([
    ['batchSize 0', { batchSize: 0 }, 'batchSize` must be a whole number from 1 to 10000 records'],
    ['batchSize 10,001', { batchSize: 10_001 }, 'batchSize` must be a whole number from 1 to'],
    [
      'a window of 301 s',
      { maxBatchingWindow: Duration.seconds(301) },
      'maxBatchingWindow` must be whole seconds from 0 seconds to 5 minutes',
    ],
    ['11 batches', { parallelizationFactor: 11 }, 'parallelizationFactor` must be a whole number'],
    [
      '10,001 retries',
      { maxRetryAttempts: 10_001 },
      'maxRetryAttempts` must be a whole number from 0 to 10000 retries',
    ],
    [
      'an age of 59 s',
      { maxRecordAge: Duration.seconds(59) },
      'maxRecordAge` must be whole seconds from 1 minute to 7 days',
    ],
    [
      'a position without its time',
      { startingPosition: lambda.StartingPosition.AT_TIMESTAMP },
      'startingPositionTimestamp` must be given with `StartingPosition.AT_TIMESTAMP`, got nothing: give the time',
    ],
    [
      'a time with another position',
      { startingPosition: lambda.StartingPosition.LATEST, startingPositionTimestamp: AT },
      'startingPosition` must be AT_TIMESTAMP together with `startingPositionTimestamp`, got "LATEST"',
    ],
    [
      'a filter by `kinesis`',
      { filters: [filter({ kinesis: { partitionKey: ['a'] } })] },
      'filters[0].kinesis` must be a field of a stream record, got an unknown field: leave out `kinesis`',
    ],
    [
      'a filter without `data`',
      { filters: [filter({ status: ['open'] })] },
      'filters[0].status` must be a field of a stream record, got an unknown field: write `data: { status: … }`',
    ],
    [
      'such a filter among alternatives',
      { filters: [filter({ $or: [{ partitionKey: ['a'] }, { status: ['open'] }] })] },
      'filters[0].status` must be a field of a stream record',
    ],
    [
      'a filter twice',
      { filters: [filter({ partitionKey: ['a'] }), filter({ partitionKey: ['a'] })] },
      'filters[1]` must differ from the filters before it',
    ],
    [
      'a filter that `FilterCriteria.filter` did not make',
      { filters: [{ data: ['a'] }] },
      'filters[0]` must be created by `FilterCriteria.filter(…)`',
    ],
  ])('%s', (_what, options, message) => {
    expect(() => mapping(options)).toThrow(`Test/App: \`functions.Ok.${message}`);
  });

  test('a table', () => {
    const { app } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' }) as unknown as kinesis.IStream;

    expect(() => app.onRecord(table, 'ok.ts')).toThrow(
      '`functions.Ok.stream` must be a stream, got Test/App/Orders, which is not one: use `onObjectCreated`',
    );
  });

  test('the same stream twice', () => {
    const { app } = quickApp();
    const stream = app.addStream('Clicks');

    expect(() =>
      app.addFunction('Work', {
        entry: 'ok.ts',
        triggers: [Trigger.stream(stream), Trigger.stream(stream, { enhancedFanOut: true })],
      }),
    ).toThrow('`functions.Work.triggers` must name each stream once, got Test/App/Clicks twice');
  });

  test('retries of asynchronous events', () => {
    const { app } = quickApp();

    expect(() => app.onRecord(app.addStream('Clicks'), 'ok.ts', { retryAttempts: 1 })).toThrow(
      '`functions.Ok.retryAttempts` must be left out',
    );
  });
});

describe('a stream of the app', () => {
  test('is on demand and encrypted, without a condition in the template', () => {
    const { stack } = withStream();

    expect(only(stack, STREAM)).toEqual({
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      RetentionPeriodHours: 24,
    });
    expect(templateOf(stack)).not.toHaveProperty('Conditions');
  });

  test('is provisioned with a number of shards', () => {
    const { app, stack } = withStream({}, { shardCount: 3, retentionPeriod: Duration.days(7) });

    expect(only(stack, STREAM)).toMatchObject({
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      ShardCount: 3,
      RetentionPeriodHours: 168,
    });
    expect(AppContext.of(app).model.functions[0]?.triggers[0]?.details).toMatchObject({
      mode: 'provisioned',
      shards: 3,
    });
  });

  test.each([
    [AppStage.PRODUCTION, 'RetainExceptOnCreate'],
    [AppStage.DEVELOPMENT, 'Delete'],
  ])('in %s has the deletion policy %s', (stage, policy) => {
    const { app, stack } = quickApp({ stage });
    app.onRecord(app.addStream('Clicks'), 'ok.ts');

    expect(Object.values(resources(stack, STREAM))).toMatchObject([{ DeletionPolicy: policy }]);
  });

  test.each<[string, kinesis.StreamProps, string]>([
    [
      'shards on demand',
      { streamMode: kinesis.StreamMode.ON_DEMAND, shardCount: 1 },
      'shardCount` must be left out for an on-demand stream, which chooses its shards itself, got 1',
    ],
    [
      'no encryption',
      { encryption: kinesis.StreamEncryption.UNENCRYPTED },
      'encryption` must encrypt the stream',
    ],
    ['no shard', { shardCount: 0 }, 'shardCount` must be a whole number not below 1 shards, got 0'],
    [
      'a retention of 23 hours',
      { retentionPeriod: Duration.hours(23) },
      'retentionPeriod` must be whole seconds from',
    ],
  ])('fails for %s', (_what, props, message) => {
    expect(() => quickApp().app.addStream('Clicks', props)).toThrow(`\`streams.Clicks.${message}`);
  });

  test('fails for an id that is taken', () => {
    const { app } = quickApp();
    app.addTable('Clicks', { partitionKey: 'id' });

    expect(() => app.addStream('Clicks')).toThrow('`streams.Clicks` must have a unique id');
  });
});

describe('access to a stream', () => {
  const grantOf = (access: (stream: kinesis.IStream) => Access): unknown[] => {
    const { app, stack } = quickApp();
    const fn = app.addFunction('F', { entry: 'ok.ts' });
    fn.addAccess(access(app.addStream('Clicks')));
    return allowed(stack)
      .map(({ actions }) => actions)
      .filter((actions) => actions.some((action) => action.startsWith('kinesis:')));
  };
  const read = [
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
  ];
  const write = ['kinesis:PutRecord', 'kinesis:PutRecords'];

  test.each<[string, (stream: kinesis.IStream) => Access, string[]]>([
    ['read', (stream) => Access.read(stream), read],
    ['write', (stream) => Access.write(stream), write],
    ['readWrite', (stream) => Access.readWrite(stream), [...read, ...write].sort()],
  ])('%s grants named actions', (_level, access, actions) => {
    expect(grantOf(access)).toEqual([actions]);
  });

  test('sets the variable with the name of the stream', () => {
    const { app, stack } = quickApp();
    const stream = app.addStream('Clicks');
    app.addFunction('F', { entry: 'ok.ts' }).writes(stream);

    expect(only(stack, 'AWS::Lambda::Function')).toMatchObject({
      Environment: {
        Variables: { CLICKS_STREAM_NAME: stack.resolve(stream.streamName) as unknown },
      },
    });
  });

  test('allows a writer to use the key of the stream', () => {
    const { app, stack } = quickApp();
    const encryptionKey = new kms.Key(stack, 'Key');
    app.addFunction('F', { entry: 'ok.ts' }).writes(app.addStream('Clicks', { encryptionKey }));

    expect(allowed(stack)).toContainEqual({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      on: [stack.resolve(encryptionKey.keyArn)],
    });
  });

  test.each([
    ['prefix', { prefix: 'a/' }],
    ['index', { index: 'byDate' }],
  ])('refuses `%s`', (prop, options) => {
    expect(() => grantOf((stream) => Access.read(stream, options))).toThrow(
      `\`functions.F.access.${prop}\` must be given for a`,
    );
  });
});

describe('guards', () => {
  const found = (app: ServerlessApp): string[] => app.findings().map(({ id }) => id);

  test.each<[string, StreamTriggerOptions, boolean]>([
    ['a function that puts records into its own stream', {}, true],
    ['unless a filter excludes them', { filters: [filter({ partitionKey: ['a'] })] }, false],
  ])('report a loop: %s', (_what, options, loop) => {
    const { app } = quickApp();
    const stream = app.addStream('Clicks');
    app.onRecord(stream, 'ok.ts', options).writes(stream);

    expect(found(app).includes('cdk-serverless-app:event-loop')).toBe(loop);
  });

  test('report a loop through a CDK grant', () => {
    const { app } = quickApp();
    const stream = app.addStream('Clicks');
    stream.grantWrite(app.onRecord(stream, 'ok.ts'));

    expect(found(app)).toContain('cdk-serverless-app:event-loop');
  });

  test.each<[number, StreamTriggerOptions, boolean]>([
    [5, {}, false],
    [6, {}, true],
    [6, { enhancedFanOut: true }, false],
  ])('count %d readers of a stream with %j: too many is %j', (readers, options, tooMany) => {
    const { app } = quickApp();
    const stream = app.addStream('Clicks');
    for (let i = 0; i < readers; i++) {
      app.onRecord(stream, 'ok.ts', { id: `F${i}`, ...options });
    }

    expect(found(app).includes('cdk-serverless-app:stream-readers')).toBe(tooMany);
  });

  test('report less reserved concurrency than a shard uses', () => {
    const { app } = quickApp();
    app.onRecord(app.addStream('Clicks'), 'ok.ts', {
      parallelizationFactor: 5,
      reservedConcurrentExecutions: 2,
    });

    expect(found(app)).toContain('cdk-serverless-app:stream-concurrency');
  });
});

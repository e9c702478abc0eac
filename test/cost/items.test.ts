import { AppModel, FunctionModel, UsageModel } from '../../lib/model/app-model';
import { appItems } from '../../lib/cost/app-items';
import { monthsKept } from '../../lib/kinds/log-items';
import { BillItem } from '../../lib/cost/bill';
import { FunctionLoad, loadOf } from '../../lib/cost/events';
import { functionItems, memoryOf } from '../../lib/cost/function-items';
import { priceListOf } from '../../lib/cost/price-list';
import { storageItems, trafficOf } from '../../lib/cost/storage-items';
import {
  appModel,
  changesOf,
  functionModel,
  http,
  objectsOf,
  schedule,
  TOKEN,
  touches,
} from '../support/app-model';

const GB = 1024 ** 3;
const MONTH = 730 * 3600;
const DAYS = 365.25 / 12;
const PRICES = priceListOf('us-east-1');
const TABLE = { id: 'T', path: 'Test/App/T', name: 't', made: true, billing: 'onDemand' } as const;
const BUCKET = { id: 'B', path: 'Test/App/B', name: 'b', made: true };

/** Without the last digits of floating-point arithmetic. */
function near(quantity: number): number {
  return Number(quantity.toPrecision(12));
}

function nearAll(quantities: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(quantities).map(([name, each]) => [name, near(each)]));
}

/** What is counted and is not nothing: `<price> <resource>` to its quantity. */
function counted(items: readonly BillItem[]): Record<string, number> {
  expect(items.every(({ price, quantity }) => price in PRICES.prices && quantity >= 0)).toBe(true);
  const some = items.filter(({ quantity }) => quantity > 0);
  return Object.fromEntries(
    some.map(({ price, resource, quantity }) => [
      resource === undefined ? price : `${price} ${resource}`,
      near(quantity),
    ]),
  );
}

function loads(functions: FunctionModel[], usage: UsageModel = {}): readonly FunctionLoad[] {
  return loadOf(appModel({ functions }), 'moderate', usage).functions;
}

describe('a function', () => {
  function items(parts: Partial<FunctionModel>, usage: UsageModel): Record<string, number> {
    const fn = functionModel('Fn', { triggers: [http('GET /')], ...parts });
    const [load] = loads([fn], usage);
    return load === undefined ? {} : counted(functionItems(load, PRICES));
  }
  /** 4,000 seconds in all. */
  const usage = { monthlyEvents: { moderate: 8000 }, durationMs: 500 };

  test.each<[string, Partial<FunctionModel>, Record<string, number>]>([
    ['of 2 GB', { memoryMb: 2048 }, { 'lambda.durationArm64 Fn': 8000 }],
    ['of another architecture', { architecture: 'x86_64' }, { 'lambda.durationX86 Fn': 4000 }],
    ['of a memory that is a token', { memoryMb: TOKEN }, { 'lambda.durationArm64 Fn': 4000 }],
    [
      'with 1 GB of /tmp',
      { ephemeralStorageMb: 1024 },
      { 'lambda.durationArm64 Fn': 4000, 'lambda.ephemeralStorage Fn': 2000 },
    ],
    ['with 512 MB of /tmp', { ephemeralStorageMb: 512 }, { 'lambda.durationArm64 Fn': 4000 }],
    ['with a token of /tmp', { ephemeralStorageMb: TOKEN }, { 'lambda.durationArm64 Fn': 4000 }],
    ['that is not traced', { tracing: false }, { 'lambda.durationArm64 Fn': 4000 }],
    [
      'that is traced',
      { tracing: true },
      { 'lambda.durationArm64 Fn': 4000, 'xray.traces Fn': 8000 },
    ],
    [
      'that is durable',
      { durable: { executionTimeoutSeconds: 60, retentionDays: 14 } },
      { 'lambda.durationArm64 Fn': 4000, 'lambda.durableOperations Fn': 8000 * 5 },
    ],
    [
      'with snapshots, of 2 GB',
      { runtime: 'python3.13', memoryMb: 2048, coldStart: { kind: 'snapStart' } },
      {
        'lambda.durationArm64 Fn': 8000,
        'lambda.snapStartCache Fn': 2 * MONTH,
        'lambda.snapStartRestore Fn': 8000 * 0.01 * 2,
      },
    ],
    [
      'with snapshots of Java',
      { runtime: 'java21', coldStart: { kind: 'snapStart' } },
      { 'lambda.durationArm64 Fn': 4000 },
    ],
    [
      'with two environments that are ready, of 2 GB',
      { memoryMb: 2048, coldStart: { kind: 'provisioned', min: 2 } },
      {
        'lambda.provisionedArm64 Fn': 2 * 2 * MONTH,
        'lambda.provisionedDurationArm64 Fn': 8000,
      },
    ],
    [
      'with environments that are scaled, by two alarms',
      { coldStart: { kind: 'provisioned', min: 1, max: 5 } },
      {
        'lambda.provisionedArm64 Fn': MONTH,
        'lambda.provisionedDurationArm64 Fn': 4000,
        'cloudWatch.alarms Fn': 2,
      },
    ],
    [
      'with environments that a token says',
      { coldStart: { kind: 'provisioned', min: TOKEN } },
      { 'lambda.durationArm64 Fn': 4000 },
    ],
    [
      'with bounds of a scaling that there is not',
      { coldStart: { kind: 'onDemand', min: 1, max: 5 } },
      { 'lambda.durationArm64 Fn': 4000 },
    ],
  ])('%s', (_what, parts, expected) => {
    expect(items(parts, usage)).toEqual(nearAll({ 'lambda.requests Fn': 8000, ...expected }));
  });

  test('of 2 GB, with more work than two environments can do', () => {
    const coldStart = { kind: 'provisioned', min: 1, max: 2 };
    const much = { monthlyEvents: { moderate: MONTH }, durationMs: 5000 };

    expect(items({ memoryMb: 2048, coldStart }, much)).toEqual({
      'lambda.requests Fn': MONTH,
      'lambda.provisionedArm64 Fn': 2 * 2 * MONTH,
      'lambda.provisionedDurationArm64 Fn': 2 * 2 * MONTH,
      'lambda.durationArm64 Fn': 2 * 3 * MONTH,
      'cloudWatch.alarms Fn': 2,
    });
  });

  test.each([
    [0.5, 4],
    [undefined, 2 / 0.7],
    [TOKEN, 2 / 0.7],
  ])('that is scaled at a utilization of %p has %p environments', (targetUtilization, units) => {
    const coldStart = { kind: 'provisioned', min: 1, max: 9, targetUtilization };
    const much = { monthlyEvents: { moderate: MONTH }, durationMs: 2000 };

    expect(items({ coldStart }, much)['lambda.provisionedArm64 Fn']).toEqual(near(units * MONTH));
  });

  test('is traced once a second, plus 5 % of the remaining invocations', () => {
    const much = { monthlyEvents: { moderate: 3 * MONTH }, durationMs: 1 };

    expect(items({ tracing: true }, much)['xray.traces Fn']).toEqual(
      near(MONTH + 0.05 * 2 * MONTH),
    );
  });

  test('has its configured memory, or 1 GB', () => {
    expect(memoryOf(functionModel('Fn', { memoryMb: 3008 }))).toBe(3008);
    expect(memoryOf(functionModel('Fn', { memoryMb: TOKEN }))).toBe(1024);
  });
});

describe('resources that functions share', () => {
  const functions = [
    functionModel('Get', { triggers: [http('GET /'), schedule('rate(1 day)')] }),
    functionModel('Put', { triggers: [http('PUT /')], usage: { responseBytes: 0 } }),
    functionModel('Hear', { triggers: [objectsOf('B')] }),
    functionModel('Follow', { triggers: [changesOf('T')], usage: { itemBytes: 2048 } }),
    functionModel('Direct'),
    functionModel('Other'),
  ];
  const items = (
    parts: Partial<AppModel>,
    level: 'low' | 'moderate' = 'moderate',
  ): Record<string, number> => counted(appItems(appModel(parts), loads(functions), level));
  const log = (id: string, retentionDays?: number): NonNullable<AppModel['logGroup']> => ({
    id,
    path: id,
    name: id,
    made: true,
    retentionDays,
  });

  /** An invocation logs 1 KB, of 2 million requests, of a run a day, of objects, changes, and of what runs the last two. */
  const LOGGED = ((2e6 + DAYS + 1e4 + 1e5 + 2e5) * 1024) / GB;
  const SMALLEST = {
    'apiGateway.httpRequests': 2e6,
    'dataTransfer.out': near((1e6 * 4096) / GB),
    'eventBridge.schedulerInvocations': near(DAYS),
    'cloudWatch.logsIngestion': near(LOGGED),
    'cloudWatch.logsStorage': near((LOGGED * 0.15 * 365) / DAYS),
  };

  test('are requests, responses, runs of schedules, and a log', () => {
    expect(items({})).toEqual(SMALLEST);
  });

  test('are named after the API and the log group', () => {
    const api = {
      id: 'Http',
      path: 'H',
      name: 'h',
      made: true,
      accessLog: log('Access', DAYS * 2),
    };

    expect(items({ http: api, logGroup: log('Logs', DAYS) })).toEqual({
      'apiGateway.httpRequests Http': 2e6,
      'dataTransfer.out Http': near((1e6 * 4096) / GB),
      'eventBridge.schedulerInvocations': near(DAYS),
      'cloudWatch.logsIngestion Logs': near(LOGGED),
      'cloudWatch.logsStorage Logs': near(LOGGED * 0.15),
      'cloudWatch.logsIngestion Access': near((2e6 * 600) / GB),
      'cloudWatch.logsStorage Access': near(((2e6 * 600) / GB) * 0.15 * 2),
    });
  });

  test('are failures without a caller, and stored records of changes', () => {
    const queue = { id: 'Queue', path: 'Q', name: 'q', made: true };
    const bucket = { id: 'Failed', path: 'F', name: 'f', made: true, retentionDays: DAYS * 2 };
    const failed = 0.001 * (1e4 + DAYS + 2e5 + 1e5);

    expect(items({ failureQueue: queue })).toEqual({
      ...SMALLEST,
      'sqs.requests Queue': near(3 * failed),
    });
    expect(items({ failureBucket: bucket })).toEqual({
      ...SMALLEST,
      's3.puts Failed': 100,
      'eventBridge.events Failed': 100,
      's3.storage Failed': near(((100 * 2 * 2048) / GB) * 2),
    });
  });

  test('are keys, and requests to them by level', () => {
    const keys = [{ id: 'Key', path: 'K', name: 'k', made: true }];

    expect(items({ keys })).toEqual({ ...SMALLEST, 'kms.keys Key': 1, 'kms.requests Key': 1e4 });
    expect(items({ keys }, 'low')['kms.requests Key']).toEqual(1e3);
  });

  test('are alarms by their metrics, log metrics and dashboards', () => {
    const alarm = (id: string, metrics: number, highResolution?: boolean): object => ({
      id,
      path: id,
      name: id,
      metrics,
      highResolution,
    });
    const alarms = [
      alarm('Two', 2),
      alarm('Fast', 3, true),
      alarm('Slow', 1, false),
      alarm('Any', 0, true),
    ] as AppModel['monitoring']['alarms'];

    expect(items({ monitoring: { alarms, customMetrics: ['a', 'b'], dashboards: ['D'] } })).toEqual(
      {
        ...SMALLEST,
        'cloudWatch.alarms Two': 2,
        'cloudWatch.highResolutionAlarms Fast': 3,
        'cloudWatch.alarms Slow': 1,
        'cloudWatch.compositeAlarms Any': 1,
        'cloudWatch.customMetrics': 2,
        'cloudWatch.dashboards': 1,
      },
    );
  });

  test('are empty for an app without functions', () => {
    expect(counted(appItems(appModel(), [], 'high'))).toEqual({});
  });
});

test.each([
  [DAYS, 1],
  [1, 1 / DAYS],
  [0, 365 / DAYS],
  [undefined, 365 / DAYS],
  [TOKEN, 365 / DAYS],
])('data that expires after %p days is stored for %p months', (days, months) => {
  expect(monthsKept(days)).toBeCloseTo(months, 9);
});

describe('tables and buckets', () => {
  const items = (
    parts: Partial<AppModel>,
    functions: FunctionModel[],
    usage: UsageModel & AppModel['usage'] = {},
  ): Record<string, number> =>
    counted(
      storageItems(appModel({ functions, ...parts }), loads(functions, usage), 'moderate', usage),
    );
  const touching = (...access: FunctionModel['access']): FunctionModel =>
    functionModel('Fn', { triggers: [http('GET /')], access });

  test('are billed for storage, as far as it is known', () => {
    const parts = { tables: [TABLE], buckets: [BUCKET] };

    expect(items(parts, [])).toEqual({ 'dynamodb.storage T': 10, 's3.storage B': 10 });
    expect(
      items(parts, [], { tableGigabytes: { moderate: 3 }, bucketGigabytes: { moderate: 4 } }),
    ).toEqual({ 'dynamodb.storage T': 3, 's3.storage B': 4 });
  });

  test.each([
    [true, { 'dynamodb.pointInTimeRecovery T': 10 }],
    [false, {}],
  ])('with point-in-time recovery (%p)', (pointInTimeRecovery, more) => {
    expect(items({ tables: [{ ...TABLE, pointInTimeRecovery }] }, [])).toEqual({
      'dynamodb.storage T': 10,
      ...more,
    });
  });

  test.each([
    ['read', { 'dynamodb.reads U': 5e5, 's3.gets C': 1e6 }],
    ['write', { 'dynamodb.writes U': 1e6, 's3.puts C': 1e6 }],
    [
      'readWrite',
      {
        'dynamodb.reads U': 5e5,
        'dynamodb.writes U': 1e6,
        's3.gets C': 1e6,
        's3.puts C': 1e6,
      },
    ],
  ])(
    'that the app did not create are billed for what functions do there: %s',
    (level, expected) => {
      const access = [
        touches('table', 'U', level),
        touches('bucket', 'C', level),
        touches('queue', 'Q', level),
      ];

      expect(items({}, [touching(...access)])).toEqual(expected);
    },
  );

  test('are distinguished, also if two functions use them', () => {
    const other = functionModel('Other', {
      triggers: [http('PUT /')],
      access: [touches('table', 'T', 'write'), touches('table', 'U', 'read')],
      usage: { monthlyEvents: { moderate: 10 }, writesPerEvent: 3, readsPerEvent: 5 },
    });
    const all = loads([touching(touches('table', 'T', 'readWrite')), other]);

    expect(trafficOf(all, 'table')).toEqual(
      new Map([
        ['Test/App/T', { reads: 5e5, writes: 1e6 + 30 }],
        ['Test/App/U', { reads: 25, writes: 0 }],
      ]),
    );
    expect(trafficOf(all, 'bucket')).toEqual(new Map());
  });

  test.each([
    [0, 1, 0.5],
    [1024, 1, 0.5],
    [1025, 2, 0.5],
    [4096, 4, 0.5],
    [4097, 5, 1],
  ])('an item of %d bytes is written by %d units and read by %d', (itemBytes, writes, reads) => {
    const fn = touching(touches('table', 'U', 'readWrite'), touches('bucket', 'C', 'readWrite'));
    const usage = { monthlyEvents: { moderate: 100 }, itemBytes };

    expect(items({}, [fn], usage)).toEqual({
      'dynamodb.writes U': 100 * writes,
      'dynamodb.reads U': 100 * reads,
      's3.gets C': 100,
      's3.puts C': 100,
    });
  });

  test('of a table of the app, an index is written with it, unless a token gives their number', () => {
    const fn = touching(touches('table', 'T', 'readWrite'));
    const written = (indexes?: number): number | undefined =>
      items({ tables: [{ ...TABLE, id: 'Orders', indexes }] }, [fn])['dynamodb.writes Orders'];

    expect(written()).toEqual(1e6);
    expect(written(0)).toEqual(1e6);
    expect(written(2)).toEqual(3e6);
    expect(written(TOKEN)).toEqual(1e6);
  });

  describe('of provisioned capacity', () => {
    const HOURS = 730;
    const capacity = (
      bounds: { min: number; max: number } | undefined,
      monthly: number,
    ): Record<string, number> =>
      items(
        {
          tables: [
            {
              ...TABLE,
              billing: 'provisioned',
              provisionedWrites: bounds,
              provisionedReads: bounds,
            },
          ],
        },
        monthly === 0 ? [] : [touching(touches('table', 'T', 'readWrite'))],
        { monthlyEvents: { moderate: monthly }, readsPerEvent: 2 },
      );

    test.each<[string, { min: number; max: number } | undefined, number, number]>([
      ['as little as there is, where nobody comes', { min: 5, max: 50 }, 0, 5],
      ['as little as there is, where few come', { min: 5, max: 50 }, MONTH, 5],
      ['what 70 % of is used, where more come', { min: 5, max: 50 }, 7 * MONTH, 10],
      ['rounded up', { min: 5, max: 50 }, 7.1 * MONTH, 11],
      ['as much as there may be, where many come', { min: 5, max: 50 }, 90 * MONTH, 50],
      ['the same, where it does not scale', { min: 5, max: 5 }, 90 * MONTH, 5],
      ['one at least, where it is not known', { min: TOKEN, max: TOKEN }, MONTH / 2, 1],
      ['one at least, where nothing is said', undefined, MONTH / 2, 1],
      ['the least, where the most is not known', { min: 5, max: TOKEN }, 90 * MONTH, 5],
      ['the least, where the most is below it', { min: 5, max: 2 }, 90 * MONTH, 5],
    ])('%s', (_what, bounds, monthly, units) => {
      expect(capacity(bounds, monthly)).toEqual({
        'dynamodb.storage T': 10,
        'dynamodb.provisionedWrites T': units * HOURS,
        'dynamodb.provisionedReads T': units * HOURS,
      });
    });
  });

  test('requests to buckets of the app are logged, if access logs are on', () => {
    const bucket = (id: string): typeof BUCKET => ({ ...BUCKET, id, path: `Test/App/${id}` });
    const logs = { id: 'AccessLogs', path: 'A', name: 'a', made: true, retentionDays: DAYS * 3 };
    const fn = touching(
      touches('bucket', 'B', 'readWrite'),
      touches('bucket', 'Imported', 'readWrite'),
    );
    const parts = { buckets: [bucket('B'), bucket('Unused')], accessLogsBucket: logs };

    expect(items(parts, [fn])).toEqual({
      's3.storage B': 10,
      's3.storage Unused': 10,
      's3.gets B': 1e6,
      's3.puts B': 1e6,
      's3.gets Imported': 1e6,
      's3.puts Imported': 1e6,
      's3.storage AccessLogs': near(((2e6 * 600) / GB) * 3),
    });
  });

  test('contents from outside were written: to a table by size, to a bucket by number', () => {
    const usage = { itemBytes: 2048 };
    const functions = [
      functionModel('Changes', { triggers: [changesOf('T')], usage }),
      functionModel('Objects', { triggers: [objectsOf('B')], usage }),
      functionModel('Elsewhere', { triggers: [objectsOf('C'), changesOf('U')], usage }),
    ];

    expect(items({ tables: [TABLE], buckets: [BUCKET] }, functions)).toEqual({
      'dynamodb.storage T': 10,
      's3.storage B': 10,
      'dynamodb.writes T': 2e5,
      's3.puts B': 1e4,
    });
  });
});

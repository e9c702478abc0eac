import * as fc from 'fast-check';
import {
  AppModel,
  ExpiringModel,
  FunctionModel,
  LogGroupModel,
  TriggerModel,
} from '../../lib/model/app-model';
import { AppEstimate, CostPart, LevelName, LEVELS } from '../../lib/cost/app-estimate';
import { estimateOf, EstimateSettings } from '../../lib/cost/estimate';
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

const TABLE = { id: 'T', path: 'Test/App/T', name: 't', made: true, billing: 'onDemand' } as const;
const BUCKET = { id: 'B', path: 'Test/App/B', name: 'b', made: true };

function partsOf(
  model: AppModel,
  price: string,
  level: LevelName = 'moderate',
  settings: EstimateSettings = {},
): CostPart[] {
  return estimateOf(model, settings).levels[level].parts.filter((part) => part.price === price);
}

/** How many units of a price all of a model's parts have together. */
function quantity(model: AppModel, price: string, level: LevelName = 'moderate'): number {
  return partsOf(model, price, level).reduce((sum, part) => sum + part.quantity, 0);
}

/** Invocations of each function by its id. */
function invocations(model: AppModel, level: LevelName = 'moderate'): Record<string, number> {
  return Object.fromEntries(
    partsOf(model, 'lambda.requests', level).map(
      ({ resource = '', quantity: count }): [string, number] => [resource, count],
    ),
  );
}

function withFunctions(...functions: FunctionModel[]): AppModel {
  return appModel({ functions, tables: [TABLE], buckets: [BUCKET] });
}

describe('a function behind HTTP', () => {
  const model = withFunctions(functionModel('Get', { triggers: [http('GET /')] }));

  test('runs 100,000, 1 million and 10 million times a month by default', () => {
    expect(LEVELS.map((level) => invocations(model, level)['Get'])).toEqual([1e5, 1e6, 1e7]);
  });

  test('costs the sum of Lambda, the API, the log and the transfer', () => {
    const of = Object.fromEntries(
      estimateOf(model).levels.moderate.parts.map(({ price, dollars }) => [price, dollars]),
    );

    expect(of).toMatchObject({
      'lambda.requests': 0.2,
      'lambda.durationArm64': 1.33334, // 100 ms of 1 GB
      'apiGateway.httpRequests': 1,
      'dataTransfer.out': 0.343323, // 4 KB
      'cloudWatch.logsIngestion': 0.476837, // 1 KB
    });
  });

  test('that is switched off never runs', () => {
    const off = functionModel('Get', { triggers: [http('GET /')], reservedConcurrency: 0 });

    expect(invocations(withFunctions(off))).toEqual({});
    expect(quantity(withFunctions(off), 'apiGateway.httpRequests')).toBe(0);
  });
});

describe('the user’s expected usage', () => {
  const events = (moderate: number): object => ({ monthlyEvents: { moderate } });
  const get = (details: object, usage?: object): FunctionModel =>
    functionModel('Get', { triggers: [http('GET /', { ...details })], usage });

  test.each<[string, AppModel, EstimateSettings, number]>([
    ['of the app', { ...withFunctions(get({})), usage: events(11) }, {}, 11],
    [
      'in the question',
      { ...withFunctions(get({})), usage: events(11) },
      { usage: events(22) },
      22,
    ],
    ['of the function', { ...withFunctions(get({}, events(33))), usage: events(11) }, {}, 33],
    ['of the trigger', withFunctions(get(events(44), events(33))), {}, 44],
  ])('%s overrides the default', (_, model, settings, expected) => {
    const [part] = partsOf(model, 'lambda.requests', 'moderate', settings);
    expect(part?.quantity).toBe(expected);
  });

  test.each<[object, number[]]>([
    [{ moderate: 500 }, [50, 500, 5000]],
    [{ low: 5 }, [5, 50, 500]],
    [{ high: 5000 }, [50, 500, 5000]],
    [{ low: 100, high: 9000 }, [100, 900, 9000]],
    [{ low: 800, high: 900 }, [800, 800, 900]],
    [{ low: 100, moderate: 200, high: 300 }, [100, 200, 300]],
    [{ moderate: 0 }, [0, 0, 0]],
  ])('%j means %j at the three levels', (monthlyEvents, expected) => {
    const model = withFunctions(get({}, { monthlyEvents }));

    expect(LEVELS.map((level) => invocations(model, level)['Get'] ?? 0)).toEqual(expected);
  });

  test.each<[string, object, string, number]>([
    ['duration', { durationMs: 500 }, 'lambda.durationArm64', 500_000],
    ['reads', { readsPerEvent: 3 }, 'dynamodb.reads', 1_500_000],
    ['items that are read, in units of 4 KB', { itemBytes: 9000 }, 'dynamodb.reads', 1_500_000],
    ['no reads', { readsPerEvent: 0 }, 'dynamodb.reads', 0],
    ['a response', { responseBytes: 1024 ** 2 }, 'dataTransfer.out', 976.5625],
    ['what is logged', { logBytes: 1024 ** 2 }, 'cloudWatch.logsIngestion', 976.5625],
  ])('of its %s is counted', (_, usage, price, expected) => {
    const fn = { ...get({}, usage), access: [touches('table', 'T', 'read')] };

    expect(quantity(withFunctions(fn), price)).toBeCloseTo(expected, 6);
  });
});

describe('fan-out follows the model', () => {
  const create = functionModel('Create', {
    triggers: [http('POST /')],
    access: [touches('table', 'T', 'write'), touches('bucket', 'B', 'readWrite')],
  });

  test('a write to a table runs the function that follows its changes', () => {
    const model = withFunctions(create, functionModel('Project', { triggers: [changesOf('T')] }));

    expect(invocations(model)).toEqual({ Create: 1e6, Project: 1e6 });
  });

  test('writing an object runs the function that waits for it, over several steps', () => {
    const model = withFunctions(
      functionModel('Index', { triggers: [changesOf('T')] }), // declared before what runs it
      functionModel('Import', {
        triggers: [objectsOf('B')],
        access: [touches('table', 'T', 'write')],
        usage: { writesPerEvent: 2 },
      }),
      functionModel('Upload', {
        triggers: [http('PUT /')],
        access: [touches('bucket', 'B', 'write')],
      }),
    );

    expect(invocations(model, 'low')).toEqual({ Upload: 1e5, Import: 1e5, Index: 2e5 });
  });

  test('a table that no function writes to changes from outside', () => {
    const model = withFunctions(functionModel('Project', { triggers: [changesOf('T')] }));

    expect(LEVELS.map((level) => invocations(model, level)['Project'])).toEqual([1e4, 1e5, 1e6]);
  });

  test('a function that only reads runs nothing', () => {
    const model = withFunctions(
      { ...create, access: [touches('table', 'T', 'read')] },
      functionModel('Project', { triggers: [changesOf('T')] }),
    );

    expect(invocations(model)['Project']).toBe(1e5);
  });

  test('a function that waits for removals does not run on writes', () => {
    const removed = objectsOf('B', { eventTypes: ['s3:ObjectRemoved:*'] });
    const model = withFunctions(create, functionModel('Clean', { triggers: [removed] }));

    expect(invocations(model)['Clean']).toBe(1e4);
  });

  test('a prefix is assumed to match, with a note', () => {
    const model = withFunctions(
      create,
      functionModel('Import', { triggers: [objectsOf('B', { prefix: 'in/' })] }),
    );

    expect(invocations(model)['Import']).toBe(1e6);
    expect(estimateOf(model).assumptions).toContain(
      'everything that functions write is assumed to match the prefix, suffix or filter of `Import`',
    );
  });

  test('a trigger that is switched off runs nothing', () => {
    const model = withFunctions(
      create,
      functionModel('Project', { triggers: [changesOf('T', { enabled: false })] }),
    );

    expect(invocations(model)).toEqual({ Create: 1e6 });
  });

  test('a function that writes to its own source does not run itself endlessly', () => {
    const model = withFunctions(
      create,
      functionModel('Thumbnail', {
        triggers: [objectsOf('B')],
        access: [touches('bucket', 'B', 'readWrite')],
      }),
    );

    expect(invocations(model)['Thumbnail']).toBe(1e6);
    expect(estimateOf(model).assumptions).toContain(
      'what `Thumbnail` writes to its own source does not count as further events',
    );
  });

  test('functions that trigger each other in a loop are counted a limited number of times, and the assumptions mention it', () => {
    const model = withFunctions(
      functionModel('Start', {
        triggers: [http('POST /')],
        access: [touches('table', 'T', 'write')],
      }),
      functionModel('Ping', {
        triggers: [changesOf('T')],
        access: [touches('bucket', 'B', 'write')],
      }),
      functionModel('Pong', {
        triggers: [objectsOf('B')],
        access: [touches('table', 'T', 'write')],
      }),
    );

    const { Ping = 0 } = invocations(model);
    expect(Ping).toBeGreaterThan(1e6);
    expect(Ping).toBeLessThan(1e7);
    expect(estimateOf(model).assumptions.join()).toContain('longer or circular');
  });

  test('changes come in batches if they come faster than Lambda polls', () => {
    const many = (details: TriggerModel['details']): AppModel =>
      withFunctions(
        functionModel('Project', {
          triggers: [changesOf('T', { monthlyEvents: { moderate: 1e9 }, ...details })],
        }),
      );

    // 4 shards, each of which Lambda asks 4 times a second.
    expect(invocations(many({}))['Project']).toBeCloseTo(16 * 2_628_000, 0);
    expect(invocations(many({ batchSize: 10 }))['Project']).toBeCloseTo(1e8, 0);
    expect(invocations(many({ batchSize: 1000, batchingWindowSeconds: 5 }))['Project']).toBeCloseTo(
      (4 * 2_628_000) / 5,
      0,
    );
  });
});

describe('a schedule', () => {
  const nightly = functionModel('Close', { triggers: [schedule('cron(0 2 * * ? *)')] });

  test('is counted from its expression, the same at every level and regardless of the usage of others', () => {
    const model = { ...withFunctions(nightly), usage: { monthlyEvents: { moderate: 5 } } };

    expect(LEVELS.map((level) => invocations(model, level)['Close'])).toEqual(
      LEVELS.map(() => 30.4375),
    );
  });

  test('that is switched off costs nothing', () => {
    const off = { ...nightly, triggers: [schedule('rate(1 minute)', { enabled: false })] };

    expect(quantity(withFunctions(off), 'eventBridge.schedulerInvocations')).toBe(0);
  });

  test('that is known only at deployment counts like any other source, with a note', () => {
    const model = withFunctions({ ...nightly, triggers: [schedule('${Token[TOKEN.12]}')] });

    expect(invocations(model)['Close']).toBe(1e5);
    expect(estimateOf(model).assumptions.join()).toContain('a schedule of `Close` is known only');
  });
});

describe('standing cost', () => {
  const ready = (coldStart: object, usage?: object): AppModel =>
    withFunctions(
      functionModel('Get', {
        triggers: [http('GET /')],
        coldStart: { kind: 'provisioned', ...coldStart },
        usage,
      }),
    );

  test('2 environments of 1 GB cost $17.52, and their invocations cost less a second', () => {
    const model = ready({ min: 2 });

    expect(partsOf(model, 'lambda.provisionedArm64')[0]?.dollars).toBeCloseTo(17.52, 2);
    expect(quantity(model, 'lambda.provisionedDurationArm64')).toBeCloseTo(100_000, 6);
    expect(quantity(model, 'lambda.durationArm64')).toBe(0);
  });

  test('the work beyond their capacity runs on demand', () => {
    const model = ready({ min: 1 }, { monthlyEvents: { moderate: 2_628_000 }, durationMs: 3000 });

    expect(quantity(model, 'lambda.provisionedDurationArm64')).toBeCloseTo(2_628_000, 3);
    expect(quantity(model, 'lambda.durationArm64')).toBeCloseTo(2 * 2_628_000, 3);
  });

  test('their number follows the usage between `min` and `max`', () => {
    const usage = { monthlyEvents: { moderate: 2_628_000 }, durationMs: 3500 };

    const month = 730 * 3600;
    expect(
      quantity(
        ready({ min: 1, max: 20, targetUtilization: 0.7 }, usage),
        'lambda.provisionedArm64',
      ) / month,
    ).toBeCloseTo(5, 6);
    expect(
      quantity(ready({ min: 1, max: 4 }, usage), 'lambda.provisionedArm64') / month,
    ).toBeCloseTo(4, 6);
  });

  test('their number is the average over the schedules', () => {
    const model = ready({
      min: 1,
      max: 10,
      schedules: [
        { schedule: 'cron(0 8 * * ? *)', min: 10, max: 10 },
        { schedule: 'cron(0 20 * * ? *)', min: 2, max: 2 },
      ],
    });

    expect(quantity(model, 'lambda.provisionedArm64') / (730 * 3600)).toBeCloseTo(6, 6);
  });

  test.each<[string, number]>([
    ['python3.13', 3.95],
    ['java21', 0],
  ])('the snapshot of %s costs $%d', (runtime, dollars) => {
    const fn = functionModel('Get', { runtime, coldStart: { kind: 'snapStart' } });

    const [part] = partsOf(withFunctions(fn), 'lambda.snapStartCache');
    expect(part?.dollars ?? 0).toBeCloseTo(dollars, 2);
  });
});

describe('everything that the app deploys is counted', () => {
  test.each<[string, Partial<AppModel>, string, number]>([
    [
      'alarms by their metrics',
      {
        monitoring: {
          alarms: [{ id: 'A', path: 'A', name: 'A', metrics: 3 }],
          customMetrics: [],
          dashboards: [],
        },
      },
      'cloudWatch.alarms',
      0.3,
    ],
    [
      'alarms of high resolution',
      {
        monitoring: {
          alarms: [{ id: 'A', path: 'A', name: 'A', metrics: 1, highResolution: true }],
          customMetrics: [],
          dashboards: [],
        },
      },
      'cloudWatch.highResolutionAlarms',
      0.3,
    ],
    [
      'composite alarms',
      {
        monitoring: {
          alarms: [{ id: 'A', path: 'A', name: 'A', metrics: 0 }],
          customMetrics: [],
          dashboards: [],
        },
      },
      'cloudWatch.compositeAlarms',
      0.5,
    ],
    [
      'custom metrics',
      { monitoring: { alarms: [], customMetrics: ['x/a', 'x/b'], dashboards: [] } },
      'cloudWatch.customMetrics',
      0.6,
    ],
    [
      'dashboards',
      { monitoring: { alarms: [], customMetrics: [], dashboards: ['D'] } },
      'cloudWatch.dashboards',
      3,
    ],
    ['keys', { keys: [{ id: 'Key', path: 'Key', name: 'k', made: true }] }, 'kms.keys', 1],
    [
      'requests to keys',
      { keys: [{ id: 'Key', path: 'Key', name: 'k', made: true }] },
      'kms.requests',
      0.03,
    ],
    ['storage of tables', { tables: [TABLE] }, 'dynamodb.storage', 2.5],
    [
      'point-in-time recovery',
      { tables: [{ ...TABLE, pointInTimeRecovery: true }] },
      'dynamodb.pointInTimeRecovery',
      2,
    ],
    [
      'provisioned capacity of tables',
      { tables: [{ ...TABLE, billing: 'provisioned', provisionedWrites: { min: 20, max: 20 } }] },
      'dynamodb.provisionedWrites',
      9.49,
    ],
    ['storage of buckets', { buckets: [BUCKET] }, 's3.storage', 0.23],
  ])('%s', (_, parts, price, dollars) => {
    expect(partsOf(appModel(parts), price)[0]?.dollars).toBeCloseTo(dollars, 6);
  });

  test.each<[string, Partial<FunctionModel>, string, number]>([
    ['the access log', { triggers: [http('GET /')] }, 'cloudWatch.logsStorage', 0.0522],
    ['/tmp above 512 MB', { ephemeralStorageMb: 1536 }, 'lambda.ephemeralStorage', 20_000],
    ['traces', { tracing: true, triggers: [http('GET /')] }, 'xray.traces', 1e6],
    ['requests to buckets', { access: [touches('bucket', 'B', 'readWrite')] }, 's3.puts', 1e5],
    ['events that fail', { triggers: [objectsOf('B')] }, 'sqs.requests', 30],
    [
      'objects by EventBridge',
      { triggers: [objectsOf('B', { by: 'eventBridge' })] },
      'eventBridge.events',
      1e4,
    ],
    [
      'runs of schedules',
      { triggers: [schedule('rate(1 hour)')] },
      'eventBridge.schedulerInvocations',
      730.5,
    ],
  ])('%s', (_, parts, price, expected) => {
    const log = { id: 'L', path: 'L', name: 'l', made: true, retentionDays: 7 };
    const queue = { id: 'Q', path: 'Q', name: 'q', made: true };
    const model = {
      ...withFunctions(functionModel('Fn', parts)),
      failureQueue: queue,
      logGroup: log,
      http: { id: 'H', path: 'H', name: 'h', made: true, accessLog: log },
    };

    expect(quantity(model, price) / expected).toBeCloseTo(1, 2);
  });

  describe('writes from outside the app are counted too', () => {
    const upload = functionModel('Upload', {
      triggers: [http('PUT /')],
      access: [touches('bucket', 'B', 'write')],
      usage: { monthlyEvents: { moderate: 300 } },
    });
    const hears = (
      details: TriggerModel['details'],
      parts: Partial<FunctionModel> = {},
    ): AppModel =>
      withFunctions(
        upload,
        functionModel('Hear', { triggers: [objectsOf('B', details)], ...parts }),
      );

    test.each<[string, AppModel, string, number]>([
      [
        'objects, once however many functions hear of them',
        withFunctions(
          functionModel('One', { triggers: [objectsOf('B')] }),
          functionModel('Two', { triggers: [objectsOf('B', { prefix: 'two/' })] }),
        ),
        's3.puts',
        1e4,
      ],
      ['objects that the app writes, which are among them', hears({}), 's3.puts', 300],
      [
        'more objects than the app writes',
        hears({ monthlyEvents: { moderate: 1000 } }),
        's3.puts',
        1000,
      ],
      [
        'what a function writes besides to the bucket that runs it',
        withFunctions(
          functionModel('Thumbnail', {
            triggers: [objectsOf('B')],
            access: [touches('bucket', 'B', 'readWrite')],
          }),
        ),
        's3.puts',
        1e4 + 1e4,
      ],
      [
        'no objects where only removals are heard of',
        withFunctions(
          functionModel('Gone', {
            triggers: [objectsOf('B', { eventTypes: ['s3:ObjectRemoved:*'] })],
          }),
        ),
        's3.puts',
        0,
      ],
      [
        'items, by their size',
        withFunctions(
          functionModel('Fn', { triggers: [changesOf('T')], usage: { itemBytes: 1500 } }),
        ),
        'dynamodb.writes',
        2e5,
      ],
      [
        'nothing to what the app did not make',
        withFunctions(functionModel('Fn', { triggers: [changesOf('Imported')] })),
        'dynamodb.writes',
        0,
      ],
    ])('%s', (_, model, price, expected) => {
      expect(quantity(model, price)).toBeCloseTo(expected, 6);
    });
  });

  describe('stored contents of the app’s buckets', () => {
    const kept = (id: string, retentionDays?: number): ExpiringModel => ({
      id,
      path: id,
      name: id,
      made: true,
      retentionDays,
    });
    const gigabytes = (model: AppModel, id: string): number | undefined =>
      partsOf(model, 's3.storage').find(({ resource }) => resource === id)?.quantity;

    test.each([
      [90, 90],
      [undefined, 365],
    ])('include access logs, which expire after %s days', (days, counted) => {
      const reader = functionModel('Get', {
        triggers: [http('GET /')],
        access: [touches('bucket', 'B', 'readWrite')],
      });
      const model = { ...withFunctions(reader), accessLogsBucket: kept('AccessLogs', days) };

      expect(gigabytes(model, 'AccessLogs')).toBeCloseTo(
        ((2e6 * 600) / 1024 ** 3) * (counted / 30.4375),
        6,
      );
    });

    test('include failed changes at their original size', () => {
      const reader = functionModel('Fn', {
        triggers: [changesOf('T')],
        usage: { itemBytes: 1024 ** 2 },
      });
      const model = { ...withFunctions(reader), failureBucket: kept('FailureBucket', 30.4375) };

      expect(gigabytes(model, 'FailureBucket')).toBeCloseTo((1e5 * 0.001 * 2) / 1024, 6);
    });
  });

  test.each([
    ['with `max`', { min: 1, max: 2 }, 0.2],
    ['without', { min: 1 }, 0],
  ])('the two alarms of Application Auto Scaling, %s', (_, coldStart, dollars) => {
    const fn = functionModel('Fn', { coldStart: { kind: 'provisioned', ...coldStart } });

    expect(partsOf(withFunctions(fn), 'cloudWatch.alarms')[0]?.dollars ?? 0).toBe(dollars);
  });

  test('a log group of a function’s own, with its own retention', () => {
    const log = (id: string, retentionDays: number): LogGroupModel => ({
      id,
      path: id,
      name: id,
      made: id === 'Logs',
      retentionDays,
    });
    const model = {
      ...withFunctions(
        functionModel('Get', { triggers: [http('GET /')] }),
        functionModel('Own', { triggers: [http('PUT /')], logGroup: log('OwnLogs', 365) }),
        functionModel('Too', { triggers: [http('PATCH /')], logGroup: log('OwnLogs', 365) }),
      ),
      logGroup: log('Logs', 30),
    };

    const parts = partsOf(model, 'cloudWatch.logsStorage');
    const [logs = 0, own = 0] = parts.map((part) => part.quantity);
    expect(parts.map(({ resource }) => resource)).toEqual(['Logs', 'OwnLogs']);
    expect(own / logs).toBeCloseTo((2 * 365) / 30, 6);
  });

  test('an index is written together with its table', () => {
    const writer = functionModel('Put', {
      triggers: [http('PUT /')],
      access: [touches('table', 'T', 'write')],
    });
    const model = { ...withFunctions(writer), tables: [{ ...TABLE, indexes: 2 }] };

    expect(quantity(model, 'dynamodb.writes')).toBe(3e6);
  });

  test('a function without triggers is assumed to be invoked', () => {
    expect(invocations(withFunctions(functionModel('Own')))).toEqual({ Own: 1e5 });
  });
});

describe('tokens', () => {
  test('an unknown region falls back to us-east-1, with a note', () => {
    const model = appModel({ app: { ...appModel().app, region: '${Token[AWS.Region.4]}' } });

    const { prices, assumptions } = estimateOf(model);

    expect(prices.region).toBe('us-east-1');
    expect(assumptions.join()).toContain('the region is known only at deployment');
  });

  test.each<[string, unknown]>([
    ['a Token', TOKEN],
    ['an expression', { Ref: 'Memory' }],
  ])('memory that is %s counts as 1,024 MB, with a note', (_, memoryMb) => {
    const fn = functionModel('Get', { triggers: [http('GET /')], memoryMb: memoryMb as number });

    expect(quantity(withFunctions(fn), 'lambda.durationArm64')).toBe(100_000);
    expect(estimateOf(withFunctions(fn)).assumptions.join()).toContain('the memory of `Get`');
  });
});

describe('a region', () => {
  const model = (region: string): AppModel => ({
    ...withFunctions(
      functionModel('Put', {
        triggers: [http('PUT /')],
        access: [touches('table', 'T', 'write')],
        coldStart: { kind: 'provisioned', min: 1 },
      }),
    ),
    app: { ...appModel().app, region },
  });

  test('has its own prices, and names the parts that fall back', () => {
    const estimate = estimateOf(model('eu-central-1'));

    expect(partsOf(model('eu-central-1'), 'dynamodb.writes')[0]?.dollars).toBe(0.7625);
    expect(estimate.prices.fallbacks).toContain('lambda.provisionedArm64');
    expect(estimate.prices.fallbacks).not.toContain('dynamodb.writes');
    expect(estimate.prices.fallbacks).not.toContain('lambda.snapStartCache'); // no part of this app
  });
});

describe('the free tier', () => {
  const model = withFunctions(
    functionModel('Arm', { triggers: [http('GET /a')], usage: { durationMs: 300 } }),
    functionModel('Intel', {
      triggers: [http('GET /b')],
      architecture: 'x86_64',
      usage: { durationMs: 300 },
    }),
  );

  test('is off by default', () => {
    expect(estimateOf(model).freeTier).toBe(false);
    expect(partsOf(model, 'lambda.requests')).toHaveLength(2);
  });

  test('is deducted once, also if two prices share it', () => {
    const settings = { freeTier: true };

    const dollars = (price: string): number =>
      partsOf(model, price, 'moderate', settings).reduce((sum, part) => sum + part.dollars, 0);
    expect(dollars('lambda.requests')).toBeCloseTo(0.2, 6); // 2 million, of which 1 is free
    expect(dollars('lambda.durationArm64')).toBe(0); // 300,000 GB-seconds of the 400,000
    expect(dollars('lambda.durationX86')).toBeCloseTo(200_000 * 0.0000166667, 5);
  });
});

describe('an estimate of any app', () => {
  const MILLIONTHS = 1e6;
  const amounts = fc
    .tuple(fc.nat(1e9), fc.nat(1e9), fc.nat(1e9))
    .map((given) => [...given].sort((a, b) => a - b) as [number, number, number])
    .map(([low, moderate, high]) => ({ low, moderate, high }));
  const usage = fc.record({
    monthlyEvents: amounts,
    durationMs: fc.integer({ min: 1, max: 900_000 }),
    readsPerEvent: fc.nat(20),
    writesPerEvent: fc.nat(3),
    itemBytes: fc.integer({ min: 1, max: 400_000 }),
    responseBytes: fc.nat(1e6),
    logBytes: fc.nat(1e6),
  });
  const trigger = fc.constantFrom(
    http('GET /'),
    changesOf('T'),
    objectsOf('B'),
    schedule('rate(5 minutes)'),
  );
  const access = fc.constantFrom(
    touches('table', 'T', 'read'),
    touches('table', 'U', 'readWrite'),
    touches('bucket', 'C', 'write'),
  );
  const coldStart = fc.constantFrom(
    { kind: 'onDemand' },
    { kind: 'provisioned', min: 1, max: 5 },
    { kind: 'snapStart' },
  );
  const model = fc
    .array(
      fc.record({
        triggers: fc.array(trigger, { maxLength: 2 }),
        access: fc.uniqueArray(access, { maxLength: 3 }),
        coldStart,
        architecture: fc.constantFrom('arm64', 'x86_64'),
        memoryMb: fc.integer({ min: 128, max: 10_240 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => withFunctions(...parts.map((each, i) => functionModel(`Fn${i}`, each))));

  test('parts sum to the total, exact to a millionth of a dollar', () => {
    fc.assert(
      fc.property(model, usage, fc.boolean(), (of, expected, freeTier) => {
        const { levels } = estimateOf(of, { usage: expected, freeTier });
        return LEVELS.every((level) => {
          const { parts, monthlyDollars } = levels[level];
          const sum = parts.reduce((all, { dollars }) => all + Math.round(dollars * MILLIONTHS), 0);
          return sum / MILLIONTHS === monthlyDollars;
        });
      }),
    );
  });

  test('quantity times unit price is the dollars, to a millionth', () => {
    fc.assert(
      fc.property(model, usage, (of, expected) => {
        const { parts } = estimateOf(of, { usage: expected }).levels.high;
        return parts.every(
          (part) =>
            Math.abs(part.quantity * part.unitPrice - part.dollars) <= 1e-6 + part.dollars * 1e-9,
        );
      }),
    );
  });

  test('a higher level never costs less', () => {
    fc.assert(
      fc.property(model, usage, fc.boolean(), (of, expected, freeTier) => {
        const { low, moderate, high } = estimateOf(of, { usage: expected, freeTier }).levels;
        return (
          low.monthlyDollars <= moderate.monthlyDollars + 1e-6 &&
          moderate.monthlyDollars <= high.monthlyDollars + 1e-6
        );
      }),
    );
  });

  test('a greater quantity of anything never costs less', () => {
    const keys = [
      'durationMs',
      'readsPerEvent',
      'writesPerEvent',
      'itemBytes',
      'logBytes',
    ] as const;
    fc.assert(
      fc.property(model, usage, fc.constantFrom(...keys), fc.nat(1000), (of, less, key, more) => {
        const total = (given: typeof less): AppEstimate['levels'] =>
          estimateOf(of, { usage: given }).levels;
        const before = total(less);
        const after = total({ ...less, [key]: less[key] + more });
        return LEVELS.every(
          (level) => before[level].monthlyDollars <= after[level].monthlyDollars + 1e-6,
        );
      }),
    );
  });
});

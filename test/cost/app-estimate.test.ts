import Ajv2020 from 'ajv/dist/2020';
import { Aws, Duration, Lazy, Size, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import {
  AppUsage,
  Budget,
  ColdStart,
  ServerlessApp,
  UsageAmounts,
  UsageLevel,
} from 'cdk-serverless-app';
import { AppEstimate, LEVELS } from '../../lib/cost/app-estimate';
import {
  Annotations,
  fs,
  Match,
  path,
  quickApp,
  serverlessApp,
  templateOf,
} from '../support/synth';

const SCHEMA = JSON.parse(
  fs.readFileSync(path.join(__dirname, '..', '..', 'schema', 'cost.schema.json'), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(SCHEMA);

/** What stands in the cloud assembly. */
function written(app: ServerlessApp): AppEstimate {
  const { directory } = Stage.of(app)?.synth() ?? { directory: '' };
  const file = path.join(directory, 'Test.App.cost.json');
  return JSON.parse(fs.readFileSync(file, 'utf8')) as AppEstimate;
}

describe('the file in the cloud assembly', () => {
  test('of an app with every kind of part follows the schema', () => {
    // GIVEN
    const { app } = serverlessApp({ usage: { tableGigabytes: { moderate: 3 } } });
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const bucket = app.addBucket('Uploads');

    // WHEN
    app.onRequest('GET /', 'ok.ts', { tracing: lambda.Tracing.ACTIVE }).reads(table);
    app
      .onRequest('PUT /', 'other.ts', { coldStart: ColdStart.provisioned({ min: 1 }) })
      .writes(table);
    app.onTableChange(table, 'third.ts').readsAndWrites(bucket);
    app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', { id: 'Hourly' });

    // THEN
    const estimate = written(app);
    expect([validate(estimate), validate.errors]).toEqual([true, null]);
    expect(estimate).toMatchObject({
      schemaVersion: 1,
      app: { id: 'App', path: 'Test/App', stage: 'production', stack: 'Test' },
      prices: { region: 'us-east-1', currency: 'USD', fallbacks: [] },
      freeTier: false,
    });
    const services = new Set(estimate.levels.low.parts.map(({ service }) => service));
    expect([...services]).toEqual(
      expect.arrayContaining(['lambda', 'apiGateway', 'dynamodb', 's3', 'cloudWatch', 'xray']),
    );
  });

  test('equals `app.estimate()`', () => {
    const { app } = quickApp({}, { env: { region: 'eu-west-1' } });
    app.onRequest('GET /', 'ok.ts');

    const { low, moderate, high, region, fallbacks } = app.estimate();

    expect(written(app).levels).toEqual({ low, moderate, high });
    expect(written(app).prices).toMatchObject({ region, fallbacks });
    expect(region).toBe('eu-west-1');
  });

  test('of an app with every kind of alarm equals an earlier `app.estimate()`', () => {
    const { app } = serverlessApp({ notify: ['ops@example.com'], budget: Budget.monthly(500) });
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const coldStart = ColdStart.provisioned({ min: 1, max: 2 });
    app.onRequest('GET /', 'ok.ts', { coldStart });
    app.onTableChange(table, 'other.ts');
    app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'third.ts');
    app.onSchedule(ScheduleExpression.rate(Duration.days(8)), 'ok.ts', { id: 'TooRare' });

    const { low, moderate, high } = app.estimate();

    expect(low.parts).toContainEqual(
      expect.objectContaining({ resource: 'ThirdMissedSchedule', quantity: 2, dollars: 0.2 }),
    );
    expect(low.parts.some(({ resource }) => resource === 'TooRareMissedSchedule')).toBe(false);
    expect(written(app).levels).toEqual({ low, moderate, high });
  });

  test('is listed in the manifest, and another version of the file is refused', () => {
    const { app } = quickApp();
    app.onRequest('GET /', 'ok.ts');

    const estimate = written(app);

    expect(app.node.metadata.find(({ type }) => type === 'cdk-serverless-app:cost')?.data).toBe(
      'Test.App.cost.json',
    );
    expect(validate({ ...estimate, schemaVersion: 2 })).toBe(false);
  });
});

describe('app.estimate()', () => {
  test('counts the parts declared so far', () => {
    const { app } = quickApp();
    app.onRequest('GET /', 'ok.ts');
    const before = app.estimate().moderate.monthlyDollars;

    app.onRequest('PUT /', 'other.ts');

    expect(app.estimate().moderate.monthlyDollars).toBeGreaterThan(before * 1.5);
  });

  test('accepts other usage, and the free tier', () => {
    const { app } = quickApp({ usage: { monthlyEvents: { moderate: 1000 } } });
    app.onRequest('GET /', 'ok.ts');

    const often = app.estimate({ usage: { monthlyEvents: { moderate: 5e6 } } });
    const free = app.estimate({ freeTier: true });

    const requests = (of: typeof often): number =>
      of.moderate.parts.find(({ price }) => price === 'lambda.requests')?.quantity ?? 0;
    expect(requests(often)).toBe(5e6);
    expect(requests(free)).toBe(0);
    expect(requests(app.estimate())).toBe(1000);
  });

  test('uses the usage that a function and a trigger declare', () => {
    const { app } = quickApp({
      functionDefaults: { usage: { duration: Duration.millis(50) } },
    });
    app.onRequest('GET /', 'ok.ts', {
      monthlyEvents: { moderate: 2e6 },
      usage: { responseSize: Size.mebibytes(1), logSize: Size.bytes(0) },
    });

    const { parts } = app.estimate().moderate;

    const quantity = (of: string): number | undefined =>
      parts.find(({ price }) => price === of)?.quantity;
    expect(quantity('lambda.durationArm64')).toBeCloseTo(100_000, 6);
    expect(quantity('dataTransfer.out')).toBeCloseTo(1953.125, 6);
    expect(
      parts.some(
        ({ price, resource }) => price === 'cloudWatch.logsIngestion' && resource === 'Logs',
      ),
    ).toBe(false);
  });

  test('uses the settings of tables', () => {
    const { app } = quickApp();
    const { Capacity, Billing } = dynamodb;
    const billing = Billing.provisioned({
      readCapacity: Capacity.fixed(30),
      writeCapacity: Capacity.autoscaled({ minCapacity: 20, maxCapacity: 40 }),
    });
    const key = { name: 'day', type: dynamodb.AttributeType.STRING };
    const writer = app.onRequest('PUT /', 'ok.ts');
    writer.writes(
      app.addTable('Fixed', { partitionKey: 'id', billing }),
      app.addTable('Indexed', {
        partitionKey: 'id',
        globalSecondaryIndexes: [{ indexName: 'byDay', partitionKey: key }],
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      }),
    );

    const { parts } = app.estimate().moderate;

    const of = (price: string): Array<[string | undefined, number]> =>
      parts
        .filter((part) => part.price === price)
        .map(({ resource, quantity }) => [resource, quantity]);
    expect(of('dynamodb.provisionedReads')).toEqual([['Fixed', 30 * 730]]);
    expect(of('dynamodb.provisionedWrites')).toEqual([['Fixed', 20 * 730]]);
    expect(of('dynamodb.writes')).toEqual([['Indexed', 2e6]]);
    expect(of('dynamodb.pointInTimeRecovery')).toEqual([['Fixed', 10]]);
  });

  test('includes retained data and each function’s log group', () => {
    // GIVEN
    const { app, stack } = quickApp();
    const logGroup = new logs.LogGroup(stack, 'OwnLogs', { retention: logs.RetentionDays.ONE_DAY });
    const table = app.addTable('Orders', { partitionKey: 'id' });
    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts');
    app.onTableChange(table, 'other.ts', { logGroup });

    // WHEN
    const { parts, monthlyDollars } = app.estimate().high;

    // THEN
    const of = (price: string, resource: string): number =>
      parts.find((part) => part.price === price && part.resource === resource)?.quantity ?? 0;
    const days = 90 / 30.4375;
    expect(of('s3.storage', 'AccessLogs')).toBeCloseTo(((1e5 * 600) / 1024 ** 3) * days, 6);
    expect(of('s3.storage', 'FailureBucket')).toBeCloseTo(((1000 * 2) / 1024 ** 2) * days, 6);
    expect(of('cloudWatch.logsStorage', 'OwnLogs')).toBeCloseTo(
      (of('cloudWatch.logsIngestion', 'OwnLogs') * 0.15) / 30.4375,
      6,
    );
    expect(monthlyDollars).toBeGreaterThan(0);
  });

  test('notes that temporary storage is known only at deployment', () => {
    const { app } = quickApp();
    app.onRequest('GET /', 'ok.ts', {
      ephemeralStorageSize: Size.mebibytes(Lazy.number({ produce: () => 2048 })),
    });

    expect(app.estimate().assumptions).toContain(
      'the temporary storage of `Ok` is known only at deployment: it counts as 512 MB, which cost nothing',
    );
  });

  test('notes that the emails of alarms are not counted', () => {
    const notes = (notify?: string[]): string[] => {
      const { app } = quickApp({ notify });
      app.onRequest('GET /', 'ok.ts');
      return app.estimate().notIncluded;
    };

    expect(notes(['ops@example.com'])).toContain('e-mails and other alarm notifications');
    expect(notes()).not.toContain('e-mails and other alarm notifications');
  });

  test('works with Tokens, and notes the assumed values', () => {
    const { app } = quickApp({}, { env: { region: Aws.REGION } });
    app.onRequest('GET /', 'ok.ts', { memorySize: Lazy.number({ produce: () => 333 }) });

    const { assumptions, moderate } = app.estimate();

    expect(assumptions).toEqual(
      expect.arrayContaining([
        expect.stringContaining('the region is known only at deployment'),
        expect.stringContaining('the memory of `Ok` is known only at deployment'),
      ]),
    );
    expect(moderate.monthlyDollars).toBeGreaterThan(1);
  });

  test.each<[string, logs.RetentionDays | undefined, number]>([
    ['as long as they are kept', logs.RetentionDays.ONE_WEEK, 7],
    ['for a year where that is without end', logs.RetentionDays.INFINITE, 365],
  ])('counts logs %s', (_, retention, days) => {
    const { app, stack } = quickApp();
    const logGroup = new logs.LogGroup(stack, 'Own', { retention });
    const { app: other } = { app: new ServerlessApp(stack, 'Other', { root: app.root, logGroup }) };
    other.onSchedule(ScheduleExpression.rate(Duration.minutes(1)), 'ok.ts', {
      usage: { logSize: Size.mebibytes(1) },
    });

    const { parts } = other.estimate().moderate;

    const quantity = (of: string): number => parts.find(({ price }) => price === of)?.quantity ?? 0;
    expect(quantity('cloudWatch.logsStorage') / quantity('cloudWatch.logsIngestion')).toBeCloseTo(
      (0.15 * days) / 30.4375,
      6,
    );
  });
});

describe('assertMonthlyBelow', () => {
  function estimate(): ReturnType<ServerlessApp['estimate']> {
    const { app } = quickApp();
    app.onRequest('GET /', 'ok.ts', { coldStart: ColdStart.provisioned({ min: 10 }) });
    return app.estimate();
  }

  test('passes if the app costs less, at the moderate level by default', () => {
    expect(() => {
      estimate().assertMonthlyBelow(100);
      estimate().assertMonthlyBelow(95, UsageLevel.LOW);
    }).not.toThrow();
  });

  test('fails if it costs more, and names the greatest parts', () => {
    expect(() => {
      estimate().assertMonthlyBelow(50);
    }).toThrow(
      /^Test\/App: `estimate\.moderate\.monthlyDollars` must be below \$50\.00, got 9\d\.\d+: the largest parts are \$87\.60 lambda, provisioned concurrency, arm64 of Ok; \$/,
    );
    expect(() => {
      estimate().assertMonthlyBelow(100, UsageLevel.HIGH);
    }).toThrow('`estimate.high.monthlyDollars` must be below $100.00');
  });

  test.each([0, -1, NaN])('fails for a bound of %d', (dollars) => {
    expect(() => {
      estimate().assertMonthlyBelow(dollars);
    }).toThrow(
      `\`estimate.dollars\` must be above 0, got ${dollars}: give an amount in dollars a month`,
    );
  });

  test('fails for an unknown level', () => {
    expect(() => {
      estimate().assertMonthlyBelow(50, 'medium' as unknown as UsageLevel);
    }).toThrow(
      '`estimate.level` must be one of low, moderate, high, got "medium": use `UsageLevel`',
    );
  });
});

describe('expected usage', () => {
  test.each<[string, unknown, string]>([
    [
      'below zero',
      { readsPerEvent: -1 },
      '`usage.readsPerEvent` must be a known number, not below 0, got -1',
    ],
    [
      'not a number',
      { writesPerEvent: NaN },
      '`usage.writesPerEvent` must be a known number, not below 0, got NaN',
    ],
    [
      'without end',
      { tableGigabytes: { high: Infinity } },
      '`usage.tableGigabytes.high` must be a known number',
    ],
    [
      'a text',
      { monthlyEvents: { low: '5' } },
      '`usage.monthlyEvents.low` must be a known number, not below 0, got "5"',
    ],
    [
      'a Token',
      { readsPerEvent: Lazy.number({ produce: () => 1 }) },
      '`usage.readsPerEvent` must be a known number, not below 0, got a token',
    ],
    [
      'without a level',
      { monthlyEvents: 500 },
      '`usage.monthlyEvents` must be amounts by usage level, got 500: write `{ moderate: 500_000 }`',
    ],
    [
      'at an unknown level',
      { monthlyEvents: { medium: 5 } },
      '`usage.monthlyEvents.medium` must be an option that exists, got 5',
    ],
    ['of an unknown part', { events: {} }, '`usage.events` must be an option that exists'],
    [
      'falling',
      { monthlyEvents: { low: 5, high: 4 } },
      '`usage.monthlyEvents.high` must not be below `low`, 5, got 4',
    ],
    [
      'a duration of nothing',
      { duration: Duration.millis(0) },
      '`usage.duration` must be above 0 and at most 15 minutes, got 0 ms',
    ],
    [
      'a duration that is too long',
      { duration: Duration.minutes(16) },
      '`usage.duration` must be above 0 and at most 15 minutes, got 960000 ms',
    ],
    ['a bare duration', { duration: 5 }, '`usage.duration` must be a Duration, got 5'],
    ['a bare size', { itemSize: 5 }, '`usage.itemSize` must be a Size, got 5'],
  ])('fails if it is %s', (_, usage, message) => {
    expect(() => quickApp({ usage: usage as AppUsage })).toThrow(message);
  });

  test.each<[string, (app: ServerlessApp) => unknown, string]>([
    [
      'a function',
      (app) => app.onRequest('GET /', 'ok.ts', { usage: { readsPerEvent: -1 } }),
      '`functions.Ok.usage.readsPerEvent` must be',
    ],
    [
      'a function, of what only an app has',
      (app) => app.onRequest('GET /', 'ok.ts', { usage: { tableGigabytes: {} } as AppUsage }),
      '`functions.Ok.usage.tableGigabytes` must be an option that exists',
    ],
    [
      'a route',
      (app) => app.onRequest('GET /', 'ok.ts', { monthlyEvents: { low: -1 } }),
      '`functions.Ok.monthlyEvents.low` must be',
    ],
    [
      'an object',
      (app) => app.onObjectCreated(app.addBucket('B'), 'ok.ts', { monthlyEvents: { low: -1 } }),
      '`functions.Ok.monthlyEvents.low` must be',
    ],
    [
      'table changes',
      (app) =>
        app.onTableChange(app.addTable('T', { partitionKey: 'id' }), 'ok.ts', {
          monthlyEvents: 7 as UsageAmounts,
        }),
      '`functions.Ok.monthlyEvents` must be amounts by usage level, got 7',
    ],
    [
      'a question',
      (app) => app.estimate({ usage: { bucketGigabytes: { low: -1 } } }),
      '`estimate.usage.bucketGigabytes.low` must be',
    ],
  ])('fails for a wrong value of %s', (_, declare, message) => {
    const { app } = quickApp();

    expect(() => declare(app)).toThrow(message);
  });
});

describe('at synthesis', () => {
  const VARIABLE = 'SERVERLESS_APP_ESTIMATE';
  const { isTTY } = process.stderr;
  let out = '';

  beforeEach(() => {
    out = '';
    Reflect.deleteProperty(process.env, VARIABLE);
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    process.stderr.isTTY = false;
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.stderr.isTTY = isTTY;
    process.env[VARIABLE] = 'off';
  });

  function synthesize(print?: boolean): string[] {
    const { app, stack } = quickApp({ estimate: { print } });
    app.onRequest('GET /', 'ok.ts');
    return Annotations.fromStack(stack)
      .findInfo('*', Match.stringLikeRegexp('cdk-serverless-app:estimate'))
      .map(({ entry }) => entry.data as string);
  }

  test('the estimate is an info annotation of the CDK, which its CLI prints', () => {
    expect(synthesize()).toEqual([
      expect.stringMatching(
        /^Test\/App: costs about \$0\.\d\d at low, \$\d\.\d\d at moderate, \$\d\d\.\d\d at high usage a month \(prices of us-east-1, 2026-11-23\); each part in Test\.App\.cost\.json \[ack: cdk-serverless-app:estimate\]$/,
      ) as string,
    ]);
    expect(out).toBe('');
  });

  test('uncounted parts are named in the information and in the table', () => {
    const { app, stack } = quickApp();
    app.onRequest('GET /', 'ok.ts');
    new Secret(stack, 'Db');

    const [info] = Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp(':estimate'));
    expect(info?.entry.data).toMatch(/; not counted: 1 secret \(Db\); each part in/);

    process.env[VARIABLE] = 'on';
    const second = quickApp();
    second.app.onRequest('GET /', 'ok.ts');
    new Secret(second.stack, 'Db');
    templateOf(second.stack);
    expect(out).toMatch(/^ {2}not counted: 1 secret \(Db\)$/m);
  });

  test('it is a table if stderr is a terminal, with one line a level', () => {
    process.stderr.isTTY = true;

    expect(synthesize()).toEqual([]);
    const [title = '', ...levels] = out.trimEnd().split('\n');
    expect(title).toBe(
      'Test/App: dollars a month (prices of us-east-1, 2026-11-23; Test.App.cost.json)',
    );
    expect(levels.map((line) => line.trim().split(/\s+/)[0])).toEqual([...LEVELS]);
    expect(levels[1]).toMatch(
      /^ {2}moderate {3}\$\d\.\d\d {2}lambda \$\d\.\d\d, apiGateway \$1\.00, /,
    );
  });

  test.each<[string, boolean | undefined, string | undefined, boolean]>([
    ['asked for', true, undefined, true],
    ['asked for against the environment', true, 'off', true],
    ['asked for by the environment', undefined, 'on', true],
    ['switched off', false, 'on', false],
    ['switched off by the environment', undefined, 'off', false],
  ])('it appears as %s, and not as an info annotation', (_, print, variable, printed) => {
    process.stderr.isTTY = !printed;
    if (variable !== undefined) {
      process.env[VARIABLE] = variable;
    }

    expect(synthesize(print)).toEqual([]);
    expect(out !== '').toBe(printed);
  });

  test('fails if the environment variable has another value than on or off', () => {
    process.env[VARIABLE] = 'yes';

    expect(() => synthesize()).toThrow(`\`${VARIABLE}\` must be on or off, got "yes"`);
  });
});

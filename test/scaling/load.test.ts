import { Lazy, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as fs from 'node:fs';
import { AppModel } from '../../lib/model/app-model';
import { loadOptions } from '../../lib/scaling/load-of-function';
import { Load, LoadOptions, Trigger } from 'cdk-serverless-app';
import { quickApp } from '../support/synth';
import { AppContext } from '../../lib/core/app-context';

describe('the limits between a load and a function', () => {
  test('over HTTP are the app’s throttle, and the account’s initial limits', () => {
    const { app } = quickApp();

    expect(Load.of(app.onRequest('GET /', 'ok.ts'))).toMatchObject({
      waits: false,
      rateLimit: 1000,
      burstLimit: 2000,
      apiRateLimit: 10_000,
      apiBurstLimit: 5000,
      concurrencyLimit: 1000,
      concurrencyElsewhere: 0,
    });
  });

  test('include the lowest throttle of its routes', () => {
    const { app } = quickApp();
    const fn = app.addFunction('F', {
      entry: 'ok.ts',
      triggers: [Trigger.http('GET /a'), Trigger.http('GET /b', { throttle: { rateLimit: 5 } })],
    });

    expect(Load.of(fn)).toMatchObject({ rateLimit: 5, burstLimit: 2000 });
  });

  test('include its reservation, those of others, and the account limit that the user gives', () => {
    const { app } = quickApp({ scaling: { concurrencyLimit: 3000 } });
    const fn = app.onRequest('GET /', 'ok.ts', { reservedConcurrentExecutions: 7 });
    app.onRequest('GET /other', 'other.ts', { reservedConcurrentExecutions: 20 });

    expect(Load.of(fn)).toMatchObject({
      reservedConcurrency: 7,
      concurrencyElsewhere: 20,
      concurrencyLimit: 3000,
    });
  });

  test('include the provisioned environments of the model, but not those of others', () => {
    const { app } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts');
    app.onRequest('GET /other', 'other.ts');
    AppContext.of(app).model.functions.forEach((facts, i) =>
      Object.assign(facts, { coldStart: { kind: 'provisioned', min: i + 3 } }),
    );

    expect(Load.of(fn)).toMatchObject({ readyEnvironments: 3, concurrencyElsewhere: 4 });
  });

  test('let nothing through for a function that is switched off', () => {
    const { app } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts', { disabled: true });

    expect(Load.simulate(1, 100, Load.of(fn)).throttledShare).toBe(1);
  });

  test('let events wait', () => {
    const { app } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    expect(Load.of(app.onTableChange(table, 'ok.ts'))).toMatchObject({ waits: true });
    expect(Load.of(app.onTableChange(table, 'other.ts'))).not.toHaveProperty('rateLimit');
  });

  test('include the lowest limits of its tables', () => {
    const { app } = quickApp();
    const table = (id: string, maxWriteRequestUnits: number): dynamodb.TableV2 =>
      app.addTable(id, {
        partitionKey: 'id',
        billing: dynamodb.Billing.onDemand({ maxWriteRequestUnits }),
        warmThroughput: { writeUnitsPerSecond: maxWriteRequestUnits },
      });
    const fn = app.onRequest('GET /', 'ok.ts').writes(table('A', 9000), table('B', 8000));
    table('C', 7000);

    expect(Load.of(fn)).toMatchObject({ maxWriteUnits: 8000, warmWriteUnits: 8000 });
  });

  test('treat a table beside a warm one as new', () => {
    const { app } = quickApp();
    const warm = app.addTable('A', {
      partitionKey: 'id',
      warmThroughput: { readUnitsPerSecond: 20_000 },
    });
    const cold = app.addTable('B', { partitionKey: 'id' });
    const fn = app.onRequest('GET /', 'ok.ts').reads(warm, cold);

    expect(Load.of(fn).warmReadUnits).toBeUndefined();
  });

  test('omit values known only at deployment', () => {
    const { app } = quickApp();
    const reservedConcurrentExecutions = Lazy.number({ produce: () => 3 });

    expect(
      Load.of(app.onRequest('GET /', 'ok.ts', { reservedConcurrentExecutions }))
        .reservedConcurrency,
    ).toBeUndefined();
  });

  test('are overridden by the user’s options', () => {
    const { app } = quickApp();

    expect(
      Load.of(app.onRequest('GET /', 'ok.ts'), { rateLimit: 3, writeUnits: 2, seconds: undefined }),
    ).toMatchObject({
      rateLimit: 3,
      burstLimit: 2000,
      writeUnits: 2,
    });
  });

  test('are the same for the model in the cloud assembly', () => {
    // GIVEN
    const { app } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const fn = app.onRequest('POST /', 'ok.ts', { reservedConcurrentExecutions: 50 }).writes(table);

    // WHEN
    const { directory = '' } = Stage.of(app)?.synth() ?? {};
    const file = `${directory}/Test.App.serverless-app.json`;
    const model = JSON.parse(fs.readFileSync(file, 'utf8')) as AppModel;

    // THEN
    expect(loadOptions(model, 'Ok')).toEqual(Load.of(fn));
    expect(loadOptions(model, 'Nobody')).toEqual({});
  });
});

describe('bad input', () => {
  test.each<[string, number, number, LoadOptions, string]>([
    ['negative rates', -1, 100, {}, '`rps` must be a known number, not below 0'],
    ['a rate that is no number', Number.NaN, 100, {}, '`rps` must be'],
    ['endless rates', Infinity, 100, {}, '`rps` must be'],
    ['a token', Lazy.number({ produce: () => 1 }), 100, {}, '`rps` must be'],
    [
      'no duration',
      1,
      0,
      {},
      '`durationMs` must be a known number, above 0 and at most 900000, got 0',
    ],
    ['more than 15 minutes', 1, 900_001, {}, '`durationMs` must be'],
    ['no time', 1, 1, { seconds: 0 }, '`seconds` must be a whole number from 1 to 86400 seconds'],
    ['more than a day', 1, 1, { seconds: 86_401 }, '`seconds` must be'],
    [
      'a negative option',
      1,
      1,
      { readUnits: -1 },
      '`readUnits` must be a known number, not below 0',
    ],
    [
      'waiting that is no flag',
      1,
      1,
      { waits: 'yes' as unknown as boolean },
      '`waits` must be true or false, got "yes"',
    ],
    [
      'a rate alone',
      1,
      1,
      { rateLimit: 1 },
      '`burstLimit` must be given together with the other of',
    ],
    [
      'a burst alone',
      1,
      1,
      { burstLimit: 1 },
      '`rateLimit` must be given together with the other of',
    ],
  ])('fails for %s', (_name, rps, durationMs, options, text) => {
    expect(() => Load.simulate(rps, durationMs, options)).toThrow(`Load.simulate: ${text}`);
  });

  test('accepts both ends of each range', () => {
    expect(() => Load.simulate(0, 900_000, { seconds: 1 })).not.toThrow();
    expect(() => Load.simulate(1, 0.001, { seconds: 86_400 })).not.toThrow();
    expect(() => Load.simulate(1, 1, { readUnits: 0, seconds: undefined })).not.toThrow();
  });
});

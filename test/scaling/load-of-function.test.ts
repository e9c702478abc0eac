import { Lazy } from 'aws-cdk-lib';
import {
  AppModel,
  FunctionModel,
  HttpModel,
  TableModel,
  TriggerModel,
} from '../../lib/model/app-model';
import { loadOptions } from '../../lib/scaling/load-of-function';

const token = Lazy.number({ produce: () => 1 });

/** As much of a model as is looked at. */
function model(
  fn: Partial<FunctionModel>,
  others: { tables?: Partial<TableModel>[]; http?: Partial<HttpModel> } = {},
): AppModel {
  return {
    app: { limits: { concurrency: 1000, apiRate: 10_000, apiBurst: 5000 } },
    functions: [{ id: 'F', triggers: [], access: [], ...fn }],
    tables: [],
    ...others,
  } as unknown as AppModel;
}

function trigger(kind: string, details: TriggerModel['details'] = {}): TriggerModel {
  return { kind, details } as TriggerModel;
}

/** A function that may touch these tables. */
function touching(...tables: Partial<TableModel>[]): AppModel {
  const all = tables.map((table, i) => ({ billing: 'onDemand', path: `App/T${i}`, ...table }));
  const access = all.map(({ path }) => ({ path })) as FunctionModel['access'];
  return model({ access }, { tables: all as TableModel[] });
}

describe('the effect of too much load', () => {
  test.each<[string, TriggerModel[], boolean]>([
    ['is refused where nothing of the app runs the function', [], false],
    ['is refused over HTTP', [trigger('http')], false],
    ['waits as events', [trigger('schedule')], true],
    ['is refused over HTTP among others', [trigger('schedule'), trigger('http')], false],
  ])('%s', (_name, triggers, waits) => {
    expect(loadOptions(model({ triggers }), 'F').waits).toBe(waits);
  });
});

describe('the concurrency that triggers allow', () => {
  const queue = (maxConcurrency?: number): TriggerModel =>
    trigger('queueMessages', { maxConcurrency });

  test.each<[string, TriggerModel[], number | undefined]>([
    ['of one queue', [queue(5)], 5],
    ['of two queues together', [queue(5), queue(7)], 12],
    ['of a queue that has no bound', [queue(5), queue()], undefined],
    ['of a queue and a schedule', [queue(5), trigger('schedule')], undefined],
    ['that is a token', [queue(token)], undefined],
    ['of no trigger', [], undefined],
  ])('%s', (_name, triggers, expected) => {
    expect(loadOptions(model({ triggers }), 'F').maxConcurrency).toBe(expected);
  });
});

describe('the throttle', () => {
  const http = { rateLimit: 1000, burstLimit: 2000 };
  const of = (...triggers: TriggerModel[]): unknown[] => {
    const { rateLimit, burstLimit } = loadOptions(model({ triggers }, { http }), 'F');
    return [rateLimit, burstLimit];
  };

  test('is the app’s by default', () => {
    expect(of(trigger('http'))).toEqual([1000, 2000]);
  });

  test.each([
    [5, 3000],
    [3000, 5],
  ])('is the lowest of the routes’, %d and %d', (one, other) => {
    expect(
      of(trigger('http', { rateLimit: one }), trigger('http', { rateLimit: other, burstLimit: 9 })),
    ).toEqual(one === 5 ? [5, 2000] : [5, 9]);
  });

  test('is the first of two equal ones', () => {
    const same = (burstLimit: number): TriggerModel =>
      trigger('http', { rateLimit: 7, burstLimit });

    expect(of(same(1), same(2))).toEqual([7, 1]);
  });

  test('applies only to routes', () => {
    expect(of(trigger('http', { rateLimit: 3000 }), trigger('schedule'))).toEqual([3000, 2000]);
  });

  test('is absent if neither the route nor the app’s own API has one', () => {
    const { rateLimit, burstLimit } = loadOptions(model({ triggers: [trigger('http')] }), 'F');

    expect([rateLimit, burstLimit]).toEqual([undefined, undefined]);
  });

  test('of a route takes precedence over one that is known only at deployment', () => {
    const options = loadOptions(
      model(
        { triggers: [trigger('http'), trigger('http', { rateLimit: 50_000 })] },
        { http: { rateLimit: token } },
      ),
      'F',
    );

    expect(options.rateLimit).toBe(50_000);
  });
});

describe('the tables of a function', () => {
  test('limit it by their lowest capacity, for reads and for writes', () => {
    const options = loadOptions(
      touching(
        { maxReadUnits: 5, maxWriteUnits: 90 },
        { maxReadUnits: 50, maxWriteUnits: 9 },
        {},
        { maxReadUnits: token },
      ),
      'F',
    );

    expect(options).toMatchObject({ maxReadUnits: 5, maxWriteUnits: 9 });
  });

  test('are as warm as the least warm one', () => {
    const options = loadOptions(
      touching(
        { warmReadUnits: 20_000, warmWriteUnits: 5000 },
        { warmReadUnits: 15_000, warmWriteUnits: 6000 },
      ),
      'F',
    );

    expect(options).toMatchObject({ warmReadUnits: 15_000, warmWriteUnits: 5000 });
  });

  test('do not count if they are provisioned, since they scale on their own', () => {
    const options = loadOptions(
      touching({ billing: 'provisioned', maxReadUnits: 1, warmReadUnits: 1 }),
      'F',
    );

    expect(options).toMatchObject({ maxReadUnits: undefined, warmReadUnits: undefined });
  });
});

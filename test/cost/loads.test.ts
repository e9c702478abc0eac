import { FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { countsWrites, loadOf } from '../../lib/cost/events';
import { invocationsOf } from '../../lib/cost/invocations';
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

/** Of each trigger of each function: how many events, and whether they come from outside. */
function heard(functions: FunctionModel[]): unknown[] {
  return loadOf(appModel({ functions }), 'moderate', {}).functions.map(({ triggers }) =>
    triggers.map(({ events, outside }) => [events, outside]),
  );
}

function assumptions(...functions: FunctionModel[]): readonly string[] {
  return loadOf(appModel({ functions }), 'moderate', {}).assumptions;
}

/** A function on a trigger, which writes to a table or bucket. */
const writes = (id: string, trigger: TriggerModel, kind: string, to: string): FunctionModel =>
  functionModel(id, { triggers: [trigger], access: [touches(kind, to, 'write')] });
const put = writes('Put', http('PUT /'), 'table', 'T');
const upload = writes('Upload', http('POST /'), 'bucket', 'B');
const on = (...triggers: TriggerModel[]): FunctionModel => functionModel('On', { triggers });

describe('events come from outside', () => {
  test('if no schedule and no function of the app causes them', () => {
    expect(
      heard([
        put,
        on(http('GET /'), changesOf('T'), changesOf('U'), objectsOf('B'), schedule('rate(1 day)')),
      ]),
    ).toEqual([
      [[1e6, true]],
      [
        [1e6, true],
        [1e6, false],
        [1e5, true],
        [1e4, true],
        [30.4375, false],
      ],
    ]);
  });

  test('also if the user gives their number', () => {
    expect(heard([put, on(changesOf('T', { monthlyEvents: { moderate: 7 } }))])[1]).toEqual([
      [7, true],
    ]);
  });

  test('but not if the trigger is switched off', () => {
    const off = { enabled: false, monthlyEvents: { moderate: 7 } };

    expect(heard([put, on(http('GET /', off), changesOf('T', off))])[1]).toEqual([
      [0, false],
      [0, false],
    ]);
  });

  test('and not if the function is disabled', () => {
    expect(
      heard([functionModel('Off', { triggers: [http('GET /')], reservedConcurrency: 0 })]),
    ).toEqual([[]]);
  });
});

describe('the share of writes that a trigger receives', () => {
  test.each<[string, TriggerModel['details'], boolean]>([
    ['tableChanges', {}, true],
    ['objectCreated', {}, true],
    ['objectCreated', { eventTypes: ['s3:ObjectCreated:*'] }, true],
    ['objectCreated', { eventTypes: ['s3:ObjectRemoved:*', 's3:ObjectCreated:Put'] }, true],
    ['objectCreated', { eventTypes: ['s3:ObjectRemoved:*'] }, false],
    ['objectCreated', { eventTypes: ['s3:ObjectRestore:s3:ObjectCreated'] }, false],
    ['objectCreated', { eventTypes: [] }, false],
    ['http', {}, false],
    ['schedule', { eventTypes: ['s3:ObjectCreated:*'] }, false],
  ])('%s with %j: %p', (kind, details, hears) => {
    expect(countsWrites({ kind, invocation: '', source: 'Test/App/T', details })).toBe(hears);
  });
});

describe('a chain of functions that run each other', () => {
  /** The first is run by requests; each writes to the table whose changes run the next. */
  const chain = (length: number): FunctionModel[] =>
    Array.from({ length }, (_, i) =>
      writes(`F${i}`, i === 0 ? http('GET /') : changesOf(`T${i}`), 'table', `T${i + 1}`),
    );

  test('is followed over ten steps, whatever the order', () => {
    expect(assumptions(...chain(10))).toEqual([]);
    expect(assumptions(...chain(10).reverse())).toEqual([]);
    expect(heard(chain(10)).at(-1)).toEqual([[1e6, false]]);
  });

  test('of more steps is reported as unfinished', () => {
    expect(assumptions(...chain(11))).toEqual([
      'chains of functions that trigger each other are followed over 10 steps; some are longer or circular',
    ]);
  });
});

describe('the assumptions about loads', () => {
  test('are empty for unrelated functions', () => {
    expect(assumptions()).toEqual([]);
    expect(assumptions(put, upload, on(http('GET /')), functionModel('Own'))).toEqual([]);
  });

  test('say that a function’s writes to its own source do not run it again', () => {
    const own = functionModel('Own', {
      triggers: [changesOf('T')],
      access: [touches('table', 'T', 'readWrite'), touches('table', 'U', 'write')],
    });
    const reads = functionModel('Reads', {
      triggers: [changesOf('T')],
      access: [touches('table', 'T', 'read')],
    });

    expect(assumptions(own, reads, put)).toEqual([
      'what `Own` writes to its own source does not count as further events',
    ]);
  });

  test.each<[string, TriggerModel]>([
    ['a prefix', objectsOf('B', { prefix: 'in/' })],
    ['a suffix', objectsOf('B', { suffix: '.csv' })],
    ['a filter', changesOf('T', { filtered: true })],
  ])('say that %s matches everything that functions write', (_what, trigger) => {
    const ids = assumptions(upload, put, on(http('GET /'), trigger), functionModel('Own'));

    expect(ids).toEqual([
      'everything that functions write is assumed to match the prefix, suffix or filter of `On`',
    ]);
  });

  test.each<[string, TriggerModel]>([
    ['there is none', objectsOf('B', { filtered: false })],
    ['no function writes there', objectsOf('C', { prefix: 'in/' })],
  ])('do not mention a filter if %s', (_what, trigger) => {
    expect(assumptions(upload, on(trigger))).toEqual([]);
  });

  test('name each function that has a filter', () => {
    const also = functionModel('Also', { triggers: [objectsOf('B', { suffix: '.csv' })] });

    expect(assumptions(upload, on(objectsOf('B', { prefix: 'in/' })), also)).toEqual([
      expect.stringContaining('filter of `On`, `Also`'),
    ]);
  });

  test('give the assumed number of runs of an unknown schedule', () => {
    const known = functionModel('Known', { triggers: [schedule('rate(1 day)')] });

    expect(assumptions(on(http('GET /'), schedule('${Token[A.1]}')), known, put)).toEqual([
      'a schedule of `On` is known only at deployment: its events are a default amount',
    ]);
  });
});

describe('invocations', () => {
  /** Of a function with one trigger: how often, and how long in all. */
  function invoked(trigger: TriggerModel | undefined, events: number, usage = {}): unknown {
    const fn = functionModel('Fn');
    const outside = true;
    const triggers = trigger === undefined ? [] : [{ trigger, events, outside }];
    return invocationsOf({ fn, usage, triggers, events });
  }
  /** What four shards give when each is asked four times a second, or once in a longer window. */
  const polls = (windowSeconds: number): number => (4 * 730 * 3600) / windowSeconds;

  test.each<[string, TriggerModel | undefined, number]>([
    ['a request', http('GET /'), 100],
    ['an object', objectsOf('B'), 1000],
    ['a run', schedule('rate(1 day)'), 10_000],
    ['a call by anyone else', undefined, 200],
    ['an event of another kind', { ...http('x'), kind: 'other' }, 200],
  ])('are one for %s, regardless of its size', (_what, trigger, milliseconds) => {
    expect(invoked(trigger, 1e9)).toEqual({ count: 1e9, seconds: 1e6 * milliseconds });
    expect(invoked(trigger, 1e9, { durationMs: 7 })).toEqual({ count: 1e9, seconds: 7e6 });
  });

  test.each<[string, TriggerModel['details'], number]>([
    ['100 at most', {}, 1e9 / 100],
    ['100 at most, where the size is none', { batchSize: 0 }, 1e9 / 100],
    ['100 at most, where the size is a token', { batchSize: TOKEN }, 1e9 / 100],
    ['100 at most, where the size is an expression', { batchSize: '5' }, 1e9 / 100],
    ['as many as the size', { batchSize: 8 }, 1e9 / 8],
  ])('of very frequent changes have %s', (_what, details, count) => {
    const window = { batchingWindowSeconds: 300 };

    expect(invoked(changesOf('T', { ...details, ...window }), 1e9)).toEqual({
      count: expect.closeTo(count, 3),
      seconds: expect.closeTo(count * 0.2, 3),
    });
  });

  test.each<[string, TriggerModel['details'], number]>([
    ['without a window', {}, polls(0.25)],
    ['with a window of none', { batchingWindowSeconds: 0 }, polls(0.25)],
    ['with a window that is a token', { batchingWindowSeconds: TOKEN }, polls(0.25)],
    ['with a window that is an expression', { batchingWindowSeconds: '60' }, polls(0.25)],
    ['with a window of two seconds', { batchingWindowSeconds: 2 }, polls(2)],
  ])('of frequent changes follow Lambda’s polling, %s', (_what, details, count) => {
    expect(invoked(changesOf('T', { batchSize: 10_000, ...details }), 1e9)).toMatchObject({
      count: expect.closeTo(count, 3),
    });
  });

  test('of rare changes are one each', () => {
    expect(invoked(changesOf('T'), 1000)).toEqual({ count: 1000, seconds: 200 });
  });

  test('of several triggers are added up', () => {
    const functions = [on(http('GET /'), schedule('rate(1 day)'))];
    const [load] = loadOf(appModel({ functions }), 'moderate', {}).functions;

    expect(load && invocationsOf(load)).toEqual({
      count: 1e6 + 30.4375,
      seconds: 1e5 + 304.375,
    });
  });
});

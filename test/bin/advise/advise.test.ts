import type { AdviceOf } from '../../../bin/advise/advice';
import type { FunctionFigures } from '../../../bin/advise/figures';
import { formatAdvice } from '../../../bin/advise/format';
import { reservedAdvice, timeoutAdvice } from '../../../bin/advise/limits';
import { memoryAdvice } from '../../../bin/advise/memory';
import { provisionedAdvice, savedByReady } from '../../../bin/advise/provisioned';
import { AlarmFigures, alarmsAdvice, idleAdvice, logAdvice } from '../../../bin/advise/whole-app';
import { advise as adviseCommand } from '../../../bin/commands/advise';
import { priceListOf } from '../../../lib/cost/price-list';
import { provisionedDollars } from '../../../lib/cost/standing-cost';
import { HOURS_A_MONTH } from '../../../lib/schedule/month';
import pc from 'picocolors';
import { cliSchema, fakeMetrics, NOW, runCommand } from '../support/fake-world';
import { deployedModel, functionModel, NIGHTLY, route } from '../support/models';

const PRICES = priceListOf('us-east-1');
const HOUR_MS = 3_600_000;
const DAYS = 14;

function figures(change: Partial<FunctionFigures> = {}, fn = {}): FunctionFigures {
  return {
    fn: { ...functionModel('Import', NIGHTLY), ...fn },
    days: DAYS,
    invocations: 10_000,
    throttles: 0,
    hourlyMs: Array.from({ length: DAYS * 24 }, () => 100_000),
    p99Ms: 5000,
    mostConcurrent: 5,
    spillover: 0,
    memory: { invocations: 10_000, peakMb: 600 },
    ...change,
  };
}

const about = ({ advice }: AdviceOf): string[] => advice.map((one) => one.about);
const changeOf = ({ advice }: AdviceOf): unknown => advice[0]?.change;

describe('memory', () => {
  test('with a low peak is reduced, and the saving is the price of the GB-seconds', () => {
    const advice = memoryAdvice(figures({ memory: { invocations: 10_000, peakMb: 180 } }), PRICES);

    expect(changeOf(advice)).toEqual({
      path: 'Shop/Orders/Import',
      prop: 'memorySize',
      from: '1024',
      to: '256',
    });
    const seconds = (100 * HOURS_A_MONTH * (1024 - 256)) / 1024;
    expect(advice.advice[0]?.monthlySaving).toBeCloseTo(seconds * 0.0000133334, 6);
  });

  test.each([
    [921, []],
    [922, ['memory']],
  ])('with a peak of %d of 1024 MB gives %j', (peakMb, found) => {
    const advice = memoryAdvice(figures({ memory: { invocations: 10_000, peakMb } }), PRICES);

    expect(about(advice)).toEqual(found);
    if (found.length > 0) {
      expect(changeOf(advice)).toMatchObject({ from: '1024', to: '1536' });
      expect(advice.advice[0]?.monthlySaving).toBeLessThan(0);
    }
  });

  test.each([
    [199, 1],
    [200, 0],
  ])('known of %d invocations is too little: %d', (invocations, missing) => {
    const found = memoryAdvice(figures({ memory: { invocations, peakMb: 100 } }), PRICES);

    expect([found.missing.length, found.advice.length]).toEqual([missing, 1 - missing]);
  });

  test('without enough data says how much is missing', () => {
    expect(memoryAdvice(figures({ memory: undefined }), PRICES).missing[0]?.text).toBe(
      'the memory of 0 invocations was measured, 200 more needed',
    );
  });
});

describe('provisioned concurrency', () => {
  const ready = (min: number, more = {}): object => ({
    alias: 'live',
    coldStart: { kind: 'provisioned', min, ...more },
  });
  const busy = (share: number): { hourlyMs: number[] } => ({
    hourlyMs: Array.from({ length: DAYS * 24 }, () => share * HOUR_MS),
  });

  test('that is never used costs its full standing price', () => {
    const saved = savedByReady(figures(busy(0)), 3, PRICES);

    expect(saved).toBeCloseTo(-provisionedDollars(3, 1024, 'arm64'), 2);
  });

  // At 60 % it would pay nothing; at 65 % less than a dollar a month.
  test.each([
    [0.55, []],
    [0.65, []],
    [0.75, ['provisioned']],
  ])('is proposed to a function that is busy %d of the time: %j', (share, found) => {
    expect(about(provisionedAdvice(figures(busy(share)), PRICES))).toEqual(found);
  });

  test('is recommended with the number of units that saves most', () => {
    const advice = provisionedAdvice(figures(busy(3.9)), PRICES);

    expect(changeOf(advice)).toEqual({
      path: 'Shop/Orders/Import',
      prop: 'coldStart',
      to: 'ColdStart.provisioned({ min: 4 })',
    });
    expect(advice.advice[0]?.monthlySaving).toBeCloseTo(
      savedByReady(figures(busy(3.9)), 4, PRICES),
      9,
    );
  });

  test('is reduced if some of it was never used', () => {
    const utilization = { average: 0.1, most: 0.35 };
    const advice = provisionedAdvice(
      figures({ ...busy(0.5), utilization }, ready(10, { max: 20 })),
      PRICES,
    );

    expect(changeOf(advice)).toMatchObject({
      from: 'ColdStart.provisioned({ min: 10, max: 20 })',
      to: 'ColdStart.provisioned({ min: 4, max: 20 })',
    });
    expect(advice.advice[0]?.monthlySaving).toBeCloseTo(provisionedDollars(6, 1024, 'arm64'), 2);
  });

  test.each([
    [100, false],
    [101, true],
  ])('with %d of 10,000 invocations spilled over is too small: %s', (spillover, tooLittle) => {
    const utilization = { average: 0.9, most: 1 };
    const advice = provisionedAdvice(
      figures({ ...busy(1.9), utilization, spillover }, ready(2)),
      PRICES,
    );

    const more = { to: 'ColdStart.provisioned({ min: 3 })' };
    expect(changeOf(advice) !== undefined).toBe(tooLittle);
    if (tooLittle) {
      expect(changeOf(advice)).toMatchObject(more);
    }
  });

  test('that costs more than it saves is reported with the difference', () => {
    const utilization = { average: 0.05, most: 1 };
    const advice = provisionedAdvice(figures({ ...busy(0.1), utilization }, ready(2)), PRICES);

    expect(changeOf(advice)).toMatchObject({ to: 'ColdStart.onDemand()' });
    expect(advice.advice[0]?.monthlySaving).toBeCloseTo(
      -savedByReady(figures(busy(0.1)), 2, PRICES),
      9,
    );
  });

  test('is not judged on less than a week', () => {
    expect(provisionedAdvice(figures({ days: 6.9 }), PRICES).missing).toHaveLength(1);
  });
});

describe('timeouts', () => {
  test.each([
    [47_999, []],
    [48_000, ['timeout']],
  ])('with 99 %% below %d ms of 60 s give %j', (p99Ms, found) => {
    expect(about(timeoutAdvice(figures({ p99Ms })))).toEqual(found);
  });

  test('behind HTTP are not raised above the API’s timeout', () => {
    const fn = { triggers: [route('GET /')], timeoutSeconds: 30 };
    const advice = timeoutAdvice(figures({ p99Ms: 29_000 }, fn));

    expect([about(advice), changeOf(advice)]).toEqual([['timeout'], undefined]);
  });

  test('far above the need are reduced', () => {
    const advice = timeoutAdvice(figures({ p99Ms: 900 }, { timeoutSeconds: 900 }));

    expect(changeOf(advice)).toMatchObject({
      from: 'Duration.seconds(900)',
      to: 'Duration.seconds(30)',
    });
  });

  test('are not judged on few invocations', () => {
    expect(timeoutAdvice(figures({ invocations: 199 })).missing[0]?.text).toMatch('1 more');
  });
});

describe('reserved concurrency', () => {
  test.each([
    [{ throttles: 3 }, 10, { from: '10', to: '15' }],
    [{ mostConcurrent: 4 }, 10, { from: '10', to: '6' }],
    [{ mostConcurrent: 5 }, 10, undefined],
  ])('where %j, of %d reserved, is changed to %j', (change, reservedConcurrency, found) => {
    const advice = reservedAdvice(figures(change, { reservedConcurrency }));

    expect(changeOf(advice)).toEqual(
      found === undefined ? undefined : (expect.objectContaining(found) as unknown),
    );
  });

  test('is recommended if the account throttles', () => {
    expect(about(reservedAdvice(figures({ throttles: 1 })))).toEqual(['reserved']);
    expect(about(reservedAdvice(figures()))).toEqual([]);
  });
});

test('a function without invocations is idle, but only after a week', () => {
  const idle = (days: number): AdviceOf => idleAdvice(figures({ invocations: 0, days }), 8.76);

  expect(idle(7).advice[0]?.monthlySaving).toBe(8.76);
  expect([idle(6.9).advice, idle(6.9).missing.length]).toEqual([[], 1]);
  expect(idleAdvice(figures(), 0).advice).toEqual([]);
  expect(idleAdvice(figures({ invocations: 0 }, { triggers: [] }), 0).advice).toEqual([]);
});

test.each([
  [1, []],
  [20, ['logs']],
])('%d GB of logs, of $20 in all, give %j', (gigabytes, found) => {
  const spent = { bytes: gigabytes * 1024 ** 3, invocations: 1000, dollars: 20 };

  expect(about(logAdvice(deployedModel([]), spent, DAYS, PRICES))).toEqual(found);
});

describe('alarms', () => {
  const alarm = (state: string, since: string, raised = 0, days = 30): AlarmFigures => ({
    alarm: { id: 'Failures', path: 'Shop/Orders/Alarm', name: 'x', metrics: 2 },
    state: { name: 'x', state, since: new Date(since) },
    raised,
    days,
  });
  const advice = (figures: AlarmFigures): string[] =>
    alarmsAdvice([figures], NOW, PRICES).map((one) => one.advice.replace(/:.*/, ''));

  test.each([
    [alarm('ALARM', '2026-10-20'), ['Failures is always on, so nobody will notice it']],
    [alarm('ALARM', '2026-11-20'), []],
    [
      alarm('INSUFFICIENT_DATA', '2026-10-20'),
      ['Failures has no data, because the event that it watches for did not happen'],
    ],
    [alarm('OK', '2026-10-20'), ['Failures was never raised']],
    [alarm('OK', '2026-11-20', 1), []],
    [alarm('OK', '2026-11-20', 0, 6), []],
  ])('%#', (figures, found) => {
    expect(advice(figures)).toEqual(found);
  });
});

test('a change is shown as a diff of the user’s props', () => {
  const found = {
    advice: [
      {
        about: 'memory',
        advice: 'Import uses little',
        evidence: 'at most 180 MB',
        monthlySaving: 12.3,
        change: { path: 'Shop/Orders/Import', prop: 'memorySize', from: '1024', to: '256' },
      },
    ],
    missing: [{ about: 'timeout', of: 'List', text: '3 more' }],
  };

  expect(formatAdvice('Shop/Orders', found, pc.createColors(false))).toBe(
    [
      'Shop/Orders',
      '',
      '  memory saves up to $12.30 a month',
      '    Import uses little',
      '    at most 180 MB',
      '      Shop/Orders/Import',
      '    - memorySize: 1024,',
      '    + memorySize: 256,',
      '',
      '  not enough data yet',
      '    timeout of List: 3 more',
      '',
    ].join('\n'),
  );
});

test('the command’s JSON follows the schema and uses the memory in the logs', async () => {
  const model = deployedModel([functionModel('Import', NIGHTLY)]);
  const at = new Date('2026-11-20T08:00:00Z');
  const { out } = await runCommand(
    adviseCommand,
    model,
    {
      metrics: fakeMetrics({
        'invocations:Import': [{ at, value: 5000 }],
        'durationMs:Import': [{ at, value: 5_000_000 }],
        'p99Ms:Import': [{ at, value: 59_000 }],
      }),
      logs: () =>
        Promise.resolve({
          read: () => {
            throw new Error('not where there is Logs Insights');
          },
          query: () =>
            Promise.resolve([{ fn: 'Shop-Import-Abc', invocations: '5000', peakMb: '90' }]),
        }),
    },
    { options: { json: true } },
  );

  const value = JSON.parse(out) as { advice: { about: string }[] }[];
  const validate = cliSchema('advise');
  expect([validate(value), validate.errors]).toEqual([true, null]);
  expect(value[0]?.advice.map((one) => one.about).sort()).toEqual(['memory', 'timeout']);
});

import { Duration, Lazy, Size } from 'aws-cdk-lib';
import { AppUsage, FunctionUsage, UsageAmounts } from '../../lib/estimate/usage';
import {
  amounts as declaredAmounts,
  APP_USAGE_PROPS,
  FUNCTION_USAGE_PROPS,
} from '../../lib/estimate/usage-prop-set';
import { checkProp } from '../../lib/props/check-props';
import { struct } from '../../lib/props/kinds';
import { PropCheck } from '../../lib/props/prop-check';
import { appUsageModel, levelModel, usageModel } from '../../lib/estimate/usage-model';

const top = new PropCheck('Test/App', '');
const check = top.at('usage');
const token = Lazy.number({ produce: () => 1 });
// As an app checks them: what was declared, then the rules.
const of = (usage: unknown) => () => {
  checkProp(usage, 'usage', struct(FUNCTION_USAGE_PROPS), top);
  return usageModel(usage as FunctionUsage, check);
};
const ofApp = (usage: unknown) => () => {
  checkProp(usage, 'usage', struct(APP_USAGE_PROPS), top);
  return appUsageModel(usage as AppUsage, check);
};
const amounts = (given: unknown) => () => {
  checkProp(given, 'events', declaredAmounts(), check);
  return levelModel(given as UsageAmounts, check.at('events'));
};

test('the expected usage of a function becomes plain numbers', () => {
  expect(
    of({
      monthlyEvents: { low: 1, moderate: 20, high: 20 },
      duration: Duration.seconds(2),
      readsPerEvent: 0.5,
      writesPerEvent: 0,
      itemSize: Size.kibibytes(1),
      responseSize: Size.kibibytes(2),
      logSize: Size.kibibytes(3),
    })(),
  ).toStrictEqual({
    monthlyEvents: { low: 1, moderate: 20, high: 20 },
    durationMs: 2000,
    readsPerEvent: 0.5,
    writesPerEvent: 0,
    itemBytes: 1024,
    responseBytes: 2048,
    logBytes: 3072,
  });
});

test('options that are not given are left out', () => {
  expect(of(undefined)()).toBeUndefined();
  expect(ofApp(undefined)()).toBeUndefined();
  expect(amounts(undefined)()).toBeUndefined();
  expect(of({})()).toStrictEqual({});
  expect(ofApp({})()).toStrictEqual({});
  expect(amounts({ low: 0, high: undefined })()).toStrictEqual({ low: 0 });
});

test('a size is in bytes, also for fractions of a larger unit', () => {
  expect(of({ itemSize: Size.kibibytes(0.5), logSize: Size.kibibytes(0.0625 / 128) })()).toEqual({
    itemBytes: 512,
    logBytes: 0.5,
  });
});

test('the expected usage of an app has further numbers', () => {
  const usage = { tableGigabytes: { low: 1 }, bucketGigabytes: { high: 2 }, readsPerEvent: 3 };

  expect(ofApp(usage)()).toStrictEqual(usage);
});

test('a duration or a size that is known only at deployment is left out', () => {
  expect(
    of({ duration: Duration.seconds(token), itemSize: Size.kibibytes(token) })(),
  ).toStrictEqual({});
});

test.each([
  ['a tenth of a millisecond', Duration.millis(0.1), 0.1],
  ['15 minutes', Duration.minutes(15), 900_000],
])('an invocation may take %s', (_name, duration, durationMs) => {
  expect(of({ duration })()).toEqual({ durationMs });
});

const AMOUNT = 'must be a known number, not below 0, got';
const EXISTS = 'must be an option that exists, got';

test.each<[string, () => unknown, string]>([
  ['no object', of(5), '` must be an object with options, got 5: write, for example, `{ … }`'],
  ['null', of(null), '` must be an object with options, got null'],
  ['a list', of([]), '` must be an object with options, got an empty list'],
  ['a name that is none', of({ reads: 1 }), `.reads\` ${EXISTS} 1: did you mean`],
  ['a part of the app', of({ tableGigabytes: {} }), `.tableGigabytes\` ${EXISTS}`],
  [
    'a name that is none',
    ofApp({ gigabytes: 1 }),
    `.gigabytes\` ${EXISTS} 1: did you mean \`tableGigabytes\``,
  ],
  ['less than none', of({ readsPerEvent: -1 }), `.readsPerEvent\` ${AMOUNT} -1: give what you`],
  ['endless writes', of({ writesPerEvent: Infinity }), `.writesPerEvent\` ${AMOUNT} Infinity`],
  ['no number', of({ writesPerEvent: Number.NaN }), `.writesPerEvent\` ${AMOUNT} NaN`],
  ['digits', of({ readsPerEvent: '1' }), `.readsPerEvent\` ${AMOUNT} "1"`],
  ['a token', of({ readsPerEvent: token }), `.readsPerEvent\` ${AMOUNT} a token`],
  [
    'seconds',
    of({ duration: 5 }),
    '.duration` must be a Duration, got 5: write, for example, `Dur',
  ],
  ['no time', of({ duration: Duration.millis(0) }), '.duration` must be above 0 and at most 15 m'],
  [
    'too long',
    of({ duration: Duration.millis(900_001) }),
    '15 minutes, got 900001 ms: give the average',
  ],
  ['kilobytes', of({ itemSize: 4 }), '.itemSize` must be a Size, got 4: write, for example, `Size'],
  ['no size', of({ logSize: null }), '.logSize` must be a Size, got null'],
  [
    'a number of events',
    of({ monthlyEvents: 7 }),
    '.monthlyEvents` must be amounts by usage level, got 7: write `{ moderate: 500_000 }`; the other levels',
  ],
  [
    'text',
    amounts('many'),
    '.events` must be amounts by usage level, got "many": write `{ moderate',
  ],
  ['many', amounts('many'), 'write `{ moderate: 500_000 }`'],
  ['a list of amounts', amounts([1]), '.events` must be amounts by usage level, got a list'],
  ['another level', amounts({ medium: 1 }), `.events.medium\` ${EXISTS} 1`],
  ['less than none', amounts({ low: -1 }), `.events.low\` ${AMOUNT} -1`],
  [
    'less at a higher level',
    amounts({ low: 2, moderate: 1 }),
    '.events.moderate` must not be below `low`, 2, got 1: swap them',
  ],
  [
    'less at a higher level, with none between',
    amounts({ low: 9, high: 8 }),
    '.events.high` must not be below `low`, 9, got 8',
  ],
  [
    'a fall at the end',
    amounts({ low: 1, moderate: 3, high: 2 }),
    '.events.high` must not be below',
  ],
])('fails for %s', (_name, checking, message) => {
  expect(checking).toThrow(message);
});

test('fails with the path of the wrong option', () => {
  expect(of({ readsPerEvent: -1 })).toThrow('Test/App: `usage.readsPerEvent` must');
  expect(ofApp({ tableGigabytes: { low: -1 } })).toThrow('Test/App: `usage.tableGigabytes.low`');
  expect(ofApp({ bucketGigabytes: { low: -1 } })).toThrow('Test/App: `usage.bucketGigabytes.low`');
});

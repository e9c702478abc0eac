import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { FunctionContext } from '../../../lib/core/function-context';
import type { AppFunction } from '../../../lib/function/app-function';
import { checkRollout } from '../../../lib/function/private/rollout-rules';
import { Rollout, RolloutOptions } from '../../../lib/function/rollout';
import { FUNCTION_OPTIONS_PROPS } from '../../../lib/function/function-prop-set';
import { checkProps } from '../../../lib/props/check-props';
import { PropCheck } from '../../../lib/props/prop-check';

const CANARY: RolloutOptions = { percent: 10, interval: Duration.minutes(5) };
const canary = (options: RolloutOptions): Rollout => Rollout.canary(options);
const linear = (options: RolloutOptions): Rollout => Rollout.linear(options);
const token = (value: number): number => Lazy.number({ produce: () => value });

/** A function with its context, and without an app. */
function functionIn(stack: Stack, app: object, id = 'F'): AppFunction {
  const fn = Object.assign(new Construct(stack, id), { app }) as unknown as AppFunction;
  FunctionContext.open(fn, {
    check: new PropCheck('Test/App', 'functions.F'),
    deterministicName: () => id,
    deterministicArn: () => `arn:${id}`,
    timeoutSeconds: () => undefined,
    references: () => [],
    isAsync: () => false,
    receiveVersionOf: () => undefined,
  });
  return fn;
}

const app = {};
const stack = new Stack(undefined, 'Test');
const fn = functionIn(stack, app);
const checking = (rollout: Rollout | undefined) => (): void => {
  checkProps({ rollout }, FUNCTION_OPTIONS_PROPS, FunctionContext.of(fn).check);
  checkRollout(rollout, fn);
};
const alarms = (count: number): cloudwatch.IAlarm[] =>
  Array.from({ length: count }, (_, i) => ({ alarmArn: `alarm-${i}` }) as cloudwatch.IAlarm);

test.each<[string, Rollout | undefined]>([
  ['none', undefined],
  ['all at once', Rollout.allAtOnce()],
  ['1 %', canary({ ...CANARY, percent: 1 })],
  ['99 %', canary({ ...CANARY, percent: 99 })],
  ['1 minute', canary({ ...CANARY, interval: Duration.seconds(60) })],
  ['2 days', canary({ ...CANARY, interval: Duration.days(2) })],
  ['ten steps in 2 days', linear({ percent: 10, interval: Duration.minutes(320) })],
  ['four steps of 30 % in 2 days', linear({ percent: 30, interval: Duration.hours(16) })],
  ['8 alarms beside the app’s two', canary({ ...CANARY, alarms: alarms(8) })],
  ['10 alarms alone', canary({ ...CANARY, watch: false, alarms: alarms(10) })],
  ['1 alarm alone', canary({ ...CANARY, watch: false, alarms: alarms(1) })],
  ['no errors', canary({ ...CANARY, maxErrors: 0 })],
  ['1 second', canary({ ...CANARY, maxLatency: Duration.seconds(1) })],
  ['15 minutes', canary({ ...CANARY, maxLatency: Duration.minutes(15) })],
  ['a token of minutes', linear({ percent: 1, interval: Duration.minutes(token(1)) })],
  ['a token of per cent', linear({ percent: token(1), interval: Duration.days(2) })],
  ['a token of milliseconds', canary({ ...CANARY, maxLatency: Duration.millis(token(1)) })],
])('accepts %s', (_name, rollout) => {
  expect(checking(rollout)).not.toThrow();
});

test.each<[string, Rollout, string]>([
  [
    'what is no rollout',
    {} as Rollout,
    '` must be a Rollout, got an object: write, for example, `Rollout.canary({',
  ],
  ['no interval', canary({ percent: 1 } as RolloutOptions), '.interval` must be a Duration, got'],
  [
    '0 %',
    canary({ ...CANARY, percent: 0 }),
    '.percent` must be a whole number from 1 to 99 per cent, got 0: use a value in that range; for 100 use `Rollout.allAtOnce()`',
  ],
  ['100 %', linear({ ...CANARY, percent: 100 }), '.percent` must be a whole number from 1 to 99'],
  [
    '59 seconds',
    canary({ ...CANARY, interval: Duration.seconds(59) }),
    '.interval` must be whole seconds from 1 minute to 2 days, got 59 seconds: give, for example, `Duration.minutes(5)`',
  ],
  [
    'more than 2 days',
    canary({ ...CANARY, interval: Duration.minutes(2881) }),
    '.interval` must be whole seconds from 1 minute to 2 days, got 2881 minutes',
  ],
  [
    '61 seconds',
    canary({ ...CANARY, interval: Duration.seconds(61) }),
    '.interval` must be whole minutes, got 1 minute 1 second: give, for example,',
  ],
  [
    'a token of seconds',
    canary({ ...CANARY, interval: Duration.seconds(token(60)) }),
    '.interval` must be in minutes if it is a Token, got a token of seconds',
  ],
  [
    'ten steps in more than 2 days',
    linear({ percent: 10, interval: Duration.minutes(321) }),
    '.interval` must let the last step start within 2880 minutes after the first, got 2889 minutes: increase `percent`, or shorten the interval',
  ],
  [
    'steps of 30 %, of which the fourth is smaller',
    linear({ percent: 30, interval: Duration.minutes(961) }),
    '.interval` must let the last step start within 2880 minutes after the first, got 2883 minutes',
  ],
  ['-1 errors', canary({ ...CANARY, maxErrors: -1 }), '.maxErrors` must be a whole number from 0'],
  [
    'no time',
    canary({ ...CANARY, maxLatency: Duration.millis(0) }),
    '.maxLatency` must be whole seconds from 1 second to 15 minutes, got 0 seconds',
  ],
  [
    'more time than a function has',
    canary({ ...CANARY, maxLatency: Duration.seconds(901) }),
    '.maxLatency` must be whole seconds from 1 second to 15 minutes, got 901 seconds',
  ],
  [
    'a token of minutes as latency',
    canary({ ...CANARY, maxLatency: Duration.minutes(token(1)) }),
    '.maxLatency` must be in milliseconds if it is a Token',
  ],
  [
    'no alarms',
    canary({ ...CANARY, watch: false }),
    '.alarms` must have at least one alarm, because without one nothing would roll back, got none',
  ],
  [
    '9 alarms beside the app’s two',
    canary({ ...CANARY, alarms: alarms(9) }),
    '.alarms.length` must be a whole number from 0 to 8 alarms, got 9: combine several in one composite alarm',
  ],
  [
    '11 alarms',
    canary({ ...CANARY, watch: false, alarms: alarms(11) }),
    '.alarms.length` must be a whole number from 0 to 10 alarms, got 11',
  ],
  [
    'an alarm twice',
    canary({ ...CANARY, alarms: [...alarms(2), ...alarms(1)] }),
    '.alarms[2]` must differ from the values before it, got alarm-0 twice: leave it out',
  ],
])('fails with %s', (_name, rollout, message) => {
  expect(checking(rollout)).toThrow(`Test/App: \`functions.F.rollout${message}`);
});

describe('a hook', () => {
  const hooks = ['beforeTraffic', 'afterTraffic'] as const;

  test.each(hooks)('%s may be another function of the app', (hook) => {
    const other = functionIn(stack, app, `Hook-${hook}`);

    expect(checking(canary({ ...CANARY, [hook]: other }))).not.toThrow();
  });

  test.each(hooks)('%s fails as a function of another app', (hook) => {
    const other = functionIn(stack, {}, `Foreign-${hook}`);

    expect(checking(canary({ ...CANARY, [hook]: other }))).toThrow(
      `Test/App: \`functions.F.rollout.${hook}\` must be another function of the same app, got Test/Foreign-${hook}: create it with \`addFunction\``,
    );
  });

  test.each(hooks)('%s fails in another stack', (hook) => {
    const other = functionIn(new Stack(undefined, `Other-${hook}`), app);

    expect(checking(canary({ ...CANARY, [hook]: other }))).toThrow(
      `\`functions.F.rollout.${hook}\` must be in the same shard as the function, whose version it refers to, got Other-${hook}/F, and not Test`,
    );
  });
});

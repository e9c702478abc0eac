import { ROLLOUT_DEFAULTS } from '../../core/defaults';
import { duration, flag, instance, integer, listOf } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import type { RolloutOptions } from '../rollout';

/** The time from the first shift to the last: https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
export const MAX_ROLLOUT_MINUTES = 2880;

export const INTERVAL_REMEDY = 'give, for example, `Duration.minutes(5)`';

const FUNCTION = instance(
  'a function of the app',
  'give the function that `addFunction` returned',
  'app',
);

export const ROLLOUT_PROPS = propsOf<RolloutOptions>()({
  percent: integer(1, 99, 'per cent', {
    remedy: 'use a value in that range; for 100 use `Rollout.allAtOnce()`',
  }).required(),
  interval: duration(60, MAX_ROLLOUT_MINUTES * 60, {
    remedy: INTERVAL_REMEDY,
    tokenUnit: 'minutes',
  }).required(),
  watch: flag().defaultsTo(ROLLOUT_DEFAULTS.watch),
  maxErrors: integer(0, Number.MAX_SAFE_INTEGER, 'errors').defaultsTo(ROLLOUT_DEFAULTS.maxErrors),
  maxLatency: duration(1, 900, { tokenUnit: 'millis' }),
  alarms: listOf(instance('an alarm', 'write, for example, `new Alarm(…)`', 'alarmArn')),
  beforeTraffic: FUNCTION,
  afterTraffic: FUNCTION,
});

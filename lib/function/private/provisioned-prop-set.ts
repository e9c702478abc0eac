import { SCHEDULE } from '../../core/schedule-prop';
import { COLD_START_DEFAULTS } from '../../core/defaults';
import { date, flag, fraction, integer, listOf, struct } from '../../props/kinds';
import { Optional } from '../../props/prop';
import { propsOf } from '../../props/prop-set';
import type { ProvisionedConcurrencyOptions, ProvisionedConcurrencySchedule } from '../cold-start';

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-quotas.html */
const MAX_SCHEDULES = 200;

function environments(): Optional<number> {
  return integer(1, undefined, 'environments', {
    rule: 'a whole number, at least 1: with 0 AWS deletes the configuration, and the next deployment fails',
    remedy: 'use 1 or more; for none, use `ColdStart.onDemand()`',
  });
}

export const PROVISIONED_SCHEDULE_PROPS = propsOf<ProvisionedConcurrencySchedule>()({
  schedule: SCHEDULE,
  min: environments().required(),
  max: environments(),
  start: date(),
  end: date(),
});

export const PROVISIONED_PROPS = propsOf<ProvisionedConcurrencyOptions>()({
  min: environments().required(),
  max: environments(),
  targetUtilization: fraction(0.1, 0.9).defaultsTo(COLD_START_DEFAULTS.targetUtilization),
  schedules: listOf(struct(PROVISIONED_SCHEDULE_PROPS), {
    min: 0,
    max: MAX_SCHEDULES,
    unit: 'schedules',
  }),
  spilloverAlarm: flag(),
  force: flag().defaultsTo(false),
});

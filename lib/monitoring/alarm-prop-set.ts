import { anything, flag, integer } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import type { AlarmOptions } from './alarm-options';

/** The threshold's unit, and how far an alarm may look back, depend on the alarm. */
export const ALARM_PROPS = propsOf<AlarmOptions>()({
  enabled: flag(),
  threshold: anything(),
  evaluationPeriods: integer(1, undefined, 'periods'),
  datapointsToAlarm: integer(1, undefined, 'periods'),
});

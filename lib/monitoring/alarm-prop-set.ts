import { anything, flag, integer } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import type { AlarmOptions } from './alarm-options';

/** The unit of the threshold and the longest evaluation window depend on the alarm, so they have rules of their own. */
export const ALARM_PROPS = propsOf<AlarmOptions>()({
  enabled: flag(),
  threshold: anything(),
  evaluationPeriods: integer(1, undefined, 'periods'),
  datapointsToAlarm: integer(1, undefined, 'periods'),
});

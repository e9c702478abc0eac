import { AlarmThreshold } from './alarm-threshold';

/** Settings that override one alarm, or all alarms of a kind. */
export interface AlarmOptions {
  /**
   * Whether the app creates the alarm.
   *
   * @default true in production with a notification target (`notify`, `notifyTopic`), false in development
   */
  readonly enabled?: boolean;

  /**
   * The value above which the alarm fires, in the alarm's unit.
   *
   * @default - the table in docs/alarms.md
   */
  readonly threshold?: AlarmThreshold;

  /**
   * How many periods the alarm evaluates, at least 1.
   *
   * @default - the table in docs/alarms.md
   */
  readonly evaluationPeriods?: number;

  /**
   * How many of these periods must exceed the threshold, from 1 to `evaluationPeriods`.
   *
   * @default - the alarm's own number; all periods if `evaluationPeriods` is given
   */
  readonly datapointsToAlarm?: number;
}

import { AlarmThreshold } from './alarm-threshold';

/** What is changed of one alarm, or of all alarms of a kind. */
export interface AlarmOptions {
  /**
   * Whether there is the alarm.
   *
   * @default - true in production where somebody is told (`notify`, `notifyTopic`), false in development
   */
  readonly enabled?: boolean;

  /**
   * From where on it is raised, in the alarm's unit.
   *
   * @default - the table in docs/alarms.md
   */
  readonly threshold?: AlarmThreshold;

  /**
   * Over how many periods it looks back, 1 or more.
   *
   * @default - the table in docs/alarms.md
   */
  readonly evaluationPeriods?: number;

  /**
   * In how many of them the threshold must be passed, from 1 to `evaluationPeriods`.
   *
   * @default - as many as the alarm has; all of them where `evaluationPeriods` is given
   */
  readonly datapointsToAlarm?: number;
}

import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { Alarms } from './alarms';
import { LogMetrics } from './log-metrics';
import type { IServerlessApp } from '../core/contract';

/** The alarm on the share of invocations that fail or time out, as Lambda reports them in the app's logs. */
export function addFailedShare(app: IServerlessApp): void {
  Alarms.of(app).add('FailedShare', {
    threshold: AlarmThreshold.percent(ALARM_DEFAULTS.failedPercent),
    make: (settings) =>
      appAlarm(Alarms.of(app).scope, 'FailedShare', settings, {
        metric: LogMetrics.of(app).failedShare({ period: ALARM_DEFAULTS.period }),
        threshold: settings.threshold / 100,
        description:
          `${app.node.path}: more than ${settings.threshold} % of all invocations failed: they threw an error, timed out, or ran out of memory. ` +
          'HTTP callers saw an error; other events are retried and then go to the failure queue. Start with: ' +
          'npx serverless-app logs --since 15m',
      }),
  });
}

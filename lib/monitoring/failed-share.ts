import { ALARM_DEFAULTS } from '../core/defaults';
import type { ServerlessApp } from '../app/serverless-app';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';

/** Too many of all invocations fail or run out of time, by what Lambda writes to the app's logs. */
export function addFailedShare(app: ServerlessApp): void {
  app._monitoring.alarms.add('FailedShare', {
    threshold: AlarmThreshold.percent(ALARM_DEFAULTS.failedPercent),
    make: (settings) =>
      appAlarm(app._monitoring.alarms.scope, 'FailedShare', settings, {
        metric: app._monitoring.logMetrics.failedShare({ period: ALARM_DEFAULTS.period }),
        threshold: settings.threshold / 100,
        description:
          `${app.node.path}: more than ${settings.threshold} % of all invocations failed: they threw, or ran out of time or memory. ` +
          'Callers over HTTP saw an error; what came otherwise is tried again, and ends in the failure queue. See first: ' +
          'npx serverless-app logs --since 15m',
      }),
  });
}

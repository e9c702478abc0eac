import { Notices } from '../../core/notices';
import { AppContext } from '../../core/app-context';
import { LogMetrics } from '../log-metrics';
import { RunRate } from '../run-rate';
import type { IServerlessApp } from '../../core/contract';
import { warn } from '../../core/messages';

/**
 * Warns, once all functions are declared, about invocations that the log metrics do not see: those of functions without reports,
 * and of functions that are declared after `metricRunRate()`. It is a validation without errors.
 */
export function reportBlindness(app: IServerlessApp): string[] {
  if (!LogMetrics.of(app).areUsed) {
    return [];
  }
  const silent = new Set(
    AppContext.of(app)
      .model.functions.filter(({ reports }) => reports === 'none')
      .map(({ path }) => path),
  );
  for (const fn of AppContext.of(app).functions) {
    if (silent.has(fn.node.path)) {
      Notices.of(app).add({
        fn,
        level: 'warning',
        id: 'cdk-serverless-app:blind-cost-alarm',
        message:
          `${app.node.path}: \`functions.${fn.node.id}.systemLogLevelV2\` should not be WARN, because Lambda then reports no ` +
          'invocations, and the alarms and the dashboard see neither the function’s cost nor its failures: leave it out for INFO, and set ' +
          '`applicationLogLevelV2` to log fewer of your own lines',
      });
    }
  }
  if (RunRate.of(app).wasAskedEarly) {
    warn(
      app,
      'cdk-serverless-app:run-rate-asked-early',
      `${app.node.path}: \`metricRunRate()\` should be called after the last function and route are declared; later ones are missing, or counted ` +
        'at the wrong price: move the call to the end',
    );
  }
  return [];
}

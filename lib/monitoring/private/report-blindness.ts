import { Validations } from 'aws-cdk-lib';
import { Notices } from '../../core/notices';
import { AppContext } from '../../core/app-context';
import { LogMetrics } from '../log-metrics';
import { RunRate } from '../run-rate';
import type { IServerlessApp } from '../../core/contract';

/**
 * Warns, once all is declared, of what the metrics of the logs do not see: functions of which Lambda reports nothing, and functions
 * that were declared after somebody asked for the run-rate. As a validation it has no errors.
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
          `${app.node.path}: \`functions.${fn.node.id}.systemLogLevelV2\` must not be WARN, at which Lambda reports no invocation: what the function ` +
          'costs and how often it fails, the alarms and the dashboard do not see: leave it out for INFO, and raise `applicationLogLevelV2` for less of your own lines',
      });
    }
  }
  if (RunRate.of(app).wasAskedEarly) {
    Validations.of(app).addWarning(
      'cdk-serverless-app:run-rate-asked-early',
      `${app.node.path}: \`metricRunRate()\` must be asked after the last function and route are declared; what was declared later is not in it, or ` +
        'at another price: move the call to the end',
    );
  }
  return [];
}

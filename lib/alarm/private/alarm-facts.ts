import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmFacts } from '../../app-model';

/** What the estimate needs to know of an alarm: https://aws.amazon.com/cloudwatch/pricing/ counts each metric of an expression. */
export function alarmFacts(
  id: string,
  alarm: cloudwatch.AlarmBase,
  name = alarm.alarmName,
): AlarmFacts {
  const resource = alarm.node.defaultChild;
  const facts = { id, path: alarm.node.path, name };
  if (!(resource instanceof cloudwatch.CfnAlarm)) {
    return { ...facts, metrics: 0 };
  }
  const queries = queriesOf(resource);
  const periods = [resource.period, ...queries.map(({ metricStat }) => periodOf(metricStat))];
  const highResolution = periods.some(
    (period) => period !== undefined && !Token.isUnresolved(period) && period < 60,
  );
  return {
    ...facts,
    metrics: Math.max(queries.length, 1),
    ...(highResolution && { highResolution }),
  };
}

/** The metrics of an expression, without what is computed of them. */
function queriesOf({
  metrics,
}: cloudwatch.CfnAlarm): cloudwatch.CfnAlarm.MetricDataQueryProperty[] {
  if (!Array.isArray(metrics)) {
    return [];
  }
  return metrics.filter(
    (query): query is cloudwatch.CfnAlarm.MetricDataQueryProperty =>
      'metricStat' in query && query.metricStat !== undefined,
  );
}

function periodOf(
  stat: cloudwatch.CfnAlarm.MetricDataQueryProperty['metricStat'],
): number | undefined {
  return stat !== undefined && 'period' in stat ? stat.period : undefined;
}

import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmModel } from '../../model/app-model';

const MINUTE = 60;

/** The alarm as the estimate needs it: https://aws.amazon.com/cloudwatch/pricing/ counts each metric of an expression. */
export function alarmModel(
  id: string,
  alarm: cloudwatch.AlarmBase,
  name = alarm.alarmName,
): AlarmModel {
  const resource = alarm.node.defaultChild;
  const facts = { id, path: alarm.node.path, name };
  if (!(resource instanceof cloudwatch.CfnAlarm)) {
    return { ...facts, metrics: 0 };
  }
  const stats = statsOf(resource);
  const periods = [resource.period, ...stats.map(({ period }) => period)];
  const highResolution = periods.some(
    (period = MINUTE) => !Token.isUnresolved(period) && period < MINUTE,
  );
  return {
    ...facts,
    metrics: Math.max(stats.length, 1),
    ...(highResolution && { highResolution }),
  };
}

/** The metrics of an expression, without the expressions over them. A value that is resolved later is unknown. */
export function statsOf({ metrics }: cloudwatch.CfnAlarm): Stat[] {
  const queries = (Array.isArray(metrics) ? metrics : []) as ReadonlyArray<{ metricStat?: Stat }>;
  return queries.flatMap(({ metricStat }) => metricStat ?? []);
}

type Stat = Partial<cloudwatch.CfnAlarm.MetricStatProperty>;

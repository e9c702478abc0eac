import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { hasClock } from '../kinds/trigger-kinds';
import { AlarmFacts, FunctionFacts } from '../model/app-model';
import { AlarmThreshold } from './alarm-threshold';
import type { AlarmSettings } from './alarms';
import { Freshness, freshnessOf } from './private/freshness-of';
import { checkWindow, periodsOf, reasonAgainst, showTime } from './private/freshness-window';
import { AppContext } from '../core/app-context';
import { FunctionContext } from '../core/function-context';
import { Alarms } from './alarms';
import type { IAppFunction, IServerlessApp } from '../core/contract';

const HOUR = 3600;

/** Its runs and those that failed. */
const METRICS = 2;

const INFO = 'cdk-serverless-app:freshness';

/**
 * The alarms of functions that run by schedules: that they run, and succeed. To be asked for when all triggers are known, since whatever
 * else runs a function counts in the same metric.
 */
export function addFreshness(app: IServerlessApp): void {
  const models = new Map(AppContext.of(app).model.functions.map((facts) => [facts.path, facts]));
  for (const fn of AppContext.of(app).functions) {
    const facts = models.get(fn.node.path);
    if (facts !== undefined) {
      addFreshnessOf(fn, facts);
    }
  }
}

/** What the alarms that synthesis is going to add cost by, as far as triggers are declared. */
export function freshnessToCome(app: IServerlessApp): AlarmFacts[] {
  const models = new Map(AppContext.of(app).model.functions.map((facts) => [facts.path, facts]));
  return AppContext.of(app).functions.flatMap((fn): AlarmFacts[] => {
    const facts = models.get(fn.node.path);
    const freshness = facts && missingFreshness(fn, facts);
    return freshness === undefined || reasonAgainst(freshness) !== undefined
      ? []
      : [
          {
            id: `${fn.node.id}Freshness`,
            path: `${fn.node.path}/FreshnessAlarm`,
            name: '',
            metrics: METRICS,
          },
        ];
  });
}

/** Undefined also where there is the alarm, or where it is not wanted. */
function missingFreshness(
  fn: IAppFunction,
  { triggers, timeoutSeconds }: FunctionFacts,
): ReturnType<typeof freshnessOf> {
  if (
    !triggers.some(hasClock) ||
    !Alarms.of(fn).isWanted('Freshness', fn) ||
    fn.node.tryFindChild('FreshnessAlarm')
  ) {
    return undefined;
  }
  const timeout: unknown = Stack.of(fn).resolve(timeoutSeconds);
  return freshnessOf(triggers, typeof timeout === 'number' ? timeout : 900);
}

function addFreshnessOf(fn: IAppFunction, facts: FunctionFacts): void {
  const freshness = missingFreshness(fn, facts);
  if (freshness === undefined) {
    return;
  }
  const why = reasonAgainst(freshness);
  if (why !== undefined) {
    const text = `${fn.node.path}: no alarm tells when the schedule does not run: ${why}`;
    Annotations.of(fn).addInfoV2(INFO, text);
    return;
  }
  const { window, gap } = freshness as Freshness;
  const check = AppContext.of(fn).check.at(`alarms.${fn.node.id}Freshness`);
  Alarms.of(fn).add('Freshness', {
    fn,
    threshold: AlarmThreshold.duration(Duration.seconds(window)),
    ownPeriods: true,
    tellsNoData: true,
    make: (settings) => {
      checkWindow(settings.threshold, gap, check);
      return freshnessAlarm(fn, settings);
    },
  });
}

/**
 * In ALARM where every run of the window failed; without data where there was none, and that tells as well. Missing data as a
 * breach would tell of a schedule that is new and has not run yet: an alarm begins without data, and tells only of changes.
 */
function freshnessAlarm(
  fn: IAppFunction,
  { threshold, alarmName }: AlarmSettings,
): cloudwatch.Alarm {
  const window = threshold / 1000;
  const { period, count } = periodsOf(window);
  const metric = (metricName: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: FunctionContext.of(fn).knownName },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.seconds(period),
    });
  return new cloudwatch.Alarm(fn, 'FreshnessAlarm', {
    alarmName,
    metric: new cloudwatch.MathExpression({
      expression: 'runs - failures',
      label: 'Runs that succeeded',
      period: Duration.seconds(period),
      usingMetrics: { runs: metric('Invocations'), failures: metric('Errors') },
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: count,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
    alarmDescription:
      `${fn.node.path}: in ${showTime(window)} no run by the schedule succeeded. In state ALARM all failed, which the log explains; in ` +
      'INSUFFICIENT_DATA there was none: the schedule is off or gone, may not run the function, or was turned away. What the run was to do ' +
      `is not done. See first: npx serverless-app logs ${fn.node.id} --since ${Math.ceil(window / HOUR)}h`,
  });
}

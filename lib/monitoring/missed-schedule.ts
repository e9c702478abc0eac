import { Notices } from '../core/notices';
import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { hasClock } from '../kinds/trigger-kinds';
import { AlarmModel, FunctionModel } from '../model/app-model';
import { AlarmThreshold } from './alarm-threshold';
import type { AlarmSettings } from './alarms';
import { LongestGap, longestGapOf } from './private/longest-gap';
import { checkWindow, periodsOf, reasonAgainst, formatTime } from './private/schedule-window';
import { AppContext } from '../core/app-context';
import { FunctionContext } from '../core/function-context';
import { Alarms } from './alarms';
import type { IAppFunction, IServerlessApp } from '../core/contract';

const HOUR = 3600;

/** Its runs and those that failed. */
const METRICS = 2;

const INFO = 'cdk-serverless-app:missed-schedule';

/**
 * The alarms of functions that run by schedules: that they run, and succeed. To be asked for when all triggers are known, since whatever
 * else runs a function counts in the same metric.
 */
export function addMissedSchedules(app: IServerlessApp): void {
  const models = new Map(AppContext.of(app).model.functions.map((model) => [model.path, model]));
  for (const fn of AppContext.of(app).functions) {
    const model = models.get(fn.node.path);
    if (model !== undefined) {
      addMissedSchedule(fn, model);
    }
  }
}

/** What the alarms that synthesis is going to add cost by, as far as triggers are declared. */
export function missedScheduleToCome(app: IServerlessApp): AlarmModel[] {
  const models = new Map(AppContext.of(app).model.functions.map((model) => [model.path, model]));
  return AppContext.of(app).functions.flatMap((fn): AlarmModel[] => {
    const model = models.get(fn.node.path);
    const longest = model && missingSchedule(fn, model);
    return longest === undefined || reasonAgainst(longest) !== undefined
      ? []
      : [
          {
            id: `${fn.node.id}MissedSchedule`,
            path: `${fn.node.path}/MissedScheduleAlarm`,
            name: '',
            metrics: METRICS,
          },
        ];
  });
}

/** Undefined also where there is the alarm, or where it is not wanted. */
function missingSchedule(
  fn: IAppFunction,
  { triggers, timeoutSeconds }: FunctionModel,
): ReturnType<typeof longestGapOf> {
  if (
    !triggers.some(hasClock) ||
    !Alarms.of(fn).isWanted('MissedSchedule', fn) ||
    fn.node.tryFindChild('MissedScheduleAlarm')
  ) {
    return undefined;
  }
  const timeout: unknown = Stack.of(fn).resolve(timeoutSeconds);
  return longestGapOf(triggers, typeof timeout === 'number' ? timeout : 900);
}

function addMissedSchedule(fn: IAppFunction, model: FunctionModel): void {
  const longest = missingSchedule(fn, model);
  if (longest === undefined) {
    return;
  }
  const why = reasonAgainst(longest);
  if (why !== undefined) {
    const message = `${fn.node.path}: no alarm tells when the schedule does not run: ${why}`;
    Notices.of(fn).add({ fn, level: 'info', id: INFO, message });
    return;
  }
  const { window, gap } = longest as LongestGap;
  const check = AppContext.of(fn).check.at(`alarms.${fn.node.id}MissedSchedule`);
  Alarms.of(fn).add('MissedSchedule', {
    fn,
    threshold: AlarmThreshold.duration(Duration.seconds(window)),
    ownPeriods: true,
    alarmsOnMissingData: true,
    make: (settings) => {
      checkWindow(settings.threshold, gap, check);
      return missedScheduleAlarm(fn, settings);
    },
  });
}

/**
 * In ALARM where every run of the window failed; without data where there was none, and that tells as well. Missing data as a
 * breach would tell of a schedule that is new and has not run yet: an alarm begins without data, and tells only of changes.
 */
function missedScheduleAlarm(
  fn: IAppFunction,
  { threshold, alarmName }: AlarmSettings,
): cloudwatch.Alarm {
  const window = threshold / 1000;
  const { period, count } = periodsOf(window);
  const metric = (metricName: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: FunctionContext.of(fn).deterministicName },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.seconds(period),
    });
  return new cloudwatch.Alarm(fn, 'MissedScheduleAlarm', {
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
      `${fn.node.path}: in ${formatTime(window)} no run by the schedule succeeded. In state ALARM all failed, which the log explains; in ` +
      'INSUFFICIENT_DATA there was none: the schedule is off or gone, may not run the function, or was turned away. What the run was to do ' +
      `is not done. See first: npx serverless-app logs ${fn.node.id} --since ${Math.ceil(window / HOUR)}h`,
  });
}

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

/** The number of metrics of an alarm: the runs of a function, and the failed runs. */
const METRICS = 2;

const INFO = 'cdk-serverless-app:missed-schedule';

/**
 * Adds an alarm for each function that only schedules run: it fires unless a run succeeds in time. Call it once all triggers are
 * known, because Lambda counts all runs of a function in the same metric.
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

/** The alarms that synthesis will add, for the cost estimate, as far as triggers are declared. */
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

/** Undefined if the alarm exists already, or is disabled. */
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
    const message = `${fn.node.path}: no alarm fires if the schedule does not run: ${why}`;
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
 * The alarm is in state ALARM if every run in the window failed, and has insufficient data if there was none, which notifies too.
 * Missing data is not treated as breaching, because that would fire for a new schedule that has not run yet: an alarm starts
 * without data, and notifies only about changes of state.
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
      label: 'Successful runs',
      period: Duration.seconds(period),
      usingMetrics: { runs: metric('Invocations'), failures: metric('Errors') },
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: count,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
    alarmDescription:
      `${fn.node.path}: in ${formatTime(window)} no run of the schedule succeeded. In state ALARM, all runs failed, and the log shows why; in state ` +
      'INSUFFICIENT_DATA, it did not run: the schedule is disabled or deleted, may not invoke the function, or was throttled. The scheduled ' +
      `work was not done. Start with: npx serverless-app logs ${fn.node.id} --since ${Math.ceil(window / HOUR)}h`,
  });
}

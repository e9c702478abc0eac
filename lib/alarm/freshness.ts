import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmFacts, FunctionFacts } from '../app-model';
import type { AppFunction } from '../function/app-function';
import { PropCheck, words } from '../private/prop-check';
import type { ServerlessApp } from '../serverless-app';
import { AlarmThreshold } from './alarm-threshold';
import type { AlarmSettings } from './app-alarms';
import { LONG_LOOK_BACK_SECONDS, LOOK_BACK_SECONDS } from './private/alarm-rules';
import { Freshness, freshnessOf } from './private/freshness-of';

const FIVE_MINUTES = 300;
const HOUR = 3600;

/** What an alarm can look back on, less the period that is not over. */
const LONGEST_WINDOW = LONG_LOOK_BACK_SECONDS - HOUR;

/** Its runs and those that failed. */
const METRICS = 2;

const INFO = 'cdk-serverless-app:freshness';

/**
 * The alarms of functions that run by schedules: that they run, and succeed. To be asked for when all triggers are known, since whatever
 * else runs a function counts in the same metric.
 */
export function addFreshness(app: ServerlessApp): void {
  const models = new Map(app._model.functions.map((facts) => [facts.path, facts]));
  for (const fn of app.functions) {
    const facts = models.get(fn.node.path);
    if (facts !== undefined) {
      addFreshnessOf(fn, facts);
    }
  }
}

/** What the alarms that synthesis is going to add cost by, as far as triggers are declared. */
export function freshnessToCome(app: ServerlessApp): AlarmFacts[] {
  const models = new Map(app._model.functions.map((facts) => [facts.path, facts]));
  return app.functions.flatMap((fn): AlarmFacts[] => {
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
  fn: AppFunction,
  { triggers, timeoutSeconds }: FunctionFacts,
): ReturnType<typeof freshnessOf> {
  if (
    !triggers.some(({ kind }) => kind === 'schedule') ||
    !fn.app._monitoring.alarms.isWanted('Freshness', fn) ||
    fn.node.tryFindChild('FreshnessAlarm')
  ) {
    return undefined;
  }
  const timeout: unknown = Stack.of(fn).resolve(timeoutSeconds);
  return freshnessOf(triggers, typeof timeout === 'number' ? timeout : 900);
}

function addFreshnessOf(fn: AppFunction, facts: FunctionFacts): void {
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
  const check = fn.app._check.at(`alarms.${fn.node.id}Freshness`);
  fn.app._monitoring.alarms.add('Freshness', {
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

function reasonAgainst(freshness: ReturnType<typeof freshnessOf>): string | undefined {
  if (freshness === 'otherTriggers') {
    return (
      'other events run the function too, and Lambda counts all its runs together. ' +
      'Give the schedule a function of its own; a run that fails ends in the failure queue, and `FailuresWaiting` tells'
    );
  }
  if (freshness === 'unknown') {
    return 'how often it runs is known only at deployment';
  }
  if (freshness !== undefined && freshness.window > LONGEST_WINDOW) {
    return (
      `it runs up to ${Math.ceil(freshness.gap / 86_400)} days apart, and an alarm looks back 7 days at most. ` +
      'A run that fails ends in the failure queue, and `FailuresWaiting` tells'
    );
  }
  return undefined;
}

function checkWindow(milliseconds: number, gap: number, check: PropCheck): void {
  const remedy = `give a longer one than the schedule’s longest gap, ${show(gap)}, or leave it out for the default`;
  if (Token.isUnresolved(milliseconds)) {
    throw check.error('threshold', 'must be known at synthesis', words('a token'), remedy);
  }
  const seconds = milliseconds / 1000;
  if (seconds <= gap || seconds > LONGEST_WINDOW) {
    throw check.error(
      'threshold',
      `must be above ${show(gap)}, and ${show(LONGEST_WINDOW)} at most`,
      words(show(seconds)),
      remedy,
    );
  }
}

/**
 * In ALARM where every run of the window failed; without data where there was none, and that tells as well. Missing data as a
 * breach would tell of a schedule that is new and has not run yet: an alarm begins without data, and tells only of changes.
 */
function freshnessAlarm(
  fn: AppFunction,
  { threshold, alarmName }: AlarmSettings,
): cloudwatch.Alarm {
  const window = threshold / 1000;
  const period = window + FIVE_MINUTES <= LOOK_BACK_SECONDS ? FIVE_MINUTES : HOUR;
  const metric = (metricName: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: fn._knownName },
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
    evaluationPeriods: Math.ceil(window / period) + 1, // the first and the last are not whole
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
    alarmDescription:
      `${fn.node.path}: in ${show(window)} no run by the schedule succeeded. In state ALARM all failed, which the log explains; in ` +
      'INSUFFICIENT_DATA there was none: the schedule is off or gone, may not run the function, or was turned away. What the run was to do ' +
      `is not done. See first: npx serverless-app logs ${fn.node.id} --since ${Math.ceil(window / HOUR)}h`,
  });
}

function show(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Number((minutes / 60).toFixed(1))} hours`;
}

import { Duration, Lazy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Budget } from './budget';
import { formatDollars } from '../model/format-number';
import { HOURS_A_MONTH } from '../schedule/month';
import { ALARM_DEFAULTS, RUN_RATE_DEFAULTS } from '../core/defaults';
import { unquoted } from '../props/prop-check';
import { AlarmOptions } from './alarm-options';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { AppContext } from '../core/app-context';
import { Alarms } from './alarms';
import { RunRate } from './run-rate';
import type { IServerlessApp } from '../core/contract';

const NAME = 'RunRate';

/** The default threshold with a budget: this many times the hourly share of the month's budget. */
export function defaultRunRate(monthlyDollars: number): number {
  return (monthlyDollars / HOURS_A_MONTH) * RUN_RATE_DEFAULTS.hourlyShares;
}

/** The alarm on the app's cost per hour. It exists if a budget or a threshold defines the limit. */
export function addRunRate(
  app: IServerlessApp,
  budget: Budget | undefined,
  options: AlarmOptions = {},
): void {
  const ofBudget = thresholdOf(budget);
  if (ofBudget === undefined && options.threshold === undefined) {
    if (options.enabled === true) {
      throw AppContext.of(app).check.error(
        `alarms.${NAME}.threshold`,
        'must be given if there is no budget, or if the budget is known only at deployment',
        undefined,
        'write, for example, `threshold: AlarmThreshold.dollarsPerHour(2)`, or give the app `budget: Budget.monthly(200)`',
      );
    }
    return;
  }
  let raisedAbove: number | undefined;
  const alarm = Alarms.of(app).add(NAME, {
    threshold: ofBudget ?? AlarmThreshold.dollarsPerHour(1), // without a budget, the user's own threshold replaces it, in this unit
    make: (settings) => {
      raisedAbove = settings.threshold;
      return appAlarm(Alarms.of(app).scope, NAME, settings, {
        metric: placeholder(),
        threshold: settings.threshold,
        description: describe(app, settings.threshold),
      });
    },
  });
  if (alarm !== undefined && raisedAbove !== undefined) {
    RunRate.of(app).measure();
    // Evaluated at synthesis, when all functions are known.
    (alarm.node.defaultChild as cloudwatch.CfnAlarm).metrics = Lazy.any({
      produce: () => RunRate.of(app).queries(ALARM_DEFAULTS.period),
    });
    const limit = raisedAbove;
    app.node.addValidation({ validate: () => validateRunRate(app, limit) });
  }
}

/** Errors that are known once all functions are declared: an alarm that sees nothing, or always fires. */
function validateRunRate(app: IServerlessApp, threshold: number): string[] {
  const { hasSource, standingDollarsPerHour: standing } = RunRate.of(app);
  if (!hasSource && AppContext.of(app).functions.length > 0) {
    const error = AppContext.of(app).check.error(
      `alarms.${NAME}`,
      'needs at least one function for which Lambda logs reports',
      unquoted('functions with the system log level WARN, for which Lambda writes no reports'),
      'leave out their `systemLogLevelV2`, or disable the alarm: `alarms: { RunRate: { enabled: false } }`',
    );
    return [error.message];
  }
  if (standing !== undefined && !Token.isUnresolved(threshold) && standing >= threshold) {
    const error = AppContext.of(app).check.error(
      `alarms.${NAME}.threshold`,
      'must be above what the idle app costs an hour',
      unquoted(`${formatDollars(threshold)} against ${formatDollars(standing)}`),
      'raise the threshold or the budget, or provision fewer environments',
    );
    return [error.message];
  }
  return [];
}

function thresholdOf(budget: Budget | undefined): AlarmThreshold | undefined {
  if (budget === undefined) {
    return undefined;
  }
  const { monthlyUsd: usd } = budget;
  return Token.isUnresolved(usd) ? undefined : AlarmThreshold.dollarsPerHour(defaultRunRate(usd));
}

function describe(app: IServerlessApp, threshold: number): string {
  const limit = Token.isUnresolved(threshold) ? 'its limit' : formatDollars(threshold);
  return (
    `${app.node.path}: for ten minutes the app has cost more than ${limit} an hour: Lambda duration and requests, API requests, and ` +
    'provisioned environments. The cause can be a loop, a flood of events, or slower code; storage, tables and transfer cost extra. ' +
    'To stop a function, give it `disabled: true`. Start with: npx serverless-app cost'
  );
}

/** The CDK's construct requires a metric immediately. */
function placeholder(): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({ expression: '0', period: Duration.minutes(5) });
}

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_DEFAULTS } from '../core/defaults';
import { perApp } from '../core/per-app';
import { AlarmThreshold } from './alarm-threshold';
import { Alarms } from './alarms';
import { appAlarm } from './private/app-alarm';
import type { IServerlessApp } from '../core/contract';

/**
 * The alarm on events that Lambda dropped because they went round a loop of functions and resources about 16 times. Such an event
 * reaches a failure queue or dead-letter queue only if there is one. Its metric counts the whole account and region, so one alarm
 * serves all functions. https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export class RecursiveLoops {
  /** Adds the alarm to an app that has a trigger whose source its functions may write to. */
  static readonly of = perApp(({ app }) => new RecursiveLoops(app));

  private constructor(app: IServerlessApp) {
    Alarms.of(app).add('RecursiveLoops', {
      threshold: AlarmThreshold.count(ALARM_DEFAULTS.recursiveLoops),
      make: (settings) =>
        appAlarm(Alarms.of(app).scope, 'RecursiveLoops', settings, {
          metric: new cloudwatch.Metric({
            namespace: 'AWS/Lambda',
            metricName: 'RecursiveInvocationsDropped',
            statistic: cloudwatch.Stats.SUM,
            period: ALARM_DEFAULTS.period,
          }),
          threshold: settings.threshold,
          atOnce: true,
          description:
            `${app.node.path}: Lambda stopped an endless loop: a function wrote to the resource whose events run it, directly or through others. ` +
            'The metric counts all functions of the account and region, so another app may be the cause. The dropped event is in the failure ' +
            'queue, if the function has one. Start with: npx serverless-app failures list',
        }),
    });
  }
}

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { appName } from '../../private/app-name';
import type { ServerlessApp } from '../../serverless-app';

/** One metric of the app's logs, by its name within the app's namespace. */
export type LogMetricName = 'Failed' | 'TimedOut' | 'ColdStart';

/**
 * Metrics of the whole app, however many functions it has, from the line that Lambda writes for each invocation. A filter on
 * the log costs nothing; each metric that it feeds costs by the month. So only those are made that were asked for, and
 * one metric answers as many questions as it can: of `Failed`, which has a 1 for an invocation that failed and a 0 for any
 * other, the sum is the failures, the number of samples the invocations, and the average the failed share.
 */
export class AppLogMetrics {
  /** Of these metrics: the app's own, known at synthesis. */
  readonly namespace: string;

  private readonly asked = new Set<LogMetricName>();

  constructor(app: ServerlessApp) {
    this.namespace = `ServerlessApp/${appName(app)}`;
  }

  /** How many invocations there were. */
  invocations(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Failed', { statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  /** How many of them failed: threw, ran out of time or memory, or whose environment broke. */
  failures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Failed', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** The share of invocations that failed, from 0 to 1. No data where there was no invocation. */
  failedShare(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Failed', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  /** How many ran out of time. */
  timeouts(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('TimedOut', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** How many started cold. */
  coldStarts(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ColdStart', { statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  /** How long the initialization of the cold starts took, in milliseconds. */
  coldStartMilliseconds(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ColdStart', { statistic: cloudwatch.Stats.p(99), ...options });
  }

  /** `<namespace>/<name>` of what was asked for so far: what is billed. */
  get customMetrics(): string[] {
    return [...this.asked].map((name) => `${this.namespace}/${name}`);
  }

  private metric(name: LogMetricName, options: cloudwatch.MetricOptions): cloudwatch.Metric {
    this.asked.add(name);
    return new cloudwatch.Metric({ namespace: this.namespace, metricName: name, ...options });
  }
}

import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { perApp } from '../core/per-app';
import { appName } from '../core/app-name';
import { unquoted } from '../props/prop-check';
import {
  billedPattern,
  coldStartPatterns,
  failedPatterns,
  MemoryRange,
  ReportFormat,
  ReportPattern,
  timedOutPatterns,
} from './report-patterns';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';

/** For each metric, the reports that it is built from. */
const PATTERNS = {
  Failed: failedPatterns,
  TimedOut: timedOutPatterns,
  ColdStart: coldStartPatterns,
} as const;

const SCOPE_ID = 'LogMetrics';

export type LogMetricName = keyof typeof PATTERNS;

/** The billed milliseconds of functions whose memory size is in a range. */
export interface BilledMetric extends MemoryRange {
  readonly name: string;
}

/** A log group that functions of the app write to. */
interface ListenedGroup {
  readonly group: logs.ILogGroupRef;
  readonly formats: Set<ReportFormat>;
}

/**
 * Metrics of the whole app, whatever the number of its functions, from the report that Lambda logs for each invocation. A metric
 * filter is free, but each custom metric costs money every month. So only requested metrics are created, and one metric serves
 * several purposes: `Failed` is 1 for a failed invocation and 0 for any other, so its sum counts failures, its sample count
 * counts invocations, and its average is the failed share.
 */
export class LogMetrics {
  static readonly of = perApp(({ app }) => new LogMetrics(app));

  /** The namespace of these metrics: unique to the app, and known at synthesis. */
  readonly namespace: string;

  private readonly asked = new Set<LogMetricName>();
  private readonly groups = new Map<string, ListenedGroup>();
  private billed?: () => readonly BilledMetric[];

  private constructor(private readonly app: IServerlessApp) {
    this.namespace = `ServerlessApp/${appName(app)}`;
  }

  /** The number of invocations. */
  invocations(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('Failed', { statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  /** The number of failed invocations: errors, timeouts, exhausted memory, or a broken environment. */
  failures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('Failed', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** The share of failed invocations, from 0 to 1. No data if there was no invocation. */
  failedShare(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('Failed', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  /** The number of timeouts. */
  timeouts(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('TimedOut', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** The number of initialized environments, including provisioned ones: the cold starts. */
  coldStarts(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('ColdStart', { statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  /** The duration of the initialization, in milliseconds. */
  coldStartMilliseconds(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('ColdStart', { statistic: cloudwatch.Stats.p(99), ...options });
  }

  /**
   * Ensures that metrics of the billed milliseconds by memory size exist.
   *
   * @param metrics evaluated at synthesis, when all functions are known
   */
  measureBilled(metrics: () => readonly BilledMetric[]): void {
    this.billed = metrics;
  }

  /** Registers the log group that receives a function's reports. */
  listenTo(group: logs.ILogGroupRef, format: ReportFormat): void {
    const name = group.logGroupRef.logGroupName;
    const known = this.groups.get(name);
    if (known === undefined) {
      this.groups.set(name, { group, formats: new Set([format]) });
    } else {
      known.formats.add(format);
    }
  }

  /** `<namespace>/<name>` of each metric requested so far, which AWS bills. */
  get customMetrics(): string[] {
    const billed = this.billed?.() ?? [];
    return [...this.asked, ...billed.map(({ name }) => name)].map(
      (name) => `${this.namespace}/${name}`,
    );
  }

  /** Whether anything depends on the reports. */
  get areUsed(): boolean {
    return this.asked.size > 0 || this.billed !== undefined;
  }

  /** Creates the filters once all functions are known. Their number does not grow with the number of functions. */
  makeFilters(): void {
    const billed = this.billed?.() ?? [];
    if (this.asked.size === 0 && billed.length === 0) {
      return;
    }
    this.app.node.tryRemoveChild(SCOPE_ID); // Left by an earlier synthesis.
    const scope = new Construct(this.app, SCOPE_ID);
    for (const { group, formats } of this.groups.values()) {
      this.requireMetricFilters(group);
      const own = group === this.app.logGroup ? scope : new Construct(scope, this.idOf(group));
      for (const format of ['json', 'text'] as const) {
        if (formats.has(format)) {
          this.filtersOf(format === 'json' ? own : new Construct(own, 'Text'), group, format);
        }
      }
    }
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html */
  private requireMetricFilters(group: logs.ILogGroupRef): void {
    const resource = group.node.defaultChild ?? group;
    const given = resource instanceof logs.CfnLogGroup ? resource.logGroupClass : undefined;
    const standard: string = logs.LogGroupClass.STANDARD;
    if (given !== undefined && given !== standard && !Token.isUnresolved(given)) {
      throw AppContext.of(this.app).check.error(
        'logGroup',
        'must have the class STANDARD if alarms or a dashboard use the reports of functions: other classes have no metric filters',
        unquoted(`${group.node.path}, of the class ${given}`),
        'leave out `logGroupClass`, or disable what uses the reports: `alarmsEnabled: false` and `dashboard: false`',
      );
    }
  }

  private filtersOf(scope: Construct, group: logs.ILogGroupRef, format: ReportFormat): void {
    const restores = AppContext.of(this.app).model.functions.some(
      ({ coldStart }) => coldStart.kind === 'snapStart',
    );
    for (const name of this.asked) {
      const patterns = PATTERNS[name](format).filter(({ id }) => restores || id !== 'Restore');
      this.addFilters(scope, group, name, patterns);
    }
    for (const { name, ...range } of this.billed?.() ?? []) {
      this.addFilters(scope, group, name, [{ id: name, ...billedPattern(format, range) }]);
    }
  }

  private addFilters(
    scope: Construct,
    group: logs.ILogGroupRef,
    metricName: string,
    patterns: readonly ReportPattern[],
  ): void {
    for (const { id, pattern, value } of patterns) {
      new logs.CfnMetricFilter(scope, id, {
        logGroupName: group.logGroupRef.logGroupName,
        filterPattern: pattern,
        metricTransformations: [
          { metricNamespace: this.namespace, metricName, metricValue: value },
        ],
      });
    }
  }

  /** Depends on the log group only, so another log group does not change the ids of these filters. */
  private idOf(group: logs.ILogGroupRef): string {
    const path = group.node.path.replace(`${Stack.of(this.app).node.path}/`, '');
    return group.node.id + createHash('sha256').update(path).digest('hex').slice(0, 8);
  }

  private ask(name: LogMetricName, options: cloudwatch.MetricOptions): cloudwatch.Metric {
    this.asked.add(name);
    return new cloudwatch.Metric({ namespace: this.namespace, metricName: name, ...options });
  }
}

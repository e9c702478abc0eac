import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
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

/** Of each metric: the reports that it is made of. */
const PATTERNS = {
  Failed: failedPatterns,
  TimedOut: timedOutPatterns,
  ColdStart: coldStartPatterns,
} as const;

const SCOPE_ID = 'LogMetrics';

export type LogMetricName = keyof typeof PATTERNS;

/** The billed milliseconds of functions whose memory lies in a range. */
export interface BilledMetric extends MemoryRange {
  readonly name: string;
}

/** A log group that functions of the app write to. */
interface ListenedGroup {
  readonly group: logs.ILogGroupRef;
  readonly formats: Set<ReportFormat>;
}

/**
 * Metrics of the whole app, however many functions it has, from the line that Lambda writes for each invocation. A filter on
 * the log costs nothing; each metric that it feeds costs by the month. So only those are made that were asked for, and
 * one metric answers as many questions as it can: of `Failed`, which has a 1 for an invocation that failed and a 0 for any
 * other, the sum is the failures, the number of samples the invocations, and the average the failed share.
 */
export class LogMetrics {
  static readonly of = perApp(({ app }) => new LogMetrics(app));

  /** Of these metrics: the app's own, known at synthesis. */
  readonly namespace: string;

  private readonly asked = new Set<LogMetricName>();
  private readonly groups = new Map<string, ListenedGroup>();
  private billed?: () => readonly BilledMetric[];

  private constructor(private readonly app: IServerlessApp) {
    this.namespace = `ServerlessApp/${appName(app)}`;
  }

  /** How many invocations there were. */
  invocations(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('Failed', { statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  /** How many of them failed: threw, ran out of time or memory, or whose environment broke. */
  failures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('Failed', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** The share of invocations that failed, from 0 to 1. No data where there was no invocation. */
  failedShare(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('Failed', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  /** How many ran out of time. */
  timeouts(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('TimedOut', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** How many environments were started, those that are kept ready too: the cold starts. */
  coldStarts(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('ColdStart', { statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  /** How long that took, in milliseconds. */
  coldStartMilliseconds(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ask('ColdStart', { statistic: cloudwatch.Stats.p(99), ...options });
  }

  /**
   * Sees to it that there are the billed milliseconds by memory size.
   *
   * @param metrics asked at synthesis, when all functions are known
   */
  measureBilled(metrics: () => readonly BilledMetric[]): void {
    this.billed = metrics;
  }

  /** A function writes its reports to a log group. */
  listenTo(group: logs.ILogGroupRef, format: ReportFormat): void {
    const name = group.logGroupRef.logGroupName;
    const known = this.groups.get(name);
    if (known === undefined) {
      this.groups.set(name, { group, formats: new Set([format]) });
    } else {
      known.formats.add(format);
    }
  }

  /** `<namespace>/<name>` of what was asked for so far: what is billed. */
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

  /** Makes the filters, once all functions are known: their number does not grow with that of the functions. */
  makeFilters(): void {
    const billed = this.billed?.() ?? [];
    if (this.asked.size === 0 && billed.length === 0) {
      return;
    }
    this.app.node.tryRemoveChild(SCOPE_ID); // of an earlier synthesis
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
    if (
      resource instanceof logs.CfnLogGroup &&
      resource.logGroupClass === logs.LogGroupClass.INFREQUENT_ACCESS
    ) {
      throw AppContext.of(this.app).check.error(
        'logGroup',
        'must be of the class STANDARD where alarms or a dashboard count what functions report: others have no metric filters',
        unquoted(`${group.node.path}, of the class INFREQUENT_ACCESS`),
        'leave out `logGroupClass`, or switch off what counts: `alarmsEnabled: false` and `dashboard: false`',
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

  /** Follows from the log group alone, so that no other one changes the ids of its filters. */
  private idOf(group: logs.ILogGroupRef): string {
    const path = group.node.path.replace(`${Stack.of(this.app).node.path}/`, '');
    return group.node.id + createHash('sha256').update(path).digest('hex').slice(0, 8);
  }

  private ask(name: LogMetricName, options: cloudwatch.MetricOptions): cloudwatch.Metric {
    this.asked.add(name);
    return new cloudwatch.Metric({ namespace: this.namespace, metricName: name, ...options });
  }
}

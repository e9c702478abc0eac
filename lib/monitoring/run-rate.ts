import { Duration, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { RunRateModel } from '../model/app-model';
import { FALLBACK_REGION, PriceList, priceListOf, unitPrice } from '../cost/price-list';
import {
  BilledFunction,
  memoryBuckets,
  MemoryBucket,
  StandingCost,
  standingCosts,
} from '../cost/run-rate';
import { decimal, runRateExpression, RunRateTerm } from '../cost/run-rate-expression';
import { perApp } from '../core/per-app';
import type { BilledMetric } from './log-metrics';
import { AppContext } from '../core/app-context';
import { LogMetrics } from './log-metrics';
import type { IServerlessApp } from '../core/contract';

/** An alarm's expression has ten metrics at most; two are the invocations and the requests to the API. */
export const MOST_BUCKETS = 8;

/** One metric of the expression. */
interface RunRateMetric extends RunRateTerm {
  readonly metric: cloudwatch.Metric;
  readonly upToMb?: number;
}

/**
 * What the whole app costs an hour, in dollars, from what Lambda says that it bills. It follows from all functions, so it is known when all
 * are declared.
 */
export class RunRate {
  static readonly of = perApp((context) => new RunRate(context));

  /** What users were given, to see at the end whether it is still true. */
  private readonly given: string[] = [];
  private measured = false;

  private readonly app: IServerlessApp;

  private constructor(private readonly context: AppContext) {
    this.app = context.app;
  }

  /** Whether there is anything that bills, and says so. */
  get hasSource(): boolean {
    return this.reporting.length > 0 || this.context.model.http !== undefined;
  }

  /** As far as it is known now: to be asked when all functions are declared. */
  metric(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    const { expression } = this;
    return new cloudwatch.MathExpression({
      label: 'Dollars an hour',
      ...options,
      expression,
      usingMetrics: Object.fromEntries(this.metrics.map(({ id, metric }) => [id, metric])),
    });
  }

  /** The same for a user, who may ask too early. */
  metricForUser(options: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    const metric = this.metric(options);
    this.given.push(metric.expression);
    return metric;
  }

  /** Whether a user was given what is no longer true. */
  get wasAskedEarly(): boolean {
    return this.given.some((expression) => expression !== this.expression);
  }

  /** As an alarm has it. */
  queries(period: Duration): cloudwatch.CfnAlarm.MetricDataQueryProperty[] {
    return [
      { id: 'rate', expression: this.expression, label: 'Dollars an hour', returnData: true },
      ...this.metrics.map(({ id, metric }) => ({
        id,
        metricStat: {
          metric: {
            namespace: metric.namespace,
            metricName: metric.metricName,
            dimensions: Object.entries(metric.dimensions ?? {}).map(([name, value]) => ({
              name,
              value: String(value),
            })),
          },
          period: period.toSeconds(),
          stat: metric.statistic,
        },
        returnData: false,
      })),
    ];
  }

  /** What it costs while nothing happens, in dollars an hour; undefined where that is known only at deployment. */
  get standingDollarsPerHour(): number | undefined {
    const parts = this.standing;
    return parts.some((part) => typeof part !== 'number')
      ? undefined
      : parts.reduce<number>((sum, part) => sum + Number(part), 0);
  }

  /** For the model; undefined where nothing asked for it. */
  get model(): RunRateModel | undefined {
    if (!this.measured) {
      return undefined;
    }
    return {
      expression: this.expression,
      region: this.prices.region,
      pricesDate: this.prices.date,
      metrics: this.metrics.map(({ id, metric, upToMb }) => ({
        id,
        upToMb,
        namespace: metric.namespace,
        name: metric.metricName,
        statistic: metric.statistic,
        dimensions: metric.dimensions,
      })),
    };
  }

  /** Sees to it that what it is calculated from is measured. */
  measure(): void {
    if (!this.measured) {
      this.measured = true;
      LogMetrics.of(this.app).measureBilled(() => this.billed);
      LogMetrics.of(this.app).invocations();
    }
  }

  private get expression(): string {
    return runRateExpression(this.metrics, this.standing);
  }

  private get metrics(): RunRateMetric[] {
    this.measure();
    const { namespace } = LogMetrics.of(this.app);
    const { prices } = this.prices;
    const { http } = this.context.model;
    return [
      ...this.buckets.map(({ memoryMb, dollarsPerMillisecond }) => ({
        id: `b${memoryMb}`,
        dollars: dollarsPerMillisecond,
        upToMb: memoryMb,
        metric: new cloudwatch.Metric({
          namespace,
          metricName: nameOf(memoryMb),
          statistic: cloudwatch.Stats.SUM,
        }),
      })),
      {
        id: 'invocations',
        dollars: unitPrice(prices['lambda.requests']),
        metric: LogMetrics.of(this.app).invocations(),
      },
      ...(http === undefined
        ? []
        : [
            {
              id: 'requests',
              dollars: unitPrice(prices['apiGateway.httpRequests']),
              metric: new cloudwatch.Metric({
                namespace: 'AWS/ApiGateway',
                metricName: 'Count',
                dimensionsMap: { ApiId: http.name },
                statistic: cloudwatch.Stats.SAMPLE_COUNT,
              }),
            },
          ]),
    ];
  }

  /** The last one has no end, so that also a function that was given more memory by hand is counted. */
  private get billed(): BilledMetric[] {
    const { buckets } = this;
    return buckets.map(({ memoryMb }, i) => ({
      name: nameOf(memoryMb),
      aboveMb: buckets[i - 1]?.memoryMb,
      upToMb: i === buckets.length - 1 ? undefined : memoryMb,
    }));
  }

  private get buckets(): MemoryBucket[] {
    return memoryBuckets(this.reporting, this.prices, MOST_BUCKETS);
  }

  /** A sum of what is known, and a product of each number that is known only at deployment. */
  private get standing(): Array<number | string> {
    const costs = standingCosts(this.functions, this.prices);
    const sum = costs.reduce((dollars, { units, dollarsPerHour }) => {
      return typeof units === 'number' ? dollars + units * dollarsPerHour : dollars;
    }, 0);
    const unknown = costs.filter(({ units }) => typeof units !== 'number');
    return [sum, ...unknown.map((cost) => product(cost))];
  }

  /** Those whose invocations Lambda reports. */
  private get reporting(): BilledFunction[] {
    return this.functions.filter(({ reports }) => reports !== 'none');
  }

  /** With what a lazy value is, and what is known only at deployment as it stands in the template. */
  private get functions(): Array<BilledFunction & { readonly reports?: string }> {
    const stack = Stack.of(this.app);
    const resolve = (value: number | undefined): number | string | undefined => {
      if (value === undefined || !Token.isUnresolved(value)) {
        return value;
      }
      const resolved: unknown = stack.resolve(value);
      return typeof resolved === 'number' ? resolved : Tokenization.stringifyNumber(value);
    };
    return this.context.model.functions.map((fn) => ({
      ...fn,
      memoryMb: resolve(fn.memoryMb),
      ephemeralStorageMb: resolve(fn.ephemeralStorageMb),
      coldStart: {
        ...fn.coldStart,
        min: resolve(fn.coldStart.min),
        targetUtilization: resolve(fn.coldStart.targetUtilization),
        schedules: fn.coldStart.schedules?.map(({ min }) => ({ min: resolve(min) })),
      },
    }));
  }

  private get prices(): PriceList {
    const { region } = Stack.of(this.app);
    return priceListOf(Token.isUnresolved(region) ? FALLBACK_REGION : region);
  }
}

function nameOf(memoryMb: number): string {
  return `Billed${memoryMb}MB`;
}

function product({ units, dollarsPerHour }: StandingCost): string {
  return `${decimal(dollarsPerHour)}*${String(units)}`;
}

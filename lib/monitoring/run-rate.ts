import { Duration, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { apiMetric } from '../model/api-metrics';
import { socketMetric } from './socket-alarms';
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

/** An alarm's expression can use ten metrics; two of them are the invocations and the API requests. */
export const MOST_BUCKETS = 8;

/** One metric of the expression. */
interface RunRateMetric extends RunRateTerm {
  readonly metric: cloudwatch.Metric;
  readonly upToMb?: number;
}

/**
 * The cost of the whole app in dollars an hour, calculated from what Lambda reports as billed. It depends on all functions, so it
 * is known once all are declared.
 */
export class RunRate {
  static readonly of = perApp((context) => new RunRate(context));

  /** The metrics that users received, to check at the end whether they are still complete. */
  private readonly given: string[] = [];
  private measured = false;

  private readonly app: IServerlessApp;

  private constructor(private readonly context: AppContext) {
    this.app = context.app;
  }

  /** Whether the app has a function whose cost Lambda reports. */
  get hasSource(): boolean {
    const { http, webSocket } = this.context.model;
    return this.reporting.length > 0 || http !== undefined || webSocket !== undefined;
  }

  /** The current value: call it once all functions are declared. */
  metric(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    const { expression } = this;
    return new cloudwatch.MathExpression({
      label: 'Dollars an hour',
      ...options,
      expression,
      usingMetrics: Object.fromEntries(this.metrics.map(({ id, metric }) => [id, metric])),
    });
  }

  /** The metric for users, who may request it before all functions are declared. */
  metricForUser(options: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    const metric = this.metric(options);
    this.given.push(metric.expression);
    return metric;
  }

  /** Whether a user received a metric that is no longer complete. */
  get wasAskedEarly(): boolean {
    return this.given.some((expression) => expression !== this.expression);
  }

  /** The metric in the form that an alarm needs. */
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

  /** The cost of the idle app in dollars an hour; undefined if that is known only at deployment. */
  get standingDollarsPerHour(): number | undefined {
    const parts = this.standing;
    return parts.some((part) => typeof part !== 'number')
      ? undefined
      : parts.reduce<number>((sum, part) => sum + Number(part), 0);
  }

  /** The entry for the model; undefined if nothing requested the run rate. */
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

  /** Ensures that all metrics of the calculation exist. */
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
    const { http, webSocket } = this.context.model;
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
              dollars: unitPrice(
                prices[`apiGateway.${http.type === 'rest' ? 'rest' : 'http'}Requests`],
              ),
              metric: new cloudwatch.Metric({
                namespace: 'AWS/ApiGateway',
                metricName: apiMetric(http, 'requests').name,
                dimensionsMap: apiMetric(http, 'requests').dimensions,
                statistic: cloudwatch.Stats.SAMPLE_COUNT,
              }),
            },
          ]),
      ...(webSocket === undefined
        ? []
        : [
            {
              id: 'messages',
              dollars: unitPrice(prices['apiGateway.webSocketMessages']),
              metric: socketMetric(webSocket, 'MessageCount'),
            },
          ]),
    ];
  }

  /** The last range is open, so a function whose memory was raised by hand still counts. */
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

  /** The sum of all numbers known at synthesis, and one product for each number known only at deployment. */
  private get standing(): Array<number | string> {
    const costs = standingCosts(this.functions, this.prices);
    const sum = costs.reduce((dollars, { units, dollarsPerHour }) => {
      return typeof units === 'number' ? dollars + units * dollarsPerHour : dollars;
    }, 0);
    const unknown = costs.filter(({ units }) => typeof units !== 'number');
    return [sum, ...unknown.map((cost) => product(cost))];
  }

  /** The functions whose invocations Lambda reports. */
  private get reporting(): BilledFunction[] {
    return this.functions.filter(({ reports }) => reports !== 'none');
  }

  /** Resolves lazy values; a value known only at deployment becomes a reference in the template. */
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

import * as scheduler from 'aws-cdk-lib/aws-scheduler';

/** A time at which the number of provisioned environments changes. */
export interface ProvisionedConcurrencySchedule {
  /** `ScheduleExpression.cron({...})`, `.rate(...)` or `.at(...)`, each with its time zone. */
  readonly schedule: scheduler.ScheduleExpression;

  /** The minimum number of ready environments from then on; 1 or more. */
  readonly min: number;

  /**
   * The maximum number of ready environments from then on.
   *
   * @default - the `max` of the function; without one, `min`: exactly this number
   */
  readonly max?: number;

  /**
   * The schedule does nothing before this time.
   *
   * @default - it starts with the deployment
   */
  readonly start?: Date;

  /**
   * The schedule does nothing after this time.
   *
   * @default - it has no end
   */
  readonly end?: Date;
}

/** Options of provisioned concurrency. */
export interface ProvisionedConcurrencyOptions {
  /**
   * The minimum number of ready environments, and the number after a deployment: 1 or more. With 0 the next deployment would fail
   * (https://github.com/aws/aws-cdk/issues/29992).
   */
  readonly min: number;

  /**
   * The maximum number of ready environments. Between `min` and `max`, Application Auto Scaling follows the utilization.
   *
   * @default - `min`: the number is fixed, except for schedules
   */
  readonly max?: number;

  /**
   * The target share of busy environments, 0.1 to 0.9; the rest is the reserve for bursts. Requires `max`.
   *
   * @default 0.7
   */
  readonly targetUtilization?: number;

  /**
   * Times at which the numbers change, with or without `max`.
   *
   * @default - the same numbers at all times
   */
  readonly schedules?: ProvisionedConcurrencySchedule[];

  /**
   * Whether an alarm fires if requests find no environment ready and start cold: $0.10 a month.
   *
   * @default true in production with a notification target (`notify`, `notifyTopic`), false in development
   */
  readonly spilloverAlarm?: boolean;

  /**
   * Whether to keep environments ready in a development stage too. By default, a development stage has none.
   *
   * @default false
   */
  readonly force?: boolean;
}

/**
 * How cold starts are avoided: a decision with a price. The first remedy is free: a small bundle.
 *
 * With any setting except `onDemand` the function has an alias, `live`, of its current version, and all triggers invoke the
 * alias.
 */
export class ColdStart {
  /** An environment starts when a request needs one. It costs nothing while the function is idle. */
  public static onDemand(): ColdStart {
    return new ColdStart('onDemand');
  }

  /**
   * Keeps a number of execution environments ready. Each costs $8.76 a month with 1 GB on arm64, $10.95 on x86_64, whatever the
   * traffic, and saves money only if it is busy more than 60 % of the time (us-east-1, https://aws.amazon.com/lambda/pricing/). A
   * development stage leaves it out, unless `force` is given.
   */
  public static provisioned(options: ProvisionedConcurrencyOptions): ColdStart {
    return new ColdStart('provisioned', options);
  }

  /**
   * An environment starts from a snapshot that Lambda takes when a version is published: for Java 11, Python 3.12 and .NET 8 and
   * later, and for container images. The snapshot of a version costs $3.95 a month for a function with 1 GB, for at least 3
   * hours, and each start $0.00014 (us-east-1; free for managed Java).
   */
  public static snapStart(): ColdStart {
    return new ColdStart('snapStart');
  }

  private constructor(
    /** `onDemand`, `provisioned` or `snapStart`. */
    public readonly kind: string,
    options?: ProvisionedConcurrencyOptions,
  ) {
    if (options !== undefined) {
      provisionedOptions.set(this, options);
    }
  }
}

const provisionedOptions = new WeakMap<ColdStart, ProvisionedConcurrencyOptions>();

/** @internal */
export function provisionedOf(coldStart: ColdStart): ProvisionedConcurrencyOptions | undefined {
  return provisionedOptions.get(coldStart);
}

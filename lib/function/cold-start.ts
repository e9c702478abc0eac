import * as scheduler from 'aws-cdk-lib/aws-scheduler';

/** A time from which another number of execution environments is kept ready. */
export interface ProvisionedConcurrencySchedule {
  /** `ScheduleExpression.cron({...})`, `.rate(...)` or `.at(...)`, each with its time zone. */
  readonly schedule: scheduler.ScheduleExpression;

  /** From then on at least so many are ready; 1 or more. */
  readonly min: number;

  /**
   * From then on at most so many are ready.
   *
   * @default - the `max` of the function; without one, `min`: exactly so many
   */
  readonly max?: number;

  /**
   * Before this moment the schedule does nothing.
   *
   * @default - from the deployment on
   */
  readonly start?: Date;

  /**
   * After this moment the schedule does nothing.
   *
   * @default - without end
   */
  readonly end?: Date;
}

/** How many execution environments are kept ready. */
export interface ProvisionedConcurrencyOptions {
  /**
   * So many are always ready, and a deployment begins with so many: 1 or more. Never 0, with which the next deployment fails
   * (https://github.com/aws/aws-cdk/issues/29992).
   */
  readonly min: number;

  /**
   * At most so many are ready: between `min` and `max` Application Auto Scaling follows the utilization.
   *
   * @default - `min`: the number is fixed, but for schedules
   */
  readonly max?: number;

  /**
   * The share of the ready environments that shall be busy, 0.1 to 0.9; the rest is the reserve for a burst. With `max` only.
   *
   * @default 0.7
   */
  readonly targetUtilization?: number;

  /**
   * Times from which the number is another one, with or without `max`.
   *
   * @default - the same at all times
   */
  readonly schedules?: ProvisionedConcurrencySchedule[];

  /**
   * An alarm where requests find no environment ready and start cold: $0.10 a month.
   *
   * @default - true in production where somebody is told (`notify`, `notifyTopic`), false in development
   */
  readonly spilloverAlarm?: boolean;

  /**
   * Keep them ready in a development stage too, where they are left out otherwise.
   *
   * @default false
   */
  readonly force?: boolean;
}

/**
 * What is done about cold starts: a decision with a price. The first remedy is free: a small bundle.
 *
 * With anything but `onDemand` the function has an alias, `live`, of its current version, and all that runs the function goes
 * through that.
 */
export class ColdStart {
  /** Nothing: an environment starts when a request needs one. It costs nothing while nothing happens. */
  public static onDemand(): ColdStart {
    return new ColdStart('onDemand');
  }

  /**
   * A number of execution environments is always ready. It costs $8.76 a month for each one of 1 GB on arm64, $10.95 on x86_64,
   * whatever the traffic, and pays for itself only where they are busy more than 60 % of the time (us-east-1,
   * https://aws.amazon.com/lambda/pricing/). In a development stage it is left out, unless `force` is given.
   */
  public static provisioned(options: ProvisionedConcurrencyOptions): ColdStart {
    return new ColdStart('provisioned', options);
  }

  /**
   * An environment starts from a snapshot that is made when the version is published: for Java 11, Python 3.12 and .NET 8 and
   * later, and for container images. The snapshot of a version costs $3.95 a month for a function of 1 GB, 3 hours at
   * least, and each start $0.00014 (us-east-1; managed Java pays nothing).
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

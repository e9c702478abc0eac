import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IAppFunction } from '../core/contract';

/** How traffic goes over to a new version of a function, and what brings it back. */
export interface RolloutOptions {
  /** The share of the requests that the new version gets at first (canary) or more with each step (linear): 1 to 99 per cent. */
  readonly percent: number;

  /**
   * How long until the new version gets all (canary) or more (linear): whole minutes, at least 1. From the first shift to the last
   * at most 2 days (2,880 minutes) pass.
   */
  readonly interval: Duration;

  /**
   * The alarms of the app for this rollout: the new version fails; it is slow, where it answers HTTP. Each costs $0.10 a month.
   *
   * @default true
   */
  readonly watch?: boolean;

  /**
   * More failed requests a minute than that bring the old version back.
   *
   * @default 0
   */
  readonly maxErrors?: number;

  /**
   * Where the function answers HTTP: if of a hundred requests to the new version within a minute more than one takes longer,
   * the old version comes back.
   *
   * @default - half of the function's timeout
   */
  readonly maxLatency?: Duration;

  /**
   * Alarms of your own that bring the old version back too; with those of the app at most 10.
   *
   * @default - those of the app alone
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * A function of the app that CodeDeploy runs before the new version gets any request. It is given `DeploymentId` and
   * `LifecycleEventHookExecutionId`, must report with `PutLifecycleEventHookExecutionStatus`, which it may do, and finds the
   * version to try in the environment variable `NEW_VERSION` of its own, which it may run.
   *
   * @default - none
   */
  readonly beforeTraffic?: IAppFunction;

  /**
   * The same, after the new version has got all requests.
   *
   * @default - none
   */
  readonly afterTraffic?: IAppFunction;
}

/**
 * How a new version of a function takes over. With `canary` and `linear` the function has an alias, `live`, which AWS CodeDeploy moves;
 * the first deployment, and all of a development stage, go all at once.
 */
export class Rollout {
  /** The new version gets all requests as soon as it is deployed. */
  public static allAtOnce(): Rollout {
    return new Rollout('allAtOnce');
  }

  /** The new version gets `percent` of the requests, and after `interval` all. */
  public static canary(options: RolloutOptions): Rollout {
    return new Rollout('canary', options);
  }

  /** The new version gets `percent` of the requests more after each `interval`. */
  public static linear(options: RolloutOptions): Rollout {
    return new Rollout('linear', options);
  }

  private constructor(
    /** `allAtOnce`, `canary` or `linear`. */
    public readonly kind: string,
    options?: RolloutOptions,
  ) {
    if (options !== undefined) {
      rolloutOptions.set(this, options);
    }
  }
}

const rolloutOptions = new WeakMap<Rollout, RolloutOptions>();

/** @internal */
export function rolloutOptionsOf(rollout: Rollout): RolloutOptions | undefined {
  return rolloutOptions.get(rollout);
}

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IAppFunction } from '../core/contract';

/** How traffic shifts to a new version of a function, and what rolls it back. */
export interface RolloutOptions {
  /** The percentage of requests that the new version gets first (canary), or additionally with each step (linear): 1 to 99. */
  readonly percent: number;

  /**
   * The time until the new version gets all requests (canary) or more requests (linear): whole minutes, at least 1. The last
   * shift starts at most 2 days (2,880 minutes) after the first.
   */
  readonly interval: Duration;

  /**
   * Whether the app adds its own alarms for this rollout: on errors of the new version, and, behind HTTP, on its latency. Each
   * costs $0.10 a month.
   *
   * @default true
   */
  readonly watch?: boolean;

  /**
   * How many failed requests a minute are allowed before the rollout is rolled back.
   *
   * @default 0
   */
  readonly maxErrors?: number;

  /**
   * Behind HTTP, the limit for the 99th percentile of the new version's latency within a minute. Above it, the
   * rollout is rolled back.
   *
   * @default - half of the function's timeout
   */
  readonly maxLatency?: Duration;

  /**
   * Your own alarms that also roll back; at most 10 together with the app's.
   *
   * @default - only the app's alarms
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * A function of the app that CodeDeploy invokes before the new version gets any requests. Its event has `DeploymentId` and
   * `LifecycleEventHookExecutionId`. It must report with `PutLifecycleEventHookExecutionStatus`, and finds the version to test in
   * its environment variable `NEW_VERSION`. It gets the permissions for both.
   *
   * @default - no hook
   */
  readonly beforeTraffic?: IAppFunction;

  /**
   * Like `beforeTraffic`, but invoked after the new version gets all requests.
   *
   * @default - no hook
   */
  readonly afterTraffic?: IAppFunction;
}

/**
 * How traffic shifts to a new version of a function. With `canary` and `linear` the function has an alias, `live`, whose traffic
 * AWS CodeDeploy shifts. The first deployment, and every deployment of a development stage, shifts all traffic at once.
 */
export class Rollout {
  /** The new version gets all requests as soon as it is deployed. */
  public static allAtOnce(): Rollout {
    return new Rollout('allAtOnce');
  }

  /** The new version gets `percent` of the requests, and all of them after `interval`. */
  public static canary(options: RolloutOptions): Rollout {
    return new Rollout('canary', options);
  }

  /** The new version gets `percent` more of the requests after each `interval`. */
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

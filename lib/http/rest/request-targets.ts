import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { ForwardModel } from '../../model/app-model';
import type { PropCheck } from '../../props/prop-check';
import type { RestIntegration } from './rest-integration';

/** What a REST API needs to know about a target. */
export interface TargetConfig {
  readonly kind: ForwardModel['kind'];
  readonly resource: IConstruct;
  readonly statements: readonly iam.PolicyStatement[];
  /** The integration that calls the service with this role. */
  readonly integration: (roleArn: string) => RestIntegration;
}

const registered = new WeakMap<object, TargetConfig>();

export function registerTarget(target: object, config: TargetConfig): void {
  registered.set(target, config);
}

/** Rejects a value that is not a target. */
export function requireTarget(target: object, check: PropCheck): TargetConfig {
  const given: unknown = target;
  const config = typeof given === 'object' && given !== null ? registered.get(given) : undefined;
  if (config === undefined) {
    throw check.error(
      'target',
      'must be a RequestTarget',
      target,
      'write for example `RequestTarget.queue(queue)`',
    );
  }
  return config;
}

/** The responses of methods that call services, as their definition declares them. */
export const FORWARD_RESPONSES = {
  '202': { description: 'accepted' },
  '502': { description: 'not accepted' },
};

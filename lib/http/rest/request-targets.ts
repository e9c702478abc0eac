import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { ForwardModel } from '../../model/app-model';

/** What a REST API needs to know about a target. */
export interface TargetConfig {
  readonly kind: ForwardModel['kind'];
  readonly resource: IConstruct;
  readonly statements: readonly iam.PolicyStatement[];
  /** The integration that calls the service with this role. */
  readonly integration: (roleArn: string) => object;
}

const registered = new WeakMap<object, TargetConfig>();

export function registerTarget(target: object, config: TargetConfig): void {
  registered.set(target, config);
}

export function configOf(target: object): TargetConfig | undefined {
  return registered.get(target);
}

/** The responses of methods that call services, as their definition declares them. */
export const FORWARD_RESPONSES = {
  '202': { description: 'accepted' },
  '502': { description: 'not accepted' },
};

import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { ForwardModel } from '../../model/app-model';
import type { PropCheck } from '../../props/prop-check';
import type { RequestPart } from './request-part';
import type { RestMethod } from './rest-definition';
import type { RestIntegration } from './rest-integration';

/** What a REST API needs to know about a target. */
export interface TargetConfig {
  readonly kind: ForwardModel['kind'];
  readonly resource: IConstruct;
  /** Whether the target is a FIFO queue. */
  readonly fifo?: boolean;
  /** A description of the messages' group. */
  readonly messageGroup?: string;
  /** The parts of the request that it needs. */
  readonly parts?: readonly RequestPart[];
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
      'write, for example, `RequestTarget.queue(queue)`',
    );
  }
  return config;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  '202': 'accepted',
  '400': 'not accepted, because the request is wrong',
  '502': 'not accepted',
};

/** The responses of a method that calls a service, as its definition declares them. */
export function responsesOf({ responses = {} }: RestIntegration): RestMethod['responses'] {
  return Object.fromEntries(
    Object.values(responses).map(({ statusCode }) => [
      statusCode,
      { description: DESCRIPTIONS[statusCode] ?? '' },
    ]),
  );
}

import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IAppFunction } from '../core/contract';
import { ASYNC_DEFAULTS } from '../core/defaults';

/** How EventBridge passes an event on to a function. */
export interface EventDelivery {
  readonly input?: events.RuleTargetInput;
  readonly retryAttempts?: number;
  readonly maxEventAge?: Duration;
}

/**
 * A function as the target of a rule, with the failure queue for what EventBridge cannot deliver. Unlike the CDK's own target, it
 * does not change the failure queue's policy; see `letEventBridgeSend`.
 *
 * @param id the rule's id in the function
 */
export function functionTarget(
  fn: IAppFunction,
  id: string,
  { input, retryAttempts, maxEventAge }: EventDelivery = {},
): events.IRuleTarget {
  return {
    bind: (rule) => {
      fn.target.addPermission(`Permission${id}`, {
        scope: fn,
        principal: new iam.ServicePrincipal('events.amazonaws.com'),
        sourceArn: rule.ruleRef.ruleArn,
      });
      return {
        arn: fn.target.functionArn,
        input,
        deadLetterConfig: { arn: fn.app.failureQueue.queueArn },
        retryPolicy: {
          maximumRetryAttempts: retryAttempts ?? ASYNC_DEFAULTS.retryAttempts,
          maximumEventAgeInSeconds: (maxEventAge ?? ASYNC_DEFAULTS.maxEventAge).toSeconds(),
        },
      };
    },
  };
}

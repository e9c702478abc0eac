import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IAppFunction, IServerlessApp } from '../core/contract';
import { ASYNC_DEFAULTS } from '../core/defaults';
import { FunctionContext } from '../core/function-context';
import type { PropCheck } from '../props/prop-check';

/** What EventBridge rules run: a function, or a workflow. */
export interface RuleListener {
  /** The scope of the rules. */
  readonly scope: Construct;
  /** Reports errors with the path of the listener's props. */
  readonly check: PropCheck;
  /** The target of the rule that has this id in the scope. */
  readonly target: (id: string, delivery?: EventDelivery) => events.IRuleTarget;
}

/** A function that rules run. */
export function functionListener(fn: IAppFunction): RuleListener {
  return {
    scope: fn,
    check: FunctionContext.of(fn).check,
    target: (id, delivery) => functionTarget(fn, id, delivery),
  };
}

/** How EventBridge passes an event on. */
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
function functionTarget(
  fn: IAppFunction,
  id: string,
  delivery?: EventDelivery,
): events.IRuleTarget {
  return {
    bind: (rule) => {
      fn.target.addPermission(`Permission${id}`, {
        scope: fn,
        principal: new iam.ServicePrincipal('events.amazonaws.com'),
        sourceArn: rule.ruleRef.ruleArn,
      });
      return { arn: fn.target.functionArn, ...deliverySettings(fn.app, delivery) };
    },
  };
}

/** Input, retries, and the failure queue for what cannot be delivered. */
export function deliverySettings(
  app: IServerlessApp,
  { input, retryAttempts, maxEventAge }: EventDelivery = {},
): Omit<events.RuleTargetConfig, 'arn'> {
  return {
    input,
    deadLetterConfig: { arn: app.failureQueue.queueArn },
    retryPolicy: {
      maximumRetryAttempts: retryAttempts ?? ASYNC_DEFAULTS.retryAttempts,
      maximumEventAgeInSeconds: (maxEventAge ?? ASYNC_DEFAULTS.maxEventAge).toSeconds(),
    },
  };
}

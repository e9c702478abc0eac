import { CfnElement, Stack, Token } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { amounts } from '../../estimate/usage-prop-set';
import { AppFunctionOptions } from '../../function/app-function-props';
import { FunctionRole } from '../../function/function-role';
import { USER_POOL_SENDER_KIND, userPoolKindOf } from '../../kinds/user-pool-kind';
import { oneOf } from '../../props/kinds';
import { PropCheck, unquoted } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';

/** Options of a user pool trigger. */
export interface UserPoolTriggerOptions {
  /**
   * The version of the event. Only `PRE_TOKEN_GENERATION_CONFIG` has more than the first version: with `V2_0` the function can
   * also change access tokens, with `V3_0` also those of machine clients.
   *
   * @default LambdaVersion.V1_0
   */
  readonly lambdaVersion?: cognito.LambdaVersion;

  /**
   * The expected number of events in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise 1,000, 10,000 and 100,000
   */
  readonly monthlyEvents?: UsageAmounts;
}

/** @internal */
export const USER_POOL_TRIGGER_PROPS = propsOf<UserPoolTriggerOptions>()({
  lambdaVersion: oneOf('LambdaVersion', () => cognito.LambdaVersion),
  monthlyEvents: amounts(),
});

/** Options of `onUserPool`: those of the function and of the trigger. */
export interface UserPoolFunctionOptions extends AppFunctionOptions, UserPoolTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `check-email.ts` gives `CheckEmail`
   */
  readonly id?: string;
}

/**
 * An operation of a Cognito user pool; see `Trigger.userPool`.
 *
 * @internal
 */
export class UserPoolTrigger implements ITrigger {
  constructor(
    private readonly pool: cognito.UserPool,
    private readonly operation: cognito.UserPoolOperation,
    private readonly options: UserPoolTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { pool, operation } = this;
    const { check } = FunctionContext.of(fn);
    const options = acceptOptions(fn, this.options, USER_POOL_TRIGGER_PROPS);
    requirePool(pool, check);
    requireOperation(operation, check);
    avoidCycle(fn, pool, check);
    check.withPropPath('', () => {
      pool.addTrigger(operation, fn.target, options.lambdaVersion);
    });
    const { operationName } = operation;
    const { kind } = userPoolKindOf(operationName);
    return {
      kind,
      invocation:
        kind === USER_POOL_SENDER_KIND.kind
          ? InvocationType.ASYNCHRONOUS
          : InvocationType.SYNCHRONOUS,
      source: pool.node.path,
      details: {
        operation: operationName,
        monthlyEvents: levelModel(options.monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}

/** A trigger is a setting of the pool itself, which CloudFormation changes only in the stack that creates the pool. */
function requirePool(pool: cognito.IUserPool, check: PropCheck): void {
  if (!Construct.isConstruct(pool) || !('userPoolArn' in pool)) {
    throw check.error(
      'pool',
      'must be a user pool',
      pool,
      'create one with `new UserPool(this, "Users")`',
    );
  }
  if (!('addTrigger' in pool)) {
    throw check.error(
      'pool',
      'must be a user pool that this CDK app creates, since a trigger is a setting of the pool',
      `${pool.node.path}, which is imported`,
      'add the function where the pool is created; or permit `cognito-idp.amazonaws.com` with `fn.target.addPermission(…)`, and ' +
        'set the trigger in the pool’s own stack',
    );
  }
}

function requireOperation(operation: cognito.UserPoolOperation, check: PropCheck): void {
  if (
    typeof (operation as Partial<cognito.UserPoolOperation> | undefined)?.operationName !== 'string'
  ) {
    throw check.error(
      'operation',
      'must be an operation of a user pool',
      operation,
      'write, for example, `UserPoolOperation.PRE_SIGN_UP`',
    );
  }
}

/**
 * The pool refers to the function, so neither the function nor its role may refer to the pool: CloudFormation would reject the
 * stack as circular. Grants on the pool go into a policy of their own, which nothing refers to.
 */
function avoidCycle(fn: IAppFunction, pool: cognito.UserPool, check: PropCheck): void {
  const arn = pool.userPoolArn;
  if (fn.role instanceof FunctionRole && !fn.role.keepApart(arn, fn)) {
    throw check.error(
      'triggers',
      'must be added before grants on the pool',
      unquoted(`a grant on ${pool.node.path}, then the trigger`),
      'add the trigger first, then the grant',
    );
  }
  fn.node.addValidation({ validate: () => findReference(fn, pool, check) });
}

function findReference(fn: IAppFunction, pool: cognito.UserPool, check: PropCheck): string[] {
  const [ours, theirs] = [Stack.of(fn), Stack.of(pool)];
  if (ours !== theirs) {
    return [];
  }
  const id = theirs.getLogicalId(pool.node.defaultChild as CfnElement);
  const { environment } = fn.function.node.defaultChild as { environment?: unknown } & CfnElement;
  const text = JSON.stringify(ours.resolve(environment) ?? {});
  return Token.isUnresolved(id) || !text.includes(`"${id}"`)
    ? []
    : [
        check.error(
          'environment',
          'must not name the user pool that runs the function, since each would wait for the other',
          unquoted(pool.node.path),
          'the event contains the pool’s id as `userPoolId`, and the client’s as `callerContext.clientId`; give an `Access` of the pool `setEnvironmentVariable: false`',
        ).message,
      ];
}

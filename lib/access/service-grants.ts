import { Stack, Token } from 'aws-cdk-lib';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as ses from 'aws-cdk-lib/aws-ses';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { DETAIL_TYPE_KEY } from '../kinds/event-kind';
import { unquoted } from '../props/prop-check';
import { callableOf } from './calls';
import { arnElsewhere, GrantedActions, has, kind } from './grants';

const isEventBus = (resource: unknown): resource is events.IEventBus =>
  has(resource, 'eventBusArn', 'eventBusName');
const isStateMachine = (resource: unknown): resource is sfn.IStateMachine =>
  has(resource, 'stateMachineArn');
const isIdentity = (resource: unknown): resource is ses.IEmailIdentity =>
  has(resource, 'emailIdentityArn', 'emailIdentityName');
const isUserPool = (resource: unknown): resource is cognito.IUserPool =>
  has(resource, 'userPoolArn', 'userPoolId');
const isFunction = (resource: unknown): resource is IAppFunction | lambda.IFunction =>
  has(resource, 'functionArn', 'functionName') || has(resource, 'function', 'target', 'app');

export const EVENT_BUS = kind(
  'eventBus',
  'NAME',
  isEventBus,
  ({ eventBusName }) => eventBusName,
  grantEventBus,
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
  arnElsewhere(({ eventBusArn }) => eventBusArn, 'NAME'),
);
export const STATE_MACHINE = kind(
  'stateMachine',
  'ARN',
  isStateMachine,
  ({ stateMachineArn }) => stateMachineArn,
  grantStateMachine,
);
export const IDENTITY = kind(
  'identity',
  'NAME',
  isIdentity,
  ({ emailIdentityName }) => emailIdentityName,
  ({ emailIdentityArn }, fn) => {
    grant(fn, ['ses:SendEmail', 'ses:SendRawEmail'], emailIdentityArn);
  },
  // Sending authorization takes the ARN: https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-delegate-sender-tasks-email.html
  arnElsewhere(({ emailIdentityArn }) => emailIdentityArn, 'ARN'),
);
export const USER_POOL = kind(
  'userPool',
  'ID',
  isUserPool,
  ({ userPoolId }) => userPoolId,
  (userPool, fn, { actions = [] }) => {
    requireOwnAccount(userPool, fn);
    grant(
      fn,
      [...new Set(actions)].sort().map((action) => `cognito-idp:${action}`),
      userPool.userPoolArn,
    );
  },
);
export const FUNCTION = kind(
  'function',
  'ARN',
  isFunction,
  (resource) => callableOf(resource).arn,
  (resource, fn) => {
    grant(fn, ['lambda:InvokeFunction'], callableOf(resource).arn);
  },
);

function requireOwnAccount(userPool: cognito.IUserPool, fn: IAppFunction): void {
  const [ours, theirs] = [Stack.of(fn).account, userPool.env.account];
  if (!Token.isUnresolved(ours) && !Token.isUnresolved(theirs) && ours !== theirs) {
    throw FunctionContext.of(fn).check.error(
      'access',
      `must name a user pool of the account ${ours}, because Cognito has no permissions for other accounts`,
      unquoted(`${userPool.node.path}, of the account ${theirs}`),
      'call a function of that account instead, with `Access.invoke`',
    );
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html */
function grantEventBus(
  bus: events.IEventBus,
  fn: IAppFunction,
  { detailTypes }: GrantedActions,
): void {
  const conditions =
    detailTypes === undefined
      ? undefined
      : { 'ForAllValues:StringEquals': { [DETAIL_TYPE_KEY]: detailTypes } };
  grant(fn, ['events:PutEvents'], bus.eventBusArn, conditions);
}

/** An express workflow can also be started so that the caller waits for its result. */
function grantStateMachine(machine: sfn.IStateMachine, fn: IAppFunction): void {
  const isExpress = Reflect.get(machine, 'stateMachineType') === 'EXPRESS';
  const actions = ['states:StartExecution', ...(isExpress ? ['states:StartSyncExecution'] : [])];
  grant(fn, actions, machine.stateMachineArn);
}

function grant(
  grantee: IAppFunction,
  actions: string[],
  arn: string,
  conditions?: Record<string, Record<string, unknown>>,
): void {
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [arn], conditions });
}

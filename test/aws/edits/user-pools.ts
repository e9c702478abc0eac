import { UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { AppFunctionOptions, UserPoolTriggerOptions } from 'cdk-serverless-app';
import { always, both, Declare, Edit, fine, version } from './edit';

const operation = (
  id: string,
  options: UserPoolTriggerOptions & AppFunctionOptions = {},
  of = UserPoolOperation.PRE_SIGN_UP,
): Declare =>
  both(always, (app, stack) => {
    app.onUserPool(new UserPool(stack, 'Users'), of, 'ok.ts', { id, ...options });
  });

const one = version(operation('Check'));
const none = version(
  both(always, (_, stack) => {
    new UserPool(stack, 'Users');
  }),
);

export const USER_POOL_EDITS: readonly Edit[] = [
  fine('add a function for an operation of a user pool', none, one),
  fine('remove it, and add it again', one, none, one),
  fine('rename the function (or its file) of a user pool', one, version(operation('Other'))),
  fine(
    'give it another operation',
    one,
    version(operation('Check', {}, UserPoolOperation.POST_CONFIRMATION)),
  ),
  fine(
    'set `monthlyEvents` of a user pool’s operation, and back',
    one,
    version(operation('Check', { monthlyEvents: { moderate: 7 } })),
    one,
  ),
];

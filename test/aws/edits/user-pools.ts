import { LambdaVersion, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { AppFunctionOptions, Trigger, UserPoolTriggerOptions } from 'cdk-serverless-app';
import { always, both, Declare, Edit, fine, version } from './edit';

const operation = (
  id: string,
  options: UserPoolTriggerOptions & AppFunctionOptions = {},
  of = UserPoolOperation.PRE_SIGN_UP,
): Declare =>
  both(always, (app, stack) => {
    app.onUserPool(new UserPool(stack, 'Users'), of, 'ok.ts', { id, ...options });
  });

const TOKENS = UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG;
const one = version(operation('Check'));
const none = version(
  both(always, (_, stack) => {
    new UserPool(stack, 'Users');
  }),
);

export const USER_POOL_EDITS: readonly Edit[] = [
  fine('add a function for an operation of a user pool', none, one),
  fine('remove the function of a user pool, and add it again', one, none, one),
  fine('rename the function (or its file) of a user pool', one, version(operation('Other'))),
  fine(
    'move the function of a user pool to another operation',
    one,
    version(operation('Check', {}, UserPoolOperation.POST_CONFIRMATION)),
  ),
  fine(
    'move an operation to another function',
    version(
      both(operation('Check'), (app) => {
        app.addFunction('Other', { entry: 'other.ts' });
      }),
    ),
    version(
      both(always, (app, stack) => {
        app.addFunction('Check', { entry: 'ok.ts' });
        app.addFunction('Other', {
          entry: 'other.ts',
          triggers: [Trigger.userPool(new UserPool(stack, 'Users'), UserPoolOperation.PRE_SIGN_UP)],
        });
      }),
    ),
  ),
  fine(
    'change `lambdaVersion` of an operation, and change it back',
    version(operation('Check', { lambdaVersion: LambdaVersion.V1_0 }, TOKENS)),
    version(operation('Check', { lambdaVersion: LambdaVersion.V2_0 }, TOKENS)),
    version(operation('Check', { lambdaVersion: LambdaVersion.V1_0 }, TOKENS)),
  ),
  fine(
    'set and unset `monthlyEvents` of a user pool’s operation',
    one,
    version(operation('Check', { monthlyEvents: { moderate: 7 } })),
    one,
  ),
];

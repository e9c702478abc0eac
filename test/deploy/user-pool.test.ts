// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the templates are asserted in the unit tests:
// - the five seconds for which Cognito waits, and its second and third attempt;
// - the operations that are not part of a sign-up.
import {
  CognitoIdentityProviderClient,
  SignUpCommand,
  SignUpCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { getRow } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

describeDeployed(
  'an app with a user pool',
  { folder: 'test/deploy/fixtures/user-pool', stackName: 'UserPool' },
  (app) => {
    const signUp = (email: string): Promise<SignUpCommandOutput> => {
      const { target, stack } = app();
      return new CognitoIdentityProviderClient(target.clientOptions).send(
        new SignUpCommand({
          ClientId: stack.output('ClientId'),
          Username: email.replace('@', '-at-'),
          Password: 'Correct-horse-7',
          UserAttributes: [{ Name: 'email', Value: email }],
        }),
      );
    };

    test('a function confirms a new user, and knows the pool', async () => {
      const { target, stack } = app();

      expect(await signUp('ada@example.com')).toMatchObject({ UserConfirmed: true });
      expect(await getRow(target, stack.output('SeenTable'), { id: 'ada@example.com' })).toEqual({
        id: 'ada@example.com',
        pool: stack.output('UserPoolId'),
      });
    });

    test('a user whom the function rejects sees its error', async () => {
      await expect(signUp('eve@example.org')).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: expect.stringContaining('only example.com') as string,
      });
    });
  },
);

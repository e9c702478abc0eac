import { code, Node } from '../print';
import { NotCarried, Scope } from '../scope';

const OPERATIONS: Readonly<Record<string, string>> = {
  CreateAuthChallenge: 'CREATE_AUTH_CHALLENGE',
  CustomMessage: 'CUSTOM_MESSAGE',
  DefineAuthChallenge: 'DEFINE_AUTH_CHALLENGE',
  PostAuthentication: 'POST_AUTHENTICATION',
  PostConfirmation: 'POST_CONFIRMATION',
  PreAuthentication: 'PRE_AUTHENTICATION',
  PreSignUp: 'PRE_SIGN_UP',
  PreTokenGeneration: 'PRE_TOKEN_GENERATION',
  UserMigration: 'USER_MIGRATION',
  VerifyAuthChallengeResponse: 'VERIFY_AUTH_CHALLENGE_RESPONSE',
};

export function operationNode(operation: string, scope: Scope): Node {
  if (/^Custom\w+Sender$/.test(operation)) {
    throw new NotCarried(
      `${operation} needs a KMS key of the pool: create the pool with \`customSenderKmsKey\`, and add the trigger`,
    );
  }
  const name = OPERATIONS[operation];
  if (name === undefined) {
    throw new NotCarried(`the library does not know the operation ${operation}`);
  }
  return code(`${scope.module('cognito')}.UserPoolOperation.${name}`);
}

import { Duration, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AppFunction, ServerlessApp, Trigger, UserPoolTriggerOptions } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { only, quickApp, quickCdkApp, resources, HANDLERS } from '../support/synth';

const { UserPoolOperation: Operation } = cognito;
const POLICY = 'AWS::IAM::Policy';

function withPool(
  operation = Operation.PRE_SIGN_UP,
  options: UserPoolTriggerOptions = {},
  props: cognito.UserPoolProps = {},
): { app: ServerlessApp; stack: Stack; pool: cognito.UserPool; fn: AppFunction } {
  const { app, stack } = quickApp();
  const pool = new cognito.UserPool(stack, 'Users', props);
  return { app, stack, pool, fn: app.onUserPool(pool, operation, 'ok.ts', options) };
}

/** What a resource of the template refers to, directly. */
function references(stack: Stack, type: string): string {
  return JSON.stringify(Object.values(resources(stack, type)));
}

describe('a trigger by a user pool', () => {
  test.each<[string, cognito.UserPoolOperation]>([
    ['CreateAuthChallenge', Operation.CREATE_AUTH_CHALLENGE],
    ['CustomMessage', Operation.CUSTOM_MESSAGE],
    ['DefineAuthChallenge', Operation.DEFINE_AUTH_CHALLENGE],
    ['PostAuthentication', Operation.POST_AUTHENTICATION],
    ['PostConfirmation', Operation.POST_CONFIRMATION],
    ['PreAuthentication', Operation.PRE_AUTHENTICATION],
    ['PreSignUp', Operation.PRE_SIGN_UP],
    ['PreTokenGeneration', Operation.PRE_TOKEN_GENERATION],
    ['UserMigration', Operation.USER_MIGRATION],
    ['VerifyAuthChallengeResponse', Operation.VERIFY_AUTH_CHALLENGE_RESPONSE],
  ])('runs the function on %s', (name, operation) => {
    const { stack, fn } = withPool(operation);

    expect(only(stack, 'AWS::Cognito::UserPool').LambdaConfig).toEqual({
      [name]: stack.resolve(fn.function.functionArn) as unknown,
    });
  });

  test('gives the version of the event', () => {
    const { stack } = withPool(Operation.PRE_TOKEN_GENERATION_CONFIG, {
      lambdaVersion: cognito.LambdaVersion.V2_0,
    });

    expect(only(stack, 'AWS::Cognito::UserPool').LambdaConfig).toMatchObject({
      PreTokenGenerationConfig: { LambdaVersion: 'V2_0' },
    });
  });

  test('permits this pool, and no other, to invoke the function', () => {
    const { stack, pool } = withPool();

    expect(only(stack, 'AWS::Lambda::Permission')).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: stack.resolve(pool.userPoolArn) as unknown,
    });
  });

  test('gives the function the five seconds for which Cognito waits', () => {
    const { app, stack } = withPool();

    expect(only(stack, 'AWS::Lambda::Function').Timeout).toBe(5);
    expect(app.findings()).toEqual([]);
    expect(resources(stack, 'AWS::Lambda::EventInvokeConfig')).toEqual({});
  });

  test('that sends messages is asynchronous, with the failure queue', () => {
    const { app, stack } = quickApp();
    const customSenderKmsKey = new kms.Key(stack, 'Key');
    const pool = new cognito.UserPool(stack, 'Users', { customSenderKmsKey });

    app.onUserPool(pool, Operation.CUSTOM_EMAIL_SENDER, 'ok.ts');

    expect(only(stack, 'AWS::Lambda::EventInvokeConfig')).toMatchObject({
      DestinationConfig: {
        OnFailure: { Destination: stack.resolve(app.failureQueue.queueArn) as unknown },
      },
    });
    expect(AppContext.of(app).model.functions[0]?.triggers[0]?.kind).toBe('userPoolSender');
  });

  test('is in the model', () => {
    const { app } = withPool();

    expect(AppContext.of(app).model.functions[0]?.triggers).toEqual([
      {
        kind: 'userPoolOperation',
        invocation: 'synchronous',
        source: 'Test/Users',
        details: { operation: 'preSignUp', monthlyEvents: undefined },
      },
    ]);
  });

  test('is counted without the pool, which the estimate names', () => {
    const { app } = withPool();

    expect(app.estimate().uncounted.join('; ')).toContain('user pool');
  });

  test('accepts a pool in another stack', () => {
    const cdk = quickCdkApp();
    const pool = new cognito.UserPool(new Stack(cdk, 'Identity'), 'Users');
    const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root: HANDLERS });
    app.onUserPool(pool, Operation.PRE_SIGN_UP, 'ok.ts');

    expect(() => cdk.synth()).not.toThrow();
  });

  test('accepts several operations of one pool', () => {
    const { app, stack } = quickApp();
    const pool = new cognito.UserPool(stack, 'Users');
    app.addFunction('Challenge', {
      entry: 'ok.ts',
      triggers: [
        Trigger.userPool(pool, Operation.DEFINE_AUTH_CHALLENGE),
        Trigger.userPool(pool, Operation.CREATE_AUTH_CHALLENGE),
      ],
    });

    const { LambdaConfig } = only(stack, 'AWS::Cognito::UserPool');
    expect(Object.keys(LambdaConfig as object).sort()).toEqual([
      'CreateAuthChallenge',
      'DefineAuthChallenge',
    ]);
  });
});

describe('a grant on the pool', () => {
  test('is in a separate policy, so there is no circular dependency', () => {
    const { stack, pool, fn } = withPool();

    pool.grant(fn, 'cognito-idp:AdminGetUser');

    const id = stack.getLogicalId(pool.node.defaultChild as cognito.CfnUserPool);
    expect(only(stack, POLICY)).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Action: 'cognito-idp:AdminGetUser',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [id, 'Arn'] },
          },
        ],
      },
    });
    expect(references(stack, 'AWS::IAM::Role')).not.toContain(id);
    expect(references(stack, 'AWS::Lambda::Function')).not.toContain(id);
  });

  test('needs no policy where there is none', () => {
    expect(resources(withPool().stack, POLICY)).toEqual({});
  });

  test('of a function that the pool does not run stays in its role', () => {
    const { app, stack } = quickApp();
    const pool = new cognito.UserPool(stack, 'Users');
    pool.grant(app.addFunction('F', { entry: 'ok.ts' }), 'cognito-idp:AdminGetUser');

    expect(resources(stack, POLICY)).toEqual({});
    expect(references(stack, 'AWS::IAM::Role')).toContain('cognito-idp:AdminGetUser');
  });

  test('fails before the trigger', () => {
    const { app, stack } = quickApp();
    const pool = new cognito.UserPool(stack, 'Users');
    const fn = app.addFunction('F', { entry: 'ok.ts' });
    pool.grant(fn, 'cognito-idp:AdminGetUser');

    expect(() => fn.addTrigger(Trigger.userPool(pool, Operation.PRE_SIGN_UP))).toThrow(
      '`functions.F.triggers` must be added before grants on the pool, got a grant on Test/Users, then the trigger: add the trigger first',
    );
  });
});

describe('a trigger by a user pool fails for', () => {
  test('an imported pool', () => {
    const { app, stack } = quickApp();
    const pool = cognito.UserPool.fromUserPoolId(stack, 'Theirs', 'eu-west-1_x');

    expect(() => app.onUserPool(pool as cognito.UserPool, Operation.PRE_SIGN_UP, 'ok.ts')).toThrow(
      '`functions.Ok.pool` must be a user pool that this CDK app creates, since a trigger is a setting of the pool, got "Test/Theirs, which is imported"',
    );
  });

  test('a queue', () => {
    const { app } = quickApp();
    const queue = app.addQueue('Jobs') as unknown as cognito.UserPool;

    expect(() => app.onUserPool(queue, Operation.PRE_SIGN_UP, 'ok.ts')).toThrow(
      '`functions.Ok.pool` must be a user pool',
    );
  });

  test('an operation by its name', () => {
    const { app, stack } = quickApp();
    const operation = 'preSignUp' as unknown as cognito.UserPoolOperation;

    expect(() => app.onUserPool(new cognito.UserPool(stack, 'U'), operation, 'ok.ts')).toThrow(
      '`functions.Ok.operation` must be an operation of a user pool, got "preSignUp": write, for example, `UserPoolOperation.PRE_SIGN_UP`',
    );
  });

  test('an operation twice', () => {
    const { app, pool } = withPool();

    expect(() => app.onUserPool(pool, Operation.PRE_SIGN_UP, 'other.ts')).toThrow(
      /`functions\.Other.*preSignUp already exists/s,
    );
  });

  test('an environment variable that names the pool', () => {
    const { stack, pool, fn } = withPool();
    fn.addEnvironment('USER_POOL_ID', pool.userPoolId);

    expect(() => only(stack, 'AWS::Lambda::Function')).toThrow(
      '`functions.Ok.environment` must not name the user pool that runs the function, since each would wait for the other, got Test/Users: the event contains the pool’s id as `userPoolId`',
    );
  });

  test('a longer timeout, with a warning', () => {
    const { app, stack } = quickApp();
    const pool = new cognito.UserPool(stack, 'Users');
    app.onUserPool(pool, Operation.PRE_SIGN_UP, 'ok.ts', { timeout: Duration.seconds(6) });

    expect(app.findings()).toMatchObject([
      { id: 'cdk-serverless-app:http-timeout', message: expect.stringContaining('5') as string },
    ]);
  });
});

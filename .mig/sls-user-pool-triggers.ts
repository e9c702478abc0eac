import { App, Duration, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'UserPoolTriggers', { stackName: `user-pool-triggers-app-${stage}` });

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
});

const cognitoUserPoolMembers = new cognito.UserPool(stack, 'CognitoUserPoolMembers', {
  userPoolName: 'Members',
  selfSignUpEnabled: true,
});
const cfnCognitoUserPoolMembers = cognitoUserPoolMembers.node.defaultChild as cognito.CfnUserPool;
cfnCognitoUserPoolMembers.overrideLogicalId('CognitoUserPoolMembers'); // the resource stays the same one

app.addFunction('Pre', {
  entry: 'src/pre.js',
  triggers: [Trigger.userPool(cognitoUserPoolMembers, cognito.UserPoolOperation.PRE_SIGN_UP)],
});

app.addFunction('Post', {
  entry: 'src/post.js',
  triggers: [Trigger.userPool(cognitoUserPoolMembers, cognito.UserPoolOperation.POST_CONFIRMATION)],
});

// Old: the trigger PreSignUp of the existing user pool Legacy is not carried over: a trigger is a
// setting of the pool, so set it where the pool is declared
app.addFunction('Old', {
  entry: 'src/old.js',
});

import { App, Duration, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamPoolTriggers', { stackName: 'sam-pool-triggers-app' });

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
});

const users = new cognito.UserPool(stack, 'Users', { selfSignUpEnabled: true });
const cfnUsers = users.node.defaultChild as cognito.CfnUserPool;
cfnUsers.overrideLogicalId('Users'); // the resource stays the same one
cfnUsers.addPropertyOverride('UsernameAttributes', ['email']);

app.addFunction('Check', {
  entry: 'check.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  triggers: [Trigger.userPool(users, cognito.UserPoolOperation.PRE_SIGN_UP)],
});

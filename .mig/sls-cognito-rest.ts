import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, RouteAuthorizer, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'CognitoRest', { stackName: `cognito-rest-app-${stage}` });

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  rest: {
    stageName: stage,
    endpointType: apigw.EndpointType.EDGE,
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    accessLog: false,
  },
});

const userPool = new cognito.CfnUserPool(stack, 'UserPool', {
  userPoolName: `users-${stage}`,
  usernameAttributes: ['email'],
  autoVerifiedAttributes: ['email'],
  policies: { passwordPolicy: { minimumLength: 8 } },
});
userPool.applyRemovalPolicy(RemovalPolicy.RETAIN);
const userPoolRef = cognito.UserPool.fromUserPoolId(stack, 'UserPoolRef', userPool.ref);

new cognito.CfnUserPoolClient(stack, 'UserPoolClient', {
  userPoolId: userPool.ref,
  generateSecret: false,
  explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
});

const usersAuthorizer = RouteAuthorizer.userPool('Users', userPoolRef);

app.addFunction('Me', {
  entry: 'src/me.js',
  triggers: [Trigger.http('GET /me', { authorizer: usersAuthorizer })],
});

new CfnOutput(stack, 'PoolId', { value: userPool.ref });

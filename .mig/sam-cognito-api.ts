import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RouteAuthorizer, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'SamCognitoApi', { stackName: `sam-cognito-api-app-${stage}` });

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  rest: {
    stageName: 'v1',
    endpointType: apigw.EndpointType.EDGE,
    cors: {
      allowOrigins: ['*'],
      allowHeaders: ['Content-Type', 'Authorization'],
      allowMethods: [apigateway.CorsHttpMethod.GET, apigateway.CorsHttpMethod.POST],
    },
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    accessLog: false,
    tracing: true,
  },
});

const users = new cognito.CfnUserPool(stack, 'Users', {
  userPoolName: 'users',
  usernameAttributes: ['email'],
  autoVerifiedAttributes: ['email'],
});
users.applyRemovalPolicy(RemovalPolicy.RETAIN);
const usersRef = cognito.UserPool.fromUserPoolId(stack, 'UsersRef', users.ref);

const poolAuthorizer = RouteAuthorizer.userPool('Pool', usersRef);

app.addFunction('Me', {
  entry: 'me.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  triggers: [
    Trigger.http('GET /me', { authorizer: poolAuthorizer }),
    Trigger.http('GET /open', { authorizer: RouteAuthorizer.open() }),
  ],
});

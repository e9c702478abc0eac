import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, RouteAuthorizer, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'RestAuthorizers', { stackName: `rest-authorizers-app-${stage}` });

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

const auth = app.addFunction('Auth', {
  entry: 'src/auth.js',
});

const authAuthorizer = RouteAuthorizer.byFunction('Auth', auth.target);

const poolAuthorizer = RouteAuthorizer.userPool(
  'Pool',
  cognito.UserPool.fromUserPoolArn(
    stack,
    'PoolPool',
    'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc',
  ),
);

const authAuthorizer2 = RouteAuthorizer.byFunction('Auth', auth.target, {
  headers: ['X-Key'],
  cacheTtl: Duration.seconds(0),
});

app.addFunction('A', {
  entry: 'src/a.js',
  triggers: [Trigger.http('GET /a', { authorizer: authAuthorizer })],
});

app.addFunction('B', {
  entry: 'src/b.js',
  triggers: [Trigger.http('GET /b', { authorizer: RouteAuthorizer.iam() })],
});

app.addFunction('C', {
  entry: 'src/c.js',
  triggers: [Trigger.http('GET /c', { authorizer: poolAuthorizer })],
});

app.addFunction('D', {
  entry: 'src/d.js',
  triggers: [Trigger.http('GET /d', { authorizer: authAuthorizer2 })],
});

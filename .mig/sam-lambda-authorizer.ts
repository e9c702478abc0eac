import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RouteAuthorizer, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamLambdaAuthorizer', { stackName: 'sam-lambda-authorizer-app' });

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  http: {
    cors: {
      allowOrigins: ['https://example.com'],
      allowHeaders: ['*'],
      allowMethods: [apigateway.CorsHttpMethod.GET],
    },
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    accessLog: false,
  },
});

const auth = app.addFunction('Auth', {
  entry: 'auth.js',
  runtime: lambda.Runtime.NODEJS_22_X,
});

const customAuthorizer = RouteAuthorizer.byFunction('Custom', auth.target, {
  headers: ['Authorization'],
});

app.addFunction('Data', {
  entry: 'data.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  triggers: [Trigger.http('GET /data', { authorizer: customAuthorizer })],
});

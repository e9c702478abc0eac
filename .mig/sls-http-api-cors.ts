import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'HttpApiCors', { stackName: `http-api-cors-app-${stage}` });

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  http: {
    cors: {
      allowOrigins: ['https://example.com'],
      allowHeaders: ['Content-Type', 'Authorization'],
      allowMethods: [apigateway.CorsHttpMethod.GET, apigateway.CorsHttpMethod.POST],
      allowCredentials: true,
      maxAge: Duration.seconds(6000),
    },
    payloadFormat: apigateway.PayloadFormatVersion.VERSION_1_0,
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    accessLog: false,
  },
});

app.addFunction('List', {
  entry: 'src/list.js',
  triggers: [Trigger.http('GET /items'), Trigger.http('ANY /items/{id}')],
});

app.addFunction('Rest', {
  entry: 'src/rest.js',
  triggers: [Trigger.http('$default')],
});

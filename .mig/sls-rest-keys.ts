import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'RestKeys', { stackName: `rest-keys-app-${stage}` });

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
    tracing: lambda.Tracing.ACTIVE,
  },
  rest: {
    stageName: stage,
    binaryMediaTypes: ['image/*'],
    throttle: { rateLimit: 20, burstLimit: 40 },
    tracing: true,
    usagePlans: { Standard: { apiKeys: ['first', 'second'] } },
  },
});

app.addFunction('A', {
  entry: 'src/a.js',
  triggers: [
    Trigger.http('POST /a/{id}', {
      apiKeyRequired: true,
      validate: {
        requiredQuery: ['q'],
        requiredHeaders: ['X-Tenant'],
        body: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      },
    }),
  ],
});

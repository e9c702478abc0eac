import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'MixedPython', { stackName: `mixed-python-app-${stage}` });

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

app.addFunction('Node', {
  entry: 'src/node.js',
});

app.addFunction('Py', {
  code: lambda.Code.fromAsset('.', {
    exclude: ['node_modules', 'cdk.out', '.git', '.serverless', '.aws-sam'],
  }),
  handler: 'src/main.handler',
  runtime: new lambda.Runtime('python3.13'),
});

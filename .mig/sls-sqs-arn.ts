import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'SqsArn', { stackName: `sqs-arn-app-${stage}` });

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

const jobsQueue = sqs.Queue.fromQueueArn(
  stack,
  'JobsQueue',
  'arn:aws:sqs:us-east-1:123456789012:jobs',
);
app.addFunction('Worker', {
  entry: 'src/worker.js',
  triggers: [Trigger.queue(jobsQueue, { reportBatchItemFailures: false })],
});

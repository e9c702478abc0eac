import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Access, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamSqs', { stackName: 'sam-sqs-app' });

// The functions find their resources by the variables of the source, so an access adds none.
const quiet = { setEnvironmentVariable: false };

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
});

const queue = new sqs.CfnQueue(stack, 'Queue', { visibilityTimeout: 120 });
queue.applyRemovalPolicy(RemovalPolicy.RETAIN);
const queueRef = sqs.Queue.fromQueueAttributes(stack, 'QueueRef', { queueArn: queue.attrArn });

app.addFunction('Worker', {
  entry: 'src/worker.js',
  triggers: [
    Trigger.queue(queueRef, {
      batchSize: 5,
      filters: [lambda.FilterCriteria.filter({ body: { a: ['b'] } })],
    }),
  ],
});

app.addFunction('Sender', {
  entry: 'src/sender.js',
  environment: { QUEUE: queue.ref },
  access: [Access.send(queueRef, quiet)],
});

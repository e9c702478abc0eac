import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Access, AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'Sqs', { stackName: `sqs-app-${stage}` });

// The functions find their resources by the variables of the source, so an access adds none.
const quiet = { setEnvironmentVariable: false };

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  http: { throttle: { rateLimit: 10_000, burstLimit: 5000 }, accessLog: false },
});

const deadJobs = new sqs.CfnQueue(stack, 'DeadJobs', { messageRetentionPeriod: 1209600 });
deadJobs.applyRemovalPolicy(RemovalPolicy.RETAIN);

const jobs = new sqs.CfnQueue(stack, 'Jobs', {
  queueName: `sqs-${stage}-jobs`,
  visibilityTimeout: 360,
  redrivePolicy: { deadLetterTargetArn: deadJobs.attrArn, maxReceiveCount: 3 },
});
jobs.applyRemovalPolicy(RemovalPolicy.RETAIN);
const jobsRef = sqs.Queue.fromQueueAttributes(stack, 'JobsRef', { queueArn: jobs.attrArn });

app.addFunction('Producer', {
  entry: 'src/producer.js',
  environment: { QUEUE_URL: jobs.ref },
  triggers: [Trigger.http('POST /jobs')],
  access: [Access.send(jobsRef, quiet)],
  initialPolicy: [
    new iam.PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [jobs.attrArn],
    }),
  ],
});

app.addFunction('Worker', {
  entry: 'src/worker.js',
  timeout: Duration.seconds(60),
  reservedConcurrentExecutions: 5,
  triggers: [
    Trigger.queue(jobsRef, {
      batchSize: 10,
      maxBatchingWindow: Duration.seconds(5),
      maxConcurrency: 4,
      filters: [lambda.FilterCriteria.filter({ body: { kind: ['order'] } })],
    }),
  ],
  access: [Access.send(jobsRef, quiet)],
});

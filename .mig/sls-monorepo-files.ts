import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'MonorepoFiles', { stackName: `monorepo-files-app-${stage}` });

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

const orders = new dynamodb.CfnTable(stack, 'Orders', {
  tableName: `orders-${stage}`,
  billingMode: 'PAY_PER_REQUEST',
  attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
});
orders.applyRemovalPolicy(RemovalPolicy.RETAIN);

const jobs = new sqs.CfnQueue(stack, 'Jobs', {
  fifoQueue: true,
  queueName: 'jobs.fifo',
  contentBasedDeduplication: true,
});
jobs.applyRemovalPolicy(RemovalPolicy.RETAIN);

app.addFunction('Create', {
  entry: 'packages/orders/create.ts',
  triggers: [Trigger.http('POST /orders')],
});

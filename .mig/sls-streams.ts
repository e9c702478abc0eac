import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'Streams', { stackName: `streams-app-${stage}` });

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

const orders = new dynamodb.CfnTable(stack, 'Orders', {
  billingMode: 'PAY_PER_REQUEST',
  attributeDefinitions: [
    { attributeName: 'pk', attributeType: 'S' },
    { attributeName: 'sk', attributeType: 'S' },
  ],
  keySchema: [
    { attributeName: 'pk', keyType: 'HASH' },
    { attributeName: 'sk', keyType: 'RANGE' },
  ],
  streamSpecification: { streamViewType: 'NEW_AND_OLD_IMAGES' },
  timeToLiveSpecification: { attributeName: 'ttl', enabled: true },
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  sseSpecification: { sseEnabled: true },
});
orders.applyRemovalPolicy(RemovalPolicy.RETAIN);
const ordersRef = dynamodb.Table.fromTableAttributes(stack, 'OrdersRef', {
  tableName: orders.ref,
  tableStreamArn: orders.attrStreamArn,
});

const clicks = new kinesis.CfnStream(stack, 'Clicks', { shardCount: 1, name: `clicks-${stage}` });
clicks.applyRemovalPolicy(RemovalPolicy.RETAIN);
const clicksRef = kinesis.Stream.fromStreamAttributes(stack, 'ClicksRef', {
  streamArn: clicks.attrArn,
});

app.addFunction('Table', {
  entry: 'src/table.js',
  triggers: [
    Trigger.tableChanges(ordersRef, {
      startingPosition: lambda.StartingPosition.LATEST,
      batchSize: 20,
      filters: [lambda.FilterCriteria.filter({ eventName: ['INSERT'] })],
      maxRetryAttempts: 3,
      reportBatchItemFailures: false,
    }),
  ],
});

app.addFunction('Clicks', {
  entry: 'src/clicks.js',
  triggers: [
    Trigger.stream(clicksRef, {
      maxBatchingWindow: Duration.seconds(5),
      parallelizationFactor: 2,
      maxRetryAttempts: 10000,
      bisectBatchOnError: false,
      reportBatchItemFailures: false,
    }),
  ],
});

const x20260101T00Table = dynamodb.Table.fromTableAttributes(stack, 'X20260101T00Table', {
  tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Old',
  tableStreamArn:
    'arn:aws:dynamodb:us-east-1:123456789012:table/Old/stream/2026-01-01T00:00:00.000',
});
app.addFunction('Old', {
  entry: 'src/old.js',
  triggers: [
    Trigger.tableChanges(x20260101T00Table, {
      maxRetryAttempts: 10000,
      bisectBatchOnError: false,
      reportBatchItemFailures: false,
    }),
  ],
});

const farStream = kinesis.Stream.fromStreamArn(
  stack,
  'FarStream',
  'arn:aws:kinesis:us-east-1:123456789012:stream/far',
);
app.addFunction('Far', {
  entry: 'src/far.js',
  triggers: [
    Trigger.stream(farStream, {
      maxRetryAttempts: 10000,
      bisectBatchOnError: false,
      reportBatchItemFailures: false,
    }),
  ],
});

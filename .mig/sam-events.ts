import { App, Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Access, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamEvents', { stackName: 'sam-events-app' });

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

const bus = new events.CfnEventBus(stack, 'Bus', { name: 'shop' });
const busRef = events.EventBus.fromEventBusName(stack, 'BusRef', bus.ref);

const topic = new sns.CfnTopic(stack, 'Topic');
const topicRef = sns.Topic.fromTopicAttributes(stack, 'TopicRef', { topicArn: topic.ref });

const stream = new kinesis.CfnStream(stack, 'Stream', { shardCount: 1 });
stream.applyRemovalPolicy(RemovalPolicy.RETAIN);
const streamRef = kinesis.Stream.fromStreamAttributes(stack, 'StreamRef', {
  streamArn: stream.attrArn,
});

const table = new dynamodb.CfnTable(stack, 'Table', {
  attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  billingMode: 'PAY_PER_REQUEST',
  streamSpecification: { streamViewType: 'NEW_IMAGE' },
});
table.applyRemovalPolicy(RemovalPolicy.RETAIN);
const tableRef = dynamodb.Table.fromTableAttributes(stack, 'TableRef', {
  tableName: table.ref,
  tableStreamArn: table.attrStreamArn,
});

app.addFunction('A', {
  entry: 'a.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  triggers: [
    Trigger.events(
      { source: events.Match.prefix('shop'), detailType: ['OrderPlaced'] },
      { eventBus: busRef },
    ),
  ],
  access: [Access.putEvents(busRef, quiet)],
});

app.addFunction('B', {
  entry: 'b.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  triggers: [
    Trigger.topic(topicRef, {
      filterPolicy: {
        kind: sns.SubscriptionFilter.stringFilter({ allowlist: ['order'], denylist: ['test'] }),
      },
    }),
  ],
});

app.addFunction('C', {
  entry: 'c.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  triggers: [
    Trigger.stream(streamRef, {
      startingPosition: lambda.StartingPosition.LATEST,
      batchSize: 10,
      maxRetryAttempts: 10000,
      bisectBatchOnError: false,
      reportBatchItemFailures: false,
    }),
    Trigger.tableChanges(tableRef, {
      maxRetryAttempts: 2,
      bisectBatchOnError: false,
      reportBatchItemFailures: false,
    }),
  ],
});

app.addFunction('D', {
  entry: 'd.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  triggers: [
    Trigger.schedule(scheduler.ScheduleExpression.expression('rate(5 minutes)'), {
      enabled: false,
    }),
    Trigger.schedule(
      scheduler.ScheduleExpression.expression('cron(0 9 * * ? *)', TimeZone.of('Europe/Paris')),
      { input: scheduler.ScheduleTargetInput.fromObject({ a: 1 }), enabled: true },
    ),
  ],
});

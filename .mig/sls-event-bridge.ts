import { App, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'EventBridge', { stackName: `event-bridge-app-${stage}` });

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

const shop = new events.EventBus(stack, 'ShopEventBridgeEventBus', { eventBusName: 'shop' });

app.addFunction('A', {
  entry: 'src/a.js',
  triggers: [
    Trigger.events(
      {
        source: ['shop.orders'],
        detailType: ['OrderPlaced'],
        detail: { total: [{ numeric: ['>', 100] }] },
      },
      { eventBus: shop, retryPolicy: { retryAttempts: 3, maxEventAge: Duration.seconds(3600) } },
    ),
  ],
});

app.addFunction('B', {
  entry: 'src/b.js',
  triggers: [
    Trigger.events({ source: ['aws.ec2'], detailType: ['EC2 Instance State-change Notification'] }),
  ],
});

app.addFunction('C', {
  entry: 'src/c.js',
  triggers: [
    Trigger.schedule(scheduler.ScheduleExpression.expression('rate(1 hour)'), {
      input: scheduler.ScheduleTargetInput.fromObject({ a: 1 }),
      enabled: true,
    }),
  ],
});

app.addFunction('D', {
  entry: 'src/d.js',
  triggers: [Trigger.events({ source: ['aws.s3'], detailType: ['Object Created'] })],
});

const bus = events.EventBus.fromEventBusArn(
  stack,
  'Bus',
  'arn:aws:events:us-east-1:123456789012:event-bus/other',
);
app.addFunction('E', {
  entry: 'src/e.js',
  triggers: [Trigger.events({ source: ['x'] }, { eventBus: bus })],
});

import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'Sns', { stackName: `sns-app-${stage}` });

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

const own = new sns.CfnTopic(stack, 'Own', { topicName: 'own' });
const ownRef = sns.Topic.fromTopicAttributes(stack, 'OwnRef', { topicArn: own.ref });

const dispatch = app.addTopic('SNSTopicDispatch', { topicName: 'dispatch' });

const aggregate = app.addTopic('SNSTopicAggregate', { topicName: 'aggregate' });

app.addFunction('A', {
  entry: 'src/a.js',
  triggers: [Trigger.topic(dispatch)],
});

app.addFunction('B', {
  entry: 'src/b.js',
  triggers: [
    Trigger.topic(aggregate, {
      filterPolicy: {
        pet: sns.SubscriptionFilter.stringFilter({ allowlist: ['dog'], matchPrefixes: ['ca'] }),
        size: sns.SubscriptionFilter.numericFilter({ greaterThan: 3 }),
      },
    }),
  ],
});

const sharedTopic = sns.Topic.fromTopicArn(
  stack,
  'SharedTopic',
  'arn:aws:sns:us-east-1:123456789012:shared',
);
app.addFunction('C', {
  entry: 'src/c.js',
  triggers: [Trigger.topic(sharedTopic)],
});

app.addFunction('D', {
  entry: 'src/d.js',
  triggers: [Trigger.topic(ownRef)],
});

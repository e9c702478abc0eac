import { App, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Access, AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'ResourcesMany', { stackName: `resources-many-app-${stage}` });

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
});

const bus = new events.CfnEventBus(stack, 'Bus', { name: 'shop' });
const busRef = events.EventBus.fromEventBusName(stack, 'BusRef', bus.ref);

const topic = new sns.CfnTopic(stack, 'Topic');
const topicRef = sns.Topic.fromTopicAttributes(stack, 'TopicRef', { topicArn: topic.ref });

const param = new ssm.CfnParameter(stack, 'Param', {
  name: '/shop/level',
  type: 'String',
  value: 'info',
});
const paramRef = ssm.StringParameter.fromStringParameterAttributes(stack, 'ParamRef', {
  parameterName: param.ref,
  simpleName: false,
});

const secret = new secretsmanager.CfnSecret(stack, 'Secret', {
  generateSecretString: { secretStringTemplate: '{"user":"a"}', generateStringKey: 'password' },
});
secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
const secretRef = secretsmanager.Secret.fromSecretAttributes(stack, 'SecretRef', {
  secretCompleteArn: secret.ref,
});

const key = new kms.CfnKey(stack, 'Key', {
  keyPolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${stack.account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  },
});
key.applyRemovalPolicy(RemovalPolicy.RETAIN);

const group = new logs.CfnLogGroup(stack, 'Group', {
  logGroupName: '/shop/x',
  retentionInDays: 14,
});
group.applyRemovalPolicy(RemovalPolicy.RETAIN);

new cloudwatch.CfnAlarm(stack, 'Alarm', {
  comparisonOperator: 'GreaterThanThreshold',
  evaluationPeriods: 1,
  metricName: 'Errors',
  namespace: 'AWS/Lambda',
  period: 60,
  statistic: 'Sum',
  threshold: 1,
  alarmActions: [topic.ref],
});

new sns.CfnTopicPolicy(stack, 'Policy', {
  topics: [topic.ref],
  policyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic.ref,
      },
    ],
  },
});

new CfnResource(stack, 'Discovery', {
  type: 'AWS::ServiceDiscovery::HttpNamespace',
  properties: { Name: 'shop' },
});

app.addFunction('A', {
  entry: 'src/a.js',
  environment: {
    BUS: bus.ref,
    TOPIC: topic.ref,
    PARAM: param.ref,
    SECRET: secret.ref,
    KEY: key.attrArn,
  },
  access: [
    Access.putEvents(busRef, quiet),
    Access.publish(topicRef, quiet),
    Access.parameter(paramRef, quiet),
    Access.secret(secretRef, quiet),
  ],
  initialPolicy: [
    new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:*'], resources: ['*'] }),
  ],
});

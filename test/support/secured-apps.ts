import { App, Duration, Stack, StackProps, TimeZone } from 'aws-cdk-lib';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  Access,
  AppStage,
  ColdStart,
  Rollout,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import { Construct } from 'constructs';
import { ImageIntakeStack } from '../../examples/image-intake/stack';
import { LiveBoardStack } from '../../examples/live-board/stack';
import { OrdersStack } from '../../examples/orders/stack';
import { ShopEventsStack } from '../../examples/shop-events/stack';
import { PartnerApiStack } from '../../examples/partner-api/stack';
import { SiteMonitorStack } from '../../examples/site-monitor/stack';
import { HANDLERS } from './handlers';

export type MakeApp = (scope: Construct, stage: AppStage, props?: ServerlessAppProps) => Stack;

const NIGHTLY = ScheduleExpression.cron({
  hour: '2',
  minute: '0',
  timeZone: TimeZone.EUROPE_WARSAW,
});
const ENV: StackProps = { env: { account: '111111111111', region: 'eu-west-1' } };
const arn = (service: string, name: string): string =>
  `arn:aws:${service}:eu-west-1:111111111111:${name}`;

/** The app of scripts/reference-app.ts, with an authorizer. */
function reference(scope: Construct, stage: AppStage, props: ServerlessAppProps = {}): Stack {
  const stack = new Stack(scope, 'Reference');
  const http = { authorizer: new HttpIamAuthorizer() };
  const app = new ServerlessApp(stack, 'Orders', { root: HANDLERS, stage, http, ...props });
  const orders = app.addTable('Orders', { partitionKey: 'id' });
  const uploads = app.addBucket('Uploads');
  app.onRequest('GET /orders/{id}', 'ok.ts', { id: 'GetOrder' }).reads(orders);
  app.onRequest('GET /orders', 'ok.ts', { id: 'ListOrders' }).reads(orders);
  app.onRequest('POST /orders', 'ok.ts', { id: 'CreateOrder' }).writes(orders);
  app.onTableChange(orders, 'ok.ts', { id: 'ProjectOrder' });
  app
    .onObjectCreated(uploads, 'ok.ts', { id: 'ImportOrders', prefix: 'uploads/', suffix: '.csv' })
    .reads(uploads)
    .writes(orders);
  app.onSchedule(NIGHTLY, 'ok.ts', { id: 'CloseDay' }).reads(orders);
  return stack;
}

/** All defaults: a function that nothing runs, a table, a bucket. */
function allDefaults(scope: Construct, stage: AppStage, props: ServerlessAppProps = {}): Stack {
  const stack = new Stack(scope, 'Defaults');
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, stage, ...props });
  const table = app.addTable('Things', { partitionKey: 'id' });
  const bucket = app.addBucket('Files');
  app.addFunction('Work', { entry: 'ok.ts' }).readsAndWrites(table, bucket);
  app.onTableChange(table, 'ok.ts');
  app.onObjectCreated(bucket, 'other.ts');
  app.onSchedule(NIGHTLY, 'third.ts');
  return stack;
}

/** Everything that makes a grant. What is not the app's is imported, so that all that is found is of the app. */
function everything(scope: Construct, stage: AppStage, props: ServerlessAppProps = {}): Stack {
  const stack = new Stack(scope, 'Everything', ENV);
  const key = kms.Key.fromKeyArn(stack, 'Key', arn('kms', 'key/1'));
  const app = new ServerlessApp(stack, 'App', {
    root: HANDLERS,
    stage,
    http: { authorizer: new HttpIamAuthorizer() },
    ...props,
  });
  const table = app.addTable('Ledger', {
    partitionKey: 'id',
    encryption: dynamodb.TableEncryptionV2.customerManagedKey(key),
    globalSecondaryIndexes: [
      { indexName: 'byDay', partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING } },
    ],
  });
  const bucket = app.addBucket('Files', { encryptionKey: key });
  const theirs = s3.Bucket.fromBucketName(stack, 'Theirs', 'theirs');
  const clicks = app.addStream('Clicks');
  const hook = app.addFunction('SmokeTest', { entry: 'ok.ts' });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-00000001',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-00000001'],
  });
  app
    .addFunction('Everything', {
      entry: 'ok.ts',
      vpc,
      tracing: lambda.Tracing.ACTIVE,
      coldStart: ColdStart.provisioned({ min: 1, max: 2, force: true }),
      rollout: Rollout.canary({
        percent: 10,
        interval: Duration.minutes(5),
        beforeTraffic: hook,
      }),
      triggers: [
        Trigger.http('POST /everything'),
        Trigger.schedule(NIGHTLY),
        Trigger.tableChanges(table),
        Trigger.objectCreated(bucket),
        Trigger.objectCreated(theirs),
        Trigger.topic(sns.Topic.fromTopicArn(stack, 'Alerts', arn('sns', 'alerts'))),
        Trigger.events({ source: ['shop'] }, { eventBus: app.addEventBus('Bus') }),
        Trigger.stream(clicks),
        Trigger.stream(app.addStream('Views'), { enhancedFanOut: true }),
      ],
      access: [
        Access.secret(secretsmanager.Secret.fromSecretNameV2(stack, 'Db', 'db')),
        Access.parameter(ssm.StringParameter.fromStringParameterName(stack, 'Limit', 'limit')),
        Access.send(sqs.Queue.fromQueueArn(stack, 'Jobs', arn('sqs', 'jobs'))),
        Access.publish(sns.Topic.fromTopicArn(stack, 'News', arn('sns', 'news'))),
        Access.putEvents(app.defaultEventBus, { detailTypes: ['OrderPaid'] }),
        Access.invoke(app.addFunction('Called', { entry: 'ok.ts' })),
        Access.startExecution(
          sfn.StateMachine.fromStateMachineArn(stack, 'Pay', arn('states', 'stateMachine:pay')),
        ),
        Access.sendEmail(ses.EmailIdentity.fromEmailIdentityName(stack, 'Mail', 'shop.example')),
        Access.userPoolAdmin(cognito.UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_a'), [
          'AdminGetUser',
        ]),
        Access.parametersByPath('/shop'),
        Access.putMetrics('Shop'),
      ],
    })
    .readsAndWrites(table, bucket, theirs, clicks);
  return stack;
}

/** By name. Each in production and in development. */
export const SECURED_APPS: Readonly<Record<string, MakeApp>> = {
  'the app with all defaults': allDefaults,
  'the reference app, with an authorizer': reference,
  'an app with everything': everything,
  'an app with everything, in shards': (scope, stage, props) =>
    everything(scope, stage, { sharding: Sharding.nestedStacks(2), ...props }),
  'examples/orders': (scope, stage) => new OrdersStack(scope, 'Orders', { stage }),
  'examples/image-intake': (scope, stage) => new ImageIntakeStack(scope, 'Images', { stage }),
  'examples/live-board': (scope, stage) => new LiveBoardStack(scope, 'LiveBoard', { stage }),
  'examples/partner-api': (scope, stage) => new PartnerApiStack(scope, 'PartnerApi', { stage }),
  'examples/shop-events': (scope, stage) => new ShopEventsStack(scope, 'ShopEvents', { stage }),
  'examples/site-monitor': (scope, stage) => new SiteMonitorStack(scope, 'Monitor', { stage }),
};

export const IN_BOTH_STAGES = Object.entries(SECURED_APPS).flatMap(([name, make]) =>
  [AppStage.PRODUCTION, AppStage.DEVELOPMENT].map(
    (stage) => [`${name}, ${stage}`, (cdk: App) => make(cdk, stage)] as const,
  ),
);

export { everything, reference as referenceApp };

import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { CorsHttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import {
  Access,
  AppStage,
  Budget,
  ColdStart,
  Rollout,
  ServerlessApp,
  ServerlessAppProps,
} from 'cdk-serverless-app';
import { Construct } from 'constructs';
import { HANDLERS } from './handlers';

const ACCOUNT = '111111111111';
const NIGHTLY = scheduler.ScheduleExpression.cron({
  hour: '2',
  minute: '0',
  timeZone: TimeZone.EUROPE_WARSAW,
});

/** An app in which every trigger and every part has its options, for what reads templates as a whole. */
export function allOptions(
  scope: Construct,
  stage: AppStage,
  props: ServerlessAppProps = {},
): Stack {
  const stack = new Stack(scope, 'AllOptions', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const app = new ServerlessApp(stack, 'App', {
    root: HANDLERS,
    stage,
    notify: ['ops@example.com'],
    budget: Budget.monthly(200, { actual: [50], forecast: [90], notify: ['cfo@example.com'] }),
    alarms: { Throttles: { evaluationPeriods: 3 } },
    http: {
      authorizer: new HttpIamAuthorizer(),
      throttle: { rateLimit: 100, burstLimit: 50 },
      cors: {
        allowOrigins: ['https://example.com'],
        allowMethods: [CorsHttpMethod.GET],
        maxAge: Duration.days(1),
      },
      domain: {
        domainName: 'api.example.com',
        certificate: acm.Certificate.fromCertificateArn(
          stack,
          'Certificate',
          `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/00000000-0000-0000-0000-000000000000`,
        ),
        hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
          hostedZoneId: 'Z00000000000000000000',
          zoneName: 'example.com',
        }),
      },
    },
    ...props,
  });
  routes(app);
  tables(app);
  objects(app);
  messages(app);
  schedules(app, stack);
  functions(app);
  return stack;
}

function routes(app: ServerlessApp): void {
  const jwt = new HttpJwtAuthorizer('Tokens', 'https://tokens.example.com', {
    jwtAudience: ['orders'],
  });
  app.onRequest('GET /orders/{id}', 'ok.ts', {
    id: 'GetOrder',
    authorizer: jwt,
    authorizationScopes: ['orders.read'],
    throttle: { rateLimit: 20, burstLimit: 10 },
    coldStart: ColdStart.provisioned({ min: 1, max: 3, force: true }),
  });
  app.onRequest('GET /health', 'ok.ts', { id: 'Health', authorizer: new HttpNoneAuthorizer() });
}

function tables(app: ServerlessApp): void {
  const table = app.addTable('Ledger', {
    partitionKey: 'id',
    sortKey: 'at',
    timeToLiveAttribute: 'until',
    billing: dynamodb.Billing.provisioned({
      readCapacity: dynamodb.Capacity.autoscaled({ maxCapacity: 9 }),
      writeCapacity: dynamodb.Capacity.autoscaled({ maxCapacity: 9 }),
    }),
    localSecondaryIndexes: [
      { indexName: 'byKind', sortKey: { name: 'kind', type: dynamodb.AttributeType.STRING } },
    ],
    globalSecondaryIndexes: [
      { indexName: 'byDay', partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING } },
    ],
  });
  app
    .onTableChange(table, 'ok.ts', {
      id: 'ProjectOrder',
      batchSize: 50,
      maxBatchingWindow: Duration.seconds(5),
      filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.isEqual('INSERT') })],
      parallelizationFactor: 2,
      maxRetryAttempts: 3,
      maxRecordAge: Duration.hours(2),
      bisectBatchOnError: false,
    })
    .reads(table);
}

function objects(app: ServerlessApp): void {
  const bucket = app.addBucket('Uploads', {
    versioned: true,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
  });
  app
    .onObjectCreated(bucket, 'ok.ts', {
      id: 'ImportOrders',
      prefix: 'in/',
      suffix: '.csv',
      eventTypes: [s3.EventType.OBJECT_CREATED_PUT],
      retryAttempts: 1,
      maxEventAge: Duration.hours(1),
    })
    .readsAndWrites(bucket);
}

function messages(app: ServerlessApp): void {
  const queue = app.addQueue('Jobs');
  app.onMessage(queue, 'ok.ts', {
    id: 'Work',
    batchSize: 5,
    maxBatchingWindow: Duration.seconds(1),
    maxConcurrency: 4,
    filters: [lambda.FilterCriteria.filter({ body: { kind: lambda.FilterRule.isEqual('paid') } })],
  });
  app.onMessage(app.addQueue('Ordered', { fifo: true }), 'ok.ts', { id: 'WorkInOrder' });
  app.addFunction('Send', { entry: 'ok.ts', access: [Access.send(queue)] });
}

function schedules(app: ServerlessApp, stack: Stack): void {
  app.onSchedule(NIGHTLY, 'ok.ts', {
    id: 'CloseDay',
    retryAttempts: 1,
    maxEventAge: Duration.hours(1),
    input: scheduler.ScheduleTargetInput.fromObject({ kind: 'daily' }),
    timeWindow: scheduler.TimeWindow.flexible(Duration.minutes(10)),
    start: new Date('2036-01-01T00:00:00Z'),
    end: new Date('2036-12-31T00:00:00Z'),
    scheduleGroup: new scheduler.ScheduleGroup(stack, 'Group'),
  });
}

function functions(app: ServerlessApp): void {
  app.addFunction('Rolled', {
    entry: 'ok.ts',
    functionName: 'rolled',
    description: 'The newest version gets a tenth of the calls for five minutes',
    memorySize: 1024,
    timeout: Duration.seconds(20),
    environment: { LIMIT: '1' },
    architecture: lambda.Architecture.X86_64,
    runtime: lambda.Runtime.NODEJS_22_X,
    tracing: lambda.Tracing.ACTIVE,
    reservedConcurrentExecutions: 5,
    rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5) }),
  });
}

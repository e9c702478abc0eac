import * as path from 'node:path';
import * as cdk from 'aws-cdk-lib/core';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { DynamoEventSource, S3OnFailureDestination } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  LambdaDestination,
  SqsDestination as QueueNotification,
} from 'aws-cdk-lib/aws-s3-notifications';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * What `examples/orders` deploys, in plain CDK: the same handlers, tables, buckets, routes, retries, failure queue and logs.
 * It replaces the empty stack that `cdk init app --language typescript` creates.
 */
export class OrdersStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const orders = new dynamodb.TableV2(this, 'Orders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: 'byDay',
          partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING },
        },
      ],
      dynamoStream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
    });
    const views = new dynamodb.TableV2(this, 'Views', {
      partitionKey: { name: 'view', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'entry', type: dynamodb.AttributeType.STRING },
      dynamoStream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
    });
    const uploads = this.bucket('Uploads', {
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: cdk.Duration.days(7) }],
    });
    const failureBucket = this.bucket('FailureBucket', {
      lifecycleRules: [
        {
          expiration: cdk.Duration.days(90),
          abortIncompleteMultipartUploadAfter: cdk.Duration.days(7),
        },
      ],
    });
    const failureQueue = new sqs.Queue(this, 'FailureQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: cdk.Duration.days(14),
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    failureBucket.addObjectCreatedNotification(new QueueNotification(failureQueue));
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.THREE_MONTHS,
    });

    const api = new apigateway.HttpApi(this, 'Api', { createDefaultStage: false });
    const accessLog = new logs.LogGroup(this, 'AccessLog', {
      retention: logs.RetentionDays.THREE_MONTHS,
    });
    const stage = api.addStage('DefaultStage', {
      autoDeploy: true,
      throttle: { rateLimit: 1000, burstLimit: 2000 },
      accessLogSettings: { destination: new apigateway.LogGroupLogDestination(accessLog) },
    });
    const asynchronous: lambda.EventInvokeConfigOptions = {
      retryAttempts: 2,
      maxEventAge: cdk.Duration.hours(6),
      onFailure: new SqsDestination(failureQueue),
    };

    const getOrder = this.handler('GetOrder', 'get-order', logGroup, TEN_SECONDS);
    route(api, apigateway.HttpMethod.GET, '/orders/{id}', getOrder);
    orders.grantReadData(getOrder);
    getOrder.addEnvironment('ORDERS_TABLE_NAME', orders.tableName);

    const listOrders = this.handler('ListOrders', 'list-orders', logGroup, TEN_SECONDS);
    route(api, apigateway.HttpMethod.GET, '/orders', listOrders);
    views.grantReadData(listOrders);
    listOrders.addEnvironment('VIEWS_TABLE_NAME', views.tableName);

    const createOrder = this.handler('CreateOrder', 'create-order', logGroup, TEN_SECONDS);
    route(api, apigateway.HttpMethod.POST, '/orders', createOrder);
    orders.grantWriteData(createOrder);
    createOrder.addEnvironment('ORDERS_TABLE_NAME', orders.tableName);

    const projectOrder = this.handler('ProjectOrder', 'project-order', logGroup, ONE_MINUTE);
    projectOrder.addEventSource(
      new DynamoEventSource(orders, {
        startingPosition: lambda.StartingPosition.LATEST,
        batchSize: 100,
        bisectBatchOnError: true,
        retryAttempts: 5,
        maxRecordAge: cdk.Duration.hours(24),
        reportBatchItemFailures: true,
        onFailure: new S3OnFailureDestination(failureBucket),
      }),
    );
    views.grantWriteData(projectOrder);
    projectOrder.addEnvironment('VIEWS_TABLE_NAME', views.tableName);

    const importOrders = this.handler('ImportOrders', 'import-orders', logGroup, ONE_MINUTE);
    importOrders.configureAsyncInvoke(asynchronous);
    uploads.addObjectCreatedNotification(new LambdaDestination(importOrders), {
      prefix: 'uploads/',
      suffix: '.csv',
    });
    uploads.grantRead(importOrders);
    importOrders.addEnvironment('UPLOADS_BUCKET_NAME', uploads.bucketName);
    orders.grantWriteData(importOrders);
    importOrders.addEnvironment('ORDERS_TABLE_NAME', orders.tableName);

    const closeDay = this.handler('CloseDay', 'close-day', logGroup, ONE_MINUTE);
    closeDay.configureAsyncInvoke(asynchronous);
    new Schedule(this, 'CloseDaySchedule', {
      schedule: ScheduleExpression.cron({
        hour: '2',
        minute: '0',
        timeZone: cdk.TimeZone.EUROPE_WARSAW,
      }),
      target: new LambdaInvoke(closeDay, {
        retryAttempts: 10,
        maxEventAge: cdk.Duration.hours(1),
        deadLetterQueue: failureQueue,
      }),
    });
    orders.grantReadData(closeDay);
    closeDay.addEnvironment('ORDERS_TABLE_NAME', orders.tableName);
    views.grantWriteData(closeDay);
    closeDay.addEnvironment('VIEWS_TABLE_NAME', views.tableName);

    new cdk.CfnOutput(this, 'Url', { value: stage.url });
    new cdk.CfnOutput(this, 'OrdersTable', { value: orders.tableName });
    new cdk.CfnOutput(this, 'ViewsTable', { value: views.tableName });
    new cdk.CfnOutput(this, 'UploadsBucket', { value: uploads.bucketName });
    new cdk.CfnOutput(this, 'FailureQueueUrl', { value: failureQueue.queueUrl });
  }

  private bucket(id: string, props: s3.BucketProps): s3.Bucket {
    return new s3.Bucket(this, id, {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      ...props,
    });
  }

  /** `NodejsFunction` with its default bundling. */
  private handler(
    id: string,
    file: string,
    logGroup: logs.ILogGroup,
    timeout: cdk.Duration,
  ): NodejsFunction {
    return new NodejsFunction(this, id, {
      entry: path.join(__dirname, '..', 'src', `${file}.ts`),
      architecture: lambda.Architecture.ARM_64,
      memorySize: 1024,
      timeout,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      systemLogLevelV2: lambda.SystemLogLevel.INFO,
      applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
    });
  }
}

const TEN_SECONDS = cdk.Duration.seconds(10);
const ONE_MINUTE = cdk.Duration.minutes(1);

function route(
  api: apigateway.HttpApi,
  method: apigateway.HttpMethod,
  routePath: string,
  handler: lambda.IFunction,
): void {
  api.addRoutes({
    path: routePath,
    methods: [method],
    integration: new HttpLambdaIntegration(`${handler.node.id}Integration`, handler),
  });
}

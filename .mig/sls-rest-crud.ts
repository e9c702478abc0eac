import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Access, AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'RestCrud', { stackName: `rest-crud-app-${stage}` });

// The functions find their resources by the variables of the source, so an access adds none.
const quiet = { setEnvironmentVariable: false };

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
    environment: { DYNAMODB_TABLE: `rest-crud-${stage}` },
  },
  rest: {
    stageName: stage,
    endpointType: apigw.EndpointType.EDGE,
    cors: {
      allowOrigins: ['*'],
      allowHeaders: [
        'Content-Type',
        'X-Amz-Date',
        'Authorization',
        'X-Api-Key',
        'X-Amz-Security-Token',
        'X-Amz-User-Agent',
      ],
      allowMethods: [apigateway.CorsHttpMethod.ANY],
    },
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    accessLog: false,
  },
});

const todosDynamoDbTable = new dynamodb.CfnTable(stack, 'TodosDynamoDbTable', {
  attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  provisionedThroughput: { readCapacityUnits: 1, writeCapacityUnits: 1 },
  tableName: `rest-crud-${stage}`,
});
todosDynamoDbTable.applyRemovalPolicy(RemovalPolicy.RETAIN);
const todosDynamoDbTableRef = dynamodb.Table.fromTableAttributes(stack, 'TodosDynamoDbTableRef', {
  tableName: todosDynamoDbTable.ref,
});

app.addFunction('Create', {
  entry: 'todos/create.js',
  handler: 'create',
  triggers: [Trigger.http('POST /todos')],
  access: [Access.readWrite(todosDynamoDbTableRef, quiet)],
});

app.addFunction('List', {
  entry: 'todos/list.js',
  handler: 'list',
  triggers: [Trigger.http('GET /todos')],
  access: [Access.readWrite(todosDynamoDbTableRef, quiet)],
});

app.addFunction('Get', {
  entry: 'todos/get.js',
  handler: 'get',
  triggers: [Trigger.http('GET /todos/{id}')],
  access: [Access.readWrite(todosDynamoDbTableRef, quiet)],
});

app.addFunction('Delete', {
  entry: 'todos/delete.js',
  handler: 'delete',
  triggers: [Trigger.http('DELETE /todos/{id}')],
  access: [Access.readWrite(todosDynamoDbTableRef, quiet)],
});

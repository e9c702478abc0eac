import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Access, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamTableCrud', { stackName: 'sam-table-crud-app' });

// The functions find their resources by the variables of the source, so an access adds none.
const quiet = { setEnvironmentVariable: false };

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 256,
    timeout: Duration.seconds(10),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  http: { throttle: { rateLimit: 10_000, burstLimit: 5000 }, accessLog: false },
});

const table = new dynamodb.CfnTable(stack, 'Table', {
  attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  billingMode: 'PAY_PER_REQUEST',
});
table.applyRemovalPolicy(RemovalPolicy.RETAIN);
const tableRef = dynamodb.Table.fromTableAttributes(stack, 'TableRef', { tableName: table.ref });

app.addFunction('Get', {
  entry: 'src/get.js',
  triggers: [Trigger.http('GET /items/{id}')],
  access: [Access.read(tableRef, quiet)],
});

const put = app.addFunction('Put', {
  entry: 'src/put.js',
  triggers: [Trigger.http('POST /items')],
  access: [Access.readWrite(tableRef, quiet)],
});
put.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMReadOnlyAccess'));

for (const fn of app.functions) {
  fn.function.addEnvironment('TABLE', table.ref);
}

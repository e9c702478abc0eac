import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Access, AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'IamPerFunction', { stackName: `iam-per-function-app-${stage}` });

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

const things = new dynamodb.CfnTable(stack, 'Things', {
  tableName: 'things',
  billingMode: 'PAY_PER_REQUEST',
  attributeDefinitions: [
    { attributeName: 'id', attributeType: 'S' },
    { attributeName: 'owner', attributeType: 'S' },
  ],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  globalSecondaryIndexes: [
    {
      indexName: 'byOwner',
      keySchema: [{ attributeName: 'owner', keyType: 'HASH' }],
      projection: { projectionType: 'ALL' },
    },
  ],
});
things.applyRemovalPolicy(RemovalPolicy.RETAIN);
const thingsRef = dynamodb.Table.fromTableAttributes(stack, 'ThingsRef', {
  tableName: things.ref,
  globalIndexes: ['byOwner'],
});

const read = app.addFunction('Read', {
  entry: 'src/read.js',
  access: [Access.read(thingsRef, quiet)],
});
read.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMReadOnlyAccess'));

const write = app.addFunction('Write', {
  entry: 'src/write.js',
  access: [Access.write(thingsRef, quiet)],
  initialPolicy: [
    new iam.PolicyStatement({ actions: ['dynamodb:TagResource'], resources: [things.attrArn] }),
  ],
});
write.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMReadOnlyAccess'));

const all = app.addFunction('All', {
  entry: 'src/all.js',
  access: [Access.readWrite(thingsRef, quiet)],
  initialPolicy: [
    new iam.PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': 'shop' } },
    }),
  ],
});
all.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMReadOnlyAccess'));

const boundary = iam.ManagedPolicy.fromManagedPolicyArn(
  stack,
  'Boundary',
  'arn:aws:iam::123456789012:policy/boundary',
);
iam.PermissionsBoundary.of(stack).apply(boundary);

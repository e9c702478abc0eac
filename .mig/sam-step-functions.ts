import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Access, ServerlessApp } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamStepFunctions', { stackName: 'sam-step-functions-app' });

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

const table = new dynamodb.CfnTable(stack, 'Table', {
  attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  billingMode: 'PAY_PER_REQUEST',
});
table.applyRemovalPolicy(RemovalPolicy.RETAIN);

const check = app.addFunction('Check', {
  entry: 'functions/check/app.js',
  handler: 'lambdaHandler',
  runtime: lambda.Runtime.NODEJS_22_X,
});

const machine = new sfn.StateMachine(stack, 'Machine', {
  definitionBody: sfn.DefinitionBody.fromFile('statemachine/order.asl.json'),
  definitionSubstitutions: { CheckArn: check.function.functionArn, Table: table.ref },
});
check.target.grantInvoke(machine);

app.addFunction('Start', {
  entry: 'functions/start/app.js',
  handler: 'lambdaHandler',
  runtime: lambda.Runtime.NODEJS_22_X,
  access: [Access.startExecution(machine, quiet)],
});

// Not carried over: Resources.Machine.Events: events that start a state machine are not carried
// over: use `app.forwardRequest(…)`, a rule or a schedule
// Not carried over: Resources.Machine: the access `write` of the state machine to {"Ref":"Table"}
// is not carried over: write a grant of the CDK, such as `table.grantWriteData(machine)`

import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'StepFunctions', { stackName: `step-functions-app-${stage}` });

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

const first = app.addFunction('First', {
  entry: 'src/first.js',
});

const second = app.addFunction('Second', {
  entry: 'src/second.js',
});

const orderStepFunctionsStateMachine = new sfn.StateMachine(
  stack,
  'OrderStepFunctionsStateMachine',
  {
    stateMachineName: `order-${stage}`,
    definitionBody: sfn.DefinitionBody.fromString(
      stack.toJsonString({
        StartAt: 'First',
        States: {
          First: { Type: 'Task', Resource: first.function.functionArn, Next: 'Second' },
          Second: { Type: 'Task', Resource: second.function.functionArn, End: true },
        },
      }),
    ),
  },
);
first.target.grantInvoke(orderStepFunctionsStateMachine);
second.target.grantInvoke(orderStepFunctionsStateMachine);

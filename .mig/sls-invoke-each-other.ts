import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'InvokeEachOther', { stackName: `invoke-each-other-app-${stage}` });

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

const callee = app.addFunction('Callee', {
  entry: 'src/callee.js',
  initialPolicy: [
    new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: ['*'] }),
  ],
});

app.addFunction('Caller', {
  entry: 'src/caller.js',
  environment: { CALLEE: callee.function.functionName },
  initialPolicy: [
    new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: ['*'] }),
  ],
});

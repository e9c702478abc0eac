import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamLayer', { stackName: 'sam-layer-app' });

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
});

const shared = new lambda.LayerVersion(stack, 'Shared', {
  code: lambda.Code.fromAsset('layer'),
  layerVersionName: 'shared',
});

app.addFunction('Fn', {
  entry: 'fn.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  layers: [shared],
  initialPolicy: [
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::other/*'] }),
  ],
});

import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Access, AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'S3Own', { stackName: `s3-own-app-${stage}` });

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

const uploads = app.addBucket('Uploads', { bucketName: `uploads-${stage}-xyz` });
const cfnUploads = uploads.node.defaultChild as s3.CfnBucket;
cfnUploads.overrideLogicalId('Uploads'); // the resource stays the same one
cfnUploads.addPropertyOverride('CorsConfiguration', {
  CorsRules: [{ AllowedMethods: ['PUT'], AllowedOrigins: ['*'], AllowedHeaders: ['*'] }],
});

app.addFunction('Scan', {
  entry: 'src/scan.js',
  triggers: [Trigger.objectCreated(uploads, { eventTypes: [s3.EventType.OBJECT_CREATED_PUT] })],
  access: [Access.readWrite(uploads, quiet)],
});

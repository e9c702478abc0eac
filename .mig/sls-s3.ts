import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'S3', { stackName: `s3-app-${stage}` });

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

const s3BucketBucket = app.addBucket('S3BucketBucket', { bucketName: `photos-${stage}-abc` });
const cfnS3BucketBucket = s3BucketBucket.node.defaultChild as s3.CfnBucket;
cfnS3BucketBucket.overrideLogicalId('S3BucketBucket'); // the resource stays the same one

app.addFunction('Resize', {
  entry: 'src/resize.js',
  triggers: [Trigger.objectCreated(s3BucketBucket, { prefix: 'uploads/', suffix: '.jpg' })],
});

app.addFunction('Removed', {
  entry: 'src/removed.js',
  triggers: [Trigger.objectCreated(s3BucketBucket, { eventTypes: [s3.EventType.OBJECT_REMOVED] })],
});

const anOldBucketBucket = s3.Bucket.fromBucketName(stack, 'AnOldBucketBucket', 'an-old-bucket');
app.addFunction('Old', {
  entry: 'src/old.js',
  triggers: [Trigger.objectCreated(anOldBucketBucket)],
});

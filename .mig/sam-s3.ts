import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Access, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamS3', { stackName: 'sam-s3-app' });

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

const photos = app.addBucket('Photos', { bucketName: `photos-${stack.account}` });
const cfnPhotos = photos.node.defaultChild as s3.CfnBucket;
cfnPhotos.overrideLogicalId('Photos'); // the resource stays the same one

const thumbs = new s3.CfnBucket(stack, 'Thumbs');
thumbs.applyRemovalPolicy(RemovalPolicy.RETAIN);
const thumbsRef = s3.Bucket.fromBucketAttributes(stack, 'ThumbsRef', { bucketName: thumbs.ref });

app.addFunction('Resize', {
  entry: 'resize.js',
  runtime: lambda.Runtime.NODEJS_22_X,
  memorySize: 512,
  environment: { THUMBS: thumbs.ref },
  triggers: [Trigger.objectCreated(photos, { suffix: '.jpg' })],
  access: [Access.read(photos, quiet), Access.readWrite(thumbsRef, quiet)],
});

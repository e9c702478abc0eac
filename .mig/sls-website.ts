import { App, CfnCondition, CfnOutput, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'Website', { stackName: `website-app-${stage}` });

const isProdCondition = new CfnCondition(stack, 'IsProd', {
  expression: Fn.conditionEquals(stage, 'prod'),
});

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  http: { throttle: { rateLimit: 10_000, burstLimit: 5000 }, accessLog: false },
});

const site = new s3.CfnBucket(stack, 'Site', {
  bucketName: `site-${stage}`,
  publicAccessBlockConfiguration: {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
});
site.applyRemovalPolicy(RemovalPolicy.RETAIN);

const access = new cloudfront.CfnCloudFrontOriginAccessIdentity(stack, 'Access', {
  cloudFrontOriginAccessIdentityConfig: { comment: 'site' },
});

new s3.CfnBucketPolicy(stack, 'SitePolicy', {
  bucket: site.ref,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `${site.attrArn}/*`,
        Principal: { CanonicalUser: access.attrS3CanonicalUserId },
      },
    ],
  },
});

const cdn = new cloudfront.CfnDistribution(stack, 'Cdn', {
  distributionConfig: {
    enabled: true,
    defaultRootObject: 'index.html',
    origins: [
      {
        id: 'site',
        domainName: site.attrRegionalDomainName,
        s3OriginConfig: { originAccessIdentity: `origin-access-identity/cloudfront/${access.ref}` },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: 'site',
      viewerProtocolPolicy: 'redirect-to-https',
      forwardedValues: { queryString: false },
    },
  },
});
cdn.cfnOptions.condition = isProdCondition;

app.addFunction('Api', {
  entry: 'src/api.js',
  triggers: [Trigger.http('GET /api')],
});

new CfnOutput(stack, 'Api', {
  value: `https://${app.api.apiId}.execute-api.${stack.region}.amazonaws.com`,
  exportName: `website-${stage}-api`,
});

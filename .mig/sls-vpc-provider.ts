import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AppFunction, AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'VpcProvider', { stackName: `vpc-provider-app-${stage}` });

const key = kms.Key.fromKeyArn(
  stack,
  'Key',
  'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012',
);

/** Puts a function into subnets that exist. */
function connect(fn: AppFunction, vpcConfig: lambda.CfnFunction.VpcConfigProperty): void {
  (fn.function.node.defaultChild as lambda.CfnFunction).vpcConfig = vpcConfig;
  fn.role.addManagedPolicy(
    iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
  );
}

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
    environmentEncryption: key,
  },
});

const group = new ec2.CfnSecurityGroup(stack, 'Group', {
  groupDescription: 'functions',
  vpcId: 'vpc-1',
});

const a = app.addFunction('A', {
  entry: 'src/a.js',
});

for (const fn of app.functions) {
  connect(fn, {
    securityGroupIds: [group.attrGroupId],
    subnetIds: [
      ssm.StringParameter.valueForStringParameter(stack, '/net/subnet-a'),
      ssm.StringParameter.valueForStringParameter(stack, '/net/subnet-b'),
    ],
  });
}

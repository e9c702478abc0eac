import {
  App,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  RemovalPolicy,
  Stack,
  Token,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppFunction, ServerlessApp } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamParameters', { stackName: 'sam-parameters-app' });

const stageParameter = new CfnParameter(stack, 'Stage', {
  type: 'String',
  default: 'dev',
  allowedValues: ['dev', 'prod'],
});
const subnetsParameter = new CfnParameter(stack, 'Subnets', {
  type: 'CommaDelimitedList',
  default: 'subnet-1,subnet-2',
});
new CfnParameter(stack, 'Secret', {
  type: 'String',
  default: 'x',
  noEcho: true,
});
new CfnMapping(stack, 'Sizes', { mapping: { dev: { memory: 128 }, prod: { memory: 512 } } });
const isProdCondition = new CfnCondition(stack, 'IsProd', {
  expression: Fn.conditionEquals(stageParameter.valueAsString, 'prod'),
});
const notProdCondition = new CfnCondition(stack, 'NotProd', {
  expression: Fn.conditionNot(isProdCondition),
});

/** Puts a function into subnets that exist. */
function connect(fn: AppFunction, vpcConfig: lambda.CfnFunction.VpcConfigProperty): void {
  (fn.function.node.defaultChild as lambda.CfnFunction).vpcConfig = vpcConfig;
  fn.role.addManagedPolicy(
    iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
  );
}

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
});

const bucket = new s3.CfnBucket(stack, 'Bucket', {
  bucketName: `data-${stageParameter.valueAsString}-${stack.account}`,
});
bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
bucket.cfnOptions.condition = notProdCondition;

const fn = app.addFunction('Fn', {
  entry: 'index.js',
  functionName: `shop-${stageParameter.valueAsString}`,
  runtime: lambda.Runtime.NODEJS_22_X,
  memorySize: Token.asNumber(Fn.findInMap('Sizes', stageParameter.valueAsString, 'memory')),
  environment: {
    STAGE: stageParameter.valueAsString,
    KIND: Fn.conditionIf('IsProd', 'big', 'small').toString(),
    LIST: `a,${stageParameter.valueAsString}`,
  },
});
connect(fn, { securityGroupIds: ['sg-1'], subnetIds: subnetsParameter.valueAsList });

new CfnOutput(stack, 'BucketOutput', {
  value: bucket.attrArn,
  exportName: `${stack.stackName}-bucket`,
});

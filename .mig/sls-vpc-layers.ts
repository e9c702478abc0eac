import { App, Duration, Size, Stack, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppFunction, AppStage, ColdStart, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'VpcLayers', { stackName: `vpc-layers-app-${stage}` });

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
  },
});

const toolsLambdaLayer = new lambda.LayerVersion(stack, 'ToolsLambdaLayer', {
  code: lambda.Code.fromAsset('layers/tools'),
  description: 'tools',
});

const layer = lambda.LayerVersion.fromLayerVersionArn(
  stack,
  'Layer',
  'arn:aws:lambda:us-east-1:123456789012:layer:shared:3',
);
const a = app.addFunction('A', {
  entry: 'src/a.js',
  layers: [toolsLambdaLayer, layer],
});
connect(a, { securityGroupIds: ['sg-1'], subnetIds: ['subnet-1', 'subnet-2'] });

app.addFunction('B', {
  entry: 'src/b.js',
  ephemeralStorageSize: Size.mebibytes(1024),
  retryAttempts: 1,
  maxEventAge: Duration.seconds(3600),
  coldStart: ColdStart.provisioned({ min: 2 }),
});

Tags.of(stack).add('app', 'shop');

import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'SamHello', { stackName: `sam-hello-app-${stage}` });

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
  rest: {
    stageName: 'Prod',
    endpointType: apigw.EndpointType.EDGE,
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    accessLog: false,
  },
});

const helloWorld = app.addFunction('HelloWorld', {
  entry: 'hello-world/app.ts',
  handler: 'lambdaHandler',
  runtime: lambda.Runtime.NODEJS_22_X,
  architecture: lambda.Architecture.X86_64,
  bundling: { sourceMap: true },
  triggers: [Trigger.http('GET /hello')],
});

new CfnOutput(stack, 'HelloWorldApi', {
  value: `https://${app.restApi.restApiId}.execute-api.${stack.region}.amazonaws.com/Prod/hello/`,
  description: 'URL',
});
new CfnOutput(stack, 'HelloWorldFunction', { value: helloWorld.function.functionArn });

// Not carried over: Outputs.Role: the output is not carried over: it refers to
// HelloWorldFunctionRole.Arn, which the app does not have

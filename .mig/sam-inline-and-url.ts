import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp } from 'cdk-serverless-app';

// Migrated from template.yaml (SAM). The stack has another name than the old one, so that both can
// exist until you have moved.
const cdk = new App();
const stack = new Stack(cdk, 'SamInlineAndUrl', { stackName: 'sam-inline-and-url-app' });

const app = new ServerlessApp(stack, 'App', {
  functionDefaults: {
    architecture: lambda.Architecture.X86_64,
    memorySize: 128,
    timeout: Duration.seconds(3),
    loggingFormat: lambda.LoggingFormat.TEXT,
  },
});

// Not carried over: the function Inline, which has no handler in a file.

// Url: the function URL is not carried over: the library has routes of an API instead; `triggers:
// [Trigger.http("$default")]` sends it all requests
// Url: write `rollout: Rollout.canary(…)` or `Rollout.linear(…)`
app.addFunction('Url', {
  entry: 'url.js',
  runtime: lambda.Runtime.NODEJS_22_X,
});

// Not carried over: Resources.Inline: code in the template and container images are not carried
// over: put the code into a file, or write `new lambda.DockerImageFunction(…)`
// Not carried over: Resources.Url.FunctionUrlConfig: the function URL is not carried over: the
// library has routes of an API instead; `triggers: [Trigger.http("$default")]` sends it all
// requests
// Not carried over: Resources.Url.DeploymentPreference: write `rollout: Rollout.canary(…)` or
// `Rollout.linear(…)`
// Not carried over: Resources.Inline: the function is not carried over: it has no handler in a file

import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'Unsupported', { stackName: `unsupported-app-${stage}` });

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

// A: the event `websocket` is not carried over: the library has no WebSocket API; keep it in `new
// apigatewayv2.WebSocketApi(…)` with `fn.target` as its integration
// A: the event `alb` is not carried over: the library has no trigger by a load balancer; add
// `fn.target` to a target group of yours
// A: the event `iot` is not carried over: write `new iot.CfnTopicRule(…)` and permit it with
// `fn.target.addPermission(…)`
// A: the event `alexaSkill` is not carried over: add the permission with
// `fn.target.addPermission(…)`
// A: the event `cloudwatchLog` is not carried over: write `new logs.SubscriptionFilter(…)` with
// `new LambdaDestination(fn.target)`
// A: the event `kafka` is not carried over: the library has no trigger by Kafka; write `new
// lambda.EventSourceMapping(…)` with `target: fn.target`
// A: the event `cloudFront` is not carried over: Lambda@Edge is not a part of the library; use
// `cloudfront.experimental.EdgeFunction`
// A: the function URL is not carried over: the library has routes of an API instead; `triggers:
// [Trigger.http("$default")]` sends it all requests
app.addFunction('A', {
  entry: 'src/a.js',
});

// Not carried over: the function B, which has no handler in a file.

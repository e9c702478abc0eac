import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'EsbuildPlugins', { stackName: `esbuild-plugins-app-${stage}` });

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.X86_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    loggingFormat: lambda.LoggingFormat.TEXT,
    bundling: {
      minify: false,
      sourceMap: true,
      keepNames: true,
      define: { 'require.resolve': 'undefined' },
      loader: { '.html': 'text' },
    },
  },
  rest: {
    stageName: stage,
    endpointType: apigw.EndpointType.EDGE,
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    accessLog: false,
    existingDomain: {
      domain: apigateway.DomainName.fromDomainNameAttributes(stack, 'Domain', {
        name: `api-${stage}.example.com`,
        regionalDomainName: '',
        regionalHostedZoneId: '',
      }),
      path: 'v1',
    },
  },
});

app.addFunction('A', {
  entry: 'src/a.js',
  triggers: [Trigger.http('GET /a')],
});

// Not carried over: plugins.serverless-offline: the library has no local emulation; tests can
// deploy to an emulator
// Not carried over: plugins.serverless-prune-plugin: versions of functions are not published unless
// a function has an alias, so there is nothing to prune; `cdk gc` removes old assets
// Not carried over: plugins.serverless-plugin-warmup: a warm-up by a schedule is not carried over:
// it keeps one environment warm and its calls are billed. `coldStart: ColdStart.provisioned({ min:
// 1, max: 5 })` keeps as many ready as you need

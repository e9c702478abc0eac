import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'V4', { stackName: `v4-app-${stage}` });

/** The value of the stage. */
function byStage<T>(values: Record<string, T>, fallback?: T): T {
  const value = values[stage] ?? fallback;
  if (value === undefined) {
    throw new Error(`there is no value for the stage ${stage}`);
  }
  return value;
}

const app = new ServerlessApp(stack, 'App', {
  stage: /^(prod|production|live)$/.test(stage) ? AppStage.PRODUCTION : AppStage.DEVELOPMENT,
  functionDefaults: {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: 1024,
    timeout: Duration.seconds(6),
    bundling: { sourceMap: true, externalModules: ['@aws-sdk/*'], nodeModules: ['sharp'] },
    environment: { LEVEL: byStage({ prod: 'warn' }, 'debug') },
  },
  http: { throttle: { rateLimit: 10_000, burstLimit: 5000 }, accessLog: false },
});

app.addFunction('Api', {
  entry: 'src/api.ts',
  triggers: [Trigger.http('$default')],
});

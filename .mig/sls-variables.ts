import { App, Duration, Fn, SecretValue, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'Variables', {
  stackName: `variables-app-${stage}`,
  env: { region: 'eu-central-1' },
});

/** The value of the stage. */
function byStage<T>(values: Record<string, T>, fallback?: T): T {
  const value = values[stage] ?? fallback;
  if (value === undefined) {
    throw new Error(`there is no value for the stage ${stage}`);
  }
  return value;
}

/** What `cdk deploy -c name=value` gives. */
function context(name: string, fallback?: string): string {
  const value: string | undefined = stack.node.tryGetContext(name) ?? fallback;
  if (value === undefined) {
    throw new Error(`give ${name}: cdk deploy -c '${name}=…'`);
  }
  return value;
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

app.addFunction('A', {
  entry: 'src/a.js',
  functionName: `variables-${stage}-a`,
  memorySize: byStage({ dev: 128, prod: 512 }, 256),
  environment: {
    stageName: stage,
    REGION: stack.region,
    ACCOUNT: stack.account,
    LEVEL: byStage({ prod: 'error' }, 'info'),
    HOST: 'example.com',
    KEY: process.env.API_KEY ?? 'none',
    FLAG: context('flag', 'off'),
    PARAM: ssm.StringParameter.valueForStringParameter(stack, `/shop/${stage}/key`),
    OTHER: Fn.getStackOutput(`network-${stage}`, 'VpcId'),
    SECRET: SecretValue.secretsManager('db', { jsonField: 'password' }).unsafeUnwrap(),
    FROM_FILE: byStage({ dev: 'https://dev.example.com', prod: 'https://example.com' }),
    COUNT: '3',
  },
});

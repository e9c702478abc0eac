import { App, Duration, Stack } from 'aws-cdk-lib';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp, Trigger } from 'cdk-serverless-app';

// Migrated from serverless.yml (Serverless Framework). The stack has another name than the old one,
// so that both can exist until you have moved.
const cdk = new App();
const stage: string = cdk.node.tryGetContext('stage') ?? 'dev';
const stack = new Stack(cdk, 'Jwt', { stackName: `jwt-app-${stage}` });

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

const usersAuthorizer = new authorizers.HttpJwtAuthorizer(
  'Users',
  'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc',
  { jwtAudience: ['client-a', 'client-b'] },
);

app.addFunction('Me', {
  entry: 'src/me.js',
  triggers: [
    Trigger.http('GET /me', { authorizer: usersAuthorizer, authorizationScopes: ['profile'] }),
  ],
});

import { App, CfnOutput, Duration, RemovalPolicies, Stack } from 'aws-cdk-lib';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, Budget, ColdStart, Rollout, ServerlessApp } from 'cdk-serverless-app';

// What no emulator does: provisioned concurrency, throttles, a rollout by CodeDeploy, alarms and a budget. `npm run test:aws`
// deploys it to a real account, with `version` 1, 2 and `broken`, and leaves nothing there.
const cdk = new App();
const given: unknown = cdk.node.tryGetContext('version');
const version = typeof given === 'string' ? given : '1';
const stack = new Stack(cdk, 'CdkServerlessAppAccount');

const pager = new sns.Topic(stack, 'Pager');
for (const service of ['cloudwatch', 'budgets']) {
  pager.grantPublish(new iam.ServicePrincipal(`${service}.amazonaws.com`));
}
const heard = new sqs.Queue(stack, 'Heard');
pager.addSubscription(new SqsSubscription(heard));

const app = new ServerlessApp(stack, 'App', {
  stage: AppStage.PRODUCTION,
  root: __dirname,
  http: { authorizer: new HttpNoneAuthorizer() },
  notifyTopic: pager,
  budget: Budget.monthly(5),
});
app.onRequest('GET /warm', 'src/warm.ts', {
  id: 'Warm',
  memorySize: 128,
  coldStart: ColdStart.provisioned({ min: 1 }),
});
app.onRequest('GET /throttled', 'src/warm.ts', {
  id: 'Throttled',
  throttle: { rateLimit: 1, burstLimit: 1 },
});
app.onRequest('GET /version', 'src/version.ts', {
  id: 'Version',
  environment: { VERSION: version },
  rollout: Rollout.canary({ percent: 50, interval: Duration.minutes(5), maxErrors: 1 }),
});
app.addFunction('Failing', { entry: 'src/fail.ts', retryAttempts: 0 });

new CfnOutput(stack, 'Url', { value: app.url });
new CfnOutput(stack, 'HeardUrl', { value: heard.queueUrl });
new CfnOutput(stack, 'FailureQueueUrl', { value: app.failureQueue.queueUrl });

RemovalPolicies.of(stack).destroy();

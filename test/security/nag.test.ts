/** @own-modules cdk-nag looks for the newest release in `Runtime.ALL`, to which other files add releases that do not exist. */
// cdk-nag 3, packs AwsSolutions and Serverless. docs/security.md says what is done about each rule.
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { AppStage, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { nagFindings } from '../support/nag';
import { IN_BOTH_STAGES, referenceApp } from '../support/secured-apps';
import { HANDLERS, quickCdkApp } from '../support/synth';
import { sinceCdk } from '../support/since-cdk';

test.each(IN_BOTH_STAGES)('%s: no errors and no warnings', (_, make) => {
  const cdk = quickCdkApp();
  make(cdk);
  cdk.synth();

  expect(nagFindings(cdk)).toEqual([]);
});

/** A synthesis with the packs as plugins of the CDK, as their readme says it. */
function withPlugins(props: ServerlessAppProps): App {
  const cdk = quickCdkApp();
  referenceApp(cdk, AppStage.PRODUCTION, props);
  Validations.of(cdk).addPlugins(new AwsSolutionsChecks(cdk), new ServerlessChecks(cdk));
  return cdk;
}

test('the packs as plugins of the CDK pass the synthesis', () => {
  expect(() => withPlugins({}).synth()).not.toThrow();
});

sinceCdk('2.276.0')(
  'the packs as plugins of the CDK fail the synthesis without acknowledgements',
  () => {
    expect(() => withPlugins({ acknowledgements: false }).synth()).toThrow(
      'The SQS queue is not used as a dead-letter queue',
    );
  },
);

test('a route without an authorization decision is found', () => {
  const cdk = quickCdkApp();
  const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root: HANDLERS });
  app.onRequest('GET /', 'ok.ts');
  cdk.synth();

  expect(nagFindings(cdk)).toEqual(['error AwsSolutions-APIG4 Test/App/HttpApi/GET --/Resource']);
});

test('the packs find everything that the library does not acknowledge', () => {
  const cdk = quickCdkApp();
  referenceApp(cdk, AppStage.DEVELOPMENT, { acknowledgements: false });
  cdk.synth();

  const rules = nagFindings(cdk).map((finding) => finding.split(/[ [\]]/)[1]);

  expect([...new Set(rules)].sort()).toEqual([
    'AwsSolutions-IAM5',
    'AwsSolutions-S1',
    'AwsSolutions-SQS3',
    'Serverless-EventBusDLQ',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
    'Serverless-SQSRedrivePolicy',
  ]);
});

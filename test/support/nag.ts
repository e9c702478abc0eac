import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/** What cdk-nag's packs AwsSolutions and Serverless find in an app that was synthesized: `error AwsSolutions-S1 Test/App/Files`. */
export function nagFindings(cdk: App): string[] {
  const packs = [new AwsSolutionsChecks(cdk), new ServerlessChecks(cdk)];
  return packs
    .flatMap((pack) => pack.validateScope(cdk).violations)
    .flatMap(({ severity, ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${severity} ${ruleName} ${constructPath}`),
    )
    .sort();
}

import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { UsagePlanOptions } from './rest-options';

/** Creates the usage plans of an API, and their keys. Plans that name the same key share it. */
export function makeUsagePlans(
  scope: Construct,
  stage: apigw.Stage,
  plans: Readonly<Record<string, UsagePlanOptions>>,
): void {
  for (const [name, { apiKeys = [], throttle, quota }] of Object.entries(plans)) {
    const plan = new apigw.UsagePlan(scope, `Plan${name}`, {
      name: `${scope.node.path.replaceAll('/', '-')}-${name}`,
      apiStages: [{ api: stage.restApi, stage }],
      throttle,
      quota: quota && { limit: quota.limit, period: quota.period ?? apigw.Period.MONTH },
    });
    for (const key of apiKeys) {
      const id = `Key${key}`;
      const existing = scope.node.tryFindChild(id) as apigw.ApiKey | undefined;
      plan.addApiKey(existing ?? new apigw.ApiKey(scope, id, { description: key }));
    }
  }
}

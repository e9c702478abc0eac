import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { PropCheck, unquoted } from '../../props/prop-check';
import type { RestOptions, UsagePlanOptions } from './rest-options';

/**
 * Rejects a key that two plans name: API Gateway accepts a key in one plan of a stage only.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function checkUsagePlans({ usagePlans = {} }: RestOptions, check: PropCheck): void {
  const planOf = new Map<string, string>();
  for (const [name, { apiKeys = [] }] of Object.entries(usagePlans)) {
    const at = check.at(`usagePlans.${name}`);
    if (!/^[\w-]+$/.test(name)) {
      throw at.error(
        '',
        'must have a name of letters, digits, `-` and `_`',
        name,
        'use other characters',
      );
    }
    for (const key of apiKeys) {
      const other = planOf.get(key);
      if (other !== undefined) {
        throw at.error(
          'apiKeys',
          'must name keys that no plan names already, because a key belongs to one plan of the API',
          unquoted(`\`${key}\`, which is in \`usagePlans.${other}\``),
          `give the same caller another key, for example \`${key}-${name}\``,
        );
      }
      planOf.set(key, name);
    }
  }
}

/** Creates the usage plans of an API, and their keys. */
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
      plan.addApiKey(new apigw.ApiKey(scope, `Key${key}`, { description: key }));
    }
  }
}

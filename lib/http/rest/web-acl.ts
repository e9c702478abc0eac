import { Names, Stack } from 'aws-cdk-lib';
import type * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { RestWebAcl } from './rest-web-acl';

const CORE_RULES = 'AWSManagedRulesCommonRuleSet';

/** Attaches a web ACL to a stage. */
export function protectStage(scope: Construct, stage: apigw.Stage, { arn }: RestWebAcl): void {
  const { restApiId } = stage.restApi;
  const resourceArn = Stack.of(scope).formatArn({
    service: 'apigateway',
    account: '',
    resource: '/restapis',
    resourceName: `${restApiId}/stages/${stage.stageName}`,
  });
  new wafv2.CfnWebACLAssociation(scope, 'WebAclAssociation', {
    resourceArn,
    webAclArn: arn ?? coreRules(scope).attrArn,
  });
}

function coreRules(scope: Construct): wafv2.CfnWebACL {
  const visibility = (metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName,
  });
  return new wafv2.CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility(Names.uniqueResourceName(scope, { maxLength: 100 })),
    rules: [
      {
        name: CORE_RULES,
        priority: 0,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: CORE_RULES } },
        visibilityConfig: visibility(CORE_RULES),
      },
    ],
  });
}

import type { Finding } from '../finding';
import { formatValue } from '../labels';
import { Change, changesOf, Plan } from '../plan';
import { stableJson } from '../references';
import { isRecord } from '../template';
import { methodPath } from './rest-routes';

const DOCS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

/** Effects of changes to a REST API that the template does not show. */
export function restApiChanges(plan: Plan): Finding[] {
  return [
    ...changesOf(plan, 'delete').flatMap((change) => servedMethod(change, plan)),
    ...undeployed(plan),
    ...changesOf(plan, 'update').flatMap(edgeInsteadOfPrivate),
    ...changesOf(plan, 'replace').flatMap(otherWebAcl),
    ...changesOf(plan, 'create', 'replace').flatMap((change) => movedKey(change, plan)),
  ];
}

/** The resource types that a deployment of an API contains. */
const DEPLOYED = [
  'RestApi',
  'Resource',
  'Method',
  'Authorizer',
  'Model',
  'RequestValidator',
  'GatewayResponse',
].map((type) => `AWS::ApiGateway::${type}`);

/** Properties of an API that take effect immediately. */
const AT_ONCE = ['Name', 'Description', 'Tags', 'Parameters'];

/** Changes to an API without a new deployment. */
function undeployed(plan: Plan): Finding[] {
  const deployed = new Set(
    changesOf(plan, 'create', 'replace').flatMap(({ after }) =>
      after?.type === 'AWS::ApiGateway::Deployment' ? stableJson(after.properties.RestApiId) : [],
    ),
  );
  const found = new Map<string, Finding>();
  for (const { after, properties, action } of changesOf(plan, 'create', 'update', 'replace')) {
    const isApi = after?.type === 'AWS::ApiGateway::RestApi';
    const api = isApi
      ? stableJson({ $ref: after.address, $attr: 'Ref' })
      : stableJson(after?.properties.RestApiId);
    const matters =
      after !== undefined &&
      DEPLOYED.includes(after.type) &&
      !(isApi && (action === 'create' || properties.every((name) => AT_ONCE.includes(name))));
    if (matters && !deployed.has(api) && !found.has(api)) {
      found.set(api, {
        kind: 'not-applied',
        resource: after.label,
        what: 'changes without a new deployment of the API: the stage serves what it served before',
        remedy:
          'make the deployment’s logical id depend on the change (`Deployment.addToLogicalId`)',
        source: `${DOCS}/how-to-deploy-api.html`,
      });
    }
  }
  return [...found.values()];
}

/** A deployment is a snapshot, and CloudFormation creates it before it deletes the method. */
function servedMethod({ before }: Change, { before: all, after }: Plan): Finding[] {
  if (before?.type !== 'AWS::ApiGateway::Method') {
    return [];
  }
  const api = stableJson(before.properties.RestApiId);
  const remains = [...after.values()].some(
    ({ type, properties }) =>
      type === 'AWS::ApiGateway::Deployment' && stableJson(properties.RestApiId) === api,
  );
  return remains
    ? [
        {
          kind: 'not-applied',
          resource: before.label,
          what: `is served as ${formatValue(before.properties.HttpMethod, all)} ${methodPath(before, all)} until the next deployment of the API, since CloudFormation creates the new deployment before it deletes the method`,
          remedy: 'after the deployment run `aws apigateway create-deployment`',
          source: 'https://github.com/aws/aws-cdk/issues/14660',
        },
      ]
    : [];
}

function edgeInsteadOfPrivate({ before, after }: Change): Finding[] {
  if (after?.type !== 'AWS::ApiGateway::RestApi') {
    return [];
  }
  const [was, is] = [before, after].map((one) => {
    const endpoint = one?.properties.EndpointConfiguration;
    return isRecord(endpoint) ? stableJson(endpoint.Types) : '';
  });
  return was === '["PRIVATE"]' && is === '["EDGE"]'
    ? [
        {
          kind: 'will-fail',
          resource: after.label,
          what: 'changes from private to edge-optimized, which API Gateway refuses',
          remedy: 'make it regional in one deployment, and edge-optimized in the next',
          source: `${DOCS}/apigateway-api-migration.html`,
        },
      ]
    : [];
}

/** AWS WAF identifies an association by the resource alone, so it removes whichever web ACL is associated by then. */
function otherWebAcl({ after, because }: Change): Finding[] {
  return after?.type === 'AWS::WAFv2::WebACLAssociation' && !because.includes('ResourceArn')
    ? [
        {
          kind: 'not-applied',
          resource: after.label,
          what: 'may end without a web ACL: CloudFormation associates the new one and then removes the old association, which AWS WAF identifies by the protected resource alone',
          remedy:
            'after the deployment check `aws wafv2 get-web-acl-for-resource`; or remove the web ACL in one deployment, and add the other in the next',
          source: 'https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html',
        },
      ]
    : [];
}

function movedKey({ after }: Change, plan: Plan): Finding[] {
  if (after?.type !== 'AWS::ApiGateway::UsagePlanKey') {
    return [];
  }
  const key = stableJson(after.properties.KeyId);
  const [holder] = changesOf(plan, 'delete', 'replace').flatMap(({ before }) =>
    before?.type === after.type && stableJson(before.properties.KeyId) === key ? before : [],
  );
  return holder === undefined
    ? []
    : [
        {
          kind: 'will-fail',
          resource: after.label,
          what: `adds the key to a plan before ${holder.label} removes it from another: API Gateway accepts a key in one plan of a stage only`,
          remedy:
            'before the deployment run `aws apigateway delete-usage-plan-key`; the key gets 403 in the meantime',
          source: `${DOCS}/api-gateway-api-usage-plans.html`,
        },
      ];
}

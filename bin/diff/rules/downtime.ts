import type { Finding } from '../finding';
import { Change, changesOf, Plan, waitsFor } from '../plan';
import { isReference, referencesIn } from '../references';

/** Resources whose address clients know. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'the URL of the API',
  'AWS::ApiGatewayV2::DomainName': 'the target of the domain’s DNS record',
  'AWS::ApiGateway::RestApi': 'the URL of the API',
  'AWS::ApiGatewayV2::Stage': 'the URL of the stage',
  'AWS::ApiGateway::Stage': 'the URL of the stage',
  'AWS::ApiGateway::ApiKey': 'the value of the API key',
  'AWS::Lambda::Url': 'the function’s URL',
  'AWS::CloudFront::Distribution': 'the domain name of the distribution',
  'AWS::Cognito::UserPool': 'the user pool’s id',
  'AWS::Cognito::UserPoolClient': 'the app client’s id',
  'AWS::SNS::Topic': 'the topic’s ARN',
  'AWS::SQS::Queue': 'the queue’s URL',
};

/** Inside the app, what uses these gets their new address in the same deployment. */
const INTERNAL = ['AWS::SNS::Topic', 'AWS::SQS::Queue'];

/** Resources that are unreachable for a while, or at their old address. */
export function downtime(plan: Plan): Finding[] {
  return [
    ...changesOf(plan, 'replace').flatMap(newAddress),
    ...renamed(plan),
    ...changesOf(plan, 'update', 'create').flatMap((change) => earlyIntegration(change, plan)),
  ];
}

function newAddress({ before, because }: Change): Finding[] {
  const address = ADDRESSES[before?.type ?? ''];
  return before === undefined || address === undefined
    ? []
    : [
        {
          kind: 'downtime',
          resource: before.label,
          what: `is replaced (${because.join(', ')} changes), which changes ${address}: clients of the old one get errors`,
          remedy: 'add the new one under another id, move the clients, then remove the old one',
        },
      ];
}

/** Under another logical id, a resource has another address too. Without a new one, it was removed on purpose. */
function renamed(plan: Plan): Finding[] {
  const added = changesOf(plan, 'create').flatMap(({ after }) => after ?? []);
  return changesOf(plan, 'delete').flatMap(({ before }): Finding[] => {
    const address = ADDRESSES[before?.type ?? ''];
    const next = added.find(({ type }) => ADDRESSES[type] === address);
    return before === undefined ||
      address === undefined ||
      next === undefined ||
      INTERNAL.includes(before.type)
      ? []
      : [
          {
            kind: 'downtime',
            resource: before.label,
            what: `is removed while ${next.label} is added, which has another address (${address}): clients of the old one get errors`,
            remedy:
              'keep the id; or add the new one first, move the clients, then remove the old one',
          },
        ];
  });
}

/** An integration that refers to a function or alias before the permission to invoke it exists. */
function earlyIntegration({ action, after, properties }: Change, plan: Plan): Finding[] {
  if (
    after?.type !== 'AWS::ApiGatewayV2::Integration' ||
    action !== 'update' ||
    !properties.includes('IntegrationUri')
  ) {
    return [];
  }
  const targets = referencesIn(after.properties.IntegrationUri).map(({ $ref }) => $ref);
  const early = changesOf(plan, 'create', 'replace').some(
    ({ after: permission }) =>
      permission?.type === 'AWS::Lambda::Permission' &&
      isReference(permission.properties.FunctionName) &&
      targets.includes(permission.properties.FunctionName.$ref) &&
      !waitsFor(after.address, permission.address, plan.after),
  );
  return early
    ? [
        {
          kind: 'downtime',
          resource: after.label,
          what: 'may answer with 500 for some seconds: CloudFormation may update it before API Gateway has the permission to invoke the new target',
          remedy: 'let the integration depend on the permission',
        },
      ]
    : [];
}

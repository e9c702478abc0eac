import type { Finding } from '../finding';
import { Change, changesOf, Plan, waitsFor } from '../plan';
import { isReference, referencesIn } from '../references';

/** Resources whose address others have written down. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'the URL of the API',
  'AWS::ApiGatewayV2::DomainName': 'the target of the domain’s DNS record',
  'AWS::ApiGateway::RestApi': 'the URL of the API',
  'AWS::Lambda::Url': 'the function’s URL',
  'AWS::CloudFront::Distribution': 'the domain name of the distribution',
  'AWS::Cognito::UserPool': 'the user pool’s id',
  'AWS::Cognito::UserPoolClient': 'the id of the client',
  'AWS::SNS::Topic': 'the topic’s ARN',
  'AWS::SQS::Queue': 'the queue’s URL',
};

/** What cannot be reached for a while, or no more where it was. */
export function downtime(plan: Plan): Finding[] {
  return [
    ...changesOf(plan, 'replace').flatMap(newAddress),
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
          what: `is replaced (${because.join(', ')} changes), and ${address} changes with it: clients that use the old one get errors`,
          remedy: 'add the new one under another id, move the callers, and then remove the old one',
        },
      ];
}

/** An integration that names a function, or an alias, before its permission to run that exists. */
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
          what: 'may answer with 500 for some seconds: it can be updated before API Gateway has the permission to run its new target',
          remedy: 'let the integration depend on the permission',
        },
      ]
    : [];
}

import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IAppFunction } from '../core/contract';

/** The ids of a function's integrations, by the format of its events. */
const INTEGRATION_IDS: Readonly<Record<string, string>> = {
  '1.0': 'HttpIntegrationV1',
  '2.0': 'HttpIntegration',
};
const PERMISSION_ID = 'HttpPermission';

/** The integrations that a function has so far. */
export function integrationsOf(fn: IAppFunction): apigateway.HttpIntegration[] {
  return Object.values(INTEGRATION_IDS).flatMap(
    (id) => (fn.node.tryFindChild(id) as apigateway.HttpIntegration | undefined) ?? [],
  );
}

/**
 * The integration of a function with its app's API. All its routes with one format share it, and all routes share one permission,
 * because a function's policy is limited to 20 KB.
 */
export function integrationOf(
  fn: IAppFunction,
  api: apigateway.IHttpApi,
  payloadFormat: string,
): apigateway.HttpIntegration {
  const id = INTEGRATION_IDS[payloadFormat] ?? 'HttpIntegration';
  const existing = fn.node.tryFindChild(id) as apigateway.HttpIntegration | undefined;
  if (existing !== undefined) {
    return existing;
  }
  if (integrationsOf(fn).length === 0) {
    fn.target.addPermission(PERMISSION_ID, {
      scope: fn,
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(fn).formatArn({
        service: 'execute-api',
        resource: api.apiId,
        resourceName: '*/*',
      }),
    });
  }
  const integration = new apigateway.HttpIntegration(fn, id, {
    httpApi: api,
    integrationType: apigateway.HttpIntegrationType.AWS_PROXY,
    integrationUri: fn.target.functionArn,
    payloadFormatVersion: apigateway.PayloadFormatVersion.custom(payloadFormat),
  });
  // The permission moves from the function to its alias or back: until it exists, requests get 500.
  const permission = fn.node.tryFindChild(PERMISSION_ID);
  if (permission !== undefined) {
    integration.node.addDependency(permission);
  }
  return integration;
}

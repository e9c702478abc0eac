import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IAppFunction } from '../core/contract';

const INTEGRATION_ID = 'HttpIntegration';
const PERMISSION_ID = 'HttpPermission';

/** The integration of a function with its app's API. All its routes share it, and one permission: a function's policy holds 20 KB. */
export function integrationOf(
  fn: IAppFunction,
  api: apigateway.IHttpApi,
): apigateway.HttpIntegration {
  const existing = fn.node.tryFindChild(INTEGRATION_ID) as apigateway.HttpIntegration | undefined;
  if (existing !== undefined) {
    return existing;
  }
  fn.target.addPermission(PERMISSION_ID, {
    scope: fn,
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(fn).formatArn({
      service: 'execute-api',
      resource: api.apiId,
      resourceName: '*/*',
    }),
  });
  const integration = new apigateway.HttpIntegration(fn, INTEGRATION_ID, {
    httpApi: api,
    integrationType: apigateway.HttpIntegrationType.AWS_PROXY,
    integrationUri: fn.target.functionArn,
    payloadFormatVersion: apigateway.PayloadFormatVersion.VERSION_2_0,
  });
  // The permission moves from the function to its alias or back: until it exists, requests get 500.
  const permission = fn.node.tryFindChild(PERMISSION_ID);
  if (permission !== undefined) {
    integration.node.addDependency(permission);
  }
  return integration;
}

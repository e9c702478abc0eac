import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IAppFunction } from '../../core/contract';

const INTEGRATION_ID = 'WebSocketIntegration';
const PERMISSION_ID = 'WebSocketPermission';

/**
 * The integration of a function with its app's WebSocket API. All its routes share it and one permission, because a function's
 * policy is limited to 20 KB.
 */
export function socketIntegrationOf(
  fn: IAppFunction,
  webSocketApi: apigateway.IWebSocketApi,
): apigateway.WebSocketIntegration {
  const existing = fn.node.tryFindChild(INTEGRATION_ID);
  if (existing !== undefined) {
    return existing as apigateway.WebSocketIntegration;
  }
  const { partition, region } = Stack.of(fn);
  fn.target.addPermission(PERMISSION_ID, {
    scope: fn,
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(fn).formatArn({
      service: 'execute-api',
      resource: webSocketApi.apiId,
      resourceName: '*/*',
    }),
  });
  const integration = new apigateway.WebSocketIntegration(fn, INTEGRATION_ID, {
    webSocketApi,
    integrationType: apigateway.WebSocketIntegrationType.AWS_PROXY,
    integrationUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${fn.target.functionArn}/invocations`,
  });
  // The permission moves from the function to its alias or back: until it exists, messages fail.
  const permission = fn.node.tryFindChild(PERMISSION_ID);
  if (permission !== undefined) {
    integration.node.addDependency(permission);
  }
  return integration;
}

import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { RestIntegration } from './rest-integration';

export const JSON_TYPE = 'application/json';
/** The response body for a request that a service accepted. */
export const ACCEPTED = '{"id":"$context.requestId"}';
const REFUSED = { [JSON_TYPE]: '{"message":"not accepted","id":"$context.requestId"}' };

export function allow(actions: string[], resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}

/** A call to a service's API. A body that is not JSON is rejected, because no template matches it. */
export function serviceCall(
  action: string,
  role: string,
  headers: Readonly<Record<string, string>>,
  region: string = Aws.REGION,
): RestIntegration {
  return {
    type: 'aws',
    httpMethod: 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${region}:${action}`,
    credentials: role,
    passthroughBehavior: 'never',
    requestParameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        `integration.request.header.${name}`,
        `'${value}'`,
      ]),
    ),
  };
}

/**
 * The caller learns whether the request was accepted, and nothing about the service.
 *
 * @param ofCaller the status of the service if the request itself is wrong
 */
export function answers(accepted: string, ofCaller?: string): RestIntegration['responses'] {
  return {
    '2\\d{2}': { statusCode: '202', responseTemplates: { [JSON_TYPE]: accepted } },
    ...(ofCaller === undefined
      ? {}
      : { [ofCaller]: { statusCode: '400', responseTemplates: REFUSED } }),
    default: { statusCode: '502', responseTemplates: REFUSED },
  };
}

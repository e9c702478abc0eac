import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';

/** What API Gateway sends to an authorizer of `$connect`. */
type ConnectRequest = Pick<APIGatewayRequestAuthorizerEventV2, 'queryStringParameters'> & {
  readonly methodArn: string;
};

/** Lets in who gives a name. A real app checks a token; API Gateway asks once for each connection. */
export function handler(event: ConnectRequest): Promise<APIGatewayAuthorizerResult> {
  const name = event.queryStringParameters?.['name'] ?? '';
  const known = /^[a-z]{2,20}$/.test(name);
  return Promise.resolve({
    principalId: name,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: known ? 'Allow' : 'Deny',
          Resource: event.methodArn,
        },
      ],
    },
    context: { name },
  });
}

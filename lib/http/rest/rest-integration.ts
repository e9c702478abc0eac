import { Duration } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** What API Gateway calls for a method, in the notation of its definitions. */
export interface RestIntegration {
  readonly type: 'aws_proxy' | 'aws';
  readonly httpMethod: string;
  readonly uri: string;
  readonly timeoutInMillis?: number;
  readonly responseTransferMode?: 'STREAM';
  readonly credentials?: string;
  readonly passthroughBehavior?: 'never';
  readonly requestParameters?: Readonly<Record<string, string>>;
  readonly requestTemplates?: Readonly<Record<string, string>>;
  /** By the pattern of the service's status. */
  readonly responses?: Readonly<Record<string, IntegrationAnswer>>;
}

export interface IntegrationAnswer {
  readonly statusCode: string;
  readonly responseTemplates: { readonly [mediaType: string]: string };
}

/**
 * The same integration for a method that is a resource of its own.
 *
 * @param role the role with which API Gateway calls a service
 */
export function methodIntegration(of: RestIntegration, role?: iam.IRole): apigw.Integration {
  const { timeoutInMillis: timeout } = of;
  return new apigw.Integration({
    type: of.type === 'aws' ? apigw.IntegrationType.AWS : apigw.IntegrationType.AWS_PROXY,
    integrationHttpMethod: of.httpMethod,
    uri: of.uri,
    options: {
      credentialsRole: of.credentials === undefined ? undefined : role,
      timeout: timeout === undefined ? undefined : Duration.millis(timeout),
      responseTransferMode:
        of.responseTransferMode === undefined ? undefined : apigw.ResponseTransferMode.STREAM,
      passthroughBehavior:
        of.passthroughBehavior === undefined ? undefined : apigw.PassthroughBehavior.NEVER,
      requestParameters: of.requestParameters,
      requestTemplates: of.requestTemplates,
      integrationResponses: answersOf(of),
    },
  });
}

/** The response without a pattern is for every status that no pattern matches. */
function answersOf({ responses }: RestIntegration): apigw.IntegrationResponse[] | undefined {
  return (
    responses &&
    Object.entries(responses).map(([pattern, { statusCode, responseTemplates }]) => ({
      statusCode,
      responseTemplates,
      ...(pattern === 'default' ? {} : { selectionPattern: pattern }),
    }))
  );
}

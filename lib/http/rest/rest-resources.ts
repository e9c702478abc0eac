import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AppContext } from '../../core/app-context';
import type { PropCheck } from '../../props/prop-check';
import { domainOf, makeRecords } from '../api-domain';
import { claimPath } from '../domain-rules';
import type { RestOptions } from './rest-options';

/** Creates the API. Its definition is added when all routes are declared. */
export function makeRestApi(
  app: Construct,
  restApiName: string,
  options: RestOptions,
): apigw.SpecRestApi {
  const { vpcEndpoints, binaryMediaTypes, policy } = options;
  const fallback =
    vpcEndpoints === undefined ? apigw.EndpointType.REGIONAL : apigw.EndpointType.PRIVATE;
  const { endpointType = fallback } = options;
  return new apigw.SpecRestApi(app, 'RestApi', {
    restApiName,
    apiDefinition: apigw.ApiDefinition.fromInline({ openapi: '3.0.1' }),
    deploy: false,
    cloudWatchRole: false,
    endpointConfiguration: { types: [endpointType], vpcEndpoints },
    binaryMediaTypes,
    disableExecuteApiEndpoint: options.domain?.mutualTls && true,
    policy: policy ?? privatePolicy(options),
  });
}

/** Allows the endpoints of a private API. */
function privatePolicy({ vpcEndpoints }: RestOptions): iam.PolicyDocument | undefined {
  return vpcEndpoints === undefined
    ? undefined
    : new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            principals: [new iam.AnyPrincipal()],
            actions: ['execute-api:Invoke'],
            resources: ['execute-api:/*'],
            conditions: {
              StringEquals: { 'aws:SourceVpce': vpcEndpoints.map((it) => it.vpcEndpointId) },
            },
          }),
        ],
      });
}

/** Maps the stage to a path of its domain, if it has one. */
export function mapDomain(
  stage: apigw.Stage,
  domainName: apigateway.DomainName | undefined,
  options: RestOptions,
  check: PropCheck,
): void {
  const { domain, existingDomain } = options;
  const name = domainName ?? existingDomain?.domain;
  if (name === undefined) {
    return;
  }
  const { app } = AppContext.of(stage);
  const path = domainOf(options)?.path;
  claimPath(name.name, path, app, check.at(domain === undefined ? 'existingDomain' : 'domain'));
  new apigateway.CfnApiMapping(stage.restApi, 'DomainMapping', {
    apiId: stage.restApi.restApiId,
    domainName: name.name,
    stage: stage.stageName,
    apiMappingKey: path,
  });
  if (domain !== undefined && domainName !== undefined) {
    makeRecords(app, domain, domainName);
  }
}

import { Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { RestWebAcl, RouteAuthorizer } from 'cdk-serverless-app';
import {
  CACHE_PROPS,
  GATEWAY_RESPONSE_PROPS,
  QUOTA_PROPS,
  REST_PROPS,
  USAGE_PLAN_PROPS,
} from '../../../lib/http/rest/rest-prop-set';
import { declared } from '../support/declared';
import { recipe } from '../support/recipe';
import { ANY_TEXT, mostly, NAME, options, rarely, seconds } from '../support/values';
import { AUTHORIZER, CORS, DOMAIN, EXISTING_DOMAIN, SCOPES } from './http';

const TEXTS = fc.dictionary(NAME, fc.oneof({ weight: 20, arbitrary: NAME }, ANY_TEXT), {
  maxKeys: 2,
});

const USAGE_PLAN = declared(USAGE_PLAN_PROPS, {
  apiKeys: fc.array(fc.constantFrom('Acme', 'Globex'), { maxLength: 2 }),
  quota: declared(QUOTA_PROPS, {
    period: fc.constantFrom(...Object.values(apigw.Period)),
  }),
});

const GATEWAY_RESPONSE = declared(GATEWAY_RESPONSE_PROPS, {
  statusCode: rarely(fc.constantFrom(400, 429, 599), 399, 600),
  headers: TEXTS,
  templates: TEXTS,
});

const MADE_API = recipe('an API', ({ stack }) => ownApi(stack));
const IMPORTED_API = recipe('an imported API', ({ stack }) =>
  apigw.RestApi.fromRestApiAttributes(stack, `RestApi${stack.node.children.length}`, {
    restApiId: 'a1b2c3',
    rootResourceId: 'x7y8z9',
    restApiName: 'shop',
  }),
);

/** An API that the user made in the stack of the app, or imported into it. */
const OWN_API = fc.oneof(
  { weight: 3, arbitrary: MADE_API },
  { weight: 3, arbitrary: IMPORTED_API },
  {
    weight: 1,
    arbitrary: recipe('an API that does not deploy itself', ({ stack }) =>
      ownApi(stack, { deploy: false }),
    ),
  },
);

/** An API with a method, without which the CDK rejects it. */
function ownApi(stack: Stack, props: apigw.RestApiProps = {}): apigw.RestApi {
  const api = new apigw.RestApi(stack, `RestApi${stack.node.children.length}`, props);
  api.root.addMethod('HEAD', new apigw.MockIntegration());
  return api;
}

const MADE = declared(
  REST_PROPS,
  {
    api: OWN_API,
    authorizer: fc.oneof(
      AUTHORIZER,
      recipe('a user pool', ({ stack }) =>
        RouteAuthorizer.userPool(
          'Login',
          cognito.UserPool.fromUserPoolId(
            stack,
            `Pool${stack.node.children.length}`,
            'eu-west-1_a',
          ),
        ),
      ),
    ),
    authorizationScopes: SCOPES,
    cors: CORS,
    accessLogGroup: recipe(
      'a log group',
      ({ stack }) => new logs.LogGroup(stack, `RestLogs${stack.node.children.length}`),
    ),
    accessLogFormat: recipe('a format', () => apigw.AccessLogFormat.clf()),
    domain: DOMAIN,
    existingDomain: EXISTING_DOMAIN,
    stageName: rarely(fc.constantFrom('live', 'v1'), '', 'a b', '$default'),
    endpointType: fc.constantFrom(...Object.values(apigw.EndpointType)),
    vpcEndpoints: fc
      .array(
        recipe('a VPC endpoint', ({ stack }) =>
          ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(
            stack,
            `Endpoint${stack.node.children.length}`,
            { vpcEndpointId: 'vpce-1', port: 443 },
          ),
        ),
        { maxLength: 2 },
      )
      .filter(({ length }) => length > 0),
    policy: recipe('a policy', () => new iam.PolicyDocument()),
    usagePlans: fc.dictionary(NAME, USAGE_PLAN, { maxKeys: 2 }),
    webAcl: fc.oneof(
      recipe('RestWebAcl.coreRules()', () => RestWebAcl.coreRules()),
      recipe('RestWebAcl.fromArn()', () =>
        RestWebAcl.fromArn('arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/b'),
      ),
    ),
    binaryMediaTypes: fc.array(fc.constantFrom('image/png', '*/*'), { maxLength: 2 }),
    gatewayResponses: fc.dictionary(
      fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom('THROTTLED', 'DEFAULT_4XX', 'UNAUTHORIZED') },
        { weight: 1, arbitrary: fc.constant('THROTTLE') },
      ),
      GATEWAY_RESPONSE,
      { maxKeys: 2 },
    ),
    integrationTimeout: seconds(1, 900),
    cache: declared(CACHE_PROPS, {
      sizeGb: rarely(fc.constantFrom(0.5, 1.6), 1),
      ttl: seconds(1, 3600),
    }),
  },
  6,
);

/** Its stage is given if it is imported, and only then. */
const OWN = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.record({ api: MADE_API }) },
      { weight: 9, arbitrary: fc.record({ api: IMPORTED_API, stageName: fc.constant('prod') }) },
      {
        weight: 1,
        arbitrary: fc.record({ api: OWN_API, stageName: fc.constantFrom('prod', undefined) }),
      },
    ),
    options(
      {
        authorizer: AUTHORIZER,
        apiKeyRequired: fc.boolean(),
        integrationTimeout: seconds(1, 900),
      },
      {},
      3,
    ),
  )
  .map(([api, others]) => ({ ...api, ...others }));

export const REST = fc.oneof(
  { weight: 4, arbitrary: MADE.map((its) => ({ ...its, api: undefined })) },
  { weight: 2, arbitrary: mostly(OWN) },
  { weight: 1, arbitrary: mostly(MADE) },
);

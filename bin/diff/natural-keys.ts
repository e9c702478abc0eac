import { PlacedResource } from './placed-resource';
import { isReference, stableJson } from './references';
import { resourceSchema } from '../../lib/model/resource-schema';
import { isRecord, Properties } from './template';

/** The key that no two resources of a type may share while both exist. */
export interface NaturalKey {
  /** The key as text: `the route key and API`. */
  readonly what: string;
  /** Undefined if the resource has no such key, for example because CloudFormation names it. */
  readonly parts: (properties: Properties) => readonly unknown[] | undefined;
  /** AWS’s reaction to a second resource: it refuses it, or returns the first one, which CloudFormation then deletes as the old one. */
  readonly second: 'refused' | 'shared';
  readonly source: string;
}

/** Keys that the identifiers in the schema do not cover. */
export const NATURAL_KEYS: Readonly<Record<string, NaturalKey>> = {
  'AWS::ApiGatewayV2::Route': {
    what: 'route of that API',
    parts: ({ ApiId, RouteKey }) => [
      ApiId,
      typeof RouteKey === 'string' ? routeShape(RouteKey) : RouteKey,
    ],
    second: 'refused',
    source: 'https://github.com/anomalyco/sst/issues/513',
  },
  'AWS::ApiGatewayV2::ApiMapping': {
    what: 'mapping of that domain and path',
    parts: ({ DomainName, ApiMappingKey = '' }) => [DomainName, ApiMappingKey],
    second: 'refused',
    source:
      'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-apimappings.html',
  },
  'AWS::ApiGateway::Resource': {
    what: 'part of that path (API Gateway allows one parameter at a position)',
    parts: ({ RestApiId, ParentId, PathPart }) => [
      RestApiId,
      ParentId,
      typeof PathPart === 'string' && PathPart.startsWith('{') ? '{}' : PathPart,
    ],
    second: 'refused',
    source: 'https://github.com/aws/aws-cdk/issues/25172',
  },
  'AWS::Lambda::EventSourceMapping': {
    what: 'mapping of that source to that function',
    parts: ({ EventSourceArn, FunctionName }) =>
      EventSourceArn === undefined ? undefined : [EventSourceArn, resourceOf(FunctionName)],
    second: 'refused',
    source: 'https://github.com/aws/serverless-application-model/issues/1320',
  },
  'AWS::Lambda::Alias': {
    what: 'alias of that function',
    parts: ({ FunctionName, Name }) => [resourceOf(FunctionName), Name],
    second: 'refused',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html',
  },
  'AWS::Lambda::EventInvokeConfig': {
    what: 'configuration of that function’s asynchronous invocations',
    parts: ({ FunctionName, Qualifier }) => [resourceOf(FunctionName), Qualifier],
    second: 'refused',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html',
  },
  'AWS::Lambda::Url': {
    what: 'URL of that function',
    parts: ({ TargetFunctionArn, Qualifier = '' }) => [resourceOf(TargetFunctionArn), Qualifier],
    second: 'refused',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html',
  },
  'AWS::Scheduler::Schedule': {
    what: 'schedule of that name in its group',
    parts: ({ Name, GroupName = 'default' }) =>
      Name === undefined ? undefined : [GroupName, Name],
    second: 'refused',
    source: 'https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html',
  },
  'AWS::Events::Rule': {
    what: 'rule of that name on its bus',
    parts: ({ Name, EventBusName = 'default' }) =>
      Name === undefined ? undefined : [EventBusName, Name],
    second: 'refused',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html',
  },
  'AWS::SNS::Subscription': {
    what: 'subscription of that endpoint to that topic',
    parts: ({ TopicArn, Protocol, Endpoint }) => [TopicArn, Protocol, Endpoint],
    second: 'shared',
    source: 'https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html',
  },
  'AWS::Budgets::Budget': {
    what: 'budget of that name',
    parts: ({ Budget }) =>
      isRecord(Budget) && Budget.BudgetName !== undefined ? [Budget.BudgetName] : undefined,
    second: 'refused',
    source:
      'https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html',
  },
  'AWS::CloudFront::Distribution': {
    what: 'distribution of that domain',
    parts: ({ DistributionConfig }) =>
      isRecord(DistributionConfig) && Array.isArray(DistributionConfig.Aliases)
        ? [DistributionConfig.Aliases]
        : undefined,
    second: 'refused',
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-restrictions',
  },
  'AWS::Route53::RecordSet': {
    what: 'record of that name and type',
    parts: ({ HostedZoneId, HostedZoneName, Name, Type, SetIdentifier = '' }) => [
      HostedZoneId ?? HostedZoneName,
      Name,
      Type,
      SetIdentifier,
    ],
    second: 'refused',
    source:
      'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html',
  },
};

/** The key of a resource as text, for comparison. `rename` maps a replaced resource to its replacement. */
export function naturalKeyOf(
  { type, properties }: PlacedResource,
  rename: (address: string) => string,
): string | undefined {
  const own = NATURAL_KEYS[type];
  const parts = own === undefined ? identifier(type, properties) : own.parts(properties);
  return parts === undefined ? undefined : `${type} ${stableJson(parts, rename)}`;
}

export function keyInWords(type: string): string {
  return NATURAL_KEYS[type]?.what ?? `${type} of that name`;
}

/** API Gateway treats `GET /orders/{id}` and `GET /orders/{orderId}` as one route. */
function routeShape(key: string): string {
  return key.replace(/\{[^}+]*(\+?)\}/g, '{$1}');
}

/** A function by its name or ARN, which are equivalent, or by an alias. */
function resourceOf(value: unknown): unknown {
  return isReference(value) && (value.$attr === 'Arn' || value.$attr === 'Ref')
    ? { $ref: value.$ref, $attr: 'Ref' }
    : value;
}

function identifier(type: string, properties: Properties): unknown[] | undefined {
  const names = resourceSchema(type).identifier;
  const values = names.map((name) => properties[name]);
  return names.length === 0 || values.includes(undefined) ? undefined : values;
}

import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { kindOf as triggerKindOf } from '../kinds/trigger-kinds';
import { AppModel, UncountedModel } from '../model/app-model';

/** Types of resources that cost money, in the singular. Types that cost nothing, or little compared with these, are missing. */
const BILLED: ReadonlyMap<string, string> = new Map([
  ['AWS::SecretsManager::Secret', 'secret'],
  ['AWS::SQS::Queue', 'queue'],
  ['AWS::Events::EventBus', 'event bus'],
  ['AWS::Events::Archive', 'archive'],
  ['AWS::CloudFront::Distribution', 'distribution'],
  ['AWS::StepFunctions::StateMachine', 'state machine'],
  ['AWS::Kinesis::Stream', 'stream'],
  ['AWS::Cognito::UserPool', 'user pool'],
  ['AWS::RDS::DBInstance', 'database'],
  ['AWS::RDS::DBCluster', 'database cluster'],
  ['AWS::EC2::NatGateway', 'NAT gateway'],
  ['AWS::EC2::VPCEndpoint', 'VPC endpoint'],
  ['AWS::ECS::Service', 'container service'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'load balancer'],
  ['AWS::ElastiCache::ServerlessCache', 'cache'],
  ['AWS::OpenSearchService::Domain', 'search domain'],
  ['AWS::WAFv2::WebACL', 'web ACL'],
  ['AWS::Route53::HostedZone', 'hosted zone'],
]);

/** Types that the app creates and counts itself. They are listed only for resources outside the app. */
const MADE_BY_APPS: ReadonlyMap<string, string> = new Map([
  ['AWS::DynamoDB::GlobalTable', 'table'],
  ['AWS::DynamoDB::Table', 'table'],
  ['AWS::S3::Bucket', 'bucket'],
  ['AWS::Lambda::Function', 'function'],
  ['AWS::SNS::Topic', 'topic'],
  ['AWS::KMS::Key', 'key'],
  ['AWS::ApiGateway::RestApi', 'REST API'],
  ['AWS::ApiGatewayV2::Api', 'API'],
]);

/** The resources in the app's stack that cost money and that the estimate does not count. Other apps have their own estimates. */
export function uncountedOf(app: IServerlessApp, model: AppModel): UncountedModel[] {
  const counted = countedPaths(model);
  const found = new Map<string, string[]>();
  for (const resource of Stack.of(app).node.findAll()) {
    const owner = resource.node.scope;
    const kind = CfnResource.isCfnResource(resource) ? kindOf(resource, app) : undefined;
    if (kind !== undefined && owner !== undefined && !counted.has(owner.node.path)) {
      const id = owner.node.defaultChild === resource ? owner.node.id : resource.node.id;
      found.set(kind, [...(found.get(kind) ?? []), id]);
    }
  }
  return [...found].map(([kind, ids]) => ({ kind, ids }));
}

function kindOf(resource: CfnResource, app: IServerlessApp): string | undefined {
  const { cfnResourceType: type } = resource;
  const owner = ownerOf(resource);
  const isBeside = owner === undefined;
  if (isBeside) {
    return BILLED.get(type) ?? MADE_BY_APPS.get(type);
  }
  return owner === app ? BILLED.get(type) : undefined;
}

/** The app that contains a resource. */
function ownerOf(resource: IConstruct): IServerlessApp | undefined {
  return AppContext.tryOf(resource)?.app;
}

function countedPaths({
  failureQueue,
  fifoFailureQueue,
  functions,
  sites = [],
  workflows = [],
}: AppModel): ReadonlySet<string | undefined> {
  const sources = functions.flatMap(({ triggers }) =>
    triggers
      .filter((trigger) => triggerKindOf(trigger).billsSourceApart !== true)
      .map(({ source }) => source),
  );
  return new Set([
    failureQueue?.path,
    fifoFailureQueue?.path,
    ...sources,
    ...sites.map(({ path }) => `${path}/Distribution`),
    ...workflows.map(({ machine }) => machine),
  ]);
}

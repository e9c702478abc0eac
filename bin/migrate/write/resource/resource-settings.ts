import type { ResourceModel } from '../../model';
import { Scope } from '../scope';

/** Types that hold data, which the app retains and the import map names. */
export const HOLDS_DATA = new Set([
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Kinesis::Stream',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
]);

export function settingsOf(resource: ResourceModel, name: string, scope: Scope): string[] {
  const lines: string[] = [];
  const { deletionPolicy = 'Delete', type, condition } = resource;
  const snapshot = deletionPolicy === 'Snapshot' ? 'SNAPSHOT' : 'RETAIN';
  if (deletionPolicy !== 'Delete' || HOLDS_DATA.has(type)) {
    lines.push(`${name}.applyRemovalPolicy(${scope.cdk('RemovalPolicy')}.${snapshot});`);
  }
  const condition_ = condition === undefined ? undefined : scope.find(`condition:${condition}`);
  if (condition_ !== undefined) {
    lines.push(`${name}.cfnOptions.condition = ${condition_.constName};`);
  }
  for (const id of resource.dependsOn) {
    const other = scope.find(id);
    const isL1 = scope.definition.resources.some(({ logicalId }) => logicalId === id);
    if (other !== undefined && isL1) {
      lines.push(`${name}.node.addDependency(${other.constName});`);
    }
  }
  return lines;
}

import type { Definition } from './model';
import { HOLDS_DATA } from './write/resource/resource-settings';
import { ByStage, Join, STAGE, textOf, Value, ValueMap } from './value';

/** By logical id, the identifiers by which `cdk import --resource-mapping` finds the resource. */
export type ImportMap = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ImportPlan {
  readonly map: ImportMap;
  /** Resources with data whose identifier only the account knows. */
  readonly unnamed: readonly { readonly logicalId: string; readonly type: string }[];
}

/** The identifiers that are names. Others, such as the URL of a queue, are known only in the account. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::S3::Bucket': 'BucketName',
};

/** The resources with data, and the identifiers of those that have a name, in the default stage. */
export function importPlan(definition: Definition, written: string): ImportPlan {
  const map: Record<string, Record<string, string>> = {};
  const unnamed: { logicalId: string; type: string }[] = [];
  const made = definition.functions
    .flatMap(({ events }) => events)
    .flatMap((event) =>
      event.kind === 'bucket' && event.source.makes !== undefined
        ? [
            {
              logicalId: event.source.makes,
              type: 'AWS::S3::Bucket',
              properties: { BucketName: event.source.name },
            },
          ]
        : [],
    );
  for (const { logicalId, type, properties } of [...definition.resources, ...made]) {
    if (!HOLDS_DATA.has(type) || !written.includes(`'${logicalId}'`)) {
      continue;
    }
    const key = NAMES[type];
    const name =
      key === undefined
        ? undefined
        : concrete((properties as ValueMap)[key], definition.defaultStage);
    if (key === undefined || name === undefined) {
      unnamed.push({ logicalId, type });
    } else {
      map[logicalId] = { [key]: name };
    }
  }
  return { map, unnamed };
}

/** The text in one stage; undefined if it is known only at deployment. */
function concrete(value: Value, stage: string): string | undefined {
  if (value === STAGE) {
    return stage;
  }
  if (value instanceof ByStage) {
    return concrete(value.values[stage] ?? value.fallback, stage);
  }
  if (value instanceof Join) {
    const parts = value.parts.map((part) => concrete(part, stage));
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  return textOf(value);
}

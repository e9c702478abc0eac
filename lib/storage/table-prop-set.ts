import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { stageDefault, TABLE_DEFAULTS } from '../core/defaults';
import {
  anything,
  flag,
  instance,
  integer,
  listOf,
  oneOf,
  struct,
  textOf,
  passedOn,
} from '../props/kinds';
import { Optional } from '../props/prop';
import { propsOf } from '../props/prop-set';
import type { AppTableProps } from './app-table-props';

const SHARED = 'aws-dynamodb/lib/shared';
const TABLE_V2 = 'aws-dynamodb/lib/table-v2';

const ATTRIBUTE_TYPE = oneOf('AttributeType', () => dynamodb.AttributeType);

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-attributedefinition.html;
 * template validation treats `${…}` as a reference without its `Fn::Sub`.
 */
const ATTRIBUTE_NAME = textOf(1, 255, { what: 'without `${`', fits: /^(?!.*\$\{)/s });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const TABLE_NAME = textOf(3, 255, {
  what: 'of letters, digits, `_`, `-` and `.`',
  fits: /^[A-Za-z0-9_.-]+$/,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-ondemandthroughput.html */
export function requestUnits(): Optional<number> {
  return integer(1, undefined, 'units a second', {
    remedy: 'use at least 1, or leave it out to be limited only by the quota',
  });
}

const KEY = struct(
  propsOf<dynamodb.Attribute>(`${SHARED}#Attribute`)({
    name: ATTRIBUTE_NAME.required(),
    type: ATTRIBUTE_TYPE.required(),
  }),
);
const KEYS = listOf(KEY);

const INDEX = {
  indexName: TABLE_NAME.required(),
  projectionType: oneOf('ProjectionType', () => dynamodb.ProjectionType),
  nonKeyAttributes: listOf(ATTRIBUTE_NAME),
};

/** The minimum depends on the table's billing mode. */
const WARM_THROUGHPUT = struct(
  propsOf<dynamodb.WarmThroughput>(`${SHARED}#WarmThroughput`)({
    ...passedOn('readUnitsPerSecond writeUnitsPerSecond'),
  }),
);

export const GLOBAL_INDEX_PROPS = propsOf<dynamodb.GlobalSecondaryIndexPropsV2>(
  `${TABLE_V2}#GlobalSecondaryIndexPropsV2`,
  `${SHARED}#SecondaryIndexProps`,
)({
  ...INDEX,
  partitionKey: KEY,
  partitionKeys: KEYS,
  sortKey: KEY,
  sortKeys: KEYS,
  ...passedOn('readCapacity writeCapacity'),
  maxReadRequestUnits: requestUnits(),
  maxWriteRequestUnits: requestUnits(),
  warmThroughput: WARM_THROUGHPUT,
});

export const LOCAL_INDEX_PROPS = propsOf<dynamodb.LocalSecondaryIndexProps>(
  `${SHARED}#LocalSecondaryIndexProps`,
  `${SHARED}#SecondaryIndexProps`,
)({ ...INDEX, sortKey: KEY.required() });

const RECOVERY = {
  pointInTimeRecovery: flag().byStage(stageDefault('pointInTimeRecovery')).in('tables'),
  pointInTimeRecoverySpecification: struct(
    propsOf<dynamodb.PointInTimeRecoverySpecification>(
      `${SHARED}#PointInTimeRecoverySpecification`,
    )({ pointInTimeRecoveryEnabled: anything().required(), recoveryPeriodInDays: anything() }),
  ).in('tables'),
};

/** The options that a table and each of its replicas share. */
const TABLE_OPTIONS = {
  ...RECOVERY,
  ...passedOn('contributorInsights contributorInsightsSpecification'),
  deletionProtection: flag().byStage(stageDefault('deletionProtection')).in('tables'),
  ...passedOn('tableClass kinesisStream tags resourcePolicy streamResourcePolicy'),
};

export const REPLICA_PROPS = propsOf<dynamodb.ReplicaTableProps>(
  `${TABLE_V2}#ReplicaTableProps`,
  `${TABLE_V2}#TableOptionsV2`,
)({
  ...TABLE_OPTIONS,
  region: anything().required(),
  readCapacity: anything(),
  maxReadRequestUnits: requestUnits(),
  globalSecondaryIndexOptions: anything(),
});

/** The CDK receives names and types in another form, or passes them to the template unchecked. */
export const TABLE_PROPS = propsOf<AppTableProps>(`${TABLE_V2}#TableOptionsV2`)({
  ...TABLE_OPTIONS,
  partitionKey: ATTRIBUTE_NAME.required(),
  partitionKeyType: ATTRIBUTE_TYPE,
  sortKey: ATTRIBUTE_NAME,
  sortKeyType: ATTRIBUTE_TYPE,
  timeToLiveAttribute: ATTRIBUTE_NAME,
  dynamoStream: oneOf('StreamViewType', () => dynamodb.StreamViewType)
    .defaultsTo(TABLE_DEFAULTS.dynamoStream)
    .in('tables'),
  removalPolicy: oneOf('RemovalPolicy', () => RemovalPolicy)
    .byStage(stageDefault('tableRemovalPolicy'))
    .in('tables'),
  billing: instance('a Billing', 'write, for example, `Billing.onDemand()`', 'mode').in('tables'),
  globalSecondaryIndexes: listOf(struct(GLOBAL_INDEX_PROPS)),
  localSecondaryIndexes: listOf(struct(LOCAL_INDEX_PROPS)),
  replicas: listOf(struct(REPLICA_PROPS)),
  encryption: instance(
    'a TableEncryptionV2',
    'write, for example, `TableEncryptionV2.awsManagedKey()`',
    'type',
  ),
  warmThroughput: WARM_THROUGHPUT.in('tables'),
  tableName: TABLE_NAME,
});

import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as fc from 'fast-check';
import { GLOBAL_INDEX_PROPS, TABLE_PROPS as PROPS } from '../../../lib/storage/table-prop-set';
import { declared, NEVER } from '../support/declared';
import { realize, Recipe, recipe } from '../support/recipe';
import { FLAGS, NAME, options, within } from '../support/values';

const TYPE = fc.constantFrom('S', 'N', 'B');
const UNITS = options(
  { maxReadRequestUnits: within(1, 40_000), maxWriteRequestUnits: within(1, 40_000) },
  {},
  2,
);
const WARM = options(
  { writeUnitsPerSecond: within(4_000, 40_000) },
  { readUnitsPerSecond: within(12_000, 40_000) },
  2,
);
const ATTRIBUTE = options({}, { name: NAME, type: TYPE });
const ATTRIBUTES = fc.array(ATTRIBUTE, { minLength: 1, maxLength: 2 });

/** With one of the two ways to name keys; the CDK refuses both together. */
const GLOBAL_INDEX = fc
  .tuple(
    declared(GLOBAL_INDEX_PROPS, {
      indexName: fc.constantFrom('one', 'two', 'three'),
      partitionKey: NEVER,
      partitionKeys: NEVER,
      sortKey: NEVER,
      sortKeys: NEVER,
      projectionType: fc.constantFrom('ALL', 'KEYS_ONLY'),
      nonKeyAttributes: NEVER,
      warmThroughput: WARM,
    }),
    fc.oneof(
      options({ sortKey: ATTRIBUTE }, { partitionKey: ATTRIBUTE }),
      options({}, { partitionKeys: ATTRIBUTES, sortKeys: ATTRIBUTES }),
    ),
  )
  .map(([index, keys]) => ({ ...index, ...keys }));

export const TABLE_PROPS = declared(
  PROPS,
  {
    partitionKey: NAME,
    sortKey: NAME,
    partitionKeyType: TYPE,
    sortKeyType: TYPE,
    removalPolicy: fc.constantFrom(RemovalPolicy.DESTROY, RemovalPolicy.RETAIN),
    billing: UNITS.map(
      (units) =>
        new Recipe(`Billing.onDemand(${fc.stringify(units)})`, (made) =>
          dynamodb.Billing.onDemand(realize(units, made) as never),
        ),
    ),
    encryption: recipe('TableEncryptionV2.awsManagedKey()', () =>
      dynamodb.TableEncryptionV2.awsManagedKey(),
    ),
    warmThroughput: WARM,
    tableName: fc.constantFrom('orders-table', 'my.table'),
    pointInTimeRecoverySpecification: options({}, { pointInTimeRecoveryEnabled: FLAGS }),
    globalSecondaryIndexes: fc.array(GLOBAL_INDEX, { maxLength: 2 }),
    pointInTimeRecovery: NEVER, // the CDK's older name of the specification
    localSecondaryIndexes: NEVER, // need a sort key of the table
    replicas: NEVER, // need a stack whose region is known
  },
  7,
);

import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as fc from 'fast-check';
import { realize, Recipe, recipe } from '../support/recipe';
import { ANY_TEXT, FLAGS, NAME, options, within } from '../support/values';

const KEY = fc.oneof({ weight: 10, arbitrary: NAME }, { weight: 1, arbitrary: NAME });
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
export const TABLE_PROPS = options(
  {
    partitionKeyType: TYPE,
    sortKey: KEY,
    sortKeyType: TYPE,
    timeToLiveAttribute: ANY_TEXT,
    dynamoStream: fc.constantFrom(...Object.values(dynamodb.StreamViewType)),
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
    deletionProtection: FLAGS,
    globalSecondaryIndexes: fc.array(
      options(
        { warmThroughput: WARM, sortKey: options({}, { name: NAME, type: TYPE }) },
        {
          indexName: fc.constantFrom('one', 'two', 'three'),
          partitionKey: options({}, { name: NAME, type: TYPE }),
        },
      ),
      { maxLength: 2 },
    ),
  },
  { partitionKey: KEY },
  5,
);

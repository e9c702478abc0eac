import { Token } from 'aws-cdk-lib';
import { Lazy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { AppTableProps } from '../../lib/storage/app-table-props';
import { checkProps } from '../../lib/props/check-props';
import { TABLE_PROPS } from '../../lib/storage/table-prop-set';
import { PropCheck } from '../../lib/props/prop-check';
import { quickApp } from '../support/synth';
import { checkTableProps, tableThroughput } from '../../lib/storage/table-rules';

const { Billing, Capacity } = dynamodb;
const check = new PropCheck('Test/App', 'tables.Orders');
const token = Lazy.number({ produce: () => 0 });
const provisioned = Billing.provisioned({
  readCapacity: Capacity.fixed(5),
  writeCapacity: Capacity.autoscaled({ maxCapacity: 9 }),
});
const index = (
  options: Partial<dynamodb.GlobalSecondaryIndexPropsV2>,
): Pick<AppTableProps, 'globalSecondaryIndexes'> => ({
  globalSecondaryIndexes: [
    { indexName: 'byNothing', partitionKey: { name: 'a', type: dynamodb.AttributeType.STRING } },
    {
      indexName: 'byDay',
      partitionKey: { name: 'b', type: dynamodb.AttributeType.STRING },
      ...options,
    },
  ],
});
const checking = (props: Partial<AppTableProps>) => (): void => {
  checkProps({ partitionKey: 'id', ...props }, TABLE_PROPS, check);
  checkTableProps({ partitionKey: 'id', ...props }, check);
};

test.each<[string, Partial<AppTableProps>]>([
  ['nothing', {}],
  [
    '1 unit each',
    { billing: Billing.onDemand({ maxReadRequestUnits: 1, maxWriteRequestUnits: 1 }) },
  ],
  ['the least warm reads', { warmThroughput: { readUnitsPerSecond: 12_000 } }],
  ['the least warm writes', { warmThroughput: { writeUnitsPerSecond: 4000 } }],
  ['1 unit of an index', index({ maxReadRequestUnits: 1, maxWriteRequestUnits: 1 })],
  ['the least of a warm index', index({ warmThroughput: { readUnitsPerSecond: 12_000 } })],
  ['1 unit of a replica', { replicas: [{ region: 'us-east-1', maxReadRequestUnits: 1 }] }],
  [
    'a warm table of 1 unit that is provisioned',
    { billing: provisioned, warmThroughput: { readUnitsPerSecond: 1, writeUnitsPerSecond: 1 } },
  ],
  [
    'a warm index of 1 unit of a provisioned table',
    { billing: provisioned, ...index({ warmThroughput: { writeUnitsPerSecond: 1 } }) },
  ],
  [
    'tokens',
    {
      billing: Billing.onDemand({ maxReadRequestUnits: token }),
      warmThroughput: { readUnitsPerSecond: token },
    },
  ],
])('accepts %s', (_name, props) => {
  expect(checking(props)).not.toThrow();
});

const UNITS = 'must be a whole number not below 1 units a second, got 0';
const NO_MAXIMUM = 'use at least 1, or leave it out to be limited only by the quota';
const WARMER = 'leave it out for DynamoDB’s default, or use a larger value';

test.each<[string, Partial<AppTableProps>, string]>([
  [
    'no reads',
    { billing: Billing.onDemand({ maxReadRequestUnits: 0 }) },
    `billing.maxReadRequestUnits\` ${UNITS}: ${NO_MAXIMUM}`,
  ],
  [
    'no writes',
    { billing: Billing.onDemand({ maxWriteRequestUnits: 0 }) },
    `billing.maxWriteRequestUnits\` ${UNITS}: ${NO_MAXIMUM}`,
  ],
  [
    'no reads of the second index',
    index({ maxReadRequestUnits: 0 }),
    `globalSecondaryIndexes[1].maxReadRequestUnits\` ${UNITS}: ${NO_MAXIMUM}`,
  ],
  [
    'no writes of the second index',
    index({ maxWriteRequestUnits: 0 }),
    `globalSecondaryIndexes[1].maxWriteRequestUnits\` ${UNITS}: ${NO_MAXIMUM}`,
  ],
  [
    'no reads of the second replica',
    { replicas: [{ region: 'a' }, { region: 'us-east-1', maxReadRequestUnits: 0 }] },
    `replicas[1].maxReadRequestUnits\` ${UNITS}: ${NO_MAXIMUM}`,
  ],
  [
    'less warm reads than each table has',
    { warmThroughput: { readUnitsPerSecond: 11_999 } },
    `warmThroughput.readUnitsPerSecond\` must be a whole number not below 12000 units a second, got 11999: ${WARMER}`,
  ],
  [
    'less warm writes than each table has',
    { warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 3999 } },
    `warmThroughput.writeUnitsPerSecond\` must be a whole number not below 4000 units a second, got 3999: ${WARMER}`,
  ],
  [
    'less warm writes than each index has',
    index({ warmThroughput: { writeUnitsPerSecond: 3999 } }),
    `globalSecondaryIndexes[1].warmThroughput.writeUnitsPerSecond\` must be a whole number not below 4000 units a second, got 3999: ${WARMER}`,
  ],
  [
    'no warm writes of a provisioned table',
    { billing: provisioned, warmThroughput: { writeUnitsPerSecond: 0 } },
    `warmThroughput.writeUnitsPerSecond\` ${UNITS}: ${WARMER}`,
  ],
  [
    'warm throughput of nothing',
    { warmThroughput: {} },
    'warmThroughput` must have `readUnitsPerSecond`, `writeUnitsPerSecond` or both, got neither: leave it out for DynamoDB’s default',
  ],
])('fails for %s', (_name, props, text) => {
  expect(checking(props)).toThrow(`Test/App: \`tables.Orders.${text}`);
});

describe('the throughput in the model', () => {
  test.each<[string, Partial<AppTableProps>, Record<string, unknown>]>([
    ['of a table by default', {}, { billing: 'onDemand' }],
    ['of bounds', { billing: Billing.onDemand({ maxReadRequestUnits: 5 }) }, { maxReadUnits: 5 }],
    [
      'of bounds of writes',
      { billing: Billing.onDemand({ maxWriteRequestUnits: 6 }) },
      { billing: 'onDemand', maxWriteUnits: 6, maxReadUnits: undefined },
    ],
    [
      'of a warm table',
      { warmThroughput: { readUnitsPerSecond: 13_000, writeUnitsPerSecond: 5000 } },
      { billing: 'onDemand', warmReadUnits: 13_000, warmWriteUnits: 5000 },
    ],
    [
      'of a provisioned one, whose capacity is no bound',
      { billing: provisioned, warmThroughput: { readUnitsPerSecond: 7 } },
      { billing: 'provisioned', warmReadUnits: 7 },
    ],
  ])('%s', (_name, props, facts) => {
    expect(tableThroughput({ partitionKey: 'id', ...props })).toMatchObject(facts);
  });

  test('has no maximum for a provisioned table', () => {
    expect(tableThroughput({ partitionKey: 'id', billing: provisioned })).toEqual({
      billing: 'provisioned',
    });
  });

  test('is unknown if the CDK no longer exposes it', () => {
    const billing = { mode: dynamodb.BillingMode.PAY_PER_REQUEST } as unknown as dynamodb.Billing;

    expect(tableThroughput({ partitionKey: 'id', billing })).toEqual({ billing: 'onDemand' });

    const capacity = { readCapacity: 5 };
    Object.assign(billing, {
      _renderReadCapacity: () => capacity,
      _renderWriteCapacity: () => capacity,
    });
    expect(tableThroughput({ partitionKey: 'id', billing })).toEqual({ billing: 'onDemand' });
  });
});

describe('a fixed write capacity', () => {
  const writeCapacity = Capacity.fixed(7);
  const partitionKey = { name: 'a', type: dynamodb.AttributeType.STRING };

  test.each<[string, string, Partial<AppTableProps>]>([
    [
      'billing',
      'n',
      { billing: Billing.provisioned({ readCapacity: Capacity.fixed(5), writeCapacity }) },
    ],
    [
      'globalSecondaryIndexes[0]',
      '7',
      {
        billing: provisioned,
        globalSecondaryIndexes: [{ indexName: 'one', partitionKey, writeCapacity }],
      },
    ],
    [
      'globalSecondaryIndexes[0]',
      'n',
      {
        billing: provisioned,
        globalSecondaryIndexes: [
          {
            indexName: 'one',
            partitionKey,
            writeCapacity: Capacity.fixed(Token.asNumber({ Ref: 'Units' })),
          },
        ],
      },
    ],
  ])('fails in %s, with the right form for %s units', (prop, units, props) => {
    expect(() => quickApp().app.addTable('Orders', { partitionKey: 'id', ...props })).toThrow(
      `Test/App: \`tables.Orders.${prop}.writeCapacity\` must scale automatically, since the CDK’s \`TableV2\` is a global table, got \`Capacity.fixed(${units})\`: ` +
        `write \`Capacity.autoscaled({ minCapacity: ${units}, maxCapacity: ${units} })\`, which keeps the capacity at ${units}`,
    );
  });
});

import { Lazy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { AppTableProps } from 'cdk-serverless-app';
import { tableThroughput } from '../../lib/storage/table-rules';
import { only, quickApp, serverlessApp } from '../support/synth';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const { Billing, Capacity } = dynamodb;

const number = (value: number): number => Lazy.number({ produce: () => value });
const byDay = { name: 'day', type: dynamodb.AttributeType.STRING };
const index = (
  options: Partial<dynamodb.GlobalSecondaryIndexPropsV2>,
): Pick<AppTableProps, 'globalSecondaryIndexes'> => ({
  globalSecondaryIndexes: [{ indexName: 'byDay', partitionKey: byDay, ...options }],
});
const provisioned = Billing.provisioned({
  readCapacity: Capacity.fixed(5),
  writeCapacity: Capacity.autoscaled({ maxCapacity: 9 }),
});

function adding(props: Partial<AppTableProps>): () => void {
  return () => {
    quickApp().app.addTable('Orders', { partitionKey: 'id', ...props });
  };
}

function template(props: Partial<AppTableProps>): Record<string, unknown> {
  const { app, stack } = quickApp();
  app.addTable('Orders', { partitionKey: 'id', ...props });
  app.addFunction('F', { entry: 'ok.ts' });
  return only(stack, TABLE);
}

test('maximum and warm throughput of a table and its index pass the CDK’s validation', () => {
  // GIVEN
  const { app, stack } = serverlessApp({}, { env: { region: 'eu-west-1' } });

  // WHEN
  app.addTable('Orders', {
    partitionKey: 'id',
    billing: Billing.onDemand({ maxReadRequestUnits: 20_000, maxWriteRequestUnits: 6000 }),
    warmThroughput: { readUnitsPerSecond: 20_000, writeUnitsPerSecond: 6000 },
    ...index({ maxReadRequestUnits: 7, maxWriteRequestUnits: 8 }),
  });
  app.addFunction('F', { entry: 'ok.ts' });

  // THEN
  expect(only(stack, TABLE)).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 6000 },
    WarmThroughput: { ReadUnitsPerSecond: 20_000, WriteUnitsPerSecond: 6000 },
    Replicas: [{ ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 20_000 } }],
    GlobalSecondaryIndexes: [{ WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 8 } }],
  });
});

test('without options a table has neither maximum nor warm throughput of its own', () => {
  expect(template({})).not.toHaveProperty('WarmThroughput');
  expect(template({})).not.toHaveProperty('WriteOnDemandThroughputSettings');
});

test.each<[string, Partial<AppTableProps>]>([
  ['1 read unit', { billing: Billing.onDemand({ maxReadRequestUnits: 1 }) }],
  ['1 write unit', { billing: Billing.onDemand({ maxWriteRequestUnits: 1 }) }],
  ['no bounds on demand', { billing: Billing.onDemand() }],
  ['12,000 warm read units', { warmThroughput: { readUnitsPerSecond: 12_000 } }],
  ['4,000 warm write units', { warmThroughput: { writeUnitsPerSecond: 4000 } }],
  ['1 unit of an index', index({ maxReadRequestUnits: 1, maxWriteRequestUnits: 1 })],
  ['a warm index', index({ warmThroughput: { readUnitsPerSecond: 12_000 } })],
  ['1 unit of a replica', { replicas: [{ region: 'us-east-1', maxReadRequestUnits: 1 }] }],
  [
    'less warm throughput of a provisioned table',
    { billing: provisioned, warmThroughput: { readUnitsPerSecond: 1, writeUnitsPerSecond: 1 } },
  ],
  ['a token as a bound', { billing: Billing.onDemand({ maxReadRequestUnits: number(-5) }) }],
  ['a token as warm throughput', { warmThroughput: { readUnitsPerSecond: number(5) } }],
])('accepts %s', (_name, props) => {
  const stackProps = { env: { region: 'eu-west-1', account: '123456789012' } };

  expect(() => {
    quickApp({}, stackProps).app.addTable('Orders', { partitionKey: 'id', ...props });
  }).not.toThrow();
});

const UNITS = 'must be a whole number not below 1 units a second, got';
const NO_MAXIMUM = ': use at least 1, or leave it out to be limited only by the quota';
const WARMER = ': leave it out for DynamoDB’s default, or use a larger value';

test.each<[string, Partial<AppTableProps>, string]>([
  [
    'no read units, which the CDK takes for no bound',
    { billing: Billing.onDemand({ maxReadRequestUnits: 0 }) },
    `billing.maxReadRequestUnits\` ${UNITS} 0${NO_MAXIMUM}`,
  ],
  [
    'no write units',
    { billing: Billing.onDemand({ maxWriteRequestUnits: 0 }) },
    `billing.maxWriteRequestUnits\` ${UNITS} 0${NO_MAXIMUM}`,
  ],
  [
    'half a unit',
    { billing: Billing.onDemand({ maxWriteRequestUnits: 0.5 }) },
    `billing.maxWriteRequestUnits\` ${UNITS} 0.5${NO_MAXIMUM}`,
  ],
  [
    'no units of an index',
    index({ maxWriteRequestUnits: 0 }),
    `globalSecondaryIndexes[0].maxWriteRequestUnits\` ${UNITS} 0${NO_MAXIMUM}`,
  ],
  [
    'no read units of an index',
    index({ maxReadRequestUnits: 0 }),
    `globalSecondaryIndexes[0].maxReadRequestUnits\` ${UNITS} 0${NO_MAXIMUM}`,
  ],
  [
    'no units of a replica',
    { replicas: [{ region: 'us-east-1', maxReadRequestUnits: 0 }] },
    `replicas[0].maxReadRequestUnits\` ${UNITS} 0${NO_MAXIMUM}`,
  ],
  [
    'less warm read units than every table has',
    { warmThroughput: { readUnitsPerSecond: 11_999 } },
    `warmThroughput.readUnitsPerSecond\` must be a whole number not below 12000 units a second, got 11999${WARMER}`,
  ],
  [
    'less warm write units than every table has',
    { warmThroughput: { writeUnitsPerSecond: 3999 } },
    `warmThroughput.writeUnitsPerSecond\` must be a whole number not below 4000 units a second, got 3999${WARMER}`,
  ],
  [
    'an index less warm than every index is',
    index({ warmThroughput: { writeUnitsPerSecond: 3999 } }),
    'globalSecondaryIndexes[0].warmThroughput.writeUnitsPerSecond` must be',
  ],
  [
    'no warm units of a provisioned table',
    { billing: provisioned, warmThroughput: { readUnitsPerSecond: 0 } },
    `warmThroughput.readUnitsPerSecond\` ${UNITS} 0`,
  ],
  [
    'warm throughput of nothing',
    { warmThroughput: {} },
    'warmThroughput` must have `readUnitsPerSecond`, `writeUnitsPerSecond` or both, got neither: leave it out',
  ],
])('fails for %s', (_name, props, text) => {
  expect(adding(props)).toThrow(`Test/App: \`tables.Orders.${text}`);
});

test.each<[string, Partial<AppTableProps>, Record<string, unknown>]>([
  ['by default', {}, { billing: 'onDemand' }],
  [
    'with bounds',
    { billing: Billing.onDemand({ maxReadRequestUnits: 5, maxWriteRequestUnits: 6 }) },
    { billing: 'onDemand', maxReadUnits: 5, maxWriteUnits: 6 },
  ],
  [
    'warm',
    { warmThroughput: { readUnitsPerSecond: 13_000, writeUnitsPerSecond: 5000 } },
    { billing: 'onDemand', warmReadUnits: 13_000, warmWriteUnits: 5000 },
  ],
  ['provisioned', { billing: provisioned }, { billing: 'provisioned' }],
])('the model contains how a table is billed: %s', (_name, props, facts) => {
  expect(tableThroughput({ partitionKey: 'id', ...props })).toEqual(facts);
});

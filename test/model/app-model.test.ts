import { Lazy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import Ajv2020 from 'ajv/dist/2020';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Duration, Stack, Stage } from 'aws-cdk-lib';
import { ColdStart, Rollout, ServerlessApp, Sharding, Trigger } from 'cdk-serverless-app';
import { modelFileName } from '../../lib/synthesis/model-file';
import { HANDLERS, quickCdkApp, serverlessApp, Validations } from '../support/synth';
import { sinceCdk } from '../support/since-cdk';

const SCHEMA = JSON.parse(
  fs.readFileSync(path.join(__dirname, '..', '..', 'schema', 'serverless-app.schema.json'), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  SCHEMA,
);

interface WrittenModel {
  readonly functions: ReadonlyArray<Record<string, unknown>>;
  readonly [part: string]: unknown;
}

/** The model from the cloud assembly. */
function modelOf(app: ServerlessApp, file: string): WrittenModel {
  const stage = Stage.of(app);
  const { directory } = stage?.synth() ?? { directory: '' };
  return JSON.parse(fs.readFileSync(path.join(directory, file), 'utf8')) as WrittenModel;
}

test('the model of an app with every kind of trigger follows the schema', () => {
  // GIVEN
  const { app } = serverlessApp();
  const table = app.addTable('Orders', {
    partitionKey: 'id',
    billing: dynamodb.Billing.onDemand({ maxReadRequestUnits: 500 }),
    warmThroughput: { writeUnitsPerSecond: 6000 },
  });
  const bucket = app.addBucket('Uploads');

  // WHEN
  app.onRequest('GET /orders/{id}', 'ok.ts').reads(table);
  app.onTableChange(table, 'other.ts').readsAndWrites(bucket);
  app.addFunction('Third', {
    entry: 'third.ts',
    reservedConcurrentExecutions: 5,
    triggers: [
      Trigger.objectCreated(bucket, { prefix: 'in/' }),
      Trigger.schedule(ScheduleExpression.rate(Duration.hours(1))),
    ],
  });

  // THEN
  const model = modelOf(app, 'Test.App.serverless-app.json');
  expect([validate(model), validate.errors]).toEqual([true, null]);
  expect(model).toMatchObject({
    schemaVersion: 1,
    app: { id: 'App', path: 'Test/App', stage: 'production', stack: 'Test' },
    tables: [
      { id: 'Orders', made: true, billing: 'onDemand', maxReadUnits: 500, warmWriteUnits: 6000 },
    ],
    buckets: [{ id: 'Uploads', made: true }],
    failureQueue: { id: 'FailureQueue', made: true },
    failureBucket: { id: 'FailureBucket', made: true, retentionDays: 90 },
    accessLogsBucket: { id: 'AccessLogs', made: true, retentionDays: 90 },
    logGroup: { id: 'Logs', made: true },
    http: { id: 'HttpApi', made: true, rateLimit: 1000, burstLimit: 2000 },
  });
  expect(model.functions.map((fn) => [fn['id'], fn['entry'], fn['timeoutSeconds']])).toEqual([
    ['Ok', 'ok.ts', 10],
    ['Other', 'other.ts', 60],
    ['Third', 'third.ts', 60],
  ]);
});

test('cold starts and rollouts are in the model as this stage uses them', () => {
  // GIVEN
  const { app } = serverlessApp();
  const schedule = ScheduleExpression.cron({ hour: '8', minute: '0' });

  // WHEN
  app.addFunction('Ok', { entry: 'ok.ts' });
  app.addFunction('Fixed', { entry: 'ok.ts', coldStart: ColdStart.provisioned({ min: 2 }) });
  app.addFunction('Scaled', {
    entry: 'ok.ts',
    coldStart: ColdStart.provisioned({ min: 2, max: 9, schedules: [{ schedule, min: 4 }] }),
    rollout: Rollout.canary({ percent: 10, interval: Duration.hours(1) }),
  });

  // THEN
  const model = modelOf(app, 'Test.App.serverless-app.json');
  expect([validate(model), validate.errors]).toEqual([true, null]);
  expect(
    model.functions.map(({ alias, coldStart, rollout }) => [alias, coldStart, rollout]),
  ).toEqual([
    [undefined, { kind: 'onDemand' }, { kind: 'allAtOnce' }],
    ['live', { kind: 'provisioned', min: 2 }, { kind: 'allAtOnce' }],
    [
      'live',
      {
        kind: 'provisioned',
        min: 2,
        max: 9,
        targetUtilization: 0.7,
        schedules: [{ schedule: 'cron(0 8 * * ? *)', timeZone: 'Etc/UTC', min: 4, max: 9 }],
      },
      { kind: 'canary', percent: 10, intervalMinutes: 60 },
    ],
  ]);
});

test('values known only at deployment are expressions in the model', () => {
  const { app } = serverlessApp();

  app.onRequest('GET /', 'ok.ts', { memorySize: Lazy.number({ produce: () => 333 }) });

  const model = modelOf(app, 'Test.App.serverless-app.json');
  expect([validate(model), validate.errors]).toEqual([true, null]);
  expect(model.functions[0]).toMatchObject({
    memoryMb: 333,
    name: { Ref: expect.any(String) as string },
  });
});

test('a resource of the user is in the model only if a function uses it', () => {
  const { app, stack } = serverlessApp();
  const table = dynamodb.TableV2.fromTableName(stack, 'Elsewhere', 'elsewhere');

  app.onRequest('GET /', 'ok.ts').reads(table);

  const model = modelOf(app, 'Test.App.serverless-app.json');
  expect(model).toMatchObject({ tables: [], buckets: [] });
  expect(model.functions[0]).toMatchObject({
    access: [
      {
        kind: 'table',
        path: 'Test/Elsewhere',
        level: 'read',
        environmentVariable: 'ELSEWHERE_TABLE_NAME',
      },
    ],
  });
});

test('a model of another version does not match the schema', () => {
  const { app } = serverlessApp();
  app.onRequest('GET /', 'ok.ts');
  const model = modelOf(app, 'Test.App.serverless-app.json');

  expect(validate({ ...model, schemaVersion: 2 })).toBe(false);
});

test('the model of a sharded app is a single one, whose names the app’s own stack can resolve', () => {
  const { app } = serverlessApp({ sharding: Sharding.nestedStacks(2) });
  const table = app.addTable('Orders', { partitionKey: 'id' });
  app.onRequest('GET /', 'ok.ts').reads(table);
  app.onTableChange(table, 'other.ts');

  const model = modelOf(app, 'Test.App.serverless-app.json');

  expect([validate(model), validate.errors]).toEqual([true, null]);
  expect(model).toMatchObject({
    app: { shards: 2 },
    functions: [
      { id: 'Ok', shard: expect.stringMatching(/^Shard[01]$/) as string },
      { id: 'Other', shard: expect.stringMatching(/^Shard[01]$/) as string },
    ],
  });
  // Resources of the shards, and parameters of their templates, mean nothing in the app's own stack.
  const names = JSON.stringify(model.functions.map(({ name }) => name));
  expect(names).toMatch(/"Test-App-Shard[01]-Ok-[0-9a-f]{8}-"/);
  expect(new Set([...names.matchAll(/"Ref":"([^"]+)"/g)].map(([, to]) => to))).toEqual(
    new Set(['AWS::StackId']),
  );
  const { directory = '' } = Stage.of(app)?.synth() ?? {};
  expect(fs.readdirSync(directory).filter((file) => file.endsWith('.serverless-app.json'))).toEqual(
    ['Test.App.serverless-app.json'],
  );
});

test('the model of an app without shards has none', () => {
  const { app } = serverlessApp();
  app.onRequest('GET /', 'ok.ts');

  const { app: facts, functions } = modelOf(app, 'Test.App.serverless-app.json');

  expect(facts).not.toHaveProperty('shards');
  expect(functions[0]).not.toHaveProperty('shard');
});

describe('the file of a model', () => {
  function fileOf(stack: string, app: string): string {
    return modelFileName(
      new ServerlessApp(new Stack(quickCdkApp(), stack, { stackName: 'S' }), app, {
        root: HANDLERS,
      }),
    );
  }

  test('is named after the stack and the app', () => {
    expect(fileOf('Shop', 'Orders')).toBe('Shop.Orders.serverless-app.json');
  });

  test.each([
    [
      ['X', 'A-B'],
      ['X-A', 'B'],
    ],
    [
      ['X', 'A.B'],
      ['X.A', 'B'],
    ],
    [
      ['X', 'A B'],
      ['X', 'A-B'],
    ],
    [
      ['X', 'A b'],
      ['X', 'A+b'],
    ],
    [
      ['X', `${'a'.repeat(240)}1`],
      ['X', `${'a'.repeat(240)}2`],
    ],
  ])('differs for %j and %j', ([stack = '', app = ''], [otherStack = '', other = '']) => {
    const files = [fileOf(stack, app), fileOf(otherStack, other)];

    expect(new Set(files).size).toBe(2);
    expect(files.filter((file) => !/^[\w.-]{1,255}$/.test(file))).toEqual([]);
  });
});

sinceCdk('2.276.0')('the model contains findings and acknowledgements with their reasons', () => {
  // GIVEN
  const { app } = serverlessApp();
  const table = app.addTable('Orders', { partitionKey: 'id' });
  const changed = app.onTableChange(table, 'ok.ts').writes(table);
  app.onRequest('GET /a', 'other.ts');
  app.onRequest('GET /b', 'third.ts');

  // WHEN
  app.acknowledge('cdk-serverless-app:event-loop', 'a status is set once');
  const where = { prop: 'functions.Third.authorizer' };
  const id = 'cdk-serverless-app:open-route';
  Validations.of(app).acknowledge({ id, reason: 'a public page', where });

  // THEN
  const model = modelOf(app, 'Test.App.serverless-app.json');
  expect([validate(model), validate.errors]).toEqual([true, null]);
  expect(model['guards']).toMatchObject({
    findings: [
      { id, severity: 'warning', prop: 'functions.Other.authorizer' },
      { id, prop: 'functions.Third.authorizer', acknowledged: 'a public page' },
      {
        id: 'cdk-serverless-app:event-loop',
        prop: `functions.${changed.node.id}.access`,
        acknowledged: 'a status is set once',
      },
    ],
    acknowledged: [
      { id: 'cdk-serverless-app:event-loop', reason: 'a status is set once', path: 'Test/App' },
      { id, reason: 'a public page', path: 'Test/App' },
    ],
  });
  const { findings } = model['guards'] as { findings: object[] };
  expect(findings[0]).not.toHaveProperty('acknowledged');
});

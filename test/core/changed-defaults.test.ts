import { Duration, Lazy, RemovalPolicy, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AppStage, Budget, ColdStart, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import type { Prop } from '../../lib/props/prop';
import { DefaultModel } from '../../lib/model/app-model';
import { defaultsRows } from '../../lib/core/defaults-table';
import { PROP_SETS } from '../support/prop-sets';
import { fs, quickApp } from '../support/synth';

/** The table of defaults as the model of an app has it. */
function defaultsOf(
  declare: (app: ServerlessApp) => void,
  props: ServerlessAppProps = {},
): DefaultModel[] {
  const { app } = quickApp(props);
  app.addFunction('Ok', { entry: 'ok.ts' });
  declare(app);
  const { directory = '' } = Stage.of(app)?.synth() ?? {};
  const model = JSON.parse(
    fs.readFileSync(`${directory}/Test.App.serverless-app.json`, 'utf8'),
  ) as { readonly defaults: DefaultModel[] };
  return model.defaults;
}

/** `part: at.prop = value` of all that was changed. */
function changesOf(
  declare: (app: ServerlessApp) => void,
  props: ServerlessAppProps = {},
): string[] {
  return defaultsOf(declare, props).flatMap(({ part, changed }) =>
    changed.map(({ at, prop, value }) => `${part}: ${at}.${prop} = ${JSON.stringify(value)}`),
  );
}

/** Options that are in no row of the table of defaults. A new option needs a row, or a line here. */
const IN_NO_ROW: Readonly<Record<string, readonly string[]>> = {
  ServerlessAppProps: [
    'acknowledgements',
    'environmentTypes', // about a file beside the sources
    'estimate',
    'functionDefaults', // its options are in rows
    'http', // as well
    'notify',
    'notifyTopic',
    'report',
    'rest', // as well
    'root',
    'stage',
    'usage',
    'webSocket', // its options are in rows
  ],
  HttpOptions: ['authorizationScopes'],
  HttpTriggerOptions: [
    'apiKeyRequired',
    'authorizationScopes',
    'integrationTimeout',
    'monthlyEvents',
    'streaming',
    'tenantId',
    'validate',
  ],
  TableChangesTriggerOptions: [
    'enabled',
    'filters',
    'maxBatchingWindow',
    'monthlyEvents',
    'parallelizationFactor',
    'tumblingWindow',
  ],
  ObjectTriggerOptions: ['eventTypes', 'monthlyEvents', 'prefix', 'suffix'],
  ScheduleTriggerOptions: ['end', 'input', 'scheduleGroup', 'start', 'timeWindow'],
};

test.each(Object.entries(IN_NO_ROW))(
  'the options of %s have a row, or are listed',
  (name, listed) => {
    const props = Object.entries<Prop>(PROP_SETS[name]?.set.props ?? {});
    const without = props.filter(([, { part }]) => part === undefined).map(([prop]) => prop);

    expect(without.sort()).toEqual(listed);
  },
);

test('the model has every row of the table, for the app’s stage', () => {
  const production = defaultsOf(() => undefined);
  const development = defaultsOf(() => undefined, { stage: AppStage.DEVELOPMENT });

  expect(production.map(({ part }) => part)).toEqual(defaultsRows().map(({ part }) => part));
  expect(production.flatMap(({ changed }) => changed)).toEqual([]);
  const schedules = (rows: DefaultModel[]): string | undefined =>
    rows.find(({ part }) => part === 'schedules')?.value;
  expect(schedules(production)).toMatch(/; on$/);
  expect(schedules(development)).toBe('off unless enabled');
});

test('options of one function and of all functions are changes', () => {
  const changes = changesOf(
    (app) => {
      app.addFunction('Big', {
        entry: 'ok.ts',
        memorySize: 2048,
        timeout: Duration.seconds(90),
        bundling: { sourceMap: true, externalModules: ['x'] },
        coldStart: ColdStart.provisioned({ min: 2 }),
        retryAttempts: 0,
      });
    },
    { functionDefaults: { architecture: lambda.Architecture.X86_64 } },
  );

  expect(changes).toEqual([
    'runtime, architecture: functionDefaults.architecture = "x86_64"',
    'memory: functions.Big.memorySize = 2048',
    'timeout: functions.Big.timeout = "1 minute 30 seconds"',
    'bundling: functions.Big.bundling = "sourceMap: true, externalModules"',
    'cold starts: functions.Big.coldStart = "provisioned"',
    'asynchronous events: functions.Big.retryAttempts = 0',
  ]);
});

test('options of tables, buckets, triggers and the API are changes', () => {
  const changes = changesOf(
    (app) => {
      const table = app.addTable('Orders', {
        partitionKey: 'id',
        billing: dynamodb.Billing.onDemand({ maxReadRequestUnits: 5 }),
        removalPolicy: RemovalPolicy.DESTROY,
      });
      app.addBucket('Uploads', { enforceSSL: false });
      app.onTableChange(table, 'ok.ts', { id: 'A', batchSize: 10 });
      app.onRequest('GET /', 'ok.ts', { id: 'B', throttle: { rateLimit: 5, burstLimit: 9 } });
      app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', {
        id: 'C',
        enabled: false,
        retryPolicy: { retryAttempts: 3, maxEventAge: Duration.minutes(5) },
      });
    },
    { http: { throttle: { rateLimit: 10 } } },
  );

  expect(changes).toEqual([
    'tables: tables.Orders.removalPolicy = "destroy"',
    'tables: tables.Orders.billing = "PAY_PER_REQUEST"',
    'buckets: buckets.Uploads.enforceSSL = false',
    'HTTP: http.throttle = "rateLimit: 10"',
    'HTTP: functions.B.throttle = "rateLimit: 5, burstLimit: 9"',
    'table changes: functions.A.batchSize = 10',
    'schedules: functions.C.enabled = false',
    'schedules: functions.C.retryPolicy = "retryAttempts: 3, maxEventAge: 5 minutes"',
  ]);
});

test('access logs, alarms, dashboard, tracing and budget of the app are changes', () => {
  const changes = changesOf(() => undefined, {
    notify: ['ops@example.com'],
    serverAccessLogs: false,
    alarmsEnabled: false,
    alarms: { Throttles: { enabled: true } },
    dashboard: false,
    budget: Budget.monthly(200),
    functionDefaults: { tracing: lambda.Tracing.ACTIVE },
  });

  expect(changes).toEqual([
    'access logs of buckets: app.serverAccessLogs = false',
    'tracing: functionDefaults.tracing = "Active"',
    'alarms: app.alarmsEnabled = false',
    'alarms: app.alarms = "Throttles"',
    'budget: app.budget = "200 dollars a month"',
    'dashboard: app.dashboard = false',
  ]);
});

test('an option equal to its default is no change', () => {
  const changes = changesOf((app) => {
    app.addTable('Orders', { partitionKey: 'id', removalPolicy: RemovalPolicy.RETAIN });
    app.addFunction('Same', {
      entry: 'ok.ts',
      memorySize: 1024,
      runtime: lambda.Runtime.NODEJS_24_X,
      coldStart: ColdStart.onDemand(),
      maxEventAge: Duration.minutes(360),
      timeout: undefined,
    });
  });

  expect(changes).toEqual([]);
});

test('a token is a change, and the model has its resolved value', () => {
  const changes = changesOf((app) => {
    app.addFunction('Big', { entry: 'ok.ts', memorySize: Lazy.number({ produce: () => 333 }) });
  });

  expect(changes).toEqual(['memory: functions.Big.memorySize = 333']);
});

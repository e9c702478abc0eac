import { Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import {
  Access,
  AlarmThreshold,
  AppFunctionOptions,
  AppTableProps,
  Budget,
  BudgetOptions,
  BundlingOptions,
  ColdStart,
  HttpOptions,
  Load,
  ProvisionedConcurrencyOptions,
  Rollout,
  RolloutOptions,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  TableChangesTriggerOptions,
  Trigger,
} from 'cdk-serverless-app';
import { textAndNumberProps } from '../support/public-props';
import { HANDLERS, quickCdkApp } from '../support/synth';

// What only the deployment knows, as `cdk synth` sees it: a value that compares with nothing.
const TEXT = Fn.importValue('Text');
const NUMBER = Token.asNumber(Fn.importValue('Number'));
const SECONDS = Duration.seconds(NUMBER);

type Use = (app: ServerlessApp, stack: Stack) => void;

interface Case {
  readonly props?: ServerlessAppProps;
  readonly use?: Use;
}

const app = (props: ServerlessAppProps): Case => ({ props });
const fn = (options: AppFunctionOptions): Case => ({
  use: (it) => it.addFunction('F', { entry: 'ok.ts', ...options }),
});
const bundling = (options: BundlingOptions): Case => fn({ bundling: options });
const table = (props: Partial<AppTableProps>): Case => ({
  use: (it) => it.addTable('T', { partitionKey: 'id', ...props }),
});
const http = (options: HttpOptions): Case => ({
  props: { http: options },
  use: (it) => it.onRequest('GET /', 'ok.ts'),
});
const domain = (domainName: string, path?: string): Case => ({
  use: (_, stack) => {
    const certificate = acm.Certificate.fromCertificateArn(
      stack,
      'C',
      'arn:aws:acm:eu-west-1:1:certificate/1',
    );
    const other = new ServerlessApp(stack, 'Other', {
      root: HANDLERS,
      http: { domain: { domainName, certificate, path } },
    });
    other.onRequest('GET /', 'ok.ts');
  },
});
const changes = (options: TableChangesTriggerOptions): Case => ({
  use: (it) => it.onTableChange(it.addTable('T', { partitionKey: 'id' }), 'ok.ts', options),
});
const provisioned = (options: ProvisionedConcurrencyOptions): Case =>
  fn({ coldStart: ColdStart.provisioned(options) });
const rollout = (options: Partial<RolloutOptions>): Case => ({
  use: (it) =>
    it.onRequest('GET /', 'ok.ts', {
      rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5), ...options }),
    }),
});
const objects = (options: { prefix?: string; suffix?: string }): Case => ({
  use: (it) => it.onObjectCreated(it.addBucket('B'), 'ok.ts', options),
});
const every = ScheduleExpression.rate(Duration.hours(1));
const schedule = (retryPolicy: { retryAttempts?: number; maxEventAge?: Duration }): Case => ({
  use: (it) => it.onSchedule(every, 'ok.ts', { retryPolicy }),
});
const jwt = (): apigateway.IHttpRouteAuthorizer =>
  new HttpJwtAuthorizer('Jwt', 'https://example.com', { jwtAudience: ['a'] });

const alarms = (named: ServerlessAppProps['alarms']): Case => ({
  props: { notify: ['ops@example.com'], alarms: named },
  use: (it) => it.onRequest('GET /', 'ok.ts'),
});
const budget = (usd: number, options: BudgetOptions = {}): Case => ({
  use: (_, stack) => {
    const props = { root: HANDLERS, notify: ['ops@example.com'] };
    const other = new ServerlessApp(stack, 'Other', {
      ...props,
      budget: Budget.monthly(usd, options),
    });
    other.addFunction('F', { entry: 'ok.ts' });
  },
});

/** A Token in each of these synthesizes, and nothing is compared with it. */
const TAKEN: Readonly<Record<string, Case>> = {
  'AlarmOptions.datapointsToAlarm': alarms({ Throttles: { datapointsToAlarm: NUMBER } }),
  'AlarmOptions.evaluationPeriods': alarms({ Throttles: { evaluationPeriods: NUMBER } }),
  'AlarmThreshold.count(count)': alarms({ Throttles: { threshold: AlarmThreshold.count(NUMBER) } }),
  'AlarmThreshold.dollarsPerHour(usd)': alarms({
    RunRate: { threshold: AlarmThreshold.dollarsPerHour(NUMBER) },
  }),
  'AlarmThreshold.duration(duration)': alarms({
    ApiLatency: { threshold: AlarmThreshold.duration(Duration.millis(NUMBER)) },
  }),
  'Budget.monthly(usd)': budget(NUMBER),
  'BudgetOptions.actual': budget(200, { actual: [NUMBER] }),
  'BudgetOptions.budgetName': budget(200, { budgetName: TEXT }),
  'BudgetOptions.forecast': budget(200, { forecast: [NUMBER] }),
  'BudgetOptions.notify': budget(200, { notify: [TEXT] }),
  'FunctionUsage.duration': fn({ usage: { duration: Duration.millis(NUMBER) } }),
  'ServerlessApp.acknowledge(reason)': {
    use: (it) => {
      it.acknowledge('cdk-serverless-app:event-loop', TEXT);
    },
  },
  'ServerlessApp.tryGetAlarm(name)': {
    use: (it) => {
      it.tryGetAlarm(TEXT);
    },
  },
  'ServerlessAppProps.notify': app({ notify: [TEXT] }),
  'AppFunctionOptions.handler': {
    use: (it) => it.addFunction('F', { entry: 'ok.ts', handler: TEXT }),
  },
  'AppTableProps.partitionKey': table({ partitionKey: TEXT }),
  'AppTableProps.sortKey': table({ sortKey: TEXT }),
  'AppTableProps.tableName': table({ tableName: TEXT }),
  'AppTableProps.timeToLiveAttribute': table({ timeToLiveAttribute: TEXT }),
  'HttpDomain.domainName': domain(TEXT),
  'HttpOptions.authorizationScopes': {
    use: (_, stack) => {
      const other = new ServerlessApp(stack, 'Other', {
        root: HANDLERS,
        http: { authorizer: jwt(), authorizationScopes: [TEXT] },
      });
      other.onRequest('GET /', 'ok.ts');
    },
  },
  'HttpThrottle.burstLimit': http({ throttle: { burstLimit: NUMBER } }),
  'HttpThrottle.rateLimit': http({ throttle: { rateLimit: NUMBER } }),
  'HttpTriggerOptions.authorizationScopes': {
    use: (it) => it.onRequest('GET /', 'ok.ts', { authorizer: jwt(), authorizationScopes: [TEXT] }),
  },
  'ObjectTriggerOptions.prefix': objects({ prefix: TEXT }),
  'ObjectTriggerOptions.suffix': objects({ suffix: TEXT }),
  'ProvisionedConcurrencyOptions.max': provisioned({ min: 1, max: NUMBER }),
  'ProvisionedConcurrencyOptions.min': provisioned({ min: NUMBER, max: 5 }),
  'ProvisionedConcurrencyOptions.targetUtilization': provisioned({
    min: 1,
    max: 5,
    targetUtilization: NUMBER,
  }),
  'ProvisionedConcurrencySchedule.max': provisioned({
    min: 1,
    schedules: [{ schedule: every, min: 1, max: NUMBER }],
  }),
  'ProvisionedConcurrencySchedule.min': provisioned({
    min: 1,
    schedules: [{ schedule: every, min: NUMBER }],
  }),
  'RolloutOptions.interval': rollout({ interval: Duration.minutes(NUMBER) }),
  'RolloutOptions.maxErrors': rollout({ maxErrors: NUMBER }),
  'RolloutOptions.maxLatency': rollout({ maxLatency: Duration.millis(NUMBER) }),
  'RolloutOptions.percent': rollout({ percent: NUMBER }),
  'ScalingOptions.apiBurstLimit': app({ scaling: { apiBurstLimit: NUMBER } }),
  'ScalingOptions.apiRateLimit': app({ scaling: { apiRateLimit: NUMBER } }),
  'ScalingOptions.concurrencyLimit': app({ scaling: { concurrencyLimit: NUMBER } }),
  'ScheduleRetryPolicy.maxEventAge': schedule({ maxEventAge: SECONDS }),
  'ScheduleRetryPolicy.retryAttempts': schedule({ retryAttempts: NUMBER }),
  'TableChangesTriggerOptions.batchSize': changes({ batchSize: NUMBER }),
  'TableChangesTriggerOptions.maxBatchingWindow': changes({ maxBatchingWindow: SECONDS }),
  'TableChangesTriggerOptions.maxRecordAge': changes({ maxRecordAge: SECONDS }),
  'TableChangesTriggerOptions.maxRetryAttempts': changes({ maxRetryAttempts: NUMBER }),
  'TableChangesTriggerOptions.parallelizationFactor': changes({ parallelizationFactor: NUMBER }),
  'TableChangesTriggerOptions.tumblingWindow': changes({ tumblingWindow: SECONDS }),
};

const onlyKnown = (use: Use): Case => ({ use });
const load = (options: object): Case => onlyKnown(() => Load.whatHappensAt(100, 100, options));
const objectsOf = (it: ServerlessApp): Parameters<ServerlessApp['onObjectCreated']>[0] =>
  it.addBucket('B');
const changesOf = (it: ServerlessApp): dynamodb.TableV2 => it.addTable('T', { partitionKey: 'id' });

/** What synthesis itself needs: a Token is refused, with the path of the prop. */
const KNOWN: Readonly<Record<string, Case>> = {
  'HttpDomain.path': domain('api.example.com', TEXT),
  'AccessOptions.environmentVariable': onlyKnown((it) => {
    const options = { environmentVariable: TEXT };
    it.addFunction('F', { entry: 'ok.ts', access: [Access.read(changesOf(it), options)] });
  }),
  'AlarmThreshold.percent(percent)': onlyKnown(() => AlarmThreshold.percent(NUMBER)),
  'CostEstimate.assertMonthlyBelow(dollars)': onlyKnown((it) => {
    it.estimate().assertMonthlyBelow(NUMBER);
  }),
  'FunctionUsage.readsPerEvent': fn({ usage: { readsPerEvent: NUMBER } }),
  'FunctionUsage.writesPerEvent': fn({ usage: { writesPerEvent: NUMBER } }),
  'ServerlessApp.acknowledge(id)': onlyKnown((it) => {
    it.acknowledge(TEXT, 'because');
  }),
  'ServerlessAppProps.alarms': alarms({ [TEXT]: {} }),
  ...Object.fromEntries(
    (['low', 'moderate', 'high'] as const).map((level) => [
      `UsageAmounts.${level}`,
      app({ usage: { monthlyEvents: { [level]: NUMBER } } }),
    ]),
  ),
  'AppFunctionProps.entry': onlyKnown((it) => it.addFunction('F', { entry: TEXT })),
  'BundlingOptions.define': bundling({ define: { A: TEXT } }),
  'BundlingOptions.externalModules': bundling({ externalModules: [TEXT] }),
  'BundlingOptions.loader': bundling({ loader: { '.html': TEXT } }),
  'BundlingOptions.nodeModules': bundling({ nodeModules: [TEXT] }),
  'BundlingOptions.tsconfig': bundling({ tsconfig: TEXT }),
  'CopiedFile.destination': bundling({ copyFiles: [{ source: 'ok.ts', destination: TEXT }] }),
  'CopiedFile.source': bundling({ copyFiles: [{ source: TEXT }] }),
  'Load.whatHappensAt(durationMs)': onlyKnown(() => Load.whatHappensAt(1, NUMBER)),
  'Load.whatHappensAt(rps)': onlyKnown(() => Load.whatHappensAt(NUMBER, 1)),
  ...Object.fromEntries(
    [
      'apiBurstLimit',
      'apiRateLimit',
      'burstLimit',
      'concurrencyElsewhere',
      'concurrencyLimit',
      'maxReadUnits',
      'maxWriteUnits',
      'rateLimit',
      'readUnits',
      'readyEnvironments',
      'reservedConcurrency',
      'maxConcurrency',
      'seconds',
      'warmReadUnits',
      'warmWriteUnits',
      'writeUnits',
    ].map((name) => [`LoadOptions.${name}`, load({ [name]: NUMBER })]),
  ),
  'ObjectFunctionOptions.id': onlyKnown((it) =>
    it.onObjectCreated(objectsOf(it), 'ok.ts', { id: TEXT }),
  ),
  'RequestFunctionOptions.id': onlyKnown((it) => it.onRequest('GET /', 'ok.ts', { id: TEXT })),
  'ScheduleFunctionOptions.id': onlyKnown((it) => it.onSchedule(every, 'ok.ts', { id: TEXT })),
  'ServerlessApp.addBucket(id)': onlyKnown((it) => it.addBucket(TEXT)),
  'ServerlessApp.addFunction(id)': onlyKnown((it) => it.addFunction(TEXT, { entry: 'ok.ts' })),
  'ServerlessApp.addTable(id)': onlyKnown((it) => it.addTable(TEXT, { partitionKey: 'id' })),
  'ServerlessApp.onObjectCreated(entry)': onlyKnown((it) =>
    it.onObjectCreated(objectsOf(it), TEXT),
  ),
  'ServerlessApp.onRequest(entry)': onlyKnown((it) => it.onRequest('GET /', TEXT)),
  'ServerlessApp.onRequest(route)': onlyKnown((it) => it.onRequest(TEXT, 'ok.ts')),
  'ServerlessApp.onSchedule(entry)': onlyKnown((it) => it.onSchedule(every, TEXT)),
  'ServerlessApp.onTableChange(entry)': onlyKnown((it) => it.onTableChange(changesOf(it), TEXT)),
  'ServerlessAppProps.root': app({ root: TEXT }),
  'Sharding.nestedStacks(count)': onlyKnown(() => Sharding.nestedStacks(NUMBER)),
  'TableChangeFunctionOptions.id': onlyKnown((it) =>
    it.onTableChange(changesOf(it), 'ok.ts', { id: TEXT }),
  ),
  'Trigger.http(route)': onlyKnown((it) => {
    it.addFunction('F', { entry: 'ok.ts', triggers: [Trigger.http(TEXT)] });
  }),
};

/** What the library gives, or what a class of the user's gives it for the app's model. */
const GIVEN =
  /^(AccessConfig|AppFinding|AppGuard|CostPart|LevelEstimate|LimitMet|LoadForecast|TriggerConfig)\./;

function synthesize({ props = {}, use }: Case): void {
  const cdk = quickCdkApp({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(cdk, 'Test');
  const made = new ServerlessApp(stack, 'App', { root: HANDLERS, ...props });
  made.addFunction('Always', { entry: 'ok.ts' });
  use?.(made, stack);
  cdk.synth();
}

test.each(Object.entries(TAKEN))('a Token as %s synthesizes', (_, it) => {
  expect(() => {
    synthesize(it);
  }).not.toThrow();
});

test.each(Object.entries(KNOWN))('a Token as %s is refused with a path and a remedy', (_, it) => {
  expect(() => {
    synthesize(it);
  }).toThrow(/^[^`]+: `[^`]+` must .+, got .+: .+/s);
});

test('every prop that takes text or a number is one of them', () => {
  const names = textAndNumberProps().map(({ name }) => name);

  expect(names.length).toBeGreaterThan(80);
  expect([...Object.keys(TAKEN), ...Object.keys(KNOWN)].sort()).toEqual(
    names.filter((name) => !GIVEN.test(name)).sort(),
  );
}, 60_000);

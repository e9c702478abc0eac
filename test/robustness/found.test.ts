import { Duration, Fn, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { ColdStart, Load, Rollout, ServerlessApp, Trigger } from 'cdk-serverless-app';
import { quickApp, templateOf } from '../support/synth';

/** What random apps found (`npm run test:fuzz`), each with its own name: refused before, but in words of others, or not at all. */
const any = (value: unknown): never => value as never;
const token = Token.asNumber(Fn.importValue('Number'));
const layer = (app: ServerlessApp, id: string): lambda.ILayerVersion =>
  lambda.LayerVersion.fromLayerVersionArn(app, id, 'arn:aws:lambda:eu-west-1:1:layer:l:1');
const alarm = (app: ServerlessApp, id: string): cloudwatch.IAlarm =>
  cloudwatch.Alarm.fromAlarmArn(app, id, 'arn:aws:cloudwatch:eu-west-1:1:alarm:a');

test.each<[string, (app: ServerlessApp) => unknown, string]>([
  [
    'options that are null',
    (app) => app.onRequest('GET /', 'ok.ts', any(null)),
    '`options` must be an object',
  ],
  [
    'a route that is no text',
    (app) => app.onRequest(any(5), 'ok.ts'),
    '`functions.Ok.route` must be text',
  ],
  [
    'a schedule that is null',
    (app) => app.onSchedule(any(null), 'ok.ts'),
    'must be a ScheduleExpression',
  ],
  [
    'a trigger that is null',
    (app) => {
      app.addFunction('F', { entry: 'ok.ts' }).addTrigger(any(null));
    },
    '`functions.F.triggers` must be a trigger',
  ],
  [
    'props of a table that are missing',
    (app) => app.addTable('T', any(undefined)),
    '`tables.T` must be an object',
  ],
  [
    'a partition key that is too long',
    (app) => app.addTable('T', { partitionKey: 'a'.repeat(256) }),
    'must be text of 1 to 255 characters',
  ],
  [
    'an encryption that is a function',
    (app) => app.addTable('T', { partitionKey: 'a', encryption: any(() => 1) }),
    'must be a TableEncryptionV2',
  ],
  [
    'an id that is half a character',
    (app) => app.addBucket('\ud800'),
    '`buckets` must have an id that is text',
  ],
  [
    'a function with an id that rollouts take',
    (app) => app.addFunction('CodeDeploy', { entry: 'ok.ts' }),
    'must have an id that the app does not use itself',
  ],
  [
    'a log level that is null',
    (app) => app.addFunction('F', { entry: 'ok.ts', applicationLogLevelV2: any(null) }),
    '`functions.F.applicationLogLevelV2` must be text',
  ],
  [
    'provisioned concurrency without a number',
    (app) => app.addFunction('F', { entry: 'ok.ts', coldStart: ColdStart.provisioned(any({})) }),
    '`functions.F.coldStart.min` must be a number',
  ],
  [
    'a rollout without a share',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        rollout: Rollout.canary(any({ interval: Duration.minutes(5) })),
      }),
    '`functions.F.rollout.percent` must be a number',
  ],
  [
    'a rollout whose interval is a Token of seconds',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        rollout: Rollout.canary({ percent: 10, interval: Duration.seconds(token) }),
      }),
    '`functions.F.rollout.interval` must be in minutes',
  ],
  [
    'a rollout that takes half of a timeout that is a Token',
    (app) =>
      app.onRequest('GET /', 'ok.ts', {
        timeout: Duration.seconds(token),
        rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5) }),
      }),
    '`functions.Ok.rollout.maxLatency` must be given',
  ],
  [
    'an alarm of a rollout twice',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        rollout: Rollout.canary({
          percent: 10,
          interval: Duration.minutes(5),
          alarms: [alarm(app, 'A'), alarm(app, 'B')],
        }),
      }),
    '`functions.F.rollout.alarms[1]` must be another',
  ],
  [
    'a layer twice',
    (app) => app.addFunction('F', { entry: 'ok.ts', layers: [layer(app, 'A'), layer(app, 'B')] }),
    '`functions.F.layers[1]` must be another',
  ],
  [
    'a filter twice',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        triggers: [
          Trigger.tableChanges(app.addTable('T', { partitionKey: 'a' }), {
            filters: [{ pattern: 'a' }, { pattern: 'a' }],
          }),
        ],
      }),
    '`functions.F.filters[1]` must be another',
  ],
  [
    'a name of a function twice',
    (app) => {
      ['A', 'B'].forEach((id) => app.addFunction(id, { entry: 'ok.ts', functionName: 'same' }));
    },
    '`functions.B.functionName` must be a name that nothing else',
  ],
  [
    'a rate that only compares like a number',
    (app) => app.onRequest('GET /', 'ok.ts', { throttle: { rateLimit: any(null) } }),
    '`functions.Ok.throttle.rateLimit` must be from 0',
  ],
  ['a load that is text', () => Load.whatHappensAt(any('5'), 5), '`rps` must be a known number'],
  [
    'what the CDK refuses, by its prop',
    (app) => app.addFunction('F', { entry: 'ok.ts', functionName: 'a b' }),
    '`functions.F` must be what the CDK takes, got an error of its own',
  ],
])('%s', (_, use, message) => {
  expect(() => use(quickApp().app)).toThrow(message);
});

test('an API that is closed has no address, and is made all the same', () => {
  const { app, stack } = quickApp({ http: { apiOptions: { disableExecuteApiEndpoint: true } } });

  app.onRequest('GET /', 'ok.ts');

  expect(templateOf(stack).Resources).toBeDefined();
  expect(() => app.url).toThrow('`http.apiOptions.disableExecuteApiEndpoint` must be left out');
});

test('whatever value stands where text is taken, the error is the library’s', () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true }).filter((it) => typeof it !== 'string'),
      (value) => {
        expect(() => quickApp({ root: any(value ?? null) })).toThrow(
          /`root` must be text .+, got .+: give a string/s,
        );
      },
    ),
    { numRuns: 50, seed: 1 },
  );
});

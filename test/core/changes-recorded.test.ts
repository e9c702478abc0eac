import { Duration, Lazy, Size } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage } from '../../lib/model/app-stage';
import { ColdStart } from '../../lib/function/cold-start';
import { ChangedDefaults } from '../../lib/core/changed-defaults';
import { APP_PROPS } from '../../lib/app/app-prop-set';
import { FUNCTION_PROPS } from '../../lib/function/function-prop-set';
import { HTTP_PROPS } from '../../lib/http/http-prop-set';
import type { PropSet } from '../../lib/props/prop';
import { BUCKET_PROPS } from '../../lib/storage/bucket-prop-set';
import { TABLE_PROPS } from '../../lib/storage/table-prop-set';
import { SCHEDULE_TRIGGER_PROPS } from '../../lib/trigger/schedule/schedule-options';
import { defaultsRows } from '../../lib/core/defaults-table';

const SETS = {
  function: FUNCTION_PROPS,
  http: HTTP_PROPS,
  bucket: BUCKET_PROPS,
  table: TABLE_PROPS,
  schedule: SCHEDULE_TRIGGER_PROPS,
} satisfies Record<string, PropSet>;

type SetName = keyof typeof SETS;

/** What is recorded of one option; nothing where it is no change. */
function recorded(name: SetName, given: object, stage: AppStage = AppStage.PRODUCTION): string[] {
  const changes = new ChangedDefaults(stage);
  changes.record(given, SETS[name], 'at');
  return recordedIn(changes);
}

function recordedIn(changes: ChangedDefaults): string[] {
  return changes
    .model()
    .flatMap(({ part, changed }) =>
      changed.map(({ at, prop, value }) => `${part}: ${at}.${prop} = ${JSON.stringify(value)}`),
    );
}

class Thing {
  readonly password = 'secret';
}

test.each<[string, SetName, object, string]>([
  ['a number', 'function', { memorySize: 2048 }, 'memory: at.memorySize = 2048'],
  ['a number that is 0', 'function', { retryAttempts: 0 }, 'asynchronous events: at.retryAttem'],
  ['a flag', 'bucket', { enforceSSL: false }, 'buckets: at.enforceSSL = false'],
  ['text', 'bucket', { encryption: 'KMS' }, 'buckets: at.encryption = "KMS"'],
  ['a duration', 'function', { timeout: Duration.seconds(90) }, '= "1 minute 30 seconds"'],
  [
    'a duration of the deployment',
    'function',
    { timeout: Duration.seconds(Lazy.number({ produce: () => 1 })) },
    '= "known only at deployment"',
  ],
  ['a size', 'function', { timeout: Size.gibibytes(1) }, '= "1024 MiB"'],
  ['a runtime', 'function', { runtime: lambda.Runtime.NODEJS_22_X }, '= "nodejs22.x"'],
  ['a decision', 'function', { coldStart: ColdStart.snapStart() }, '= "snapStart"'],
  ['a billing', 'table', { billing: dynamodb.Billing.onDemand() }, '= "PAY_PER_REQUEST"'],
  ['options', 'http', { throttle: { rateLimit: 5, burstLimit: undefined } }, '= "rateLimit: 5"'],
  [
    'options with parts',
    'schedule',
    { retryPolicy: { maxEventAge: Duration.minutes(5), more: { a: 1 }, on: true } },
    '= "maxEventAge: 5 minutes, more, on: true"',
  ],
  ['no options', 'http', { cors: {} }, 'HTTP: at.cors = "given"'],
  ['a list', 'bucket', { lifecycleRules: [{ id: 'a' }] }, '= "given"'],
  ['an object', 'function', { role: new Thing() }, 'permissions: at.role = "given"'],
  ['null', 'http', { cors: null }, 'HTTP: at.cors = "given"'],
  ['a function', 'http', { authorizer: () => 1 }, 'HTTP: at.authorizer = "given"'],
  ['a token', 'http', { cors: Lazy.any({ produce: () => 1 }) }, 'HTTP: at.cors = "given"'],
])('%s is recorded in a short form', (_name, place, given, expected) => {
  expect(recorded(place, given)).toEqual([expect.stringContaining(expected)]);
});

test.each<[string, SetName, object]>([
  ['undefined', 'function', { memorySize: undefined }],
  ['the default', 'function', { memorySize: 1024 }],
  ['the default in another unit', 'function', { maxEventAge: Duration.minutes(360) }],
  ['the default object', 'function', { coldStart: ColdStart.onDemand() }],
  ['the default of the stage', 'table', { deletionProtection: true }],
  ['of no row of the table', 'function', { description: 'x', entry: 'ok.ts' }],
  ['a name that every object has', 'function', { toString: 'x', constructor: 'y' }],
])('nothing is recorded where it is %s', (_name, place, given) => {
  expect(recorded(place, given)).toEqual([]);
});

test('the default of another stage is a change', () => {
  const given = { deletionProtection: true };

  expect(recorded('table', given, AppStage.DEVELOPMENT)).toEqual([
    'tables: at.deletionProtection = true',
  ]);
  expect(recorded('schedule', { enabled: true }, AppStage.PRODUCTION)).toEqual([]);
  expect(recorded('schedule', { enabled: true }, AppStage.DEVELOPMENT)).toHaveLength(1);
});

test('options of an app are recorded with their paths', () => {
  const changes = new ChangedDefaults(AppStage.PRODUCTION);
  changes.record(
    {
      scaling: { concurrencyLimit: 5 },
      http: { throttle: { rateLimit: 1 } },
      functionDefaults: { memorySize: 128 },
    },
    APP_PROPS,
    '',
  );

  expect(recordedIn(changes).sort()).toEqual([
    'HTTP: http.throttle = "rateLimit: 1"',
    'concurrency: app.scaling = "concurrencyLimit: 5"',
    'memory: functionDefaults.memorySize = 128',
  ]);
});

test.each([AppStage.PRODUCTION, AppStage.DEVELOPMENT])(
  'every row has its value, in %s',
  (stage) => {
    const defaults = new ChangedDefaults(stage).model();

    expect(defaults).toEqual(
      defaultsRows().map(({ part, production, development, reason }) => ({
        part,
        reason,
        value: stage === AppStage.PRODUCTION ? production : (development ?? production),
        changed: [],
      })),
    );
  },
);

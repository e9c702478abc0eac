import * as fs from 'node:fs';
import { Migration } from '../../../bin/migrate/migrate-definition';
import {
  FUNCTION_PARTS,
  KeyTable,
  SAM_EVENTS,
  SAM_PARTS,
  SERVERLESS_EVENTS,
} from '../../../bin/migrate/read/nested-keys';
import { FUNCTION_KEYS, SAM_KEYS } from '../../../bin/migrate/read/unknown-keys';
import { readYaml } from '../../../bin/migrate/read-yaml';
import { isMap, listOf, mapOf, textOf, Value, ValueMap } from '../../../bin/migrate/value';
import { fileOf, migrateHere, migrateText, NAMES } from './support';

jest.setTimeout(120_000);

interface KeyOf {
  readonly path: string;
  readonly isKnown: boolean;
}

/** The keys of a function, of its parts and of its events. */
function keysOf(
  given: ValueMap,
  known: ReadonlySet<string>,
  parts: KeyTable,
  events: ReadonlyArray<readonly [kind: string, options: Value]>,
  eventKeys: KeyTable,
): KeyOf[] {
  const inPart = (name: string, part: Value, keys: ReadonlySet<string> | undefined): KeyOf[] =>
    keys === undefined || !isMap(part) || Object.keys(part).some((key) => /^(Ref|Fn::)/.test(key))
      ? []
      : Object.keys(part).map((key) => ({ path: `${name}.${key}`, isKnown: keys.has(key) }));
  return [
    ...Object.keys(given).map((path) => ({ path, isKnown: known.has(path) })),
    ...Object.entries(parts).flatMap(([part, keys]) =>
      listOf(given[part]).flatMap((one) => inPart(part, one, keys)),
    ),
    ...events.flatMap(([kind, options]) => inPart(kind, options, eventKeys[kind])),
  ];
}

function keysOfFunctions(document: ValueMap): KeyOf[] {
  const ofSam = Object.values(mapOf(document.Resources))
    .map(mapOf)
    .filter(({ Type }) => /^AWS::(Serverless|Lambda)::Function$/.test(textOf(Type) ?? ''))
    .map(({ Properties }) => mapOf(Properties))
    .flatMap((one) =>
      keysOf(
        one,
        SAM_KEYS,
        SAM_PARTS,
        Object.values(mapOf(one.Events))
          .map(mapOf)
          .map(({ Type, Properties }) => [textOf(Type) ?? '', Properties] as const),
        SAM_EVENTS,
      ),
    );
  const ofServerless = listOf(document.functions)
    .flatMap((all) => Object.values(mapOf(all)).map(mapOf))
    .flatMap((one) =>
      keysOf(
        one,
        FUNCTION_KEYS,
        FUNCTION_PARTS,
        listOf(one.events).flatMap((event) => Object.entries(mapOf(event))),
        SERVERLESS_EVENTS,
      ),
    );
  return [...ofSam, ...ofServerless];
}

test.each(NAMES)('each key of the functions of %s is carried over or reported', (name) => {
  const file = fileOf(name);
  const keys = keysOfFunctions(mapOf(readYaml(fs.readFileSync(file, 'utf8'), file)));
  const reported = migrateHere(name).notes.map(({ at }) => at);

  const silent = keys
    .filter(({ isKnown }) => !isKnown)
    .map(({ path }) => path.split('.').at(-1) ?? '')
    .filter((key) => !reported.some((at) => at.endsWith(`.${key}`)));

  expect(silent).toEqual([]);
});

/** The app without the name of its folder, and the report. */
const all = ({ app, notes }: Migration): string =>
  app.replace(/const stack = [^;]*;|^ *root: .*$/gm, '') +
  notes.map(({ kind, at, text }) => `${kind} ${at} ${text}`).join('\n');

const samOf = (kind: string, properties: object): Migration =>
  migrateText(
    JSON.stringify({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Files: { Type: 'AWS::S3::Bucket' },
        Users: { Type: 'AWS::Cognito::UserPool' },
        Own: {
          Type: 'AWS::Serverless::Api',
          Properties: {
            StageName: 'a',
            Auth: { Authorizers: { Keys: { UserPoolArn: { 'Fn::GetAtt': ['Users', 'Arn'] } } } },
          },
        },
        Work: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            Handler: 'work.handler',
            Runtime: 'nodejs24.x',
            Events: { One: { Type: kind, Properties: properties } },
          },
        },
      },
    }),
  );

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:';
const MAPPING = {
  BatchSize: 7,
  MaximumBatchingWindowInSeconds: 8,
  Enabled: false,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  FilterCriteria: { Filters: [{ Pattern: '{"a":[1]}' }] },
};
const STREAM = {
  ...MAPPING,
  StartingPosition: 'AT_TIMESTAMP',
  StartingPositionTimestamp: 1_700_000_000,
  ParallelizationFactor: 3,
  MaximumRetryAttempts: 4,
  MaximumRecordAgeInSeconds: 600,
  BisectBatchOnFunctionError: true,
  TumblingWindowInSeconds: 20,
};
const RULE = {
  Pattern: { source: ['a'] },
  EventBusName: 'orders',
  Input: '{"a":1}',
  State: 'DISABLED',
  RetryPolicy: { MaximumRetryAttempts: 3 },
  InputPath: '$.detail',
  RuleName: 'rule',
};
const SAM_SAMPLES: Readonly<Record<string, ValueMap>> = {
  Api: { Path: '/a', Method: 'post', RestApiId: { Ref: 'Own' }, Auth: { Authorizer: 'Keys' } },
  HttpApi: {
    Path: '/a',
    Method: 'post',
    PayloadFormatVersion: '1.0',
    Auth: { Authorizer: 'AWS_IAM' },
  },
  SQS: { ...MAPPING, Queue: `${ARN}work`, ScalingConfig: { MaximumConcurrency: 5 } },
  DynamoDB: { ...STREAM, Stream: 'arn:aws:dynamodb:eu-west-1:123456789012:table/a/stream/b' },
  Kinesis: { ...STREAM, Stream: 'arn:aws:kinesis:eu-west-1:123456789012:stream/a' },
  SNS: {
    Topic: 'arn:aws:sns:eu-west-1:123456789012:a',
    FilterPolicy: { a: ['b'] },
    FilterPolicyScope: 'MessageBody',
  },
  S3: {
    Bucket: { Ref: 'Files' },
    Events: 's3:ObjectRemoved:*',
    Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'a/' }] } },
  },
  Schedule: { Schedule: 'rate(1 hour)', Enabled: false, Input: '{"a":1}', Description: 'hourly' },
  ScheduleV2: {
    ScheduleExpression: 'rate(1 hour)',
    State: 'DISABLED',
    Input: '{"a":1}',
    Description: 'hourly',
    ScheduleExpressionTimezone: 'Europe/Paris',
  },
  EventBridgeRule: RULE,
  CloudWatchEvent: RULE,
  Cognito: { UserPool: { Ref: 'Users' }, Trigger: 'PreSignUp' },
};

const serverlessOf = (kind: string, options: object): Migration =>
  migrateText(
    JSON.stringify({
      service: 'shop',
      provider: {
        name: 'aws',
        runtime: 'nodejs24.x',
        httpApi: { authorizers: { keys: { issuerUrl: 'https://a', audience: ['b'] } } },
      },
      functions: { work: { handler: 'work.handler', events: [{ [kind]: options }] } },
    }),
    'serverless.yml',
  );

const OWN_MAPPING = {
  arn: `${ARN}work`,
  batchSize: 7,
  maximumBatchingWindow: 8,
  enabled: false,
  functionResponseType: 'ReportBatchItemFailures',
  filterPatterns: [{ a: [1] }],
};
const SERVERLESS_SAMPLES: Readonly<Record<string, ValueMap>> = {
  http: {
    path: 'a',
    method: 'post',
    cors: true,
    private: true,
    authorizer: 'aws_iam',
    integration: 'lambda',
    async: true,
    request: { parameters: { querystrings: { a: true } } },
  },
  httpApi: { path: '/a', method: 'post', authorizer: 'keys' },
  sqs: { ...OWN_MAPPING, maximumConcurrency: 5 },
  stream: {
    ...OWN_MAPPING,
    arn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/a',
    startingPosition: 'AT_TIMESTAMP',
    startingPositionTimestamp: 1_700_000_000,
    parallelizationFactor: 3,
    maximumRetryAttempts: 4,
    maximumRecordAgeInSeconds: 600,
    bisectBatchOnFunctionError: true,
    tumblingWindowInSeconds: 20,
    consumer: true,
  },
  sns: {
    arn: 'arn:aws:sns:eu-west-1:123456789012:a',
    filterPolicy: { a: ['b'] },
    filterPolicyScope: 'MessageBody',
    redrivePolicy: { deadLetterTargetArn: 'c' },
  },
  s3: { bucket: 'photos', event: 's3:ObjectRemoved:*', rules: [{ prefix: 'a/' }], existing: true },
  schedule: {
    rate: 'rate(1 hour)',
    enabled: false,
    timezone: 'Europe/Paris',
    input: { a: 1 },
    description: 'hourly',
    inputPath: '$.a',
  },
  eventBridge: {
    pattern: { source: ['a'] },
    eventBus: 'orders',
    input: { a: 1 },
    enabled: false,
    retryPolicy: { maximumRetryAttempts: 3 },
    inputPath: '$.detail',
    deadLetterQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:dead',
  },
  cloudwatchEvent: { event: { source: ['a'] }, input: { a: 1 }, enabled: false },
  websocket: {
    route: '$connect',
    authorizer: 'check',
    routeResponseSelectionExpression: '$default',
  },
  cognitoUserPool: { pool: 'users', trigger: 'PreSignUp', existing: true },
};

const CASES = (
  [
    [samOf, SAM_SAMPLES],
    [serverlessOf, SERVERLESS_SAMPLES],
  ] as const
).flatMap(([make, samples]) =>
  Object.entries(samples).map(([kind, given]) => [kind, make, given] as const),
);

/** Options in place of one that the sample has, and those whose meaning the library has anyway. */
const OTHER_WORDS = new Set(
  'ApiId Enabled State InputTransformer PayloadFormatVersion SqsSubscription batchWindow inputTransformer method schedule topicName type'.split(
    ' ',
  ),
);

test.each([
  ['SAM', SAM_SAMPLES, SAM_EVENTS],
  ['the Serverless Framework', SERVERLESS_SAMPLES, SERVERLESS_EVENTS],
] as const)('the samples have each option of the events of %s', (_, samples, table) => {
  expect(Object.keys(samples)).toEqual(Object.keys(table));
  const missing = Object.entries(table).flatMap(([kind, keys]) =>
    [...keys].filter((key) => !(key in (samples[kind] ?? {})) && !OTHER_WORDS.has(key)),
  );
  expect(missing).toEqual([]);
});

test.each(CASES)('each option of %s changes the app or the report', (kind, make, given) => {
  const whole = all(make(kind, given));

  const without = (key: string): string =>
    all(make(kind, Object.fromEntries(Object.entries(given).filter(([one]) => one !== key))));
  const silent = Object.keys(given).filter((key) => without(key) === whole);

  expect(all(make(kind, given))).toBe(whole);
  expect(silent).toEqual([]);
});

test.each(CASES)('an option of %s that is not known is reported', (kind, make, given) => {
  const { notes } = make(kind, { ...given, somethingNew: 'x' });

  expect(notes.filter(({ at }) => at.endsWith('.somethingNew'))).toHaveLength(1);
});

test.each([...Object.keys(SAM_PARTS)])('a key of %s that is not known is reported', (part) => {
  const { notes } = migrateText(
    JSON.stringify({
      Resources: {
        Work: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            Handler: 'work.handler',
            Runtime: 'nodejs24.x',
            [part]: { SomethingNew: 1 },
          },
        },
      },
    }),
  );

  expect(notes.map(({ at }) => at)).toContain(`Resources.Work.${part}.SomethingNew`);
});

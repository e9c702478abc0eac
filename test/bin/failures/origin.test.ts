import type { TriggerModel } from '../../../lib/model/app-model';
import type { Failure, QueueMessage } from '../../../bin/failures/failure';
import { parseMessage } from '../../../bin/failures/parse-message';
import { parseRecord } from '../../../bin/failures/parse-record';
import { planOf } from '../../../bin/failures/retry';
import {
  ACCOUNT,
  arnOf,
  CHANGES,
  deployedModel,
  functionModel,
  NIGHTLY,
  objects,
  REGION,
  route,
} from '../support/models';

const TOPIC: TriggerModel = {
  kind: 'topicMessages',
  invocation: 'asynchronous',
  source: 'Shop/Orders/News',
  details: { topicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:news` },
};
const SENDER: TriggerModel = {
  kind: 'userPoolSender',
  invocation: 'asynchronous',
  source: 'Shop/Users',
  details: { operation: 'customEmailSender' },
};

const MODEL = deployedModel(
  [
    functionModel('Import', objects('Uploads', 'in/')),
    functionModel('Close', NIGHTLY),
    functionModel('Project', CHANGES),
    functionModel('Get', route('GET /')),
    functionModel('Idle'),
    functionModel('Notify', TOPIC),
    functionModel('Mail', SENDER),
    functionModel('Own', { kind: 'mine', invocation: 'asynchronous', source: 'x', details: {} }),
    functionModel('Called', objects('Uploads', 'called/')),
    {
      ...functionModel('Caller', route('POST /')),
      access: [{ kind: 'function', path: 'Shop/Orders/Called', level: 'invoke' }],
    },
    { ...functionModel('Live', NIGHTLY), alias: 'live' },
  ],
  {
    buckets: [{ id: 'Uploads', path: 'Shop/Orders/Uploads', name: 'uploads-1', made: true }],
  },
);

function message(body: object, more: Partial<QueueMessage> = {}): QueueMessage {
  const text = JSON.stringify(body);
  return { id: 'm', receipt: 'r', body: text, sentAt: new Date(0), attributes: {}, ...more };
}

const asynchronous = (arn: string, event: unknown = {}, senderId?: string): Failure =>
  parseMessage(
    message({ requestContext: { functionArn: arn }, requestPayload: event }, { senderId }),
    MODEL,
  );

const scheduled = (attributes: Record<string, string>, senderId?: string): Failure =>
  parseMessage(message({}, { attributes, senderId }), MODEL);

const SCHEDULE_ARN = `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/default/x`;
const IMPORT = arnOf('Shop-Import-Abc');
const CLOSE = arnOf('Shop-Close-Abc');
const s3 = (key: string, bucket = 'uploads-1'): { readonly Records: readonly object[] } => ({
  Records: [{ eventSource: 'aws:s3', s3: { bucket: { name: bucket }, object: { key } } }],
});
const recordsOf = (event: object): readonly object[] =>
  (event as { readonly Records: readonly object[] }).Records;
const notification = (topic: string): object => ({
  Records: [{ EventSource: 'aws:sns', Sns: { TopicArn: topic } }],
});
const change = { Records: [{ eventSource: 'aws:dynamodb', eventSourceARN: 'arn:Orders' }] };
const record = (arn: string, payload: object = change): Failure =>
  parseRecord(
    'aws/lambda/x',
    new Date(0),
    JSON.stringify({ requestContext: { functionArn: arn }, payload: JSON.stringify(payload) }),
    MODEL,
  );

test.each<[string, Failure, RegExp]>([
  ['another app’s function', asynchronous(arnOf('Other')), /does not belong to this app/],
  [
    'the same name in another account',
    asynchronous(IMPORT.replace(ACCOUNT, '999999999999')),
    /not belong/,
  ],
  [
    'the same name in another region',
    asynchronous(IMPORT.replace(REGION, 'us-east-1')),
    /not belong/,
  ],
  [
    'the same name in a partition that is not the region’s',
    asynchronous(IMPORT.replace('arn:aws:', 'arn:evil:'), s3('in/x')),
    /not belong/,
  ],
  [
    'the same name in the partition of China',
    asynchronous(IMPORT.replace('arn:aws:', 'arn:aws-cn:'), s3('in/x')),
    /not belong/,
  ],
  [
    'a schedule of another partition',
    scheduled({ SCHEDULE_ARN: SCHEDULE_ARN.replace('arn:aws:', 'arn:evil:'), TARGET_ARN: CLOSE }),
    /its schedule is in another account/,
  ],
  ...(
    [
      ['an object', {}],
      ['a text', 'in/x'],
      ['nothing', null],
      ['a list', [s3('in/x')]],
      ['no records', { Records: [] }],
      ['an event of a route', { requestContext: { http: {} }, routeKey: 'GET /' }],
      ['an event of a schedule', { source: 'aws.scheduler', 'detail-type': 'Scheduled Event' }],
      ['an event beside the records', { ...s3('in/x'), admin: true }],
      ['a record of another form', { Records: [...recordsOf(s3('in/x')), { admin: true }] }],
      [
        'a record of a topic',
        { Records: [...recordsOf(s3('in/x')), ...recordsOf(notification('x'))] },
      ],
      [
        'a second object elsewhere',
        { Records: [...recordsOf(s3('in/x')), ...recordsOf(s3('out/x'))] },
      ],
      ['an object of another bucket', s3('in/x', 'theirs')],
    ] as const
  ).map(([what, event]): [string, Failure, RegExp] => [
    `${what} for a function that only objects run`,
    asynchronous(IMPORT, event),
    /no trigger of Import delivers such an event/,
  ]),
  ['an object for a function of a topic', asynchronous(arnOf('Shop-Notify-Abc'), {}), /no trigger/],
  [
    'a message of another topic',
    asynchronous(arnOf('Shop-Notify-Abc'), notification('arn:aws:sns:x:1:other')),
    /no trigger/,
  ],
  [
    'an object for a function that sends email',
    asynchronous(arnOf('Shop-Mail-Abc'), {}),
    /no trigger/,
  ],
  [
    'a record whose event has no change in it',
    record(arnOf('Shop-Project-Abc'), { admin: true }),
    /no trigger of Project/,
  ],
  [
    'a record with a change beside another event',
    record(arnOf('Shop-Project-Abc'), { Records: [...change.Records, { admin: true }] }),
    /no trigger of Project/,
  ],
  ['a bare name', asynchronous('Shop-Import-Abc'), /not belong/],
  ['another service', asynchronous(IMPORT.replace('lambda', 'states')), /not belong/],
  [
    'an object that no trigger of the function takes',
    asynchronous(IMPORT, s3('out/x')),
    /no trigger of Import/,
  ],
  [
    'an object event for a function on a schedule',
    asynchronous(CLOSE, s3('in/x')),
    /no trigger of Close/,
  ],
  [
    'an asynchronous event for a function behind HTTP',
    asynchronous(arnOf('Shop-Get-Abc')),
    /no trigger of Get/,
  ],
  [
    'a schedule’s event for a function without one',
    scheduled({ SCHEDULE_ARN, TARGET_ARN: IMPORT }),
    /no trigger of Import/,
  ],
  [
    'a schedule of another account',
    scheduled({ SCHEDULE_ARN: SCHEDULE_ARN.replace(ACCOUNT, '9'), TARGET_ARN: CLOSE }),
    /its schedule is in another account/,
  ],
  [
    'a rule of another region',
    scheduled({ RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/x', TARGET_ARN: CLOSE }),
    /its rule is in another/,
  ],
  [
    'a message that another function of the app sent',
    asynchronous(CLOSE, {}, 'AROAX:Shop-Import-Abc'),
    /the function Import sent it/,
  ],
  [
    'a schedule’s message that a function sent',
    scheduled({ SCHEDULE_ARN, TARGET_ARN: CLOSE }, 'AROAX:Shop-Close-Abc'),
    /the function Close sent it/,
  ],
  ['a record of another app', record(arnOf('Other')), /not belong/],
  ['a record of a function without a stream', record(CLOSE), /no trigger of Close/],
  [
    'a notice of another bucket',
    parseMessage(
      message({
        'detail-type': 'Object Created',
        detail: { bucket: { name: 'theirs' }, object: { key: 'aws/lambda/x' } },
      }),
      MODEL,
    ),
    /its record is in another bucket/,
  ],
])('%s is foreign and never run', (_what, failure, obstacle) => {
  expect(failure).toMatchObject({
    foreign: true,
    obstacle: expect.stringMatching(obstacle) as string,
  });
  expect(failure.function).toBeUndefined();
  expect(planOf(failure, MODEL)).toBe(failure.obstacle);
});

test.each<[string, Failure, string]>([
  ['an object under the prefix', asynchronous(IMPORT, s3('in/x')), IMPORT],
  [
    'several objects under the prefix',
    asynchronous(IMPORT, { Records: [...recordsOf(s3('in/x')), ...recordsOf(s3('in/y'))] }),
    IMPORT,
  ],
  [
    'a message of the topic',
    asynchronous(arnOf('Shop-Notify-Abc'), notification(`arn:aws:sns:${REGION}:${ACCOUNT}:news`)),
    arnOf('Shop-Notify-Abc'),
  ],
  [
    'an email of the user pool',
    asynchronous(arnOf('Shop-Mail-Abc'), {
      userPoolId: 'p',
      triggerSource: 'CustomEmailSender_SignUp',
    }),
    arnOf('Shop-Mail-Abc'),
  ],
  [
    'any event of the user’s own trigger',
    asynchronous(arnOf('Shop-Own-Abc')),
    arnOf('Shop-Own-Abc'),
  ],
  [
    'an event of a bus, of the user’s own trigger, such as a rule',
    asynchronous(arnOf('Shop-Own-Abc'), { source: 'shop', 'detail-type': 'Placed', detail: {} }),
    arnOf('Shop-Own-Abc'),
  ],
  [
    'an object, of the user’s own trigger',
    asynchronous(arnOf('Shop-Own-Abc'), s3('in/x')),
    arnOf('Shop-Own-Abc'),
  ],
  [
    'any event of a function that another function of the app calls',
    asynchronous(arnOf('Shop-Called-Abc'), { job: 1 }),
    arnOf('Shop-Called-Abc'),
  ],
  [
    'an event that Lambda sent with the function’s role',
    asynchronous(CLOSE, {}, 'AROAX:Shop-Close-Abc'),
    CLOSE,
  ],
  [
    'an event that Lambda sent with a session of its own',
    asynchronous(CLOSE, {}, 'AROAX:awslambda_1'),
    CLOSE,
  ],
  [
    'a function without triggers, which others invoke',
    asynchronous(arnOf('Shop-Idle-Abc')),
    arnOf('Shop-Idle-Abc'),
  ],
  ['a schedule’s event', scheduled({ SCHEDULE_ARN, TARGET_ARN: CLOSE }, 'AROAY:scheduler'), CLOSE],
  ['a record', record(arnOf('Shop-Project-Abc')), arnOf('Shop-Project-Abc')],
])('%s is the app’s own', (_what, failure, arn) => {
  expect(failure.foreign).toBeUndefined();
  expect(planOf(failure, MODEL)).toMatchObject({ arn });
});

test.each(['$LATEST', '1', 'live', undefined])(
  'whatever version the message names (%s), the alias is run',
  (qualifier) => {
    expect(planOf(asynchronous(arnOf('Shop-Live-Abc', qualifier)), MODEL)).toMatchObject({
      arn: arnOf('Shop-Live-Abc', 'live'),
    });
  },
);

test.each([
  [true, undefined],
  [false, true],
])(
  'a message of unknown form in a queue that the app made (%s) is foreign: %s',
  (made, foreign) => {
    const failureQueue = { id: 'Q', path: 'Q', name: 'q', made };

    expect(parseMessage(message([]), { ...MODEL, failureQueue }).foreign).toBe(foreign);
  },
);

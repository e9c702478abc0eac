import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { Sharding } from 'cdk-serverless-app';
import { APP_PROPS as PROPS, SCALING_PROPS } from '../../../lib/app/app-prop-set';
import { declared, NEVER } from '../support/declared';
import { realize, Recipe, recipe, theirs } from '../support/recipe';
import { mostly, rarely, within } from '../support/values';
import { functionOptions } from './function-options';
import { HTTP } from './http';
import { ALARMS, BUDGET, MAILS, TOPIC } from './monitoring';
import { REST } from './rest';
import { WEB_SOCKET } from './sockets';
import { APP_USAGE, ESTIMATE } from './usage';

const QUEUE = fc.oneof(
  { weight: 20, arbitrary: theirs('a queue', (scope, id) => new sqs.Queue(scope, id)) },
  {
    weight: 1,
    arbitrary: theirs('a FIFO queue', (scope, id) => new sqs.Queue(scope, id, { fifo: true })),
  },
  {
    weight: 5,
    arbitrary: theirs('an imported queue', (scope, id) =>
      sqs.Queue.fromQueueArn(scope, id, 'arn:aws:sqs:eu-west-1:111111111111:q'),
    ),
  },
);

const BUCKET = theirs('a bucket', (scope, id) => new s3.Bucket(scope, id));

/** A budget without a notification target is refused; most random apps with a budget should not be. */
const NOTIFIED = { notify: ['ops@example.com'] };

/** The props of an app. */
export const APP_PROPS = declared(
  PROPS,
  {
    stage: rarely(fc.constantFrom('production', 'development'), 'test'),
    root: NEVER,
    functionDefaults: functionOptions,
    http: HTTP,
    rest: NEVER, // REST_APP_PROPS has it instead of `http`
    webSocket: WEB_SOCKET,
    logGroup: recipe(
      'a log group',
      ({ stack }) => new logs.LogGroup(stack, `Logs${stack.node.children.length}`),
    ),
    failureQueue: QUEUE,
    failureBucket: BUCKET,
    serverAccessLogsBucket: fc.oneof(
      BUCKET,
      theirs('an imported bucket', (scope, id) => s3.Bucket.fromBucketName(scope, id, 'logs')),
    ),
    usage: APP_USAGE,
    estimate: ESTIMATE,
    notify: MAILS,
    notifyTopic: TOPIC,
    budget: BUDGET,
    alarms: ALARMS,
    report: rarely(fc.constant(false), true),
    environmentTypes: rarely(fc.constant(true), false),
    scaling: declared(SCALING_PROPS, { concurrencyLimit: within(100, 5000) }),
    sharding: mostly(fc.integer({ min: 1, max: 5 })).map(
      (count) =>
        new Recipe(`Sharding.nestedStacks(${fc.stringify(count)})`, (made) =>
          Sharding.nestedStacks(realize(count, made) as number),
        ),
    ),
  },
  8,
).map((props) => ('budget' in props ? { ...NOTIFIED, ...props } : props));

/** The props of an app with a REST API, which has no `http`. */
export const REST_APP_PROPS = fc
  .tuple(APP_PROPS, REST)
  .map(([props, rest]) => ({ ...props, http: undefined, rest }));

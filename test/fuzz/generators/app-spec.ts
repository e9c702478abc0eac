import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { FunctionUrlTriggerOptions, Trigger } from 'cdk-serverless-app';
import { realize, Recipe, recipe } from '../support/recipe';
import { FLAGS, ID, mostly, NAME, options, rarely } from '../support/values';
import { ACCESS, BUCKET, RESOURCE, TABLE } from './access';
import { APP_PROPS, REST_APP_PROPS } from './app-props';
import { BUCKET_PROPS } from './buckets';
import { EVENT_OPTIONS, EVENT_PATTERN } from './events';
import { FUNCTION_OPTIONS, functionOptions } from './function-options';
import { HTTP_TRIGGER_OPTIONS, ROUTE } from './http';
import { OWN_ALARM } from './monitoring';
import { OBJECT_OPTIONS } from './objects';
import { FORWARD, REST_ROUTE, REST_ROUTE_OPTIONS } from './requests';
import { SCHEDULE, SCHEDULE_OPTIONS } from './schedules';
import { SITE_FOLDER, SITE_OPTIONS } from './sites';
import { FUNCTION_URL_OPTIONS, SOCKET_OPTIONS, SOCKET_ROUTE } from './sockets';
import { STREAM, STREAM_OPTIONS, STREAM_VALUES } from './streams';
import { TABLE_CHANGES_OPTIONS } from './table-changes';
import { TABLE_PROPS } from './tables';
import { TOPIC, TOPIC_OPTIONS } from './topics';
import { APP_USAGE } from './usage';
import { MACHINE, WORKFLOW_OPTIONS } from './workflows';

/** A method of the app, or of a function, with its arguments. */
export interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  /** What is called on the function or the workflow that it returned. */
  readonly then?: readonly Call[];
}

/** A whole app, as a user would write it. */
export interface AppSpec {
  readonly props: unknown;
  readonly calls: readonly Call[];
}

const ENTRY = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom('ok.ts', 'other.ts', 'third.ts') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'nowhere.ts',
      'ok',
      '.',
      'ok.py',
      '../handlers/ok.ts',
      'ż.ts',
      '/',
    ),
  },
);

/** The triggers: their first argument and their options. */
const TRIGGERS = [
  {
    on: 'onRequest',
    factory: 'http',
    source: ROUTE as fc.Arbitrary<unknown>,
    given: HTTP_TRIGGER_OPTIONS,
  },
  {
    on: 'onTableChange',
    factory: 'tableChanges',
    source: TABLE as fc.Arbitrary<unknown>,
    given: TABLE_CHANGES_OPTIONS,
  },
  {
    on: 'onObjectCreated',
    factory: 'objectCreated',
    source: BUCKET as fc.Arbitrary<unknown>,
    given: OBJECT_OPTIONS,
  },
  {
    on: 'onNotification',
    factory: 'topic',
    source: TOPIC as fc.Arbitrary<unknown>,
    given: TOPIC_OPTIONS,
  },
  {
    on: 'onEvent',
    factory: 'events',
    source: EVENT_PATTERN as fc.Arbitrary<unknown>,
    given: EVENT_OPTIONS,
  },
  {
    on: 'onRecord',
    factory: 'stream',
    source: STREAM as fc.Arbitrary<unknown>,
    given: STREAM_OPTIONS,
  },
  {
    on: 'onSocket',
    factory: 'webSocket',
    source: SOCKET_ROUTE as fc.Arbitrary<unknown>,
    given: SOCKET_OPTIONS,
  },
  {
    on: 'onSchedule',
    factory: 'schedule',
    source: SCHEDULE as fc.Arbitrary<unknown>,
    given: SCHEDULE_OPTIONS,
  },
] as const;

const URL_TRIGGER = mostly(options(FUNCTION_URL_OPTIONS)).map(
  (its) =>
    new Recipe(`Trigger.functionUrl(${fc.stringify(its)})`, (made) =>
      Trigger.functionUrl(realize(its, made) as FunctionUrlTriggerOptions),
    ),
);

const TRIGGER = fc.oneof(
  URL_TRIGGER,
  ...TRIGGERS.map(({ factory, source, given }) =>
    fc
      .tuple(mostly(source), mostly(options(given)))
      .map(
        ([from, its]) =>
          new Recipe(`Trigger.${factory}(${fc.stringify(from)}, ${fc.stringify(its)})`, (made) =>
            (Trigger[factory] as (...args: unknown[]) => unknown)(
              realize(from, made),
              realize(its, made),
            ),
          ),
      ),
  ),
);

const CODE = recipe('inline code', () =>
  lambda.Code.fromInline('exports.handler = async () => 1;'),
);

const call = (method: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Call> =>
  fc.tuple(...args).map((made) => ({ method, args: made }));

const AFTER: fc.Arbitrary<readonly Call[]> = fc.array(
  fc.oneof(
    call('reads', mostly(RESOURCE)),
    call('writes', mostly(RESOURCE)),
    call('readsAndWrites', mostly(RESOURCE)),
    call('addTrigger', mostly(TRIGGER)),
    call('addAccess', mostly(ACCESS)),
  ),
  { maxLength: 2 },
);

const SHORT = fc.oneof(
  call(
    'onFunctionUrl',
    mostly(ENTRY),
    mostly(options({ ...FUNCTION_URL_OPTIONS, ...FUNCTION_OPTIONS }, { id: ID }, 16)),
  ),
  ...TRIGGERS.map(({ on, source, given }) =>
    call(
      on,
      mostly(source),
      mostly(ENTRY),
      mostly(options({ ...given, ...FUNCTION_OPTIONS }, { id: ID }, 16)),
    ),
  ),
);

const FULL = call(
  'addFunction',
  mostly(ID),
  mostly(
    fc
      .tuple(
        functionOptions,
        fc.oneof(
          { weight: 30, arbitrary: fc.record({ entry: mostly(ENTRY) }) },
          {
            weight: 1,
            arbitrary: fc.record({
              code: mostly(CODE),
              handler: fc.constant('index.handler'),
              runtime: recipe('Runtime.NODEJS_22_X', () => lambda.Runtime.NODEJS_22_X),
            }),
          },
          { weight: 1, arbitrary: fc.constant({}) },
        ),
        options({ triggers: fc.array(mostly(TRIGGER), { maxLength: 2 }) }, {}, 2),
      )
      .map(([own, code, triggers]) => ({ ...own, ...code, ...triggers })),
  ),
);

const TABLE_CALL = call('addTable', mostly(ID), mostly(TABLE_PROPS));
const BUCKET_CALL = call('addBucket', mostly(ID), mostly(BUCKET_PROPS));
const STREAM_CALL = call('addStream', mostly(ID), mostly(STREAM_VALUES));
const FUNCTION_CALL = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: SHORT }, { weight: 1, arbitrary: FULL }), AFTER)
  .map(([made, then]) => ({ ...made, then }));

/** Routes with the options that only a REST API has, and requests without a function. */
const REST_CALL = fc.oneof(
  {
    weight: 2,
    arbitrary: call(
      'onRequest',
      mostly(REST_ROUTE),
      mostly(ENTRY),
      mostly(options({ ...REST_ROUTE_OPTIONS, id: ID }, {}, 4)),
    ).map((made) => ({ ...made, then: [] })),
  },
  { weight: 3, arbitrary: call('forwardRequest', ...FORWARD.map(mostly)) },
);
/** A workflow, with what starts it. Its machine may run the function that came first. */
const WORKFLOW_CALL = fc
  .tuple(
    call('addWorkflow', mostly(ID), mostly(MACHINE), mostly(WORKFLOW_OPTIONS)),
    fc.array(
      fc.oneof(
        call('onEvent', mostly(EVENT_PATTERN), mostly(options(EVENT_OPTIONS))),
        call('onSchedule', mostly(SCHEDULE), mostly(options(SCHEDULE_OPTIONS))),
        call('onObjectCreated', mostly(BUCKET), mostly(options(OBJECT_OPTIONS))),
        call('onRequest', mostly(ROUTE)),
      ),
      { maxLength: 2 },
    ),
  )
  .map(([made, then]) => ({ ...made, then }));

const SITE_CALL = call('addSite', mostly(SITE_FOLDER), mostly(SITE_OPTIONS));

const GUARD_ID = rarely(
  fc.constantFrom('cdk-serverless-app:event-loop', 'open-route'),
  'no-such-guard',
  'cdk-serverless-app:duplicate-route',
);

/** Calls on the app once it is declared. */
const LAST_CALL = fc.oneof(
  call('acknowledge', mostly(GUARD_ID), mostly(fc.constant('because'))),
  call('addAlarm', mostly(OWN_ALARM)),
  call('estimate', mostly(options({ freeTier: FLAGS, usage: APP_USAGE }))),
  call('tryGetAlarm', mostly(fc.constant('ApiLatency'))),
  call('findings'),
  call('metricRunRate', mostly(options({ label: NAME }))),
);

/** The props of an app, and calls that fit its API. */
const APP = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(mostly(APP_PROPS), fc.constant<readonly Call[]>([])) },
  {
    weight: 1,
    arbitrary: fc.tuple(REST_APP_PROPS, fc.array<Call>(REST_CALL, { maxLength: 3, size: 'max' })),
  },
);

/** A table, a bucket and a stream mostly come first, so that functions can refer to them. */
export const APP_SPEC: fc.Arbitrary<AppSpec> = fc
  .tuple(
    APP,
    fc.array(TABLE_CALL, { minLength: 1, maxLength: 1 }),
    fc.array(BUCKET_CALL, { minLength: 1, maxLength: 1 }),
    fc.array(STREAM_CALL, { minLength: 1, maxLength: 1 }),
    fc.array(FUNCTION_CALL, { minLength: 1, maxLength: 4, size: 'max' }),
    fc.array(fc.oneof(TABLE_CALL, BUCKET_CALL), { maxLength: 1 }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.oneof(WORKFLOW_CALL, SITE_CALL), { maxLength: 2 }) },
    ),
    fc.array(LAST_CALL, { maxLength: 1 }),
  )
  .map(([[props, requests], tables, buckets, streams, functions, more, others, last]) => ({
    props,
    calls: [
      ...tables,
      ...buckets,
      ...streams,
      ...more,
      ...functions,
      ...requests,
      ...others,
      ...last,
    ],
  }));

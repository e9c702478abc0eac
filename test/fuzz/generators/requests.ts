import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as events from 'aws-cdk-lib/aws-events';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import * as fc from 'fast-check';
import { RequestPart, RequestTarget, RequestTenant, RouteAuthorizer } from 'cdk-serverless-app';
import { FORWARD_PROPS } from '../../../lib/http/rest/forward-options';
import { REQUEST_MESSAGE_PROPS } from '../../../lib/http/rest/request-message';
import { VALIDATION_PROPS } from '../../../lib/http/rest/rest-prop-set';
import { HTTP_TRIGGER_PROPS } from '../../../lib/trigger/http/http-trigger';
import { declared, NEVER, valuesOf } from '../support/declared';
import { realize, Recipe, recipe, theirs } from '../support/recipe';
import { mostly, rarely, seconds } from '../support/values';
import { AUTHORIZER, SCOPES, TENANT } from './http';
import { AMOUNTS } from './usage';

const FIELD = fc.constantFrom('a', 'b', 'customer');

/** A JSON Schema, mostly with the keywords that API Gateway checks. */
const SCHEMA = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(
      { type: 'string' },
      { type: 'integer', exclusiveMinimum: 0 },
      { const: 1 },
      { enum: ['a', 'b'] },
      { $ref: '#/$defs/One' },
      { $ref: '#/definitions/Two' },
      {},
      true,
    ),
    fc.record({ type: fc.constant('array'), items: tie('node') }),
    fc.record({ allOf: fc.array(tie('node'), { minLength: 1, maxLength: 2 }) }),
    fc.record({
      type: fc.constant('object'),
      required: fc.uniqueArray(FIELD, { maxLength: 2 }),
      properties: fc.dictionary(FIELD, tie('node'), { maxKeys: 2 }),
      additionalProperties: fc.oneof(fc.boolean(), tie('node')),
    }),
  ),
})).node;

const BODY = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(fc.uniqueArray(FIELD, { maxLength: 2 }), fc.dictionary(FIELD, SCHEMA), SCHEMA)
      .map(([required, properties, one]) => ({
        type: 'object',
        required,
        properties,
        $defs: { One: one },
        definitions: { Two: { type: 'string' } },
      })),
  },
  {
    weight: 5,
    arbitrary: fc.constant({
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string' } },
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      { if: {} },
      { $ref: '#/$defs/None' },
      { $ref: 'https://a' },
    ),
  },
);

const VALIDATION = declared(
  VALIDATION_PROPS,
  { body: BODY, requiredQuery: SCOPES, requiredHeaders: SCOPES },
  2,
);

/** Who may call a route of a REST API. */
const REST_AUTHORIZER = fc.oneof(
  { weight: 1, arbitrary: AUTHORIZER },
  { weight: 3, arbitrary: recipe('RouteAuthorizer.open()', () => RouteAuthorizer.open()) },
  { weight: 2, arbitrary: recipe('RouteAuthorizer.iam()', () => RouteAuthorizer.iam()) },
  {
    weight: 2,
    arbitrary: theirs('RouteAuthorizer.userPool()', (scope, id) =>
      RouteAuthorizer.userPool(id, new cognito.UserPool(scope, id)),
    ),
  },
  {
    weight: 2,
    arbitrary: recipe('RouteAuthorizer.byFunction()', ({ functions }) =>
      RouteAuthorizer.byFunction('Guard', functions[0]?.target as never),
    ),
  },
);

const ROUTE = rarely(
  fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'ANY'),
      fc.constantFrom('/', '/a', '/a/{a}', '/a/{a}/c', '/b/{customer}', '/b/{proxy+}', '/c'),
    )
    .map(([method, path]) => `${method} ${path}`),
  '$default',
  'POST',
);

/** The first argument and the options of `onRequest` in an app with a REST API. */
export const REST_ROUTE = ROUTE;
export const REST_ROUTE_OPTIONS = valuesOf(HTTP_TRIGGER_PROPS, {
  authorizer: REST_AUTHORIZER,
  authorizationScopes: SCOPES,
  payloadFormat: fc.constant(undefined), // test/fuzz/generators/http.ts has it; a REST API refuses all but one
  validate: VALIDATION,
  integrationTimeout: seconds(1, 29),
  tenantId: fc.oneof(
    TENANT,
    recipe("RequestTenant.path('customer')", () => RequestTenant.path('customer')),
  ),
  monthlyEvents: AMOUNTS,
});

const PART = fc
  .constantFrom(
    recipe("RequestPart.path('a')", () => RequestPart.path('a')),
    recipe("RequestPart.query('q')", () => RequestPart.query('q')),
    recipe("RequestPart.header('X-Customer')", () => RequestPart.header('X-Customer')),
    recipe("RequestPart.body('a')", () => RequestPart.body('a')),
    recipe("RequestPart.constant('all')", () => RequestPart.constant('all')),
  )
  .chain((part) => part);

const MESSAGE = declared(REQUEST_MESSAGE_PROPS, { messageGroup: PART, deduplication: PART }, 2);
const GROUPED = fc.tuple(MESSAGE, PART).map(([its, messageGroup]) => ({ ...its, messageGroup }));
const FIFO = fc.oneof(
  theirs('a FIFO queue', (scope, id) => new sqs.Queue(scope, id, { fifo: true })),
  theirs(
    'a FIFO queue by content',
    (scope, id) => new sqs.Queue(scope, id, { fifo: true, contentBasedDeduplication: true }),
  ),
  theirs('an imported FIFO queue', (scope, id) =>
    sqs.Queue.fromQueueArn(scope, id, 'arn:aws:sqs:eu-west-1:111111111111:q.fifo'),
  ),
);
const STANDARD = theirs('a queue', (scope, id) => new sqs.Queue(scope, id));
/** A FIFO queue needs a group, and a standard queue has no deduplication. */
const QUEUE = fc.oneof(
  { weight: 10, arbitrary: fc.tuple(mostly(FIFO), mostly(GROUPED)) },
  {
    weight: 10,
    arbitrary: fc.tuple(
      mostly(STANDARD),
      mostly(declared(REQUEST_MESSAGE_PROPS, { messageGroup: PART, deduplication: NEVER }, 2)),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(mostly(fc.oneof(FIFO, STANDARD)), mostly(MESSAGE)) },
);

const TARGET = fc.oneof(
  {
    weight: 3,
    arbitrary: QUEUE.map(
      ([queue, message]) =>
        new Recipe(
          `RequestTarget.queue(${fc.stringify(queue)}, ${fc.stringify(message)})`,
          (made) =>
            RequestTarget.queue(realize(queue, made) as never, realize(message, made) as never),
        ),
    ),
  },
  {
    weight: 1,
    arbitrary: theirs('RequestTarget.eventBus()', (scope, id) =>
      RequestTarget.eventBus(new events.EventBus(scope, id), { source: 'a', detailType: 'b' }),
    ),
  },
  {
    weight: 1,
    arbitrary: theirs('RequestTarget.stateMachine()', (scope, id) =>
      RequestTarget.stateMachine(
        new stepfunctions.StateMachine(scope, id, {
          definitionBody: stepfunctions.DefinitionBody.fromChainable(
            new stepfunctions.Pass(scope, `${id}Pass`),
          ),
        }),
      ),
    ),
  },
);

/** The arguments of `forwardRequest`. */
export const FORWARD = [
  ROUTE,
  TARGET,
  declared(
    FORWARD_PROPS,
    {
      authorizer: REST_AUTHORIZER,
      authorizationScopes: SCOPES,
      validate: VALIDATION,
      monthlyEvents: AMOUNTS,
    },
    3,
  ),
] as const;

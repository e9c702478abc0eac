import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { QueueProps } from 'aws-cdk-lib/aws-sqs';
import {
  ForwardOptions,
  HttpTriggerOptions,
  RequestPart,
  RequestTarget,
  RestOptions,
  RouteAuthorizer,
  ServerlessApp,
  Sharding,
} from 'cdk-serverless-app';
import type { Version } from '../support/versions';
import { always, both, Declare, Edit, fine, troubled, version } from './edit';

const rest = (declare: Declare): Version => version(both(always, declare), { rest: {} });
const queue =
  (options: ForwardOptions = {}, props: QueueProps = {}, path = '/jobs'): Declare =>
  (app) => {
    const jobs = app.addQueue('Jobs', props);
    const messageGroup = props.fifo === true ? RequestPart.constant('all') : undefined;
    app.forwardRequest(`POST ${path}`, RequestTarget.queue(jobs, { messageGroup }), options);
  };
const bus: Declare = (app, stack) => {
  const target = RequestTarget.eventBus(new EventBus(stack, 'Bus'), {
    source: 'shop',
    detailType: 'Order',
  });
  app.addQueue('Jobs');
  app.forwardRequest('POST /jobs', target);
};
const grouped =
  (messageGroup?: RequestPart): Declare =>
  (app) => {
    app.forwardRequest(
      'POST /jobs/{id}',
      RequestTarget.queue(app.addQueue('Jobs'), { messageGroup }),
    );
  };
const forward = (options: ForwardOptions): Version => rest(queue(options));

const scoped = (...authorizationScopes: string[]): Version =>
  rest((app, stack) => {
    const authorizer = RouteAuthorizer.userPool('Users', new UserPool(stack, 'Pool'));
    queue({ authorizer, authorizationScopes })(app, stack);
  });

/** Options of `forwardRequest`, each set and taken back. */
const OPTIONS: ForwardOptions = {
  authorizer: RouteAuthorizer.iam(),
  throttle: { rateLimit: 5, burstLimit: 5 },
  apiKeyRequired: true,
  validate: { body: { type: 'object', required: ['id'] } },
  monthlyEvents: { moderate: 7 },
};

const forwardEdits: readonly Edit[] = [
  fine(
    'add `forwardRequest`, and remove it',
    rest(() => undefined),
    rest(queue()),
    rest(() => undefined),
  ),
  fine('change the path of `forwardRequest`', rest(queue()), rest(queue({}, {}, '/later'))),
  ...Object.entries(OPTIONS).map(([name, value]) =>
    fine(
      `set and unset \`${name}\` of \`forwardRequest\``,
      forward({}),
      forward({ [name]: value as unknown }),
      forward({}),
    ),
  ),
  fine(
    'change `authorizationScopes` of `forwardRequest`',
    scoped('read'),
    scoped('write'),
    scoped(),
  ),
  fine(
    'forward to an event bus instead of a queue, and change it back',
    rest(queue()),
    rest(bus),
    rest(queue()),
  ),
  fine(
    'change the message group of forwarded messages',
    rest(grouped()),
    rest(grouped(RequestPart.path('id'))),
    rest(grouped(RequestPart.header('X-Customer'))),
    rest(grouped()),
  ),
  troubled(
    'change the queue of `forwardRequest` to a FIFO queue',
    [rest(queue()), rest(queue({}, { fifo: true }))],
    {
      kinds: ['data-replaced', 'downtime'],
      what: 'The queue is replaced by an empty one; in production the old one stays in the account with its messages.',
      instead:
        'Add the FIFO queue under another id, forward to it, and remove the old queue when it is empty.',
    },
  ),
];

const own = (declare: (app: ServerlessApp) => void, options: RestOptions = {}): Version => ({
  propsIn: (stack) => {
    const api = new apigw.RestApi(stack, 'Own', { cloudWatchRole: false });
    api.root.addMethod('HEAD', new apigw.MockIntegration());
    return { rest: { api, ...options } };
  },
  declare: (app) => {
    declare(app);
  },
});
const imported = (declare: (app: ServerlessApp) => void): Version => ({
  propsIn: (stack) => ({
    rest: {
      stageName: 'prod',
      api: apigw.RestApi.fromRestApiAttributes(stack, 'Theirs', {
        restApiId: 'a1b2c3',
        rootResourceId: 'x7y8z9',
        restApiName: 'shop',
      }),
    },
  }),
  declare: (app) => {
    declare(app);
  },
});
const routed =
  (key: string, id = 'A', options: HttpTriggerOptions = {}) =>
  (app: ServerlessApp): void => {
    app.onRequest('GET /health', 'third.ts', { id: 'Health' });
    app.onRequest(key, 'ok.ts', { id, ...options });
  };
const health = (app: ServerlessApp): void => {
  app.onRequest('GET /health', 'third.ts', { id: 'Health' });
};
const validated = (...required: string[]): Version =>
  own(routed('POST /a', 'A', { validate: { body: { type: 'object', required } } }));

const SERVED = {
  what: 'API Gateway serves the old route until the next deployment: CloudFormation deletes the method only after it has deployed the API. If its function has other routes, requests to the old route still run it.',
  instead: 'After the deployment, run `aws apigateway create-deployment` for the stage.',
} as const;

const ownEdits: readonly Edit[] = [
  fine('add a route to an API of your own (`api`)', own(health), own(routed('GET /a/{id}'))),
  fine(
    'rename the function of a route of your own API',
    own(routed('GET /a')),
    own(routed('GET /a', 'B')),
  ),
  fine(
    'change `authorizer`, `apiKeyRequired` and `integrationTimeout` of your own API’s routes',
    own(routed('GET /a')),
    own(routed('GET /a'), { authorizer: RouteAuthorizer.iam() }),
    own(routed('GET /a'), { authorizer: RouteAuthorizer.open(), apiKeyRequired: true }),
    own(routed('GET /a')),
  ),
  fine(
    'change `validate` of a route of your own API, and remove it',
    own(routed('POST /a')),
    validated('id'),
    validated('id', 'name'),
    own(routed('POST /a')),
  ),
  troubled('remove a route of your own API', [own(routed('GET /a')), own(health)], {
    kinds: ['not-applied'],
    ...SERVED,
  }),
  troubled(
    'change the method or the path of a route of your own API',
    [own(routed('GET /a')), own(routed('POST /b'))],
    { kinds: ['not-applied'], ...SERVED },
  ),
  troubled(
    'rename a parameter of a route of your own API',
    [own(routed('GET /a/{id}')), own(routed('GET /a/{order}'))],
    {
      kinds: ['will-fail', 'not-applied'],
      what: 'API Gateway allows only one parameter name at each position of a path, and CloudFormation creates the new one before it deletes the old one.',
      instead: 'Remove the routes below the parameter in one deployment, and add them in the next.',
      steps: [own(routed('GET /a/{id}')), own(health), own(routed('GET /a/{order}'))],
    },
  ),
  troubled(
    'change to a REST API of your own (`api`)',
    [version(routed('GET /a'), { rest: {} }), own(routed('GET /a'))],
    {
      kinds: ['downtime'],
      what: 'Your API has a different URL: clients of the app’s own API get errors.',
      instead:
        'Add the routes to your API with a second app, move the clients, and remove the first app’s routes last.',
    },
  ),
  fine('add a route to an imported API', imported(health), imported(routed('GET /a'))),
  fine(
    'change a route of an imported API',
    imported(routed('GET /a')),
    imported(routed('GET /a', 'A', { authorizer: RouteAuthorizer.iam() })),
  ),
  troubled('remove a route of an imported API', [imported(routed('GET /a')), imported(health)], {
    kinds: ['not-applied'],
    ...SERVED,
  }),
];

const made = version(routed('GET /a/{id}'), { rest: {} });

const wholeEdits: readonly Edit[] = [
  troubled('change an HTTP API to a REST API, or back', [version(routed('GET /a/{id}')), made], {
    kinds: ['downtime'],
    what: 'The new API has a different URL: clients of the old one get errors.',
    instead:
      'Run both side by side in two apps behind `existingDomain`, move the clients, and remove the first app’s routes last.',
  }),
  fine('enable sharding in an app with a REST API', made, {
    ...made,
    props: { rest: {}, sharding: Sharding.nestedStacks(2) },
  }),
];

export const REST_FORWARD_EDITS: readonly Edit[] = [...forwardEdits, ...ownEdits, ...wholeEdits];

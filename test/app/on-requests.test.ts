import { Duration } from 'aws-cdk-lib';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ServerlessApp } from 'cdk-serverless-app';
import { all, quickApp, resources } from '../support/synth';

const ROUTE = 'AWS::ApiGatewayV2::Route';
const EVERY_HOUR = ScheduleExpression.rate(Duration.hours(1));

test('one function answers several routes', () => {
  const { app, stack } = quickApp();

  app.onRequests(['GET /orders', 'POST /orders'], 'ok.ts', { memorySize: 256 });

  expect(all(stack, ROUTE).map(({ RouteKey }) => RouteKey)).toEqual([
    'GET /orders',
    'POST /orders',
  ]);
  expect(Object.keys(resources(stack, 'AWS::Lambda::Function'))).toHaveLength(1);
});

test('the options apply to each route', () => {
  const { app, stack } = quickApp();

  app.onRequests(['GET /a', 'GET /b'], 'ok.ts', { throttle: { rateLimit: 5, burstLimit: 5 } });

  const [{ RouteSettings }] = all(stack, 'AWS::ApiGatewayV2::Stage') as [{ RouteSettings: object }];
  expect(Object.keys(RouteSettings)).toEqual(['GET /a', 'GET /b']);
});

test('options given later belong to an additional route', () => {
  const { app, stack } = quickApp();
  const authorizer = new HttpNoneAuthorizer();

  expect(() => app.onRequests(['GET /a'], 'ok.ts', { authorizer })).not.toThrow();
  expect(all(stack, ROUTE)).toHaveLength(1);
});

test.each<[string, unknown, string]>([
  ['no route', [], '`routes.length` must be a whole number from 1 to 300 routes, got 0'],
  ['text', 'GET /a', '`routes` must be a list, got "GET /a": write, for example, `onRequests(['],
  ['nothing', undefined, '`routes` must be a list'],
  ['a number', [5], '`functions.Ok.route` must be text, got 5'],
  ['a wrong route', ['GET /a', 'GET /:b'], 'did you mean `/{b}`?'],
])('fails for %s', (_what, routes, message) => {
  expect(() => quickApp().app.onRequests(routes as string[], 'ok.ts')).toThrow(message);
});

test.each<[string, (app: ServerlessApp) => void, string]>([
  [
    'a route',
    (app) => app.onRequest('GET /b', 'ok.ts'),
    "`onRequests([…, 'GET /b'], 'ok.ts')`; for a second function give it an id: `{ id: \"…\" }`",
  ],
  [
    'routes',
    (app) => app.onRequests(['GET /b', 'GET /c'], 'ok.ts'),
    "`onRequests([…, 'GET /b', 'GET /c'], 'ok.ts')`",
  ],
  [
    'a schedule',
    (app) => app.onSchedule(EVERY_HOUR, 'ok.ts'),
    '`addTrigger(Trigger.schedule(schedule))` after the first',
  ],
  [
    'a queue',
    (app) => app.onMessage(app.addQueue('Q'), 'ok.ts'),
    '`addTrigger(Trigger.queue(queue))` after the first',
  ],
])(
  'fails for %s of a file that already has a function, and names the right way',
  (_what, again, way) => {
    const { app } = quickApp();
    app.onRequest('GET /a', 'ok.ts');

    expect(() => {
      again(app);
    }).toThrow(
      `Test/App: \`functions.Ok\` must have a unique id in the app, got "Ok" twice, from the name of its file: to run one function on several events write ${way}`,
    );
  },
);

test('a second function of one file needs an id of its own', () => {
  const { app, stack } = quickApp();
  app.onRequest('GET /a', 'ok.ts');

  app.onRequest('GET /b', 'ok.ts', { id: 'Second' });

  expect(Object.keys(resources(stack, 'AWS::Lambda::Function'))).toHaveLength(2);
});

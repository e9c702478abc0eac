import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AppStage, Budget, ServerlessAppProps } from 'cdk-serverless-app';
import { completeModel } from '../../lib/synthesis/app-info';
import { all, only, quickApp, serverlessApp } from '../support/synth';

const TOLD: ServerlessAppProps = { notify: ['ops@example.com'], budget: Budget.monthly(200) };

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title: string; readonly metrics: unknown[][] };
}

/** The widgets, with references as text. */
function widgetsOf(stack: Stack): Widget[] {
  const { DashboardBody: body } = only(stack, 'AWS::CloudWatch::Dashboard') as {
    DashboardBody: { 'Fn::Join': [string, unknown[]] };
  };
  const text = body['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : 'reference'))
    .join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

function titles(stack: Stack): string[] {
  return widgetsOf(stack).map(({ properties: { title } }) => title);
}

describe('the dashboard exists', () => {
  test.each<[string, ServerlessAppProps, number]>([
    ['in production with a notification target', TOLD, 1],
    ['not in production where nobody is', {}, 0],
    ['not where it is not wanted', { ...TOLD, dashboard: false }, 0],
    ['not in development', { ...TOLD, stage: AppStage.DEVELOPMENT }, 0],
    ['in development where it is wanted', { dashboard: true, stage: AppStage.DEVELOPMENT }, 1],
  ])('%s', (_, props, count) => {
    const { app, stack } = quickApp(props);
    app.onRequest('GET /', 'ok.ts');

    expect(all(stack, 'AWS::CloudWatch::Dashboard')).toHaveLength(count);
    expect(app.dashboard === undefined).toBe(count === 0);
    expect(completeModel(app).monitoring.dashboards).toEqual(
      count === 0 ? [] : ['Test/App/Dashboard'],
    );
  });
});

test('an app with every kind of trigger has eight graphs, two in a row', () => {
  const { app, stack } = serverlessApp(TOLD);
  const table = app.addTable('Orders', { partitionKey: 'id' });
  app.onRequest('GET /', 'ok.ts');
  app.onTableChange(table, 'other.ts');

  expect(titles(stack)).toEqual([
    'Traffic',
    'API latency (ms)',
    'Failures',
    'Dollars an hour',
    'Cold starts',
    'Concurrent executions',
    'Age of stream records (ms)',
    'Failures waiting',
  ]);
  expect(widgetsOf(stack).map(({ x, y }) => [x, y])).toEqual(
    [0, 6, 12, 18].flatMap((y) => [
      [0, y],
      [12, y],
    ]),
  );
});

test('an app without HTTP and streams has no graphs of them', () => {
  const { app, stack } = quickApp({ dashboard: true });
  app.addFunction('Fn', { entry: 'ok.ts' });

  expect(titles(stack)).toEqual([
    'Traffic',
    'Duration (ms)',
    'Failures',
    'Dollars an hour',
    'Cold starts',
    'Concurrent executions',
    'Failures waiting',
  ]);
});

test.each([
  [20, 21],
  [21, 2],
  [40, 2],
])('%i functions have %i lines of concurrency', (functions, lines) => {
  const { app, stack } = quickApp({ dashboard: true });
  for (let i = 0; i < functions; i += 1) {
    app.onRequest(`GET /${i}`, 'ok.ts', { id: `Fn${i}` });
  }

  const concurrency = widgetsOf(stack).find(({ properties: { title } }) =>
    title.startsWith('Concurrent'),
  );
  expect(concurrency?.properties.metrics).toHaveLength(lines);
});

test('the cost an hour is shown with the alarm’s threshold', () => {
  const { app, stack } = quickApp(TOLD);
  app.onRequest('GET /', 'ok.ts');

  const cost = widgetsOf(stack).find(({ properties: { title } }) => title.startsWith('Dollars'));
  expect(cost?.properties).toMatchObject({
    annotations: { horizontal: [{ value: expect.closeTo(2.74, 2) as number, label: 'Alarm' }] },
  });
});

test('widgets of the user follow, whenever they are added', () => {
  const { app, stack } = quickApp({ dashboard: true });
  app.dashboard?.addWidgets(new cloudwatch.GraphWidget({ title: 'Mine', left: [] }));
  app.onRequest('GET /', 'ok.ts');

  const widgets = widgetsOf(stack);
  expect(widgets.map(({ properties: { title } }) => title).pop()).toBe('Mine');
  expect(widgets.pop()?.y).toBe(24 - 6);
});

import { App, Stack } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { ImageIntakeStack } from '../examples/image-intake/stack';
import { LiveBoardStack } from '../examples/live-board/stack';
import { OrdersStack } from '../examples/orders/stack';
import { ShopEventsStack } from '../examples/shop-events/stack';
import { PartnerApiStack } from '../examples/partner-api/stack';
import { SiteMonitorStack } from '../examples/site-monitor/stack';
import { WebHonoStack } from '../examples/web-hono/stack';
import { environmentTypes } from '../lib/kinds/environment-types';
import { AppContext } from '../lib/core/app-context';
import { identityStatements } from './support/policies';
import { cdkApp, fs, ids, path, Template, templateOf, warnings } from './support/synth';
import { findCycle } from './support/template-graph';

const ROOT = path.join(__dirname, '..');
const FUNCTION = 'AWS::Lambda::Function';

describe.each<[string, (cdk: App) => Stack, number]>([
  ['orders', (cdk) => new OrdersStack(cdk, 'Orders'), 6],
  ['image-intake', (cdk) => new ImageIntakeStack(cdk, 'ImageIntake'), 4],
  ['live-board', (cdk) => new LiveBoardStack(cdk, 'LiveBoard'), 6],
  ['shop-events', (cdk) => new ShopEventsStack(cdk, 'ShopEvents'), 7],
  ['partner-api', (cdk) => new PartnerApiStack(cdk, 'PartnerApi'), 3],
  ['site-monitor', (cdk) => new SiteMonitorStack(cdk, 'SiteMonitor'), 4],
  ['web-hono', (cdk) => new WebHonoStack(cdk, 'WebHono'), 3],
])('the example %s', (_, make, functions) => {
  let stack: Stack;

  beforeAll(() => {
    stack = make(cdkApp());
  });

  test('has this template', () => {
    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
  });

  test('has no dependency cycle', () => {
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('contains only its own functions', () => {
    expect(ids(stack, FUNCTION)).toHaveLength(functions);
  });

  test('gives its functions wildcards only for objects and log streams', () => {
    const statements = identityStatements(stack);

    expect(
      statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*')),
    ).toEqual([]);
    expect(
      statements.flatMap(({ resources }) => resources).filter((resource) => resource === '"*"'),
    ).toEqual([]);
  });

  test('has no route that is unintentionally open', () => {
    expect(warnings(stack)).toEqual([]);
  });
});

test.each<[string, string, (cdk: App) => Stack]>([
  ['web-hono', 'Web', (cdk) => new WebHonoStack(cdk, 'WebHono')],
  ['shop-events', 'Shop', (cdk) => new ShopEventsStack(cdk, 'ShopEvents')],
])('the types of the environment in %s are those that synthesis writes', (name, app, make) => {
  const stack = make(cdkApp());
  const { functions } = AppContext.of(stack.node.findChild(app)).model;
  const resolved = stack.resolve(
    functions.map(({ id, runtime, variables, triggers, access }) => ({
      id,
      runtime,
      variables,
      triggers,
      access,
    })),
  ) as typeof functions;

  const file = path.join(ROOT, 'examples', name, 'serverless-app-env.d.ts');
  expect(fs.readFileSync(file, 'utf8')).toBe(environmentTypes(resolved));
});

test('the first screen of the README synthesizes', () => {
  // GIVEN
  const [, screen = ''] =
    /^```ts\n([\s\S]*?)^```/m.exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8')) ?? [];
  const source = `
    const { TimeZone } = require('aws-cdk-lib');
    const { ScheduleExpression } = require('aws-cdk-lib/aws-scheduler');
    const { ServerlessApp } = require('cdk-serverless-app');
    ${screen}`;
  const stack = new Stack(cdkApp(), 'Orders');
  const before = process.cwd();

  // WHEN
  process.chdir(path.join(ROOT, 'examples', 'orders')); // where its handlers are, as beside a cdk.json
  try {
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
    });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own README
    new Function('require', outputText).call(stack, (name: string) =>
      jest.requireActual<object>(name),
    );
  } finally {
    process.chdir(before);
  }

  // THEN
  expect(ids(stack, FUNCTION).map((id) => id.replace(/^Orders|Function.*$/g, ''))).toEqual([
    'CloseDay',
    'CreateOrder',
    'GetOrder',
    'ImportOrders',
    'ProjectOrder',
  ]);
  expect(findCycle(templateOf(stack))).toBeUndefined();
});

import { App, Duration, Stack } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as fc from 'fast-check';
import {
  AppFunction,
  Budget,
  ColdStart,
  Rollout,
  ServerlessApp,
  Trigger,
} from 'cdk-serverless-app';
import { ImageIntakeStack } from '../../examples/image-intake/stack';
import { LiveBoardStack } from '../../examples/live-board/stack';
import { OrdersStack } from '../../examples/orders/stack';
import { ShopEventsStack } from '../../examples/shop-events/stack';
import { PartnerApiStack } from '../../examples/partner-api/stack';
import { SiteMonitorStack } from '../../examples/site-monitor/stack';
import { WebHonoStack } from '../../examples/web-hono/stack';
import { version } from '../../package.json';
import { runApp } from '../support/run-app';
import { fs, HANDLERS, path, quickCdkApp, resources, tempFolder } from '../support/synth';

const NEW_FOR_EACH_CHANGE = ['AWS::Lambda::Version', 'AWS::ApiGateway::Deployment'];

type Ids = Record<string, Record<string, string>>;

/** An app with one of everything. */
class BroadStack extends Stack {
  constructor(scope: App, id: string) {
    super(scope, id);
    const app = new ServerlessApp(this, 'App', {
      root: HANDLERS,
      notify: ['ops@example.com'],
      budget: Budget.monthly(200),
    });
    const orders = app.addTable('Orders', { partitionKey: 'id' });
    const uploads = app.addBucket('Uploads');
    const canary = Rollout.canary({ percent: 7, interval: Duration.minutes(7) });
    app
      .onRequest('GET /orders/{id}', 'ok.ts', {
        id: 'Get',
        coldStart: ColdStart.provisioned({ min: 1, max: 3 }),
        rollout: canary,
      })
      .reads(orders);
    app.onTableChange(orders, 'ok.ts', { id: 'Project' }).writes(orders);
    app.onObjectCreated(uploads, 'ok.ts', { id: 'Import' }).reads(uploads);
    app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', { id: 'Close' });
    app.onNotification(app.addTopic('News'), 'ok.ts', { id: 'Mail' });
    const eventBus = app.addEventBus('Bus', { archiveRetention: Duration.days(7) });
    app.onEvent({ source: ['shop'], detailType: ['OrderPlaced'] }, 'ok.ts', {
      id: 'Ship',
      eventBus,
    });
    app.addFunction('Alone', { entry: 'ok.ts' });
  }
}

/** The example that is there in four languages, in TypeScript: the others must have the same template. */
function languagesStack(): Stack {
  const folder = path.join(__dirname, '../../examples/languages');
  const code = fs
    .readFileSync(path.join(folder, 'typescript/app.ts'), 'utf8')
    .replace("'../handlers'", JSON.stringify(path.join(folder, 'handlers')));
  const app = runApp(code, {
    outdir: tempFolder(),
    context: { 'aws:cdk:bundling-stacks': [] },
  });
  return app.node.findChild('Orders') as Stack;
}

function idsNow(): Ids {
  const cdk = quickCdkApp({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stacks: Readonly<Record<string, Stack>> = {
    Broad: new BroadStack(cdk, 'Broad'),
    ImageIntake: new ImageIntakeStack(cdk, 'ImageIntake'),
    Orders: new OrdersStack(cdk, 'Orders'),
    ShopEvents: new ShopEventsStack(cdk, 'ShopEvents'),
    PartnerApi: new PartnerApiStack(cdk, 'PartnerApi'),
    SiteMonitor: new SiteMonitorStack(cdk, 'SiteMonitor'),
    WebHono: new WebHonoStack(cdk, 'WebHono'),
    LiveBoard: new LiveBoardStack(cdk, 'LiveBoard'),
    Languages: languagesStack(),
  };
  return Object.fromEntries(
    Object.entries(stacks).map(([name, stack]) => [
      name,
      Object.fromEntries(
        Object.entries(resources(stack))
          .filter(([, { Type }]) => !NEW_FOR_EACH_CHANGE.includes(Type))
          .map(([id, { Type }]) => [id, Type] as const)
          .sort(([a], [b]) => a.localeCompare(b)),
      ),
    ]),
  );
}

/**
 * The ids of a version stand in a file of its name, which is written once, by `UPDATE_IDS=1` when the version in package.json is new, and
 * never changed when it is released: an id that changes replaces somebody's resource. An example may gain resources.
 */
test('no logical id of the last release has changed', () => {
  const file = path.join(__dirname, `${version}.json`);
  const now = idsNow();
  if (process.env.UPDATE_IDS === '1') {
    fs.writeFileSync(file, `${JSON.stringify(now, undefined, 2)}\n`);
  }
  const released = JSON.parse(fs.readFileSync(file, 'utf8')) as Ids;

  expect(Object.keys(released)).toEqual([
    'Broad',
    'ImageIntake',
    'Orders',
    'ShopEvents',
    'PartnerApi',
    'SiteMonitor',
    'WebHono',
    'LiveBoard',
    'Languages',
  ]);
  expect(now).toMatchObject(released);
});

/** What may be declared: each has ids of its own, whatever else there is. */
const PARTS: Readonly<
  Record<string, (app: ServerlessApp, fn: (id: string) => AppFunction) => void>
> = {
  route: (_, fn) => {
    fn('A').addTrigger(Trigger.http('GET /a'));
  },
  otherRoute: (_, fn) => {
    fn('A').addTrigger(Trigger.http('POST /a'));
  },
  schedule: (_, fn) => {
    fn('A').addTrigger(Trigger.schedule(ScheduleExpression.rate(Duration.hours(1))));
  },
  otherSchedule: (_, fn) => {
    fn('B').addTrigger(Trigger.schedule(ScheduleExpression.rate(Duration.hours(2))));
  },
  routeOfB: (_, fn) => {
    fn('B').addTrigger(Trigger.http('GET /b'));
  },
  changes: (app, fn) => {
    fn('C').addTrigger(Trigger.tableChanges(tableOf(app)));
  },
  objects: (app, fn) => {
    fn('C').addTrigger(Trigger.objectCreated(bucketOf(app)));
  },
  topic: (app, fn) => {
    fn('A').addTrigger(Trigger.topic(app.node.findChild('N') as never));
  },
  otherTopic: (app, fn) => {
    fn('B').addTrigger(Trigger.topic(app.node.findChild('N') as never));
  },
  events: (_, fn) => {
    fn('A').addTrigger(Trigger.events({ source: ['shop'], detailType: ['OrderPlaced'] }));
  },
  otherEvents: (_, fn) => {
    fn('A').addTrigger(Trigger.events({ source: ['shop'], detailType: ['OrderPaid'] }));
  },
  reads: (app, fn) => {
    fn('A').reads(tableOf(app), bucketOf(app));
  },
  writes: (app, fn) => {
    fn('B').writes(tableOf(app));
  },
  alone: (_, fn) => {
    fn('D');
  },
};

const tableOf = (app: ServerlessApp): never => app.node.findChild('T') as never;
const bucketOf = (app: ServerlessApp): never => app.node.findChild('U') as never;

/** The type of each resource of an app of these parts, declared in this order. */
function idsOf(parts: readonly string[]): Record<string, string> {
  const cdk = quickCdkApp({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(cdk, 'Test');
  const app = new ServerlessApp(stack, 'App', {
    root: HANDLERS,
    notify: ['ops@example.com'],
    alarms: { MissedSchedule: { enabled: false } }, // which goes where its function gets a trigger of another kind
  });
  app.addTable('T', { partitionKey: 'id' });
  app.addBucket('U');
  app.addTopic('N');
  const made = new Map<string, AppFunction>();
  const fn = (id: string): AppFunction => {
    const known = made.get(id) ?? app.addFunction(id, { entry: 'ok.ts' });
    made.set(id, known);
    return known;
  };
  parts.forEach((part) => PARTS[part]?.(app, fn));
  return Object.fromEntries(Object.entries(resources(stack)).map(([id, { Type }]) => [id, Type]));
}

test('the order of functions, triggers and access changes no id', () => {
  const some = fc.shuffledSubarray(Object.keys(PARTS), { minLength: 2 });

  fc.assert(
    fc.property(some, (parts) => {
      expect(idsOf(parts)).toEqual(idsOf([...parts].sort()));
    }),
    { numRuns: 12, seed: 1 },
  );
});

test('an addition changes no existing id', () => {
  const some = fc.shuffledSubarray(Object.keys(PARTS), { minLength: 2 });

  fc.assert(
    fc.property(some, fc.nat(), (parts, n) => {
      const before = parts.filter((_, i) => i !== n % parts.length);

      expect(idsOf(parts)).toMatchObject(idsOf(before));
    }),
    { numRuns: 12, seed: 2 },
  );
});

import { CfnParameter, Lazy, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AppStage,
  Budget,
  BudgetOptions,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
} from 'cdk-serverless-app';
import {
  all,
  HANDLERS,
  only,
  quickApp,
  quickCdkApp,
  ResourceJson,
  resources,
  serverlessApp,
} from '../support/synth';
import { sinceCdk } from '../support/since-cdk';

const NOTIFY = { notify: ['ops@example.com'] };

interface Notification {
  readonly Notification: Record<string, unknown>;
  readonly Subscribers: Record<string, unknown>[];
}

function notificationsOf(stack: Stack): Notification[] {
  return only(stack, 'AWS::Budgets::Budget').NotificationsWithSubscribers as Notification[];
}

describe('the budget', () => {
  test('is exactly one, for the app’s tag', () => {
    const { app, stack } = serverlessApp({ ...NOTIFY, budget: Budget.monthly(200) });
    app.onRequest('GET /', 'ok.ts');
    app.onRequest('GET /other', 'other.ts');

    expect(only(stack, 'AWS::Budgets::Budget').Budget).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 200, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:serverless-app$Test/App'] },
    });
  });

  test('notifies at 80 and 100 % of actual and 100 % of forecast cost', () => {
    const { app, stack } = quickApp({ ...NOTIFY, budget: Budget.monthly(200) });
    app.onRequest('GET /', 'ok.ts');

    const told = notificationsOf(stack).map(({ Notification: { NotificationType, Threshold } }) => [
      NotificationType,
      Threshold,
    ]);
    expect(told).toEqual([
      ['ACTUAL', 80],
      ['ACTUAL', 100],
      ['FORECASTED', 100],
    ]);
    expect(notificationsOf(stack)[0]?.Notification).toMatchObject({
      ComparisonOperator: 'GREATER_THAN',
      ThresholdType: 'PERCENTAGE',
    });
  });

  test('notifies at other percentages if requested, and has a name', () => {
    const budget = Budget.monthly(200, { actual: [50], forecast: [], budgetName: 'Orders' });
    const { app, stack } = quickApp({ ...NOTIFY, budget });
    app.onRequest('GET /', 'ok.ts');

    expect(notificationsOf(stack).map(({ Notification: told }) => told.Threshold)).toEqual([50]);
    expect(only(stack, 'AWS::Budgets::Budget').Budget).toMatchObject({
      BudgetName: expect.stringMatching(/^Orders-[0-9a-f]{8}$/) as unknown,
    });
  });

  test('has another name if its subscribers or thresholds change, and otherwise keeps it', () => {
    const nameOf = (options: BudgetOptions, usd = 200): unknown => {
      const budget = Budget.monthly(usd, { budgetName: 'Orders', ...options });
      const { app, stack } = quickApp({ ...NOTIFY, budget });
      app.onRequest('GET /', 'ok.ts');
      return (only(stack, 'AWS::Budgets::Budget').Budget as { BudgetName: unknown }).BudgetName;
    };

    expect(nameOf({}, 300)).toBe(nameOf({}));
    expect(nameOf({ actual: [50] })).not.toBe(nameOf({}));
    expect(nameOf({ notify: ['cfo@example.com'] })).not.toBe(nameOf({}));
  });

  test('emails each address once, and publishes to a topic of the user', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      ...NOTIFY,
      notifyTopic: new sns.Topic(stack, 'Chat'),
      budget: Budget.monthly(200, { notify: ['cfo@example.com', 'ops@example.com'] }),
    });
    app.onRequest('GET /', 'ok.ts');

    for (const { Subscribers: subscribers } of notificationsOf(stack)) {
      expect(subscribers).toEqual([
        { SubscriptionType: 'EMAIL', Address: 'ops@example.com' },
        { SubscriptionType: 'EMAIL', Address: 'cfo@example.com' },
        { SubscriptionType: 'SNS', Address: { Ref: expect.stringMatching(/^Chat/) as string } },
      ]);
    }
  });

  test('exists in a development stage too, if it is given', () => {
    const { app, stack } = quickApp({
      ...NOTIFY,
      stage: AppStage.DEVELOPMENT,
      budget: Budget.monthly(5),
    });
    app.onRequest('GET /', 'ok.ts');

    expect(all(stack, 'AWS::Budgets::Budget')).toHaveLength(1);
  });

  test('does not exist if none is given', () => {
    const { app, stack } = quickApp(NOTIFY);
    app.onRequest('GET /', 'ok.ts');

    expect(all(stack, 'AWS::Budgets::Budget')).toEqual([]);
    expect(app.budget).toBeUndefined();
    expect(JSON.stringify(resources(stack))).not.toContain('"serverless-app"');
  });

  test('may be known only at deployment', () => {
    const { stack } = quickApp();
    const amount = new CfnParameter(stack, 'Amount', { type: 'Number' }).valueAsNumber;
    const app = new ServerlessApp(stack, 'Told', {
      root: HANDLERS,
      ...NOTIFY,
      budget: Budget.monthly(amount, { actual: [amount] }),
    });
    app.onRequest('GET /', 'ok.ts');
    stack.node.tryRemoveChild('App');

    expect(only(stack, 'AWS::Budgets::Budget').Budget).toMatchObject({
      BudgetLimit: { Amount: { Ref: 'Amount' } },
    });
  });

  test('exists once for each of two apps with the same amount', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const budget = Budget.monthly(200);
    for (const id of ['A', 'B']) {
      const app = new ServerlessApp(stack, id, { root: HANDLERS, ...NOTIFY, budget });
      app.onRequest('GET /', 'ok.ts');
    }

    const filterOf = (id: string): unknown => ({
      Budget: expect.objectContaining({
        CostFilters: { TagKeyValue: [`user:serverless-app$Test/${id}`] },
      }) as unknown,
    });
    expect(all(stack, 'AWS::Budgets::Budget')).toMatchObject(['A', 'B'].map(filterOf));
  });
});

/** The value of the app's tag on a resource, whatever form the tags have; undefined where it has none. */
function tagOf({ Properties = {} }: ResourceJson): unknown {
  const tags = (Properties.Tags ?? Properties.ResourceTags) as
    Record<string, string> | { Key: string; Value: string }[] | undefined;
  const replicas = (Properties.Replicas ?? []) as { Tags?: { Key: string; Value: string }[] }[];
  const list = [...(Array.isArray(tags) ? tags : []), ...(replicas[0]?.Tags ?? [])];
  return Array.isArray(tags) || tags === undefined
    ? list.find(({ Key }) => Key === 'serverless-app')?.Value
    : tags['serverless-app'];
}

describe('the tag', () => {
  sinceCdk('2.276.0')('is on everything that the app creates and AWS can tag', () => {
    const { app, stack } = quickApp({ ...NOTIFY, budget: Budget.monthly(200) });
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const bucket = app.addBucket('Uploads');
    app.onRequest('GET /', 'ok.ts').reads(table);
    app.onTableChange(table, 'other.ts');
    app.onObjectCreated(bucket, 'third.ts');

    const tagged = Object.values(resources(stack)).flatMap((resource) =>
      tagOf(resource) === 'Test/App' ? [resource.Type] : [],
    );
    expect([...new Set(tagged)].sort()).toEqual([
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Stage',
      'AWS::Budgets::Budget',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::DynamoDB::GlobalTable',
      'AWS::Events::Rule',
      'AWS::IAM::Role',
      'AWS::KMS::Key',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
    ]);
    const untagged = Object.entries(resources(stack)).filter(
      ([, resource]) => tagged.includes(resource.Type) && tagOf(resource) === undefined,
    );
    expect(untagged).toEqual([]);
  });

  test('is on the resources of shards', () => {
    const { app } = quickApp({
      ...NOTIFY,
      budget: Budget.monthly(200),
      sharding: Sharding.nestedStacks(1),
    });
    const fn = app.onRequest('GET /', 'ok.ts');

    const shard = Stack.of(fn);
    expect(shard).toBeInstanceOf(NestedStack);
    expect(
      Object.values(resources(shard, 'AWS::Lambda::Function')).map((each) => tagOf(each)),
    ).toEqual(['Test/App']);
  });

  test('is not on resources of others', () => {
    const { app, stack } = quickApp({ ...NOTIFY, budget: Budget.monthly(200) });
    app.onRequest('GET /', 'ok.ts');
    new sns.Topic(stack, 'Mine');

    const [mine] = Object.entries(resources(stack, 'AWS::SNS::Topic')).flatMap(([id, resource]) =>
      id.startsWith('Mine') ? [resource] : [],
    );
    expect(mine && tagOf(mine)).toBeUndefined();
  });

  test('respects the user’s own tag: another value, or none', () => {
    const { app, stack } = quickApp({ ...NOTIFY, budget: Budget.monthly(200) });
    const one = app.onRequest('GET /', 'ok.ts');
    const other = app.onRequest('GET /other', 'other.ts');
    Tags.of(one).add('serverless-app', 'mine');
    Tags.of(other).remove('serverless-app');
    Tags.of(other).add('team', 'orders');

    const tags = all(stack, 'AWS::Lambda::Function').map(({ Tags: list }) => list);
    expect(tags).toEqual([
      [{ Key: 'serverless-app', Value: 'mine' }],
      [{ Key: 'team', Value: 'orders' }],
    ]);
  });

  test('has only characters that AWS allows in tags', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'Ünser & Laden', {
      root: HANDLERS,
      ...NOTIFY,
      budget: Budget.monthly(200),
    });
    app.onRequest('GET /', 'ok.ts');

    const [fn] = Object.values(resources(stack, 'AWS::Lambda::Function'));
    expect(fn && tagOf(fn)).toMatch(/^Test\/[\w.-]+-[0-9a-f]{8}$/);
  });

  test('of an app in a nested stack names the outer stack, whose name is known', () => {
    const stack = new Stack(quickCdkApp(), 'Outer', { stackName: 'shop' });
    const nested = new NestedStack(stack, 'Inner');
    const app = new ServerlessApp(nested, 'App', {
      root: HANDLERS,
      ...NOTIFY,
      budget: Budget.monthly(200),
    });
    app.onRequest('GET /', 'ok.ts');

    const [fn] = Object.values(resources(nested, 'AWS::Lambda::Function'));
    expect(fn && tagOf(fn)).toBe('shop/Inner/App');
  });
});

describe('bad input', () => {
  test.each([[0], [-1], [NaN], [Infinity], ['200'], [undefined], [null]])(
    'fails for a budget of %p',
    (usd) => {
      expect(() => Budget.monthly(usd as number)).toThrow(
        /^Budget: `monthly\.usd` must be a number of dollars above 0, got .*: write, for example, `Budget\.monthly\(200\)`$/,
      );
    },
  );

  test('allows a cent', () => {
    expect(Budget.monthly(0.01)).toBeInstanceOf(Budget);
  });

  test.each<[BudgetOptions, RegExp]>([
    [{ actual: [0] }, /`monthly\.actual\[0\]` must be a percentage above 0, got 0/],
    [{ forecast: [NaN] }, /`monthly\.forecast\[0\]` must be a percentage above 0, got NaN/],
    [{ actual: [80, 80] }, /`monthly\.actual` must not repeat a percentage, got 80 twice/],
    [{ actual: [], forecast: [] }, /must together have from 1 to 10 percentages, got 0/],
    [
      { actual: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100] },
      /must together have from 1 to 10 percentages, got 11/,
    ],
    [{ budgetName: 'a:b' }, /`monthly\.budgetName` must have 1 to 91 characters/],
    [{ budgetName: '' }, /`monthly\.budgetName` must have 1 to 91 characters/],
  ])('fails for %p', (options, message) => {
    expect(() => Budget.monthly(1, options)).toThrow(message);
  });

  test('allows ten percentages', () => {
    const actual = [10, 20, 30, 40, 50, 60, 70, 80, 90];

    expect(Budget.monthly(1, { actual })).toBeInstanceOf(Budget);
  });

  test.each<[string, ServerlessAppProps, RegExp]>([
    [
      'nobody to tell',
      { budget: Budget.monthly(1) },
      /`budget` must have a notification target, got neither `notify` nor `notifyTopic`/,
    ],
    [
      'what is no budget',
      { ...NOTIFY, budget: 200 as unknown as Budget },
      /`budget` must be a Budget, got 200: write, for example, `Budget\.monthly\(200\)`/,
    ],
    [
      'an address that is none',
      { budget: Budget.monthly(1, { notify: ['ops'] }) },
      /`budget\.notify\[0\]` must be an email address, got "ops"/,
    ],
    [
      'eleven addresses',
      {
        notify: Array.from({ length: 11 }, (_, i) => `ops${i}@example.com`),
        budget: Budget.monthly(1),
      },
      /`budget` must have at most 10 email addresses, got 11/,
    ],
  ])('fails for %s', (_, props, message) => {
    expect(() => quickApp(props)).toThrow(message);
  });

  test('allows ten addresses', () => {
    const notify = Array.from({ length: 10 }, (_, i) => `ops${i}@example.com`);

    expect(() => quickApp({ notify, budget: Budget.monthly(1) })).not.toThrow();
  });

  test('accepts a lazy amount', () => {
    expect(Budget.monthly(Lazy.number({ produce: () => 1 }))).toBeInstanceOf(Budget);
  });
});

describe('a region', () => {
  const inRegion = (region: string) => (): unknown =>
    quickApp(
      { ...NOTIFY, budget: Budget.monthly(200) },
      { env: { region, account: '111122223333' } },
    );

  test.each(['us-east-1', 'eu-central-1'])('%s has budgets', (region) => {
    expect(inRegion(region)).not.toThrow();
  });

  test.each(['eu-central-2', 'cn-north-1'])('fails in %s, which has none', (region) => {
    expect(inRegion(region)).toThrow(
      `Test/App: \`budget\` must be left out in a region where CloudFormation does not support AWS::Budgets::Budget, got a budget in ${region}`,
    );
  });
});

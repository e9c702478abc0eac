import { Aws, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match as Like, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import { EventTriggerOptions, ServerlessApp, Sharding, Trigger } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { only, quickApp, quickCdkApp, resources, warnings } from '../support/synth';

const { Match } = events;
const RULE = 'AWS::Events::Rule';
const ORDERS: events.EventPattern = { source: ['shop'], detailType: ['OrderPlaced'] };
const env = { account: '111111111111', region: 'eu-west-1' };

function withEvent(
  pattern: events.EventPattern = ORDERS,
  options: EventTriggerOptions = {},
): { app: ServerlessApp; stack: Stack } {
  const { app, stack } = quickApp();
  app.onEvent(pattern, 'ok.ts', { id: 'Work', ...options });
  return { app, stack };
}

const target = (stack: Stack): Record<string, unknown> => {
  const [first] = only(stack, RULE).Targets as [Record<string, unknown>];
  return first;
};

describe('an event trigger', () => {
  test('is a rule on the default bus, whose target has retries and the failure queue', () => {
    const { stack } = withEvent();

    expect(only(stack, RULE)).toMatchObject({
      EventPattern: { source: ['shop'], 'detail-type': ['OrderPlaced'] },
      State: 'ENABLED',
    });
    expect(only(stack, RULE)).not.toHaveProperty('EventBusName');
    expect(target(stack)).toMatchObject({
      Arn: { 'Fn::GetAtt': [expect.stringMatching(/^AppWorkFunction/) as string, 'Arn'] },
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
      DeadLetterConfig: {
        Arn: { 'Fn::GetAtt': [expect.stringMatching(/^AppFailureQueue/) as string, 'Arn'] },
      },
    });
  });

  test('lets this rule invoke the function, and nothing else', () => {
    expect(only(withEvent().stack, 'AWS::Lambda::Permission')).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^AppWorkEventshop/) as string, 'Arn'] },
    });
  });

  test('takes a bus of the app', () => {
    const { app, stack } = quickApp();
    app.onEvent(ORDERS, 'ok.ts', { eventBus: app.addEventBus('Shop') });

    expect(only(stack, RULE).EventBusName).toEqual({
      Ref: expect.stringMatching(/^AppShop/) as string,
    });
  });

  test('takes an imported bus', () => {
    const { app, stack } = quickApp();
    const eventBus = events.EventBus.fromEventBusName(stack, 'Theirs', 'theirs');
    app.onEvent(ORDERS, 'ok.ts', { eventBus });

    expect(only(stack, RULE).EventBusName).toBe('theirs');
  });

  test('passes the options on', () => {
    const { stack } = withEvent(ORDERS, {
      input: events.RuleTargetInput.fromObject({ id: events.EventField.fromPath('$.detail.id') }),
      retryPolicy: { retryAttempts: 0, maxEventAge: Duration.minutes(1) },
      enabled: false,
    });

    expect(only(stack, RULE).State).toBe('DISABLED');
    expect(target(stack)).toMatchObject({
      InputTransformer: { InputPathsMap: { 'detail-id': '$.detail.id' } },
      RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    });
  });

  test('has an id that follows from the names of the events, so other fields change in place', () => {
    const [before, after] = [ORDERS, { ...ORDERS, detail: { total: Match.greaterThan(5) } }].map(
      (pattern) => Object.keys(resources(withEvent(pattern).stack, RULE)),
    );

    expect(before).toEqual(after);
  });

  test('may be there twice', () => {
    const { app, stack } = quickApp();
    app.addFunction('Work', {
      entry: 'ok.ts',
      triggers: [
        Trigger.events({ source: ['a'], detail: { kind: ['x'] } }),
        Trigger.events({ source: ['a'], detail: { kind: ['y'] } }),
      ],
    });

    Template.fromStack(stack).resourceCountIs(RULE, 2);
  });

  test('is in the model', () => {
    const { app } = withEvent({ source: ['shop'], detailType: Match.prefix('Order') });

    expect(AppContext.of(app).model.functions[0]?.triggers).toMatchObject([
      {
        kind: 'busEvents',
        invocation: 'asynchronous',
        source: 'Test/App/DefaultEventBus',
        details: { sources: ['shop'], detailTypes: [{ prefix: 'Order' }], ofDefaultBus: true },
      },
    ]);
  });

  test('of a function in a shard listens to a bus of the app’s own stack', () => {
    const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(2) });
    const eventBus = app.addEventBus('Shop');
    app.onEvent(ORDERS, 'ok.ts', { id: 'A', eventBus });
    app.onEvent(ORDERS, 'ok.ts', { id: 'B', eventBus });

    expect(() => (stack.node.root as ReturnType<typeof quickCdkApp>).synth()).not.toThrow();
  });
});

/** Patterns as JavaScript may give them. */
const pattern = (value: object): events.EventPattern => value;

describe('a pattern', () => {
  test.each<[string, events.EventPattern, string]>([
    ['without fields', {}, '.pattern` must name at least one field, got an empty object'],
    [
      'with a detail without fields',
      { detail: {} },
      '.pattern.detail` must name at least one field',
    ],
    [
      'with an empty list',
      { source: [] },
      '.pattern.source` must have at least one value, because an empty list matches no event',
    ],
    [
      'with an empty list in its detail',
      { detail: { order: { kind: [] } } },
      '.pattern.detail.order.kind` must have at least one value',
    ],
    [
      'with an unknown operator',
      { detail: { total: [{ greaterThan: 5 }] } },
      '.pattern.detail.total[0]` must be a value or one operator of prefix, suffix,',
    ],
    ['with a misspelt operator', { source: [{ prefx: 'a' }] as never }, 'did you mean `prefix`?'],
    [
      'with two operators in one object',
      { detail: { a: [{ prefix: 'a', suffix: 'b' }] } },
      'put each operator into an object of its own',
    ],
    [
      'with an operand of the wrong type',
      { detail: { a: [{ prefix: 5 }] } },
      '.pattern.detail.a[0].prefix` must be an operand that EventBridge accepts',
    ],
    [
      'with half a range',
      { detail: { a: [{ numeric: ['>'] }] } },
      '.pattern.detail.a[0].numeric` must be an operand',
    ],
    [
      'with a value outside of a list',
      { detail: { kind: 'order' } },
      '.pattern.detail.kind` must be a list of values, got "order"',
    ],
    [
      'with a list in a list',
      { detail: { total: [Match.greaterThan(5)] } },
      '.pattern.detail.total[0]` must be a value, not a list in a list',
    ],
    [
      'with one alternative',
      { detail: { $or: [{ a: ['b'] }] } },
      '.pattern.detail.$or` must be a list of at least two patterns',
    ],
    [
      'with an empty alternative',
      { detail: { $or: [{ a: ['b'] }, {}] } },
      '.pattern.detail.$or[1]` must name at least one field',
    ],
    [
      'with the name of a field as EventBridge writes it',
      pattern({ 'detail-type': ['OrderPlaced'] }),
      '.pattern.detail-type` must be an option that exists, got a list: did you mean `detailType`?',
    ],
    [
      'with a `*` in a name',
      { source: ['shop'], detailType: ['Order*'] },
      '.pattern.detail-type[0]` must be a name, because EventBridge compares the `*` in it literally, got "Order*": write `Match.wildcard(\'Order*\')`',
    ],
    [
      'that is text',
      pattern('shop' as unknown as object),
      '.pattern` must be an object with options',
    ],
  ])('fails %s', (_what, wrong, message) => {
    expect(() => withEvent(wrong)).toThrow(
      message.startsWith('.') ? `\`functions.Work${message}` : message,
    );
  });

  test.each<[string, events.EventPattern]>([
    [
      'of all operators',
      {
        source: ['shop', ...Match.prefix('aws.')],
        detail: {
          a: Match.suffix('x'),
          b: Match.equalsIgnoreCase('x'),
          c: Match.wildcard('a*b'),
          d: Match.anythingBut('x', 'y'),
          e: Match.anythingButPrefix('x'),
          f: Match.interval(1, 5),
          g: Match.cidr('10.0.0.0/8'),
          h: Match.doesNotExist(),
          i: Match.prefixEqualsIgnoreCase('x'),
          j: Match.anyOf(Match.nullValue(), 'x', 5, true),
          $or: [{ k: ['x'] }, { l: Match.equal(3) }],
        },
      },
    ],
    ['of Tokens', { account: [Aws.ACCOUNT_ID], source: [Lazy.string({ produce: () => 'shop' })] }],
  ])('%s is accepted', (_what, right) => {
    const { stack } = withEvent(right);

    Template.fromStack(stack).resourceCountIs(RULE, 1);
  });

  test.each<[string, events.EventPattern, boolean]>([
    ['an empty prefix', { source: Match.prefix('') }, true],
    ['a source that exists', { source: Match.exists() }, true],
    ['any source', { source: Match.wildcard('*') }, true],
    ['only the account', { account: [Aws.ACCOUNT_ID] }, true],
    ['the version', { version: ['0'] }, true],
    ['one of any prefix and a value', { source: ['a', ...Match.prefix('')] }, true],
    ['a source', { source: ['shop'], account: [Aws.ACCOUNT_ID] }, false],
    ['a detail that exists', { detail: { total: Match.exists() } }, false],
    ['a prefix', { source: Match.prefix('a') }, false],
  ])('by %s is reported as matching everything: %p', (_what, given, reported) => {
    const { stack } = withEvent(given);

    expect(warnings(stack).join().includes('matches every event of its bus')).toBe(reported);
  });

  test('that matches everything can be acknowledged', () => {
    const { app, stack } = withEvent({ version: ['0'] });
    app.acknowledge('cdk-serverless-app:event-pattern-matches-everything', 'an audit log');

    expect(warnings(stack)).toEqual([]);
  });
});

describe('a bus', () => {
  test('of another account fails', () => {
    const { app, stack } = quickApp({}, { env });
    const arn = 'arn:aws:events:eu-west-1:222222222222:event-bus/theirs';
    const eventBus = events.EventBus.fromEventBusArn(stack, 'Theirs', arn);

    expect(() => app.onEvent(ORDERS, 'ok.ts', { eventBus })).toThrow(
      '`functions.Ok.eventBus` must be in the function’s account, 111111111111',
    );
  });

  test('that is none fails', () => {
    const { app } = quickApp();

    expect(() => app.onEvent(ORDERS, 'ok.ts', { eventBus: app.addQueue('Jobs') as never })).toThrow(
      '`functions.Ok.eventBus` must be an event bus',
    );
  });

  test('of the app has an archive for as long as it is asked for', () => {
    const { app, stack } = quickApp();
    app.addEventBus('Shop', { archiveRetention: Duration.days(30) });
    app.addEventBus('Plain', { eventBusName: 'plain' });
    app.addFunction('F', { entry: 'ok.ts' });
    const template = Template.fromStack(stack);

    template.hasResourceProperties('AWS::Events::EventBus', { Name: 'plain' });
    template.resourcePropertiesCountIs(
      'AWS::Events::Archive',
      { RetentionDays: 30, EventPattern: { version: ['0'] }, SourceArn: Like.anyValue() },
      1,
    );
  });

  test('of the app has another name in each stack, also where two stacks have one construct path', () => {
    const { app, stack } = quickApp();
    app.addEventBus('Shop');
    app.addEventBus('Given', { eventBusName: 'given' });
    app.addEventBus('Partner', { eventSourceName: 'aws.partner/example.com/x' });
    app.addFunction('F', { entry: 'ok.ts' });
    const names = Object.values(resources(stack, 'AWS::Events::EventBus')).map(({ Properties }) =>
      JSON.stringify(Properties?.Name),
    );

    expect(names[0]).toContain('AWS::StackId');
    expect(names.slice(1)).toEqual(['"given"', '"aws.partner/example.com/x"']);
  });

  test.each<[string, string, object, string]>([
    ['an id that another part has', 'Jobs', {}, '`eventBuses.Jobs` must have a unique id'],
    [
      'an id that the app reserves',
      'DefaultEventBus',
      {},
      'must have an id that the app does not reserve',
    ],
    [
      'a name that another bus has',
      'B',
      { eventBusName: 'a' },
      '`eventBuses.B.eventBusName` must be unique',
    ],
    [
      'an archive of an hour',
      'B',
      { archiveRetention: Duration.hours(1) },
      '`eventBuses.B.archiveRetention` must be whole seconds from 1 day',
    ],
    [
      'an archive of a day and a half',
      'B',
      { archiveRetention: Duration.hours(36) },
      '`eventBuses.B` must be valid for the CDK',
    ],
  ])('fails for %s', (_what, id, props, message) => {
    const { app } = quickApp();
    app.addQueue('Jobs');
    app.addEventBus('A', { eventBusName: 'a' });

    expect(() => app.addEventBus(id, props)).toThrow(message);
  });
});

describe('a function that puts events', () => {
  const loops = (declare: (app: ServerlessApp) => void): string[] => {
    const { app } = quickApp();
    declare(app);
    return app
      .findings()
      .flatMap(({ id, message }) => (id.endsWith('event-loop') ? [message] : []));
  };

  test('on the bus that runs it, with a grant of the CDK, is a loop', () => {
    expect(
      loops((app) => {
        const eventBus = app.addEventBus('Shop');
        eventBus.grantPutEventsTo(app.onEvent(ORDERS, 'ok.ts', { id: 'Work', eventBus }));
      }),
    ).toEqual([expect.stringContaining('Work may write Test/App/Shop, which triggers Work')]);
  });

  test('on the default bus is a loop', () => {
    expect(
      loops((app) => {
        app.defaultEventBus.grantPutEventsTo(app.onEvent(ORDERS, 'ok.ts'));
      }),
    ).toHaveLength(1);
  });

  test('on another bus is none', () => {
    expect(
      loops((app) => {
        app.addEventBus('Other').grantPutEventsTo(app.onEvent(ORDERS, 'ok.ts'));
      }),
    ).toEqual([]);
  });
});

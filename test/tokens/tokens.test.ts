import { TenancyConfig } from 'aws-cdk-lib/aws-lambda';
import { Duration, Fn, Size, Stack, Token } from 'aws-cdk-lib';
import { UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import {
  Access,
  AlarmThreshold,
  Budget,
  IAccess,
  Load,
  RequestPart,
  RequestTarget,
  RequestTenant,
  RestOptions,
  RestWebAcl,
  RouteAuthorizer,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import type { Form, Prop } from '../../lib/props/prop';
import {
  declare,
  EVERY_HOUR,
  inApp,
  inFunction,
  PROP_SETS,
  synthesizeUse,
  Use,
} from '../support/prop-sets';
import { textAndNumberProps } from '../support/public-props';
import { HANDLERS } from '../support/synth';

// A value that only the deployment knows, as `cdk synth` has it: it compares with nothing.
const TEXT = Fn.importValue('Text');
const NUMBER = Token.asNumber(Fn.importValue('Number'));

/** A Token of a declared form, in the unit that the template needs; undefined where the form has none. */
function tokenOf(form: Form): unknown {
  switch (form.type) {
    case 'text':
      return TEXT;
    case 'integer':
    case 'number':
      return NUMBER;
    case 'duration':
      return Duration[form.unit as 'seconds'](NUMBER);
    case 'size':
      return Size.mebibytes(NUMBER);
    case 'list': {
      const item = tokenOf(form.item.kind.form);
      return item === undefined ? undefined : [item];
    }
    case 'map': {
      const value = tokenOf(form.item.kind.form);
      return value === undefined ? undefined : { NAME: value };
    }
    case 'flag':
    case 'date':
    case 'enum':
    case 'struct':
    case 'instance':
    case 'anything':
      return undefined;
  }
}

/** Whether synthesis itself needs the value, so that a Token is an error. */
function isKnown(form: Form): boolean {
  return form.type === 'list' || form.type === 'map'
    ? isKnown(form.item.kind.form)
    : 'known' in form && form.known === true;
}

/** Text that the CDK or the library compares with literals: the type is an enum of the CDK. */
const LITERALS = /^(tracing|loggingFormat|logFormat|(application|system)LogLevel(V2)?)$/;

/** All declared props that take text, a number, a duration or a size. */
const DECLARED = Object.entries(PROP_SETS).flatMap(([name, { set, use, beside }]) =>
  Object.entries<Prop>(set.props).flatMap(([prop, { kind }]) => {
    const token = tokenOf(kind.form);
    const options = { ...beside?.[prop]?.(), [prop]: token };
    return token === undefined || LITERALS.test(prop)
      ? []
      : [{ name: `${name}.${prop}`, known: isKnown(kind.form), use: () => use(options) }];
  }),
);

const machineOf = (stack: Stack): StateMachine =>
  new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
  });
const alarms = (named: ServerlessAppProps['alarms']): Use => ({
  props: { notify: ['ops@example.com'], alarms: named },
});
const access = (given: IAccess): Use => inFunction({ access: [given] });
const budget = (usd: number, options: object = {}): Use =>
  declare((_, stack) => {
    const other = new ServerlessApp(stack, 'Other', {
      root: HANDLERS,
      notify: ['ops@example.com'],
      budget: Budget.monthly(usd, options),
    });
    other.addFunction('F', { entry: 'ok.ts' });
  });

/** Parameters of factories and methods, and props with rules of their own, for which a Token synthesizes. */
const TAKEN: Readonly<Record<string, () => Use>> = {
  'Access.parametersByPath(path)': () =>
    access(Access.parametersByPath(TEXT, { environmentVariable: 'PATH_OF' })),
  'Access.putMetrics(metricNamespace)': () => access(Access.putMetrics(TEXT)),
  'AlarmThreshold.count(count)': () =>
    alarms({ Throttles: { threshold: AlarmThreshold.count(NUMBER) } }),
  'AlarmThreshold.dollarsPerHour(usd)': () =>
    alarms({ RunRate: { threshold: AlarmThreshold.dollarsPerHour(NUMBER) } }),
  'AlarmThreshold.duration(duration)': () =>
    alarms({ ApiLatency: { threshold: AlarmThreshold.duration(Duration.millis(NUMBER)) } }),
  'Budget.monthly(usd)': () => budget(NUMBER),
  'BudgetOptions.actual': () => budget(200, { actual: [NUMBER] }),
  'BudgetOptions.budgetName': () => budget(200, { budgetName: TEXT }),
  'BudgetOptions.forecast': () => budget(200, { forecast: [NUMBER] }),
  'BudgetOptions.notify': () => budget(200, { notify: [TEXT] }),
  'FunctionUsage.duration': () => inApp({ usage: { duration: Duration.millis(NUMBER) } }),
  'ServerlessApp.acknowledge(reason)': () =>
    declare((app) => {
      app.acknowledge('cdk-serverless-app:event-loop', TEXT);
    }),
  'AppFunction.addEnvironment(value)': () =>
    declare((app) => app.addFunction('F', { entry: 'ok.ts' }).addEnvironment('NAME', TEXT)),
  'ServerlessApp.tryGetAlarm(name)': () =>
    declare((app) => {
      app.tryGetAlarm(TEXT);
    }),
  'ServerlessAppProps.notify': () => inApp({ notify: [TEXT] }),
  'WorkflowOptions.duration': () =>
    declare((app, stack) =>
      app.addWorkflow('W', machineOf(stack), { duration: Duration.millis(NUMBER) }),
    ),
  'RestOptions.gatewayResponses': () =>
    onRest({ gatewayResponses: { UNAUTHORIZED: { headers: { 'X-A': TEXT } } } }),
  'RestWebAcl.fromArn(arn)': () => onRest({ webAcl: RestWebAcl.fromArn(TEXT) }),
  'FunctionAuthorizerOptions.cacheTtl': () =>
    declare((app) => {
      const guard = app.addFunction('Guard', { entry: 'ok.ts' }).target;
      const authorizer = RouteAuthorizer.byFunction('A', guard, {
        cacheTtl: Duration.seconds(NUMBER),
      });
      app.onRequest('GET /', 'other.ts', { authorizer });
    }),
};

const withPart = (partOf: () => RequestPart): Use => ({
  props: { rest: {} },
  declare: (app) => {
    const queue = app.addQueue('Q', { fifo: true });
    app.forwardRequest('POST /', RequestTarget.queue(queue, { messageGroup: partOf() }));
  },
});

const withTenant = (tenantOf: () => RequestTenant): Use => ({
  props: { rest: {} },
  declare: (app) => {
    app.onRequest('GET /', 'ok.ts', {
      tenancyConfig: TenancyConfig.PER_TENANT,
      tenantId: tenantOf(),
    });
  },
});
const onRest = (rest: RestOptions): Use => ({
  props: { rest },
  declare: (app) => {
    app.onRequest('GET /', 'ok.ts');
  },
});

const EVENTS = { source: ['shop'] };

const poolOf = (stack: Stack): UserPool => new UserPool(stack, 'Pool');
const bucketOf = (app: ServerlessApp): Parameters<ServerlessApp['onObjectCreated']>[0] =>
  app.addBucket('B');
const tableOf = (app: ServerlessApp): dynamodb.TableV2 => app.addTable('T', { partitionKey: 'id' });

/** Those that synthesis itself needs, for which a Token is refused with the path of the prop. */
const KNOWN: Readonly<Record<string, () => Use>> = {
  'AppFunction.addEnvironment(name)': () =>
    declare((app) => app.addFunction('F', { entry: 'ok.ts' }).addEnvironment(TEXT, 'x')),
  'AlarmThreshold.percent(percent)': () =>
    declare(() => {
      AlarmThreshold.percent(NUMBER);
    }),
  'CostEstimate.assertMonthlyBelow(dollars)': () =>
    declare((app) => {
      app.estimate().assertMonthlyBelow(NUMBER);
    }),
  'ServerlessApp.acknowledge(id)': () =>
    declare((app) => {
      app.acknowledge(TEXT, 'because');
    }),
  'ServerlessAppProps.alarms': () => alarms({ [TEXT]: {} }),
  'RequestTenant.authorizer(key)': () => withTenant(() => RequestTenant.authorizer(TEXT)),
  'RequestTenant.claim(name)': () => withTenant(() => RequestTenant.claim(TEXT)),
  'RequestTenant.header(name)': () => withTenant(() => RequestTenant.header(TEXT)),
  'RequestTenant.path(name)': () => withTenant(() => RequestTenant.path(TEXT)),
  'RequestPart.body(field)': () => withPart(() => RequestPart.body(TEXT)),
  'RequestPart.constant(text)': () => withPart(() => RequestPart.constant(TEXT)),
  'RequestPart.header(name)': () => withPart(() => RequestPart.header(TEXT)),
  'RequestPart.path(name)': () => withPart(() => RequestPart.path(TEXT)),
  'RequestPart.query(name)': () => withPart(() => RequestPart.query(TEXT)),
  'RestOptions.usagePlans': () => onRest({ usagePlans: { [TEXT]: {} } }),
  'RouteAuthorizer.byFunction(id)': () =>
    declare((app) => {
      RouteAuthorizer.byFunction(TEXT, app.addFunction('Guard', { entry: 'ok.ts' }).target);
    }),
  'RouteAuthorizer.userPool(id)': () =>
    declare((_, stack) => {
      RouteAuthorizer.userPool(TEXT, poolOf(stack));
    }),
  'ServerlessApp.forwardRequest(route)': () => ({
    props: { rest: {} },
    declare: (app) => {
      app.forwardRequest(TEXT, RequestTarget.queue(app.addQueue('Q')));
    },
  }),
  'Load.simulate(durationMs)': () =>
    declare(() => {
      Load.simulate(1, NUMBER);
    }),
  'Load.simulate(rps)': () =>
    declare(() => {
      Load.simulate(NUMBER, 1);
    }),
  'ObjectFunctionOptions.id': () =>
    declare((app) => app.onObjectCreated(bucketOf(app), 'ok.ts', { id: TEXT })),
  'RequestFunctionOptions.id': () =>
    declare((app) => app.onRequest('GET /', 'ok.ts', { id: TEXT })),
  'ScheduleFunctionOptions.id': () =>
    declare((app) => app.onSchedule(EVERY_HOUR, 'ok.ts', { id: TEXT })),
  'TableChangeFunctionOptions.id': () =>
    declare((app) => app.onTableChange(tableOf(app), 'ok.ts', { id: TEXT })),
  'Access.userPoolAdmin(actions)': () =>
    declare((app, stack) => {
      const pool = UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_a');
      app.addFunction('F', { entry: 'ok.ts', access: [Access.userPoolAdmin(pool, [TEXT])] });
    }),
  'EventFunctionOptions.id': () => declare((app) => app.onEvent(EVENTS, 'ok.ts', { id: TEXT })),
  'NotificationFunctionOptions.id': () =>
    declare((app) => app.onNotification(app.addTopic('N'), 'ok.ts', { id: TEXT })),
  'TopicTriggerOptions.filterPolicy': () =>
    declare((app) =>
      app.onNotification(app.addTopic('N'), 'ok.ts', { filterPolicy: { kind: TEXT as never } }),
    ),
  'TopicTriggerOptions.filterPolicyWithMessageBody': () =>
    declare((app) =>
      app.onNotification(app.addTopic('N'), 'ok.ts', {
        filterPolicyWithMessageBody: { kind: TEXT as never },
      }),
    ),
  'ServerlessApp.addEventBus(id)': () => declare((app) => app.addEventBus(TEXT)),
  'ServerlessApp.addTopic(id)': () => declare((app) => app.addTopic(TEXT)),
  'ServerlessApp.onEvent(entry)': () => declare((app) => app.onEvent(EVENTS, TEXT)),
  'ServerlessApp.onNotification(entry)': () =>
    declare((app) => app.onNotification(app.addTopic('N'), TEXT)),
  'UrlFunctionOptions.id': () => declare((app) => app.onFunctionUrl('ok.ts', { id: TEXT })),
  'ServerlessApp.onFunctionUrl(entry)': () => declare((app) => app.onFunctionUrl(TEXT)),
  'SocketFunctionOptions.id': () =>
    declare((app) => app.onSocket('$connect', 'ok.ts', { id: TEXT })),
  'MessageFunctionOptions.id': () =>
    declare((app) => app.onMessage(app.addQueue('Q'), 'ok.ts', { id: TEXT })),
  'UserPoolFunctionOptions.id': () =>
    declare((app, stack) =>
      app.onUserPool(poolOf(stack), UserPoolOperation.PRE_SIGN_UP, 'ok.ts', { id: TEXT }),
    ),
  'RecordFunctionOptions.id': () =>
    declare((app) => app.onRecord(app.addStream('S'), 'ok.ts', { id: TEXT })),
  'AppWorkflow.onRequest(route)': () =>
    declare((app, stack) => {
      app.addWorkflow('W', machineOf(stack)).onRequest(TEXT);
    }),
  'ServerlessApp.addSite(folder)': () => declare((app) => app.addSite(TEXT)),
  'ServerlessApp.addWorkflow(id)': () =>
    declare((app, stack) => app.addWorkflow(TEXT, machineOf(stack))),
  'ServerlessApp.addBucket(id)': () => declare((app) => app.addBucket(TEXT)),
  'ServerlessApp.addStream(id)': () => declare((app) => app.addStream(TEXT)),
  'ServerlessApp.addQueue(id)': () => declare((app) => app.addQueue(TEXT)),
  'ServerlessApp.addFunction(id)': () =>
    declare((app) => app.addFunction(TEXT, { entry: 'ok.ts' })),
  'ServerlessApp.addTable(id)': () => declare((app) => app.addTable(TEXT, { partitionKey: 'id' })),
  'ServerlessApp.onObjectCreated(entry)': () =>
    declare((app) => app.onObjectCreated(bucketOf(app), TEXT)),
  'ServerlessApp.onRequest(entry)': () => declare((app) => app.onRequest('GET /', TEXT)),
  'ServerlessApp.onRequest(route)': () => declare((app) => app.onRequest(TEXT, 'ok.ts')),
  'ServerlessApp.addConnectionsTable(id)': () => declare((app) => app.addConnectionsTable(TEXT)),
  'ServerlessApp.onSocket(entry)': () => declare((app) => app.onSocket('$connect', TEXT)),
  'ServerlessApp.onSocket(route)': () => declare((app) => app.onSocket(TEXT, 'ok.ts')),
  'ServerlessApp.onSockets(entry)': () => declare((app) => app.onSockets(['$connect'], TEXT)),
  'ServerlessApp.onSockets(routes)': () => declare((app) => app.onSockets([TEXT], 'ok.ts')),
  'ServerlessApp.onRequests(entry)': () => declare((app) => app.onRequests(['GET /'], TEXT)),
  'ServerlessApp.onRequests(routes)': () => declare((app) => app.onRequests([TEXT], 'ok.ts')),
  'ServerlessApp.onSchedule(entry)': () => declare((app) => app.onSchedule(EVERY_HOUR, TEXT)),
  'ServerlessApp.onUserPool(entry)': () =>
    declare((app, stack) => app.onUserPool(poolOf(stack), UserPoolOperation.PRE_SIGN_UP, TEXT)),
  'ServerlessApp.onRecord(entry)': () => declare((app) => app.onRecord(app.addStream('S'), TEXT)),
  'ServerlessApp.onMessage(entry)': () => declare((app) => app.onMessage(app.addQueue('Q'), TEXT)),
  'ServerlessApp.onTableChange(entry)': () =>
    declare((app) => app.onTableChange(tableOf(app), TEXT)),
  'Sharding.nestedStacks(count)': () =>
    declare(() => {
      Sharding.nestedStacks(NUMBER);
    }),
  'Trigger.webSocket(route)': () =>
    declare((app) => {
      app.addFunction('F', { entry: 'ok.ts', triggers: [Trigger.webSocket(TEXT)] });
    }),
  'Trigger.http(route)': () =>
    declare((app) => {
      app.addFunction('F', { entry: 'ok.ts', triggers: [Trigger.http(TEXT)] });
    }),
};

/** What the library returns, or what a user's class returns for the app's model. */
const RETURNED =
  /^(AccessConfig|AppFinding|AppGuard|CostPart|LevelEstimate|LimitMet|LoadForecast|TriggerConfig|IServerlessApp)\./;

const casesOf = (
  known: boolean,
  others: Readonly<Record<string, () => Use>>,
): Array<[string, () => Use]> => [
  ...DECLARED.filter((each) => each.known === known).map(({ name, use }): [string, () => Use] => [
    name,
    use,
  ]),
  ...Object.entries(others),
];

test.each(casesOf(false, TAKEN))('a Token as %s synthesizes', (_, use) => {
  expect(() => {
    synthesizeUse(use());
  }).not.toThrow();
});

test.each(casesOf(true, KNOWN))('a Token as %s is refused with a path and a remedy', (_, use) => {
  expect(() => {
    synthesizeUse(use());
  }).toThrow(/^[^`]+: `[^`]+` must .+, got .+: .+/s);
});

test('every public prop and parameter for text or a number has a case', () => {
  const names = textAndNumberProps()
    .map(({ name }) => name)
    .filter((name) => !RETURNED.test(name));
  const cases = [...casesOf(false, TAKEN), ...casesOf(true, KNOWN)].map(([name]) => name);

  expect(names.length).toBeGreaterThan(80);
  expect(names.filter((name) => !cases.includes(name))).toEqual([]);
  expect(
    [...Object.keys(TAKEN), ...Object.keys(KNOWN)].filter((name) => !names.includes(name)),
  ).toEqual([]);
}, 60_000);

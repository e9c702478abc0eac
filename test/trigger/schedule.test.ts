import { Duration, Lazy, Stack, TimeZone } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, ScheduleTriggerOptions, ServerlessApp, Trigger } from 'cdk-serverless-app';
import { actionsOf, statementsOf } from '../support/policies';
import { HANDLERS, ids, only, quickApp, quickCdkApp, resources } from '../support/synth';

const { ScheduleExpression, ScheduleTargetInput, TimeWindow } = scheduler;
const SCHEDULE = 'AWS::Scheduler::Schedule';
const HOURLY = ScheduleExpression.rate(Duration.hours(1));
const number = (value: number): number => Lazy.number({ produce: () => value });

/** The schedule of a trigger. */
function schedule(
  options: ScheduleTriggerOptions = {},
  expression = HOURLY,
  stage = AppStage.PRODUCTION,
): Record<string, unknown> {
  const { app, stack } = quickApp({ stage });
  app.onSchedule(expression, 'ok.ts', options);
  return only(stack, SCHEDULE);
}

describe('the expression', () => {
  test.each([
    [ScheduleExpression.cron({ minute: '0', hour: '2' }), 'cron(0 2 * * ? *)', 'Etc/UTC'],
    [
      ScheduleExpression.cron({ minute: '0', weekDay: 'MON', timeZone: TimeZone.EUROPE_WARSAW }),
      'cron(0 * ? * MON *)',
      'Europe/Warsaw',
    ],
    [ScheduleExpression.rate(Duration.minutes(5)), 'rate(5 minutes)', undefined],
    [ScheduleExpression.at(new Date('2030-01-02T03:04:05Z')), 'at(2030-01-02T03:04:05)', 'Etc/UTC'],
    [ScheduleExpression.expression('rate(3 days)'), 'rate(3 days)', 'Etc/UTC'],
  ])('%s is written with its time zone', (expression, text, timeZone) => {
    expect(schedule({}, expression)).toMatchObject({
      ScheduleExpression: text,
      ...(timeZone === undefined ? {} : { ScheduleExpressionTimezone: timeZone }),
    });
  });

  test.each([
    [
      ScheduleExpression.cron({ minute: '60' }),
      '`functions.Ok.schedule` must have minutes from 0 to 59',
    ],
    [ScheduleExpression.expression('rate(5 seconds)'), '`functions.Ok.schedule` must be rate('],
    [
      ScheduleExpression.expression('at(2030-02-30T00:00:00)'),
      '`functions.Ok.schedule` must be at(',
    ],
    [ScheduleExpression.expression('daily'), '`functions.Ok.schedule` must be cron(…), rate(…)'],
    [
      ScheduleExpression.cron({ minute: '0', timeZone: TimeZone.of('Europe/Atlantis') }),
      '`functions.Ok.schedule.timeZone` must be a name of the IANA time zone database, got "Europe/Atlantis"',
    ],
  ])('fails for %s', (expression, message) => {
    expect(() => schedule({}, expression)).toThrow(`Test/App: ${message}`);
  });

  test('may be a token, which is not compared', () => {
    const expression = ScheduleExpression.expression(Lazy.string({ produce: () => 'nonsense' }));

    expect(schedule({}, expression).ScheduleExpression).toBe('nonsense');
  });

  test('keeps its id if its time and its zone are tokens, independent of other tokens', () => {
    const token = (): string => Lazy.string({ produce: () => 'x' });
    const idAfter = (tokens: number): string[] => {
      const { app, stack } = quickApp();
      Array.from({ length: tokens }, token);
      app.onSchedule(ScheduleExpression.expression(token(), TimeZone.of(token())), 'ok.ts');
      return ids(stack, 'AWS::Scheduler::Schedule');
    };

    expect(idAfter(3)).toEqual(idAfter(0));
  });

  test('may have a token as its time zone, which is not compared', () => {
    const timeZone = TimeZone.of(Lazy.string({ produce: () => 'nonsense' }));

    expect(
      schedule({}, ScheduleExpression.cron({ minute: '0', timeZone })).ScheduleExpressionTimezone,
    ).toBe('nonsense');
  });
});

describe('defaults', () => {
  test.each([
    [AppStage.PRODUCTION, 'ENABLED'],
    [AppStage.DEVELOPMENT, 'DISABLED'],
  ])('in %s a schedule is %s', (stage, state) => {
    expect(schedule({}, HOURLY, stage).State).toBe(state);
  });

  test('runs exactly on time', () => {
    expect(schedule().FlexibleTimeWindow).toEqual({ Mode: 'OFF' });
  });

  test('an undelivered event is retried 10 times within 1 hour', () => {
    expect(schedule()).toMatchObject({
      Target: { RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3600 } },
    });
  });

  test('then it ends in the failure queue', () => {
    const { app, stack } = quickApp();

    app.onSchedule(HOURLY, 'ok.ts');

    expect(only(stack, SCHEDULE)).toMatchObject({
      Target: { DeadLetterConfig: { Arn: stack.resolve(app.failureQueue.queueArn) as unknown } },
    });
  });

  test('an event that the handler fails on ends in the failure queue', () => {
    const { app, stack } = quickApp();

    app.onSchedule(HOURLY, 'ok.ts');

    expect(only(stack, 'AWS::Lambda::EventInvokeConfig')).toMatchObject({
      DestinationConfig: {
        OnFailure: { Destination: stack.resolve(app.failureQueue.queueArn) as unknown },
      },
    });
  });

  test('the target is the function', () => {
    const { app, stack } = quickApp();

    const fn = app.onSchedule(HOURLY, 'ok.ts');

    expect(only(stack, SCHEDULE)).toMatchObject({
      Target: { Arn: stack.resolve(fn.function.functionArn) as unknown },
    });
  });

  test('there is no input, start, end or group', () => {
    const { Target, StartDate, EndDate, GroupName } = schedule();

    expect([(Target as { Input?: unknown }).Input, StartDate, EndDate, GroupName]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('options', () => {
  test.each<[string, ScheduleTriggerOptions, Record<string, unknown>]>([
    ['enabled', { enabled: false }, { State: 'DISABLED' }],
    [
      'input',
      { input: ScheduleTargetInput.fromObject({ day: 1 }) },
      { Target: { Input: '{"day":1}' } },
    ],
    [
      'timeWindow',
      { timeWindow: TimeWindow.flexible(Duration.minutes(15)) },
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } },
    ],
    [
      'retryPolicy.retryAttempts',
      { retryPolicy: { retryAttempts: 0 } },
      { Target: { RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 3600 } } },
    ],
    [
      'retryPolicy.maxEventAge',
      { retryPolicy: { maxEventAge: Duration.hours(2) } },
      { Target: { RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 7200 } } },
    ],
    [
      'start',
      { start: new Date('2030-01-01T00:00:00Z') },
      { StartDate: '2030-01-01T00:00:00.000Z' },
    ],
    ['end', { end: new Date('2031-01-01T00:00:00Z') }, { EndDate: '2031-01-01T00:00:00.000Z' }],
  ])('%s is set as given', (_name, options, properties) => {
    expect(schedule(options)).toMatchObject(properties);
  });

  test('`enabled` switches the schedule on in a development stage', () => {
    expect(schedule({ enabled: true }, HOURLY, AppStage.DEVELOPMENT).State).toBe('ENABLED');
  });

  test('a schedule in another group is another schedule, with the same id in every stack', () => {
    const idsIn = (stackId: string, groupId?: string): string[] => {
      const stack = new Stack(quickCdkApp(), stackId);
      const app = new ServerlessApp(stack, 'App', { root: HANDLERS });
      const scheduleGroup =
        groupId === undefined ? undefined : new scheduler.ScheduleGroup(stack, groupId);
      app.onSchedule(HOURLY, 'ok.ts', { scheduleGroup });
      return ids(stack, SCHEDULE);
    };

    expect(idsIn('Dev', 'A')).toEqual(idsIn('Prod', 'A'));
    expect(new Set([idsIn('Dev'), idsIn('Dev', 'A'), idsIn('Dev', 'B')].flat()).size).toBe(3);
  });

  test('scheduleGroup is the group of the schedule', () => {
    const { app, stack } = quickApp();
    const scheduleGroup = new scheduler.ScheduleGroup(stack, 'Group');

    app.onSchedule(HOURLY, 'ok.ts', { scheduleGroup });

    expect(only(stack, SCHEDULE).GroupName).toEqual(stack.resolve(scheduleGroup.scheduleGroupName));
  });

  test('the retry policy may contain tokens, which are not compared', () => {
    const retryPolicy = {
      retryAttempts: number(999),
      maxEventAge: Duration.seconds(number(1)),
    };

    expect(schedule({ retryPolicy })).toMatchObject({
      Target: { RetryPolicy: { MaximumRetryAttempts: 999, MaximumEventAgeInSeconds: 1 } },
    });
  });
});

describe('limits', () => {
  test.each<[string, ScheduleTriggerOptions]>([
    ['0 attempts', { retryPolicy: { retryAttempts: 0 } }],
    ['185 attempts', { retryPolicy: { retryAttempts: 185 } }],
    ['an age of 1 minute', { retryPolicy: { maxEventAge: Duration.minutes(1) } }],
    ['an age of 1 day', { retryPolicy: { maxEventAge: Duration.days(1) } }],
    ['a window of 1 minute', { timeWindow: TimeWindow.flexible(Duration.minutes(1)) }],
    ['a window of 1 day', { timeWindow: TimeWindow.flexible(Duration.days(1)) }],
  ])('%s is accepted', (_name, options) => {
    expect(() => schedule(options)).not.toThrow();
  });

  test.each<[string, ScheduleTriggerOptions, string]>([
    [
      'retryPolicy.retryAttempts',
      { retryPolicy: { retryAttempts: -1 } },
      'must be a whole number from 0 to 185 attempts, got -1',
    ],
    [
      'retryPolicy.retryAttempts',
      { retryPolicy: { retryAttempts: 186 } },
      'must be a whole number from 0 to 185 attempts, got 186',
    ],
    [
      'retryPolicy.maxEventAge',
      { retryPolicy: { maxEventAge: Duration.seconds(59) } },
      'must be whole seconds from 1 minute to 1 day, got 59 seconds',
    ],
    [
      'retryPolicy.maxEventAge',
      { retryPolicy: { maxEventAge: Duration.seconds(86_401) } },
      'must be whole seconds from 1 minute to 1 day, got 86401 seconds',
    ],
    [
      'end',
      { start: new Date('2031-01-01T00:00:00Z'), end: new Date('2030-01-01T00:00:00Z') },
      'must be after `start`, 2031-01-01T00:00:00.000Z, got "2030-01-01T00:00:00.000Z": swap them',
    ],
    [
      'end',
      { start: new Date('2030-01-01T00:00:00Z'), end: new Date('2030-01-01T00:00:00Z') },
      'must be after `start`',
    ],
  ])('fails for %s outside its range', (prop, options, rule) => {
    expect(() => schedule(options)).toThrow(`Test/App: \`functions.Ok.${prop}\` ${rule}`);
  });
});

describe('the role of the schedules', () => {
  const two = (): { app: ServerlessApp; stack: Stack } => {
    const made = quickApp();
    made.app.onSchedule(HOURLY, 'ok.ts');
    made.app.onSchedule(HOURLY, 'other.ts');
    return made;
  };

  test('is shared by all', () => {
    expect(ids(two().stack).filter((id) => id.startsWith('AppSchedulerRole'))).toHaveLength(1);
  });

  test('may run the functions and send to the failure queue', () => {
    expect(actionsOf(two().stack, 'SchedulerRole')).toEqual([
      'lambda:InvokeFunction',
      'sqs:SendMessage',
    ]);
  });

  test('may run only functions with schedules', () => {
    const { app, stack } = two();
    app.onRequest('GET /', 'third.ts');

    const invoke = statementsOf(stack, 'SchedulerRole').filter((statement) =>
      statement.actions.includes('lambda:InvokeFunction'),
    );
    expect(invoke.flatMap((statement) => statement.resources)).toHaveLength(2);
  });

  test('trusts the scheduler only for this account’s default group', () => {
    const { app, stack } = quickApp({}, { env: { account: '111111111111', region: 'eu-west-1' } });

    app.onSchedule(HOURLY, 'ok.ts');

    const role = stackRoles(stack).find((text) => text.includes('scheduler.amazonaws.com'));
    expect(role).toMatch(/aws:SourceAccount.*111111111111.*schedule-group\/default/);
  });

  test('trusts the scheduler only for the given groups', () => {
    const { app, stack } = quickApp();
    const scheduleGroup = new scheduler.ScheduleGroup(stack, 'Group');

    app.onSchedule(HOURLY, 'ok.ts', { scheduleGroup });

    const role = stackRoles(stack).find((text) => text.includes('scheduler.amazonaws.com'));
    expect(role).toContain(JSON.stringify(stack.resolve(scheduleGroup.scheduleGroupArn)));
  });

  test('may use the key of an encrypted failure queue', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const encryptionMasterKey = new kms.Key(stack, 'Key');
    const failureQueue = new sqs.Queue(stack, 'Mine', { encryptionMasterKey });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });

    app.onSchedule(HOURLY, 'ok.ts');

    expect(actionsOf(stack, 'SchedulerRole')).toContain('kms:GenerateDataKey');
  });

  function stackRoles(stack: Stack): string[] {
    return Object.values(resources(stack, 'AWS::IAM::Role')).map((role) => JSON.stringify(role));
  }
});

describe('ids of schedules', () => {
  const cron = (timeZone?: TimeZone): scheduler.ScheduleExpression =>
    ScheduleExpression.cron({ minute: '0', timeZone });
  const of = (expressions: scheduler.ScheduleExpression[]): string[] => {
    const { app, stack } = quickApp();
    app.addFunction('F', {
      entry: 'ok.ts',
      triggers: expressions.map((expression) => Trigger.schedule(expression)),
    });
    return ids(stack, SCHEDULE);
  };

  test('are independent of their order', () => {
    const expressions = [
      cron(),
      cron(TimeZone.EUROPE_WARSAW),
      HOURLY,
      ScheduleExpression.expression('rate(1 hour)', TimeZone.EUROPE_WARSAW),
      ScheduleExpression.rate(Duration.hours(12)),
    ];

    expect(of([...expressions].reverse())).toEqual(of(expressions));
  });

  test('differ for two schedules with the same time', () => {
    expect(new Set(of([HOURLY, HOURLY])).size).toBe(2);
  });
});

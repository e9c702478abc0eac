import { Lazy, Size, TimeZone } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AppFunctionOptions } from '../../../lib/function/app-function-props';
import {
  ColdStart,
  ProvisionedConcurrencyOptions,
  ProvisionedConcurrencySchedule,
} from '../../../lib/function/cold-start';
import {
  checkColdStart,
  mayHaveSnapshot,
  scheduleName,
} from '../../../lib/function/private/cold-start-rules';
import { FUNCTION_OPTIONS_PROPS } from '../../../lib/function/function-prop-set';
import { checkProps } from '../../../lib/props/check-props';
import { PropCheck } from '../../../lib/props/prop-check';

const check = new PropCheck('Test/App', 'functions.F');
const token = (value: number): number => Lazy.number({ produce: () => value });
const { NODEJS_24_X, PYTHON_3_13 } = lambda.Runtime;

const checking = (options: AppFunctionOptions) => (): void => {
  checkProps(options, FUNCTION_OPTIONS_PROPS, check);
  checkColdStart(options, check);
};
const provisioned = (options: ProvisionedConcurrencyOptions): (() => void) =>
  checking({ coldStart: ColdStart.provisioned(options) });
const snapStart = (options: AppFunctionOptions = {}): (() => void) =>
  checking({ runtime: PYTHON_3_13, ...options, coldStart: ColdStart.snapStart() });

const at = (hour: number, timeZone?: string): ScheduleExpression =>
  ScheduleExpression.cron({
    minute: String(hour % 60),
    hour: String(Math.floor(hour / 60)),
    ...(timeZone === undefined ? {} : { timeZone: TimeZone.of(timeZone) }),
  });
const schedules = (count: number): ProvisionedConcurrencySchedule[] =>
  Array.from({ length: count }, (_, i) => ({ schedule: at(i), min: 1 }));
const MORNING = { schedule: at(480), min: 10 };

describe('provisioned concurrency', () => {
  test.each<[string, ProvisionedConcurrencyOptions]>([
    ['1', { min: 1 }],
    ['a range of one', { min: 2, max: 2 }],
    ['the least utilization', { min: 1, max: 2, targetUtilization: 0.1 }],
    ['the greatest utilization', { min: 1, max: 2, targetUtilization: 0.9 }],
    ['200 schedules', { min: 1, schedules: schedules(200) }],
    ['a schedule up to the max of the function', { min: 1, max: 10, schedules: [MORNING] }],
    ['a schedule with a max of its own', { min: 1, max: 2, schedules: [{ ...MORNING, max: 10 }] }],
    ['an end after the start', { min: 1, schedules: [ends(new Date(1), new Date(2))] }],
    ['a start without an end', { min: 1, schedules: [{ ...MORNING, start: new Date(5) }] }],
    ['an end without a start', { min: 1, schedules: [{ ...MORNING, end: new Date(5) }] }],
    ['a time without a zone', { min: 1, schedules: [{ min: 1, schedule: withoutZone() }] }],
    ['one time in two zones', { min: 1, schedules: [MORNING, inWarsaw()] }],
    ['a min that is a token', { min: token(9), max: 2 }],
    ['a max that is a token', { min: 5, max: token(2), targetUtilization: token(7) }],
  ])('may be %s', (_name, options) => {
    expect(provisioned(options)).not.toThrow();
  });

  const UNITS =
    'must be a whole number, at least 1: with 0 AWS deletes the configuration, and the next deployment fails, got';

  test.each<[string, ProvisionedConcurrencyOptions, string]>([
    ['0', { min: 0 }, `min\` ${UNITS} 0: use 1 or more; for none, use \`ColdStart.onDemand()\``],
    ['-1', { min: -1 }, `min\` ${UNITS} -1`],
    ['a half', { min: 1.5 }, `min\` ${UNITS} 1.5`],
    ['a max of 0', { min: 1, max: 0 }, `max\` ${UNITS} 0`],
    [
      'a max below min',
      { min: 3, max: 2 },
      'max` must not be below `min`, 3, got 2: swap them, or leave `max` out',
    ],
    [
      'utilization without max',
      { min: 1, targetUtilization: 0.5 },
      'targetUtilization` must not be combined without `max`, because the number is then fixed, got 0.5',
    ],
    [
      'too low a utilization',
      { min: 1, max: 2, targetUtilization: 0.09 },
      'targetUtilization` must be a number from 0.1 to 0.9, got 0.09',
    ],
    [
      'too high a utilization',
      { min: 1, max: 2, targetUtilization: 0.91 },
      'targetUtilization` must be a number from 0.1 to 0.9, got 0.91',
    ],
    [
      'no number',
      { min: 1, max: 2, targetUtilization: Number.NaN },
      'targetUtilization` must be a number from 0.1',
    ],
    [
      '201 schedules',
      { min: 1, schedules: schedules(201) },
      'schedules.length` must be a whole number from 0 to 200 schedules, got 201',
    ],
    ['a schedule of 0', { min: 1, schedules: [{ ...MORNING, min: 0 }] }, 'schedules[0].min` must'],
    [
      'a schedule up to 0',
      { min: 1, schedules: [{ ...MORNING, max: 0 }] },
      `schedules[0].max\` ${UNITS} 0`,
    ],
    [
      'a schedule above the max of the function',
      { min: 1, max: 9, schedules: [MORNING] },
      'schedules[0].max` must not be below `min`, 10, got 9',
    ],
    [
      'a time that is none',
      { min: 1, schedules: [{ min: 1, schedule: ScheduleExpression.expression('noon') }] },
      'schedules[0].schedule` must be cron(…), rate(…) or at(…), got "noon"',
    ],
    [
      'a zone that is none',
      { min: 1, schedules: [{ min: 1, schedule: at(1, 'Mars') }] },
      'schedules[0].schedule.timeZone` must be a name of the IANA time zone database, got "Mars"',
    ],
    [
      'an end that is the start',
      { min: 1, schedules: [ends(new Date(5), new Date(5))] },
      'schedules[0].end` must be after `start`, 1970-01-01T00:00:00.005Z, got "1970-01-01T00:00:00.005Z": swap them',
    ],
    [
      'one time twice',
      { min: 1, schedules: [{ schedule: at(1), min: 1 }, MORNING, { ...MORNING, min: 3 }] },
      'schedules[2].schedule` must not be the time of another schedule, got "cron(0 8 * * ? *)": leave',
    ],
    [
      'no min',
      {} as ProvisionedConcurrencyOptions,
      'min` must be a whole number, at least 1: with 0 AWS deletes the configuration, and the next deployment fails, got undefined',
    ],
  ])('fails as %s', (_name, options, message) => {
    expect(provisioned(options)).toThrow(`Test/App: \`functions.F.coldStart.${message}`);
  });

  function ends(start: Date, end: Date): ProvisionedConcurrencySchedule {
    return { ...MORNING, start, end };
  }

  function withoutZone(): ScheduleExpression {
    return { expressionString: 'rate(1 hour)' };
  }

  function inWarsaw(): ProvisionedConcurrencySchedule {
    return { schedule: at(480, 'Europe/Warsaw'), min: 1 };
  }
});

test.each<[string, AppFunctionOptions]>([
  ['nothing', {}],
  ['no decision', { coldStart: ColdStart.onDemand(), ephemeralStorageSize: Size.gibibytes(1) }],
  [
    'a hash of the code without a version of ours',
    { coldStart: ColdStart.onDemand(), currentVersionOptions: { codeSha256: 'x' } },
  ],
  [
    'other options of versions',
    { coldStart: ColdStart.provisioned({ min: 1 }), currentVersionOptions: { description: 'x' } },
  ],
  [
    'tenants without a decision',
    { coldStart: ColdStart.onDemand(), tenancyConfig: lambda.TenancyConfig.PER_TENANT },
  ],
])('accepts %s', (_name, options) => {
  expect(checking(options)).not.toThrow();
});

test.each<[string, AppFunctionOptions, string]>([
  [
    'what is no decision',
    { coldStart: 5 as unknown as ColdStart },
    'coldStart` must be a ColdStart, got 5: write, for example, `ColdStart.provisioned({ min: 2 })`',
  ],
  [
    'a hash of the code',
    {
      coldStart: ColdStart.provisioned({ min: 1 }),
      currentVersionOptions: { codeSha256: 'abc' },
    },
    'currentVersionOptions.codeSha256` must not be combined with `coldStart`, which publishes a version for each change, got "abc": leave it out',
  ],
  [
    'the CDK’s own snapshots',
    { snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS },
    'snapStart` must be left out, because it affects versions only, and triggers invoke `$LATEST`, got a value',
  ],
  [
    'environments that are ready for a version',
    { currentVersionOptions: { provisionedConcurrentExecutions: 2 } },
    'currentVersionOptions.provisionedConcurrentExecutions` must be left out, because it would stay on the version, and cost money, after the next version is published, got 2',
  ],
  [
    'tenants',
    {
      coldStart: ColdStart.provisioned({ min: 1 }),
      tenancyConfig: lambda.TenancyConfig.PER_TENANT,
    },
    'tenancyConfig` must not be combined with `ColdStart.provisioned`, because each tenant has its own environments, got a tenancy',
  ],
])('fails for %s', (_name, options, message) => {
  expect(checking(options)).toThrow(`Test/App: \`functions.F.${message}`);
});

describe('SnapStart', () => {
  test.each<[string, AppFunctionOptions]>([
    ['nothing else', {}],
    ['512 MB of /tmp', { ephemeralStorageSize: Size.mebibytes(512) }],
    ['/tmp that is a token', { ephemeralStorageSize: Size.mebibytes(token(1024)) }],
  ])('is accepted with %s', (_name, options) => {
    expect(snapStart(options)).not.toThrow();
  });

  test.each<[string, AppFunctionOptions, string]>([
    [
      'the runtime that a function has by default',
      { runtime: undefined },
      'coldStart` must not be `ColdStart.snapStart()` for this runtime: SnapStart supports Java 11, Python 3.12, .NET 8 and later, and container images, got "nodejs24.x": make the bundle smaller',
    ],
    [
      'an older Python',
      { runtime: lambda.Runtime.PYTHON_3_11 },
      'and container images, got "python3.11": use a later runtime',
    ],
    [
      'a file system',
      { filesystem: {} as lambda.FileSystem },
      'filesystem` must not be combined with `ColdStart.snapStart()`, got a file system: read from S3',
    ],
    [
      'more of /tmp',
      { ephemeralStorageSize: Size.mebibytes(513) },
      'ephemeralStorageSize` must be a whole number from 512 to 512 MB with `ColdStart.snapStart()`, got 513: leave it out',
    ],
    [
      'tenants',
      { tenancyConfig: lambda.TenancyConfig.PER_TENANT },
      'tenancyConfig` must not be combined with `ColdStart.snapStart`',
    ],
  ])('fails with %s', (_name, options, message) => {
    expect(snapStart(options)).toThrow(message);
  });

  test.each<[string, boolean]>([
    ['java8.al2', false],
    ['java11', true],
    ['java21', true],
    ['python3.9', false],
    ['python3.11', false],
    ['python3.12', true],
    ['dotnet6', false],
    ['dotnet8', true],
    ['dotnet10', true],
    ['dotnetcore3.1', false],
    ['nodejs24.x', false],
    ['provided.al2023', false],
    ['ruby3.4', false],
    ['notpython3.12', false],
    ['python3.12x', false],
    ['myjava11', false],
    ['mydotnet8', false],
    ['dotnet8x', false],
    [lambda.Runtime.FROM_IMAGE.name, true],
    [Lazy.string({ produce: () => 'ruby3.4' }), true],
  ])('%s is supported: %p', (name, expected) => {
    expect(mayHaveSnapshot(new lambda.Runtime(name))).toBe(expected);
  });
});

describe('the name of a schedule', () => {
  const expression = (text: string, zone?: TimeZone): ScheduleExpression =>
    ScheduleExpression.expression(text, zone);
  const named = (schedule: ScheduleExpression): string => scheduleName({ schedule, min: 1 });
  const unknown = (): string => Lazy.string({ produce: () => 'x' });

  test.each<[string, ScheduleExpression, string]>([
    ['a time', at(480), 'cron-0-8-*-*-?-*-Etc-UTC'],
    ['a time in a zone', at(480, 'Europe/Warsaw'), 'cron-0-8-*-*-?-*-Europe-Warsaw'],
    ['a rate', expression('rate(1 hour)'), 'rate-1-hour-Etc-UTC'],
    ['several times', expression('cron(0/5 8,9 ? * MON#1 *)'), 'cron-0-5-8,9-?-*-MON#1-*-Etc-UTC'],
    [
      'a time without a zone',
      { expressionString: 'at(2030-01-01T00:00:00)' },
      'at-2030-01-01T00-00-00',
    ],
  ])('expresses its cron in allowed characters: %s', (_name, schedule, expected) => {
    expect(named(schedule)).toBe(expected);
  });

  test('is the same regardless of other tokens', () => {
    const nameAfter = (tokens: number): string => {
      Array.from({ length: tokens }, unknown);
      return named(expression(unknown(), TimeZone.of(unknown())));
    };

    expect(nameAfter(0)).toBe('token-token');
    expect(nameAfter(3)).toBe('token-token');
  });
});

test('the default runtime is Node.js', () => {
  expect(mayHaveSnapshot(NODEJS_24_X)).toBe(false);
});

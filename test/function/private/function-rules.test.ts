import { Duration, Lazy, Size } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AppFunctionOptions, AppFunctionProps } from '../../../lib/function/app-function-props';
import {
  checkFunctionProps,
  checkVariableName,
  requireKnownTimeout,
} from '../../../lib/function/private/function-rules';
import { FUNCTION_PROPS } from '../../../lib/function/function-prop-set';
import { checkProps } from '../../../lib/props/check-props';
import { PropCheck } from '../../../lib/props/prop-check';

const check = new PropCheck('Test/App', 'functions.F');
const number = Lazy.number({ produce: () => -1 });
const text = Lazy.string({ produce: () => '' });
const code = lambda.Code.fromInline('x');
const { NODEJS_22_X, PYTHON_3_13 } = lambda.Runtime;

/** In a variable, since the CDK’s own types call it deprecated. */
const OLDER = { logRetention: RetentionDays.ONE_DAY };

const layers = (...arns: string[]): lambda.ILayerVersion[] =>
  arns.map((layerVersionArn) => ({ layerVersionArn }) as lambda.ILayerVersion);
/** As a function checks them: what was declared, then, merged with the app's options, the rules between them. */
const checking = (options: AppFunctionOptions, props: AppFunctionProps) => (): void => {
  checkProps({ ...options, ...props }, FUNCTION_PROPS, check);
  checkFunctionProps(options, props, props.entry === undefined ? undefined : 'JavaScript', check);
};
const withEntry = (options: AppFunctionOptions): (() => void) =>
  checking(options, { entry: 'ok.ts' });

test.each<[string, AppFunctionOptions]>([
  ['nothing but an entry', {}],
  ['the least', { memorySize: 128, timeout: Duration.seconds(1), retryAttempts: 0 }],
  ['the most', { memorySize: 10_240, timeout: Duration.minutes(15), retryAttempts: 2 }],
  ['five layers', { layers: layers('a', 'b', 'c', 'd', 'e') }],
  ['no layers', { layers: [] }],
  ['an age of 1 minute', { maxEventAge: Duration.minutes(1) }],
  ['an age of 6 hours', { maxEventAge: Duration.hours(6) }],
  ['1 reserved', { reservedConcurrentExecutions: 1 }],
  ['512 MB of /tmp', { ephemeralStorageSize: Size.mebibytes(512) }],
  ['10 GB of /tmp', { ephemeralStorageSize: Size.gibibytes(10) }],
  ['a Node.js runtime', { runtime: NODEJS_22_X }],
  ['the name of an export', { handler: '$main_2' }],
  ['a name of 122 characters', { handler: 'a'.repeat(122) }],
  ['a name of many tokens', { handler: text.repeat(20) }],
  ['variables', { environment: { AB: '', a_1: '', [text]: '' } }],
  [
    'tokens',
    {
      memorySize: number,
      retryAttempts: number,
      reservedConcurrentExecutions: number,
      timeout: Duration.seconds(number),
      ephemeralStorageSize: Size.mebibytes(number),
      handler: text,
    },
  ],
])('accepts %s', (_name, options) => {
  expect(withEntry(options)).not.toThrow();
});

test.each<[string, AppFunctionOptions, string]>([
  ['127 MB', { memorySize: 127 }, 'memorySize` must be a whole number from 128 to 10240 MB'],
  ['10,241 MB', { memorySize: 10_241 }, 'memorySize` must be a whole number from 128 to'],
  ['no timeout', { timeout: Duration.seconds(0) }, 'timeout` must be whole seconds from 1 second'],
  ['901 seconds', { timeout: Duration.seconds(901) }, 'to 15 minutes, got 901 seconds'],
  ['3 retries', { retryAttempts: 3 }, 'retryAttempts` must be a whole number from 0 to 2 retries'],
  ['-1 retries', { retryAttempts: -1 }, 'retryAttempts` must be a whole number from 0 to 2'],
  ['an age of 59 s', { maxEventAge: Duration.seconds(59) }, 'from 1 minute to 6 hours, got 59'],
  ['an age above 6 h', { maxEventAge: Duration.seconds(21_601) }, 'to 6 hours, got 21601'],
  [
    'none reserved',
    { reservedConcurrentExecutions: 0 },
    'reservedConcurrentExecutions` must be a whole number not below 1 concurrent executions, got 0: use at least 1, or leave it out',
  ],
  [
    '511 MB of /tmp',
    { ephemeralStorageSize: Size.mebibytes(511) },
    'ephemeralStorageSize` must be a whole number from 512 to 10240 MB, got 511',
  ],
  [
    'a part of a megabyte of /tmp',
    { ephemeralStorageSize: Size.kibibytes(600 * 1024 + 512) },
    'ephemeralStorageSize` must be a whole number from 512 to 10240 MB, got 600.5',
  ],
  ['half a millisecond', { timeout: Duration.millis(0.5) }, 'minutes, got 0.0005 seconds: give a'],
  ['too much /tmp', { ephemeralStorageSize: Size.mebibytes(10_241) }, 'to 10240 MB, got 10241'],
  [
    'six layers',
    { layers: layers('a', 'b', 'c', 'd', 'e', 'f') },
    'layers.length` must be a whole number from 0 to 5 layers, including those of `functionDefaults`, got 6: merge some of them',
  ],
  [
    'a layer twice',
    { layers: layers('a', 'b', 'a') },
    'layers[2]` must differ from the values before it, got a twice: leave it out',
  ],
  [
    'a log retention',
    OLDER,
    'logRetention` must be left out, because it adds a helper Lambda function',
  ],
  [
    'Python by an entry',
    { runtime: PYTHON_3_13 },
    'runtime` must be a Node.js runtime with `entry`, got "python3.13": give `code`',
  ],
  ['a dotted handler', { handler: 'index.handler' }, 'handler` must be the name of an export'],
  ['an empty handler', { handler: '' }, 'handler` must be the name of an export with `entry`'],
  ['a handler of digits', { handler: '1st' }, 'handler` must be the name of an export, got'],
  [
    'a name of 123 characters',
    { handler: 'a'.repeat(123) },
    'handler` must have at most 122 characters, got 123: give the export a shorter name',
  ],
  [
    'a second bad variable',
    { environment: { GOOD: '', 'B-D': '' } },
    'environment` must have variable names',
  ],
])('fails for %s', (_name, options, message) => {
  const shown = message.replace('an export, got', 'an export with `entry`, got');

  expect(withEntry(options)).toThrow(shown);
});

describe('entry and code', () => {
  test('with code, runtime and handler follow Lambda’s rules', () => {
    expect(checking({ runtime: PYTHON_3_13, handler: 'index.handler' }, { code })).not.toThrow();
  });

  test('with code, the handler may contain the file, with up to 128 characters', () => {
    const named = (length: number): (() => void) =>
      checking({ runtime: PYTHON_3_13, handler: 'a'.repeat(length) }, { code });
    expect(named(128)).not.toThrow();
    expect(named(129)).toThrow('handler` must have at most 128 characters, got 129');
  });

  test.each<[string, AppFunctionOptions, AppFunctionProps, string]>([
    ['neither', {}, {}, 'entry` or `code` must be given, but not both, got neither'],
    ['both', {}, { entry: 'ok.ts', code }, 'must be given, but not both, got both: give'],
    ['no handler', { runtime: PYTHON_3_13 }, { code }, 'handler` must be given with `code`, got'],
    ['no runtime', { handler: 'a.b' }, { code }, 'runtime` must be given with `code`, got undefin'],
    ['neither of the two', {}, { code }, 'runtime` must be given with `code`, got undefined: give'],
  ])('fail with %s', (_name, options, props, message) => {
    expect(checking(options, props)).toThrow(message);
  });
});

describe('the name of a variable', () => {
  const named = (name: string) => (): void => {
    checkVariableName(name, check, 'access');
  };

  test.each(['AB', 'a1', 'A_', 'ORDERS_TABLE_NAME', 'AWS_REGIONS', 'MY_AWS_REGION', text])(
    '%s is accepted',
    (name) => {
      expect(named(name)).not.toThrow();
    },
  );

  test.each(['', 'A', '1A', '_A', 'A-B', 'A B', 'ÄB', 'AB\n', '!AB'])('fails: %j', (name) => {
    expect(named(name)).toThrow(
      'Test/App: `functions.F.access` must have variable names of at least two letters, digits or `_`, starting with a letter, got',
    );
  });

  test.each(['AWS_REGION', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'AWS_ACCESS_KEY'])(
    'fails if Lambda reserves it: %s',
    (name) => {
      expect(named(name)).toThrow(
        `\`functions.F.access\` must not set a variable that Lambda reserves, got "${name}": choose another name`,
      );
    },
  );
});

test('a rollout needs a known timeout, where it uses half of it', () => {
  const requiring = (timeout: Duration | undefined) => (): void => {
    requireKnownTimeout(timeout, check);
  };

  expect(requiring(undefined)).not.toThrow();
  expect(requiring(Duration.seconds(3))).not.toThrow();
  expect(requiring(Duration.seconds(number))).toThrow(
    'Test/App: `functions.F.rollout.maxLatency` must be given if the timeout is known only at deployment, because the default is half of it',
  );
});

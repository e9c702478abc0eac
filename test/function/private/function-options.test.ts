import { Duration, Fn } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { TriggerModel } from '../../../lib/model/app-model';
import { AppFunctionOptions } from '../../../lib/function/app-function-props';
import { refuseAsyncOptionsOfPolled } from '../../../lib/function/private/async-events';
import { defaultTimeout } from '../../../lib/function/private/default-timeout';
import {
  asyncOptionsOf,
  logSettings,
  reportFormat,
  withDefaults,
} from '../../../lib/function/private/function-options';
import { FunctionVariables } from '../../../lib/function/private/function-variables';
import { switched } from '../../../lib/function/private/switched';
import { PropCheck } from '../../../lib/props/prop-check';

const check = new PropCheck('Test/App', 'functions.F');
const layer = (layerVersionArn: string): lambda.ILayerVersion =>
  ({ layerVersionArn }) as lambda.ILayerVersion;
const triggers = (...kinds: string[]): TriggerModel[] =>
  kinds.map((kind) => ({
    kind,
    invocation:
      kind === 'http' ? 'sync' : kind === 'table' || kind === 'queue' ? 'polled' : 'async',
    details: {},
  })) as unknown as TriggerModel[];

describe('the options of a function', () => {
  test('override those of the app, unless they are undefined', () => {
    expect(
      withDefaults(
        { memorySize: 256, description: 'app', handler: undefined },
        { memorySize: undefined, description: 'own' },
      ),
    ).toMatchObject({ memorySize: 256, description: 'own' });
  });

  test('are merged with those of the app, key by key', () => {
    expect(
      withDefaults(
        {
          environment: { A: '1', B: '1' },
          bundling: { minify: true },
          usage: { readsPerEvent: 1 },
        },
        { environment: { B: '2' }, bundling: { sourceMap: true }, usage: { writesPerEvent: 2 } },
      ),
    ).toEqual({
      environment: { A: '1', B: '2' },
      bundling: { minify: true, sourceMap: true },
      usage: { readsPerEvent: 1, writesPerEvent: 2 },
      access: [],
    });
  });

  test('list the layers and the access of the app first, and each layer once', () => {
    const [a, b, c] = [layer('a'), layer('b'), layer('c')];
    const [one, two] = [{ bind: () => undefined }, { bind: () => undefined }] as unknown as [
      never,
      never,
    ];
    const { layers, access } = withDefaults(
      { layers: [a, b], access: [one] },
      { layers: [b, c], access: [two] },
    );

    expect(layers).toEqual([a, b, c]);
    expect(access?.[0]).toBe(one);
    expect(access?.[1]).toBe(two);
  });

  test('have no layers if neither has any, not even an empty list', () => {
    expect(withDefaults({ layers: [] }, {})).not.toHaveProperty('layers');
    expect(withDefaults({}, { layers: [layer('a')] }).layers).toHaveLength(1);
  });

  test('exclude entry, code and triggers', () => {
    const props = { entry: 'a', code: lambda.Code.fromInline('x'), triggers: [], id: 'F' };

    expect(Object.keys(withDefaults({}, props))).toEqual([
      'id',
      'environment',
      'bundling',
      'usage',
      'access',
    ]);
  });
});

test('options for asynchronous events are the given ones', () => {
  const maxEventAge = Duration.hours(1);

  expect(asyncOptionsOf({ retryAttempts: 0, maxEventAge, memorySize: 1 })).toStrictEqual({
    retryAttempts: 0,
    maxEventAge,
  });
});

describe('logs', () => {
  test.each<[string, Readonly<Record<string, unknown>>, object]>([
    [
      'are JSON, and tell what Lambda does',
      {},
      { loggingFormat: 'JSON', systemLogLevelV2: 'INFO', applicationLogLevelV2: 'INFO' },
    ],
    [
      'are so where it is said',
      { loggingFormat: lambda.LoggingFormat.JSON },
      { loggingFormat: 'JSON', systemLogLevelV2: 'INFO', applicationLogLevelV2: 'INFO' },
    ],
    ['have no levels as text', { loggingFormat: lambda.LoggingFormat.TEXT }, {}],
    [
      'have no levels in a format that is known at deployment',
      { loggingFormat: Fn.importValue('Format') },
      {},
    ],
    ['are left to the older prop', { logFormat: 'JSON' }, {}],
    [
      'keep the older level of the system',
      { systemLogLevel: 'WARN' },
      { loggingFormat: 'JSON', applicationLogLevelV2: 'INFO' },
    ],
    [
      'keep the older level of the application',
      { applicationLogLevel: 'DEBUG' },
      { loggingFormat: 'JSON', systemLogLevelV2: 'INFO' },
    ],
  ])('%s', (_name, options, expected) => {
    expect(logSettings(options)).toEqual(expected);
  });

  test.each<[Readonly<Record<string, unknown>>, string]>([
    [{}, 'json'],
    [{ loggingFormat: lambda.LoggingFormat.TEXT }, 'text'],
    [{ logFormat: 'Text' }, 'text'],
    [{ logFormat: 'JSON' }, 'json'],
    [{ loggingFormat: lambda.LoggingFormat.JSON, logFormat: 'Text' }, 'json'],
    [{ systemLogLevelV2: lambda.SystemLogLevel.WARN }, 'none'],
    [{ systemLogLevelV2: lambda.SystemLogLevel.DEBUG }, 'json'],
    [{ systemLogLevel: 'WARN' }, 'none'],
    [{ systemLogLevel: 'WARN', systemLogLevelV2: lambda.SystemLogLevel.INFO }, 'json'],
    [{ systemLogLevel: 'WARN', loggingFormat: lambda.LoggingFormat.TEXT }, 'text'],
  ])('with %j Lambda reports each invocation as %s', (options, expected) => {
    expect(reportFormat(options)).toBe(expected);
  });
});

test.each<[string[], number]>([
  [[], 60],
  [['schedule', 'table'], 60],
  [['http'], 10],
  [['http', 'http'], 10],
  [['http', 'schedule'], 30],
])('the default timeout with the triggers %j is %d seconds', (kinds, seconds) => {
  expect(defaultTimeout(triggers(...kinds)).toSeconds()).toBe(seconds);
});

describe('the switch', () => {
  test.each<[AppFunctionOptions, AppFunctionOptions]>([
    [
      { disabled: true, memorySize: 1 },
      { reservedConcurrentExecutions: 0, memorySize: 1 },
    ],
    [{ disabled: true, reservedConcurrentExecutions: 5 }, { reservedConcurrentExecutions: 0 }],
    [{ disabled: false, reservedConcurrentExecutions: 5 }, { reservedConcurrentExecutions: 5 }],
    [{ memorySize: 1 }, { memorySize: 1 }],
  ])('%j is passed to Lambda as %j', (options, expected) => {
    expect(switched(options)).toEqual(expected);
  });
});

describe('retries of asynchronous events', () => {
  const refusing =
    (...kinds: string[]) =>
    (): void => {
      refuseAsyncOptionsOfPolled(triggers(...kinds), check);
    };

  test.each([[[]], [['schedule']], [['http', 'table']], [['table', 'schedule']]])(
    'are accepted with the triggers %j',
    (kinds) => {
      expect(refusing(...kinds)).not.toThrow();
    },
  );

  test.each([
    [['table'], '"table"'],
    [['table', 'queue'], '"table, queue"'],
  ])('fail with only polled triggers: %j', (kinds, got) => {
    expect(refusing(...kinds)).toThrow(
      `Test/App: \`functions.F.retryAttempts\` must be left out, like \`maxEventAge\`, \`onFailure\` and \`onSuccess\`, for a function that only reads a stream or a queue, got ${got}: for table changes give`,
    );
  });
});

describe('the environment variables of accesses', () => {
  function variables(given?: Record<string, string>): {
    all: FunctionVariables;
    set: (string | undefined)[][];
  } {
    const set: string[][] = [];
    const addEnvironment = (...pair: string[]): void => void set.push(pair);
    return {
      all: new FunctionVariables({ addEnvironment } as unknown as lambda.Function, check, given),
      set,
    };
  }

  test('are set once for each resource', () => {
    const { all, set } = variables();

    all.set('TABLE_NAME', 'orders', 'App/Orders');
    all.set('TABLE_NAME', 'orders', 'App/Orders');
    all.set('BUCKET_NAME', 'uploads', 'App/Uploads');

    expect(set).toEqual([
      ['TABLE_NAME', 'orders'],
      ['BUCKET_NAME', 'uploads'],
    ]);
  });

  test('fail if two resources want the same one', () => {
    const { all } = variables();
    all.set('TABLE_NAME', 'orders', 'App/Orders');

    expect(() => {
      all.set('TABLE_NAME', 'others', 'App/Others');
    }).toThrow(
      'Test/App: `functions.F.access` must give `TABLE_NAME` the value that App/Orders gives it, got the access to App/Others, with another value: name the variable yourself',
    );
  });

  test('fail if the user already set the same one', () => {
    const { all, set } = variables({ TABLE_NAME: 'mine' });

    expect(() => {
      all.set('TABLE_NAME', 'orders', 'App/Orders');
    }).toThrow(
      'must give `TABLE_NAME` the value that `environment` gives it, got the access to App/Orders',
    );
    expect(set).toEqual([]);
  });

  test('fail for a name that Lambda would refuse', () => {
    expect(() => {
      variables().all.set('AWS_REGION', 'eu', 'App/Orders');
    }).toThrow('`functions.F.access` must not set a variable that Lambda reserves');
  });
});

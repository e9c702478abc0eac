import { Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AppFunction,
  AppFunctionOptions,
  AppFunctionProps,
  AppStage,
  ColdStart,
  ServerlessAppProps,
  Trigger,
  InvocationType,
  ITrigger,
  ServerlessApp,
  TriggerConfig,
} from 'cdk-serverless-app';
import { actionsOf, statementsOf } from '../support/policies';
import { all, ids, Match, only, quickApp, resources, Template } from '../support/synth';

const FUNCTION = 'AWS::Lambda::Function';
const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig';

const number = (value: number): number => Lazy.number({ produce: () => value });
const text = (value: string): string => Lazy.string({ produce: () => value });

/** The properties of a function that was made with these options. */
function made(
  options: AppFunctionOptions = {},
  appProps: ServerlessAppProps = {},
): Record<string, unknown> {
  const { app, stack } = quickApp(appProps);
  app.addFunction('F', { entry: 'ok.ts', ...options });
  return only(stack, FUNCTION);
}

function adding(props: AppFunctionProps): () => void {
  return () => {
    quickApp().app.addFunction('F', props);
  };
}

const inline = lambda.Code.fromInline('exports.handler = async () => 1;');

describe('defaults', () => {
  test.each([
    ['Runtime', 'nodejs24.x'],
    ['Architectures', ['arm64']],
    ['MemorySize', 1024],
    ['Timeout', 60],
    ['Handler', 'index.handler'],
    ['Environment', undefined],
    ['Layers', undefined],
    ['TracingConfig', undefined],
    ['ReservedConcurrentExecutions', undefined],
    ['VpcConfig', undefined],
    ['DeadLetterConfig', undefined],
  ])('%s is %j', (property, value) => {
    expect(made()[property]).toEqual(value);
  });

  test('logs are JSON at level INFO in the app’s log group', () => {
    expect(made()).toMatchObject({
      LoggingConfig: {
        LogFormat: 'JSON',
        SystemLogLevel: 'INFO',
        ApplicationLogLevel: 'INFO',
        LogGroup: { Ref: expect.stringMatching(/^AppLogs/) as string },
      },
    });
  });

  test('the role belongs to the function alone, and may only write the log', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts', triggers: [Trigger.http('GET /')] });

    expect(actionsOf(stack, 'AppFRole')).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  test('the role has no managed policy', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts' });

    expect(only(stack, 'AWS::IAM::Role')).not.toHaveProperty('ManagedPolicyArns');
  });
});

describe('every option of lambda.FunctionOptions passes through', () => {
  test.each<[string, AppFunctionOptions, Record<string, unknown>]>([
    ['memorySize', { memorySize: 2048 }, { MemorySize: 2048 }],
    ['timeout', { timeout: Duration.minutes(5) }, { Timeout: 300 }],
    ['description', { description: 'Closes the day' }, { Description: 'Closes the day' }],
    ['functionName', { functionName: 'close-day' }, { FunctionName: 'close-day' }],
    ['architecture', { architecture: lambda.Architecture.X86_64 }, { Architectures: ['x86_64'] }],
    ['runtime', { runtime: lambda.Runtime.NODEJS_22_X }, { Runtime: 'nodejs22.x' }],
    ['environment', { environment: { AB: '1' } }, { Environment: { Variables: { AB: '1' } } }],
    ['tracing', { tracing: lambda.Tracing.ACTIVE }, { TracingConfig: { Mode: 'Active' } }],
    ['reserved', { reservedConcurrentExecutions: 5 }, { ReservedConcurrentExecutions: 5 }],
    [
      'at least 1 reserved',
      { reservedConcurrentExecutions: 1 },
      { ReservedConcurrentExecutions: 1 },
    ],
    ['switched off', { disabled: true }, { ReservedConcurrentExecutions: 0 }],
    [
      'switched off, whatever is reserved',
      { disabled: true, reservedConcurrentExecutions: 5 },
      { ReservedConcurrentExecutions: 0 },
    ],
    [
      'not switched off',
      { disabled: false, reservedConcurrentExecutions: 5 },
      { ReservedConcurrentExecutions: 5 },
    ],
    ['storage', { ephemeralStorageSize: Size.gibibytes(1) }, { EphemeralStorage: { Size: 1024 } }],
    [
      'loggingFormat',
      { loggingFormat: lambda.LoggingFormat.TEXT },
      { LoggingConfig: { LogFormat: 'Text' } },
    ],
    [
      'systemLogLevelV2',
      { systemLogLevelV2: lambda.SystemLogLevel.WARN },
      { LoggingConfig: { SystemLogLevel: 'WARN', ApplicationLogLevel: 'INFO' } },
    ],
    [
      'applicationLogLevelV2',
      { applicationLogLevelV2: lambda.ApplicationLogLevel.DEBUG },
      { LoggingConfig: { SystemLogLevel: 'INFO', ApplicationLogLevel: 'DEBUG' } },
    ],
  ])('%s', (_name, options, properties) => {
    expect(made(options)).toMatchObject(properties);
  });

  test('text logs have no levels, which AWS would refuse', () => {
    const { LoggingConfig } = made({ loggingFormat: lambda.LoggingFormat.TEXT });

    expect(Object.keys(LoggingConfig as object).sort()).toEqual(['LogFormat', 'LogGroup']);
  });

  test.each<[string, AppFunctionOptions, Record<string, unknown>]>([
    ['memorySize', { memorySize: number(1) }, { MemorySize: 1 }],
    ['timeout', { timeout: Duration.seconds(number(5000)) }, { Timeout: 5000 }],
    [
      'reservedConcurrentExecutions',
      { reservedConcurrentExecutions: number(-1) },
      { ReservedConcurrentExecutions: -1 },
    ],
    ['description', { description: text('t') }, { Description: 't' }],
    [
      'environment',
      { environment: { AB: text('t') } },
      { Environment: { Variables: { AB: 't' } } },
    ],
    [
      'ephemeralStorageSize',
      { ephemeralStorageSize: Size.mebibytes(number(1)) },
      { EphemeralStorage: { Size: 1 } },
    ],
  ])('%s may be a token, which is not compared', (_name, options, properties) => {
    expect(made(options)).toMatchObject(properties);
  });

  test.each<[string, AppFunctionOptions, Record<string, unknown>]>([
    ['retryAttempts', { retryAttempts: number(9) }, { MaximumRetryAttempts: 9 }],
    ['maxEventAge', { maxEventAge: Duration.seconds(number(1)) }, { MaximumEventAgeInSeconds: 1 }],
  ])('%s may be a token, which is not compared', (_name, options, properties) => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts', ...options });

    expect(only(stack, INVOKE_CONFIG)).toMatchObject(properties);
  });

  test('layers', () => {
    const { app, stack } = quickApp();
    const layer = lambda.LayerVersion.fromLayerVersionArn(
      stack,
      'Layer',
      'arn:aws:lambda:eu-west-1:111111111111:layer:x:1',
    );

    app.addFunction('F', { entry: 'ok.ts', layers: [layer] });

    expect(only(stack, FUNCTION).Layers).toEqual([layer.layerVersionArn]);
  });

  test('initialPolicy', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', {
      entry: 'ok.ts',
      initialPolicy: [new iam.PolicyStatement({ actions: ['a:B'], resources: ['arn:x'] })],
    });

    expect(actionsOf(stack, 'AppFRole')).toContain('a:B');
  });
});

describe('wiring that bypasses the app', () => {
  test('fails for `events`', () => {
    const { app, stack } = quickApp();
    const queue = new sqs.Queue(stack, 'Jobs');

    expect(() =>
      app.addFunction('F', { entry: 'ok.ts', events: [new SqsEventSource(queue)] }),
    ).toThrow(
      'Test/App: `functions.F.events` must be left out, because the app would not know these triggers, got SqsEventSource: use `triggers`',
    );
  });

  test.each(['deadLetterQueue', 'deadLetterTopic', 'deadLetterQueueEnabled'])(
    'fails for `%s`',
    (prop) => {
      const { app, stack } = quickApp();
      const value = {
        deadLetterQueue: new sqs.Queue(stack, 'Dead'),
        deadLetterTopic: new sns.Topic(stack, 'Topic'),
        deadLetterQueueEnabled: true,
      }[prop];

      expect(() => app.addFunction('F', { entry: 'ok.ts', [prop]: value })).toThrow(
        `Test/App: \`functions.F.${prop}\` must be left out, because failed asynchronous events go to the app’s failure queue`,
      );
    },
  );

  test('`deadLetterQueueEnabled: false` and no events are accepted', () => {
    const { app } = quickApp();

    expect(() =>
      app.addFunction('F', { entry: 'ok.ts', events: [], deadLetterQueueEnabled: false }),
    ).not.toThrow();
  });

  const queueOf = (app: ServerlessApp): SqsEventSource =>
    new SqsEventSource(
      sqs.Queue.fromQueueArn(app, `Jobs${app.node.children.length}`, 'arn:aws:sqs:eu-west-1:1:q'),
    );
  const HIDDEN: readonly [string, string, (fn: lambda.IFunction, app: ServerlessApp) => unknown][] =
    [
      [
        'addEventSource',
        'Trigger.queue(…)',
        (fn, app) => {
          fn.addEventSource(queueOf(app));
        },
      ],
      [
        'addEventSourceMapping',
        'Trigger.queue(…)',
        (fn) => fn.addEventSourceMapping('Jobs', { eventSourceArn: 'arn:aws:sqs:eu-west-1:1:q' }),
      ],
      ['addFunctionUrl', 'Trigger.functionUrl(…)', (fn) => fn.addFunctionUrl()],
      [
        'configureAsyncInvoke',
        'give the function `onFailure`',
        (fn) => {
          fn.configureAsyncInvoke({ retryAttempts: 0 });
        },
      ],
    ];

  test.each(HIDDEN)('%s on the function or its alias fails: %s', (method, instead, call) => {
    const { app } = quickApp();
    const fn = app.addFunction('F', {
      entry: 'ok.ts',
      coldStart: ColdStart.provisioned({ min: 1, force: true }),
    });

    for (const target of [fn.function, fn.target]) {
      const text = `${target.node.path}: \`${method}\` must not be called`;
      expect(() => call(target, app)).toThrow(text);
      expect(() => call(target, app)).toThrow(instead);
    }
  });

  test.each(HIDDEN.slice(0, 3))('a trigger of the user’s may call %s', (method, _, call) => {
    const { app, stack } = quickApp();
    const bind = (fn: AppFunction): TriggerConfig => {
      call(fn.target, app);
      return { kind: 'own', source: app.node.path, invocation: InvocationType.POLLED };
    };
    app.addFunction('F', { entry: 'ok.ts', triggers: [{ bind }] });

    const made = method === 'addFunctionUrl' ? 'Url' : 'EventSourceMapping';
    expect(ids(stack, `AWS::Lambda::${made}`)).toHaveLength(1);
  });
});

describe('tenant isolation', () => {
  const isolated = { entry: 'ok.ts', tenancyConfig: lambda.TenancyConfig.PER_TENANT };

  test.each<[string, (app: ServerlessApp) => ITrigger]>([
    ['http', () => Trigger.http('GET /')],
    ['tableChanges', (app) => Trigger.tableChanges(app.addTable('T', { partitionKey: 'id' }))],
    ['objectCreated', (app) => Trigger.objectCreated(app.addBucket('B'))],
    ['queueMessages', (app) => Trigger.queue(app.addQueue('Q'))],
    ['schedule', () => Trigger.schedule(scheduler.ScheduleExpression.rate(Duration.hours(1)))],
  ])('fails with a trigger that carries no tenant: %s', (kind, trigger) => {
    const { app } = quickApp();

    expect(() => app.addFunction('F', { ...isolated, triggers: [trigger(app)] })).toThrow(
      `Test/App: \`functions.F.tenancyConfig\` must be left out for a trigger whose events carry no tenant id, got "${kind}": use a route of a REST API with \`tenantId`,
    );
  });

  test('is accepted with a trigger of the user’s own', () => {
    const { app } = quickApp();
    const own: ITrigger = {
      bind: () => ({ kind: 'rest', invocation: InvocationType.SYNCHRONOUS, source: 'GET /' }),
    };

    expect(() => app.addFunction('F', { ...isolated, triggers: [own] })).not.toThrow();
  });
});

describe('limits', () => {
  test.each([128, 10_240])('memory of %d MB is accepted', (memorySize) => {
    expect(made({ memorySize }).MemorySize).toBe(memorySize);
  });

  test.each([127, 10_241, 0, -1, 512.5, Number.NaN])('fails for memory of %d MB', (memorySize) => {
    expect(adding({ entry: 'ok.ts', memorySize })).toThrow(
      `Test/App: \`functions.F.memorySize\` must be a whole number from 128 to 10240 MB, got ${memorySize}: give a value inside that range, or leave it out for the default`,
    );
  });

  test.each([1, 900])('a timeout of %d seconds is accepted', (seconds) => {
    expect(made({ timeout: Duration.seconds(seconds) }).Timeout).toBe(seconds);
  });

  test.each([
    [Duration.seconds(0), '0 seconds'],
    [Duration.seconds(901), '901 seconds'],
    [Duration.hours(1), '1 hour'],
    [Duration.millis(1500), '1.5 seconds'],
  ])('fails for a timeout of %s', (timeout, got) => {
    expect(adding({ entry: 'ok.ts', timeout })).toThrow(
      `\`functions.F.timeout\` must be whole seconds from 1 second to 15 minutes, got ${got}: give a duration inside that range`,
    );
  });

  test.each([0, 2])('%d retries are accepted', (retryAttempts) => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts', retryAttempts });

    expect(only(stack, INVOKE_CONFIG).MaximumRetryAttempts).toBe(retryAttempts);
  });

  test.each([-1, 3])('fails for %d retries', (retryAttempts) => {
    expect(adding({ entry: 'ok.ts', retryAttempts })).toThrow(
      `\`functions.F.retryAttempts\` must be a whole number from 0 to 2 retries, got ${retryAttempts}`,
    );
  });

  test.each([60, 21_600])('an event age of %d seconds is accepted', (seconds) => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts', maxEventAge: Duration.seconds(seconds) });

    expect(only(stack, INVOKE_CONFIG).MaximumEventAgeInSeconds).toBe(seconds);
  });

  test.each([59, 21_601])('fails for an event age of %d seconds', (seconds) => {
    expect(adding({ entry: 'ok.ts', maxEventAge: Duration.seconds(seconds) })).toThrow(
      `\`functions.F.maxEventAge\` must be whole seconds from 1 minute to 6 hours, got ${seconds} seconds`,
    );
  });

  test.each([512, 10_240])('ephemeral storage of %d MB is accepted', (size) => {
    expect(made({ ephemeralStorageSize: Size.mebibytes(size) })).toMatchObject({
      EphemeralStorage: { Size: size },
    });
  });

  test.each([511, 10_241])('fails for ephemeral storage of %d MB', (size) => {
    expect(adding({ entry: 'ok.ts', ephemeralStorageSize: Size.mebibytes(size) })).toThrow(
      `\`functions.F.ephemeralStorageSize\` must be a whole number from 512 to 10240 MB, got ${size}`,
    );
  });

  test.each([-1, 0, 1.5, Number.NaN])('fails for %s reserved concurrent executions', (value) => {
    expect(adding({ entry: 'ok.ts', reservedConcurrentExecutions: value })).toThrow(
      `Test/App: \`functions.F.reservedConcurrentExecutions\` must be a whole number not below 1 concurrent executions, got ${value}: ` +
        'use at least 1, or leave it out; to stop the function on purpose, set `disabled: true`',
    );
  });

  test('a function’s own option switches it on in an app that is switched off', () => {
    const { app, stack } = quickApp({ functionDefaults: { disabled: true } });
    app.addFunction('Off', { entry: 'ok.ts' });
    app.addFunction('On', { entry: 'other.ts', disabled: false });

    const reserved = all(stack, FUNCTION).map(
      (properties) => properties.ReservedConcurrentExecutions,
    );

    expect(reserved).toEqual([0, undefined]);
  });

  test('fails for a log retention, which would add a helper function', () => {
    const options = { logRetention: logs.RetentionDays.ONE_DAY };

    expect(adding({ entry: 'ok.ts', ...options })).toThrow(
      '`functions.F.logRetention` must be left out, because it adds a helper Lambda function',
    );
  });

  test.each(['1A', 'A', 'A-B', 'A B', ''])('fails for the variable name %j', (name) => {
    expect(adding({ entry: 'ok.ts', environment: { [name]: '1' } })).toThrow(
      '`functions.F.environment` must have variable names of at least two letters, digits or `_`',
    );
  });

  test.each(['AWS_REGION', '_HANDLER', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_SESSION_TOKEN'])(
    'fails for the variable %s, which Lambda reserves',
    (name) => {
      expect(adding({ entry: 'ok.ts', environment: { [name]: '1' } })).toThrow(
        /`functions\.F\.environment` must (not set|have variable names)/,
      );
    },
  );
});

describe('entry and code', () => {
  test.each<[string, AppFunctionProps, string]>([
    ['neither', {}, '`functions.F.entry` or `code` must be given, but not both, got neither'],
    ['both', { entry: 'ok.ts', code: inline }, 'must be given, but not both, got both'],
    [
      'code without a runtime',
      { code: inline, handler: 'index.handler' },
      '`functions.F.runtime` must be given with `code`',
    ],
    [
      'code without a handler',
      { code: inline, runtime: lambda.Runtime.NODEJS_24_X },
      '`functions.F.handler` must be given with `code`',
    ],
    [
      'an entry with another runtime than Node.js',
      { entry: 'ok.ts', runtime: lambda.Runtime.PYTHON_3_13 },
      '`functions.F.runtime` must be a Node.js runtime with `entry`, got "python3.13": give `code` and `handler`',
    ],
    [
      'an entry with a dotted handler',
      { entry: 'ok.ts', handler: 'index.handler' },
      '`functions.F.handler` must be the name of an export with `entry`, got "index.handler"',
    ],
    ['an empty handler', { entry: 'ok.ts', handler: '' }, '`functions.F.handler` must be the name'],
    [
      'an entry that is no script',
      { entry: 'ok.rb' },
      '`functions.F.entry` must be a TypeScript, JavaScript, Python or Go file, or the folder of a Go package, got "ok.rb": name the file with its extension',
    ],
    [
      'an entry without extension',
      { entry: 'ok' },
      'must be a TypeScript, JavaScript, Python or Go file',
    ],
    [
      'a missing entry',
      { entry: 'none.ts' },
      '`functions.F.entry` must be a file that exists, got "/',
    ],
    [
      'a folder',
      { entry: '../handlers' },
      '`functions.F.entry` must be a Go file or folder of `package main`',
    ],
  ])('fails for %s', (_name, props, message) => {
    expect(adding(props)).toThrow(message);
  });

  test('fails for a missing entry, with the app’s root in the remedy', () => {
    const { app } = quickApp();

    expect(() => app.addFunction('F', { entry: 'none.ts' })).toThrow(
      `correct the path, or the app’s \`root\` (${app.root}), which it is relative to`,
    );
  });

  test('code with runtime and handler is passed on unchanged', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', {
      code: lambda.Code.fromInline('def handler(event, context): pass'),
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: 'index.handler',
    });

    expect(only(stack, FUNCTION)).toMatchObject({
      Code: { ZipFile: 'def handler(event, context): pass' },
      Runtime: 'python3.13',
      Handler: 'index.handler',
    });
  });

  test('an entry may be absolute', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: require.resolve('../handlers/ok') });

    expect(ids(stack, FUNCTION)).toHaveLength(1);
  });
});

describe('options of the app for all functions', () => {
  test('apply to each function', () => {
    expect(made({}, { functionDefaults: { memorySize: 512 } }).MemorySize).toBe(512);
  });

  test('are overridden by a function’s own', () => {
    const appProps = { functionDefaults: { memorySize: 512 } };

    expect(made({ memorySize: 256 }, appProps).MemorySize).toBe(256);
  });

  test('apply where a function’s own option is undefined', () => {
    const appProps = { functionDefaults: { memorySize: 512 } };

    expect(made({ memorySize: undefined }, appProps).MemorySize).toBe(512);
  });

  test('leave the table of defaults in force if they are undefined', () => {
    const appProps = { functionDefaults: { memorySize: undefined } };

    expect(made({}, appProps).MemorySize).toBe(1024);
  });

  test('add environment variables to a function’s own, which take precedence', () => {
    const appProps = { functionDefaults: { environment: { AB: 'app', CD: 'app' } } };

    expect(made({ environment: { CD: 'own', EF: 'own' } }, appProps).Environment).toEqual({
      Variables: { AB: 'app', CD: 'own', EF: 'own' },
    });
  });

  test('add layers before a function’s own', () => {
    const { app, stack } = quickApp({ functionDefaults: { layers: [layer(new Stack(), 'a')] } });

    app.addFunction('F', { entry: 'ok.ts', layers: [layer(stack, 'b')] });

    expect(only(stack, FUNCTION).Layers).toEqual([
      'arn:aws:lambda:eu-west-1:111111111111:layer:a:1',
      'arn:aws:lambda:eu-west-1:111111111111:layer:b:1',
    ]);
  });

  test('fail with their own path', () => {
    expect(() => made({}, { functionDefaults: { memorySize: 1 } })).toThrow(
      '`functionDefaults.memorySize` must be',
    );
  });

  function layer(stack: Stack, name: string): lambda.ILayerVersion {
    return lambda.LayerVersion.fromLayerVersionArn(
      stack,
      `Layer${name}`,
      `arn:aws:lambda:eu-west-1:111111111111:layer:${name}:1`,
    );
  }
});

describe('the default timeout', () => {
  const http = Trigger.http('GET /');
  const schedule = Trigger.schedule(scheduler.ScheduleExpression.rate(Duration.hours(1)));

  test.each([
    ['behind HTTP alone', [http], 10],
    ['behind HTTP and something else', [http, schedule], 30],
    ['without HTTP', [schedule], 60],
    ['without a trigger', [], 60],
  ])('%s is %d s', (_name, triggers, seconds) => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts', triggers });

    expect(only(stack, FUNCTION).Timeout).toBe(seconds);
  });

  test('follows from triggers that are added later', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts' }).addTrigger(http);

    expect(only(stack, FUNCTION).Timeout).toBe(10);
  });
});

describe('asynchronous events', () => {
  test('are retried twice within six hours, then go to the failure queue', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts' });

    expect(only(stack, INVOKE_CONFIG)).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: {
        OnFailure: { Destination: stack.resolve(app.failureQueue.queueArn) as unknown },
      },
    });
  });

  test('have no configuration with only HTTP triggers', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts');

    expect(resources(stack, INVOKE_CONFIG)).toEqual({});
  });

  test('have no failure queue with only HTTP triggers', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts');

    expect(resources(stack, 'AWS::SQS::Queue')).toEqual({});
  });

  test('have a configuration with only HTTP triggers if an option requires it', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts', { retryAttempts: 1 });

    expect(only(stack, INVOKE_CONFIG).MaximumRetryAttempts).toBe(1);
  });

  test('have one configuration, for any number of asynchronous triggers', () => {
    const { app, stack } = quickApp();
    const rate = (hours: number): scheduler.ScheduleExpression =>
      scheduler.ScheduleExpression.rate(Duration.hours(hours));

    app.addFunction('F', {
      entry: 'ok.ts',
      triggers: [Trigger.schedule(rate(1)), Trigger.schedule(rate(2))],
    });

    expect(ids(stack, INVOKE_CONFIG)).toHaveLength(1);
  });

  test('go to the targets of `onFailure` and `onSuccess`', () => {
    const { app, stack } = quickApp();
    const destination = (arn: string): lambda.IDestination => ({
      bind: () => ({ destination: arn }),
    });

    app.addFunction('F', {
      entry: 'ok.ts',
      onFailure: destination('arn:failure'),
      onSuccess: destination('arn:success'),
    });

    expect(only(stack, INVOKE_CONFIG).DestinationConfig).toEqual({
      OnFailure: { Destination: 'arn:failure' },
      OnSuccess: { Destination: 'arn:success' },
    });
  });

  test('have no failure queue if `onFailure` replaces it', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', {
      entry: 'ok.ts',
      onFailure: { bind: () => ({ destination: 'arn:failure' }) },
    });

    expect(resources(stack, 'AWS::SQS::Queue')).toEqual({});
  });
});

describe('a role of the user’s', () => {
  const service = new iam.ServicePrincipal('lambda.amazonaws.com');

  test('is the function’s role', () => {
    const { app, stack } = quickApp();
    const role = new iam.Role(stack, 'Mine', { assumedBy: service });

    const fn = app.addFunction('F', { entry: 'ok.ts', role });

    expect([fn.role, only(stack, FUNCTION).Role]).toEqual([role, stack.resolve(role.roleArn)]);
  });

  test('replaces the function’s own', () => {
    const { app, stack } = quickApp();
    const role = new iam.Role(stack, 'Mine', { assumedBy: service });

    app.onRequest('GET /', 'ok.ts', { role });

    expect(ids(stack, 'AWS::IAM::Role')).toHaveLength(1);
  });

  test('gets the function’s permissions', () => {
    const { app, stack } = quickApp();
    const role = new iam.Role(stack, 'Mine', { assumedBy: service });

    app.onRequest('GET /', 'ok.ts', { role });

    expect(actionsOf(stack, 'Mine')).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  test('that is imported gets a policy beside it', () => {
    const { app, stack } = quickApp();
    const role = iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::111111111111:role/mine');

    app.onRequest('GET /', 'ok.ts', { role });

    expect(only(stack, 'AWS::IAM::Policy').Roles).toEqual(['mine']);
  });

  test('that is imported as immutable stays unchanged', () => {
    const { app, stack } = quickApp();
    const arn = 'arn:aws:iam::111111111111:role/mine';
    const role = iam.Role.fromRoleArn(stack, 'Mine', arn, { mutable: false });

    app.onRequest('GET /', 'ok.ts', { role });

    expect(resources(stack, 'AWS::IAM::Policy')).toEqual({});
  });

  test('may be shared by functions', () => {
    const { app, stack } = quickApp();
    const role = new iam.Role(stack, 'Mine', { assumedBy: service });

    app.onRequest('GET /', 'ok.ts', { role });
    app.onRequest('POST /', 'other.ts', { role });

    expect(all(stack, FUNCTION).map((fn) => fn.Role)).toEqual([
      stack.resolve(role.roleArn),
      stack.resolve(role.roleArn),
    ]);
  });
});

describe('a log group of the user’s', () => {
  test('for one function receives its logs', () => {
    const { app, stack } = quickApp();
    const logGroup = new logs.LogGroup(stack, 'Mine');

    app.onRequest('GET /', 'ok.ts', { logGroup });

    expect(only(stack, FUNCTION)).toMatchObject({
      LoggingConfig: { LogGroup: stack.resolve(logGroup.logGroupName) as unknown },
    });
  });

  test('for one function is writable for its role', () => {
    const { app, stack } = quickApp();
    const logGroup = new logs.LogGroup(stack, 'Mine');

    app.onRequest('GET /', 'ok.ts', { logGroup });

    expect(statementsOf(stack, 'AppOkRole').flatMap((s) => s.resources)).toEqual([
      JSON.stringify(stack.resolve(logGroup.logGroupArn)),
    ]);
  });
});

describe('a VPC', () => {
  const inVpc = (): ReturnType<typeof quickApp> => {
    const made = quickApp();
    const vpc = new ec2.Vpc(made.stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    made.app.onRequest('GET /', 'ok.ts', { vpc });
    return made;
  };

  test('contains the function', () => {
    expect(only(inVpc().stack, FUNCTION)).toHaveProperty('VpcConfig.SubnetIds');
  });

  test('lets the role have network interfaces', () => {
    expect(actionsOf(inVpc().stack, 'AppOkRole')).toContain('ec2:CreateNetworkInterface');
  });

  test('lets the role have no more than that', () => {
    const outside =
      /^(ec2:(\w+NetworkInterfaces?|DescribeSubnets|\w+PrivateIpAddresses)|logs:\w+)$/;

    expect(actionsOf(inVpc().stack, 'AppOkRole').filter((name) => !outside.test(name))).toEqual([]);
  });

  test('that is missing needs no network interfaces', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts');

    expect(actionsOf(stack, 'AppOkRole').filter((name) => name.startsWith('ec2:'))).toEqual([]);
  });
});

describe('grants of any L2', () => {
  test('given to the AppFunction reach its role', () => {
    const { app, stack } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts');

    new sqs.Queue(stack, 'Q').grantSendMessages(fn);

    expect(actionsOf(stack, 'AppOkRole')).toContain('sqs:SendMessage');
  });

  test('given to the CDK’s function reach its role', () => {
    const { app, stack } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts');

    new s3.Bucket(stack, 'B').grantRead(fn.function);

    expect(actionsOf(stack, 'AppOkRole')).toContain('s3:GetObject*');
  });

  test('add no policy outside the role', () => {
    const { app, stack } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts');

    new sqs.Queue(stack, 'Q').grantSendMessages(fn);
    fn.function.addToRolePolicy(new iam.PolicyStatement({ actions: ['a:B'], resources: ['x'] }));

    expect(resources(stack, 'AWS::IAM::Policy')).toEqual({});
  });
});

test('a function belongs to its app', () => {
  const { app } = quickApp();

  expect(app.addFunction('F', { entry: 'ok.ts' }).app).toBe(app);
});

test('options of a development stage are those of production for a function', () => {
  const { app, stack } = quickApp({ stage: AppStage.DEVELOPMENT });

  app.onRequest('GET /', 'ok.ts');

  Template.fromStack(stack).hasResourceProperties(FUNCTION, {
    MemorySize: 1024,
    Timeout: 10,
    Runtime: Match.stringLikeRegexp('^nodejs24'),
  });
});

test('a function may be a container image', () => {
  const { app, stack } = quickApp();
  const repository = ecr.Repository.fromRepositoryName(stack, 'Images', 'images');

  app.addFunction('F', {
    code: lambda.Code.fromEcrImage(repository),
    runtime: lambda.Runtime.FROM_IMAGE,
    handler: lambda.Handler.FROM_IMAGE,
  });

  expect(only(stack, FUNCTION)).toMatchObject({ PackageType: 'Image' });
});

test.each(['retryAttempts', 'maxEventAge'])(
  'fails for `%s` of a function with only a table trigger',
  (prop) => {
    const { app } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const value = prop === 'retryAttempts' ? 1 : Duration.hours(1);

    expect(() => app.onTableChange(table, 'ok.ts', { [prop]: value })).toThrow(
      'Test/App: `functions.Ok.retryAttempts` must be left out, like `maxEventAge`, `onFailure` and `onSuccess`, for a function that only reads a stream or a queue, got "tableChanges": for table changes give `maxRetryAttempts`',
    );
  },
);

test('options for asynchronous events in `functionDefaults` apply only to asynchronous functions', () => {
  const { app, stack } = quickApp({ functionDefaults: { retryAttempts: 1 } });

  app.onRequest('GET /', 'ok.ts');
  app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'other.ts');
  app.onSchedule(scheduler.ScheduleExpression.rate(Duration.hours(1)), 'third.ts');

  expect(all(stack, INVOKE_CONFIG).map((config) => config.MaximumRetryAttempts)).toEqual([1]);
});

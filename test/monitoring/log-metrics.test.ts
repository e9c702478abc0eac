import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  AppStage,
  Budget,
  ColdStart,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
} from 'cdk-serverless-app';
import {
  all,
  HANDLERS,
  ids,
  only,
  quickApp,
  quickCdkApp,
  serverlessApp,
  warnings,
} from '../support/synth';

const TOLD = { dashboard: false, notify: ['ops@example.com'], budget: Budget.monthly(200) };

/** What of a filter matters: the metric, what it is given, where, and of what. */
function filters(stack: Stack): unknown[][] {
  return all(stack, 'AWS::Logs::MetricFilter').map((filter) => {
    const [transformation] = filter.MetricTransformations as Record<string, string>[];
    return [
      transformation?.MetricName,
      transformation?.MetricValue,
      filter.LogGroupName,
      filter.FilterPattern,
    ];
  });
}

test('an app without metrics from the log has no filter', () => {
  const { app, stack } = quickApp();
  app.onRequest('GET /', 'ok.ts');

  expect(all(stack, 'AWS::Logs::MetricFilter')).toEqual([]);
});

test('one metric counts the invocations and those of them that failed', () => {
  const { app, stack } = quickApp({ notify: ['ops@example.com'], dashboard: false });
  app.onRequest('GET /', 'ok.ts');

  const log = { Ref: expect.stringMatching(/^AppLogs/) as string };
  expect(filters(stack)).toEqual([
    ['Failed', '1', log, expect.stringContaining('status != "success"') as string],
    ['Failed', '0', log, expect.stringContaining('status = "success"') as string],
  ]);
});

test('the template of filters and alarms is one that CloudFormation accepts', () => {
  const { app, stack } = serverlessApp(TOLD);
  app.onRequest('GET /', 'ok.ts', { memorySize: 512 });
  app.onRequest('GET /other', 'other.ts');

  expect(ids(stack, 'AWS::Logs::MetricFilter')).toEqual([
    expect.stringMatching(/^AppLogMetricsBilled1024MB/),
    expect.stringMatching(/^AppLogMetricsBilled512MB/),
    expect.stringMatching(/^AppLogMetricsFailed/),
    expect.stringMatching(/^AppLogMetricsSucceeded/),
  ]);
});

test('billed milliseconds are counted by memory size, without an upper bound for the largest', () => {
  const { app, stack } = quickApp(TOLD);
  app.onRequest('GET /', 'ok.ts', { memorySize: 512 });
  app.onRequest('GET /other', 'other.ts', { memorySize: 128 });
  app.onRequest('GET /third', 'third.ts');

  const patterns = filters(stack)
    .filter(([name]) => String(name).startsWith('Billed'))
    .map(([name, , , pattern]) => [
      name,
      [...String(pattern).matchAll(/memorySizeMB ([<>=]+ \d+)/g)].map(([, bound]) => bound),
    ]);

  expect(patterns).toEqual([
    ['Billed128MB', ['<= 128']],
    ['Billed512MB', ['> 128', '<= 512']],
    ['Billed1024MB', ['> 512']],
  ]);
});

test('a single memory size has no bound', () => {
  const { app, stack } = quickApp(TOLD);
  app.onRequest('GET /', 'ok.ts');

  const patterns = filters(stack).filter(([name]) => name === 'Billed1024MB');
  expect(patterns).toHaveLength(1);
  expect(patterns[0]?.[3]).not.toContain('memorySizeMB');
});

test('memory given as a lazy value counts with its value', () => {
  const { app, stack } = quickApp(TOLD);
  app.onRequest('GET /', 'ok.ts', { memorySize: Lazy.number({ produce: () => 333 }) });

  expect(filters(stack).map(([name]) => name)).toContain('Billed333MB');
});

test('memory that is known only at deployment counts as the largest', () => {
  const { app, stack } = quickApp(TOLD);
  const memorySize = Lazy.number({ produce: () => ({ Ref: 'Memory' }) as unknown as number });
  app.onRequest('GET /', 'ok.ts', { memorySize });
  app.onRequest('GET /other', 'other.ts');

  expect(filters(stack).map(([name]) => name)).toEqual([
    'Failed',
    'Failed',
    'Billed1024MB',
    'Billed10240MB',
  ]);
});

test('a function with its own log group is counted in the same metrics', () => {
  const { app, stack } = quickApp(TOLD);
  const own = new logs.LogGroup(stack, 'Own');
  const imported = logs.LogGroup.fromLogGroupName(stack, 'Elsewhere', '/elsewhere');
  app.onRequest('GET /', 'ok.ts');
  app.onRequest('GET /other', 'other.ts', { logGroup: own });
  app.onRequest('GET /third', 'third.ts', { logGroup: imported });
  app.addFunction('Fourth', { entry: 'ok.ts', logGroup: imported });

  const billed = filters(stack).filter(([name]) => name === 'Billed1024MB');
  expect(billed.map(([, , group]) => group)).toEqual([
    { Ref: expect.stringMatching(/^AppLogs/) as string },
    { Ref: expect.stringMatching(/^Own/) as string },
    '/elsewhere',
  ]);
  expect(filters(stack)).toHaveLength(9);
});

test('the filters of a log group keep their ids when others are added', () => {
  const idsOf = (order: readonly string[]): string[] => {
    const { app, stack } = quickApp(TOLD);
    for (const id of order) {
      app.addFunction(id, { entry: 'ok.ts', logGroup: new logs.LogGroup(stack, `${id}Logs`) });
    }
    return ids(stack, 'AWS::Logs::MetricFilter').filter((id) => id.includes('FirstLogs'));
  };

  const before = idsOf(['First']);

  expect(before).toHaveLength(3);
  expect(idsOf(['Another', 'First', 'Third'])).toEqual(before);
});

test('a log group of the user for the whole app is filtered in its own stack', () => {
  const stack = new Stack(quickCdkApp(), 'Test');
  const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Ours', '/ours');
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, logGroup, ...TOLD });
  app.onRequest('GET /', 'ok.ts');

  expect(filters(stack).map(([, , group]) => group)).toEqual(['/ours', '/ours', '/ours']);
});

test('reports in text logs are counted by words', () => {
  const { app, stack } = quickApp(TOLD);
  app.onRequest('GET /', 'ok.ts');
  app.onRequest('GET /text', 'other.ts', { loggingFormat: lambda.LoggingFormat.TEXT });

  const patterns = filters(stack).map(([name, value, , pattern]) => [
    name,
    value,
    String(pattern).slice(0, 8),
  ]);
  expect(patterns).toEqual([
    ['Failed', '1', '{ ($.typ'],
    ['Failed', '0', '{ ($.typ'],
    ['Billed1024MB', '$.record.metrics.billedDurationMs', '{ ($.typ'],
    ['Failed', '1', '"REPORT '],
    ['Failed', '0', '"REPORT '],
    ['Billed1024MB', '$billed', '[report='],
  ]);
});

test('the functions of shards are counted in the app’s own stack', () => {
  const { app, stack } = quickApp({ ...TOLD, sharding: Sharding.nestedStacks(2) });
  app.onRequest('GET /', 'ok.ts');
  app.onRequest('GET /other', 'other.ts', { memorySize: 2048 });

  expect(filters(stack).map(([name]) => name)).toEqual([
    'Failed',
    'Failed',
    'Billed1024MB',
    'Billed2048MB',
  ]);
});

describe('the namespace', () => {
  function namespaceOf(stack: Stack): unknown {
    const [filter] = all(stack, 'AWS::Logs::MetricFilter');
    return (filter?.MetricTransformations as Record<string, string>[])[0]?.MetricNamespace;
  }

  test('is the stack’s name and the app’s id', () => {
    const { app, stack } = quickApp(TOLD, { stackName: 'orders-production' });
    app.onRequest('GET /', 'ok.ts');

    expect(namespaceOf(stack)).toBe('ServerlessApp/orders-production/App');
  });

  test('of another app with the same id is different', () => {
    const names = ['A B', 'A+B'].map((id) => {
      const stack = new Stack(quickCdkApp(), 'Test');
      const app = new ServerlessApp(stack, id, { root: HANDLERS, ...TOLD });
      app.onRequest('GET /', 'ok.ts');
      return String(namespaceOf(stack));
    });

    expect(new Set(names).size).toBe(2);
    expect(names.filter((name) => !/^[\w/.-]{1,255}$/.test(name))).toEqual([]);
  });
});

describe('a function without reports from Lambda', () => {
  const silent = { systemLogLevelV2: lambda.SystemLogLevel.WARN };

  test('causes a warning if something depends on the reports', () => {
    const { app, stack } = quickApp(TOLD);
    app.onRequest('GET /', 'ok.ts');
    app.onRequest('GET /silent', 'other.ts', silent);

    expect(warnings(stack).filter((text) => text.includes('blind-cost-alarm'))).toEqual([
      expect.stringContaining('`functions.Other.systemLogLevelV2` should not be WARN'),
    ]);
  });

  test('causes no warning if nothing does', () => {
    const { app, stack } = quickApp();
    app.onRequest('GET /silent', 'other.ts', silent);

    expect(warnings(stack).filter((text) => text.includes('blind'))).toEqual([]);
  });

  test('adds no memory size', () => {
    const { app, stack } = quickApp(TOLD);
    app.onRequest('GET /', 'ok.ts');
    app.onRequest('GET /silent', 'other.ts', { ...silent, memorySize: 4096 });

    expect(filters(stack).map(([name]) => name)).toEqual(['Failed', 'Failed', 'Billed1024MB']);
  });

  test('fails with an alarm that would see nothing', () => {
    const { app, stack } = quickApp({ ...TOLD, stage: AppStage.PRODUCTION });
    app.addFunction('Silent', { entry: 'ok.ts', ...silent });

    expect(() => only(stack, 'AWS::Lambda::Function')).toThrow(
      /`alarms\.RunRate` needs at least one function for which Lambda logs reports, got functions with the system log level WARN/,
    );
  });
});

test('restoring a snapshot counts as a start too', () => {
  const { app, stack } = quickApp({ dashboard: true });
  app.addFunction('Snapped', {
    code: lambda.Code.fromInline('def handler(event, context): pass'),
    runtime: lambda.Runtime.PYTHON_3_13,
    handler: 'index.handler',
    coldStart: ColdStart.snapStart(),
  });

  expect(filters(stack).filter(([name]) => name === 'ColdStart')).toEqual([
    ['ColdStart', '$.record.metrics.initDurationMs', expect.anything(), expect.anything()],
    ['ColdStart', '$.record.metrics.restoreDurationMs', expect.anything(), expect.anything()],
  ]);
});

describe('a log group of a class without metric filters', () => {
  const infrequent = (
    props: ServerlessAppProps,
    ofFunction = false,
    logGroupClass: string = logs.LogGroupClass.INFREQUENT_ACCESS,
  ): Stack => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const logGroup = new logs.LogGroup(stack, 'Mine', {
      logGroupClass: logGroupClass as never,
    });
    const own = ofFunction ? {} : { logGroup };
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...own, ...props });
    app.onRequest('GET /', 'ok.ts', ofFunction ? { logGroup } : {});
    return stack;
  };

  test.each([false, true])('fails if alarms need one (of a function alone: %s)', (ofFunction) => {
    expect(() => filters(infrequent({ notify: ['ops@example.com'] }, ofFunction))).toThrow(
      '`logGroup` must have the class STANDARD',
    );
  });

  test('fails for the class DELIVERY too', () => {
    expect(() => filters(infrequent({ notify: ['ops@example.com'] }, false, 'DELIVERY'))).toThrow(
      'got Test/Mine, of the class DELIVERY',
    );
  });

  test.each(['STANDARD', Token.asString({ Ref: 'Class' })])('is accepted (%s)', (given) => {
    expect(filters(infrequent({ notify: ['ops@example.com'] }, false, given))).not.toEqual([]);
  });

  test('is accepted if nothing is counted', () => {
    expect(filters(infrequent({}))).toEqual([]);
  });
});

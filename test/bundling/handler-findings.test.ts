import { Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppFunctionOptions, ITrigger, Trigger } from 'cdk-serverless-app';
import { appOf } from '../support/bundles';
import { resources, tempFolder, warnings } from '../support/synth';

const CALLBACK =
  'export const handler = (event, context, callback) => {\n  callback(null, event);\n};';

function synth(
  files: Record<string, string>,
  options: AppFunctionOptions = {},
  triggers: (stack: Stack) => ITrigger[] = () => [],
): string[] {
  const { app, stack } = appOf(tempFolder(files));
  app.addFunction('F', {
    entry: Object.keys(files)[0] ?? '',
    ...options,
    triggers: triggers(stack),
  });
  resources(stack);
  return warnings(stack).filter((it) => it.includes('batch-result'));
}

describe('a handler with three parameters', () => {
  test('fails on Node.js 24, with file and line', () => {
    expect(() => synth({ 'src/main.ts': `\n${CALLBACK}` })).toThrow(
      'Test/App: `functions.F.entry` must export a `handler` with at most two parameters for Node.js 24, which gives no callback, ' +
        'got three at src/main.ts:2: write `async (event, context) => { … return result; }`, or give the function a runtime up to Node.js 22',
    );
  });

  test('fails where another file has it', () => {
    const files = {
      'main.ts': "export { run as handler } from './other';",
      'other.ts': CALLBACK.replace('handler', 'run'),
    };

    expect(() => synth(files)).toThrow('got three at other.ts:1');
  });

  test('fails where another file has it, and the entry exports all of that file', () => {
    const files = {
      'main.ts': "export * from './barrel';",
      'barrel.ts': "export * from './barrel';\nexport * from './other';",
      'other.ts': CALLBACK,
    };

    expect(() => synth(files)).toThrow('got three at other.ts:1');
  });

  test('is accepted where the entry has one of its own beside `export *`', () => {
    const files = {
      'main.ts': "export * from './other';\nexport const handler = async () => 1;",
      'other.ts': CALLBACK,
    };

    expect(() => synth(files)).not.toThrow();
  });

  test('fails in CommonJS', () => {
    const text = 'module.exports = {\n  handler(event, context, done) { done(); },\n};';

    expect(() => synth({ 'main.js': text })).toThrow('got three at main.js:2');
  });

  test('fails again when the bundle is cached', () => {
    process.env.SERVERLESS_APP_CACHE = tempFolder({});
    try {
      const root = tempFolder({ 'main.ts': CALLBACK });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
      const again = (): void => {
        const { app, stack } = appOf(root);
        app.addFunction('F', { entry: 'main.ts' });
        resources(stack);
      };

      expect(again).toThrow('got three at main.ts:1');
      expect(again).toThrow('got three at main.ts:1');
    } finally {
      process.env.SERVERLESS_APP_CACHE = 'off';
    }
  });

  test('is accepted on Node.js 22', () => {
    expect(() =>
      synth({ 'main.ts': CALLBACK }, { runtime: lambda.Runtime.NODEJS_22_X }),
    ).not.toThrow();
  });

  test('is accepted if another function of the file is the handler', () => {
    const text = `${CALLBACK.replace('handler', 'helper')}\nexport const handler = async () => 1;`;

    expect(() => synth({ 'main.ts': text })).not.toThrow();
  });

  test('is accepted if a function wraps it', () => {
    const text = `const wrap = (fn) => async (event) => fn(event, {}, () => 1);\n${CALLBACK.replace('= (', '= wrap((').replace('};', '});')}`;

    expect(() => synth({ 'main.ts': text })).not.toThrow();
  });
});

describe('a handler of a queue', () => {
  const queueOf =
    (options = {}) =>
    (stack: Stack): ITrigger[] => [
      Trigger.queue(
        new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.minutes(6) }),
        options,
      ),
    ];

  test('that returns a text gets a warning', () => {
    const text = "export const handler = async (event) => {\n  return 'ok';\n};";

    expect(synth({ 'main.ts': text }, {}, queueOf())).toEqual([
      expect.stringMatching(
        /Test\/App: `functions\.F\.entry` should return nothing or a batch response, .* got a string at main\.ts:2: return nothing, throw if the whole batch failed/,
      ),
    ]);
  });

  test('that returns an HTTP response gets a warning', () => {
    const text = 'export const handler = async (event) => ({ statusCode: 200 });';

    expect(synth({ 'main.ts': text }, {}, queueOf())).toEqual([
      expect.stringContaining('removes the batch, got an HTTP response at main.ts:1'),
    ]);
  });

  test('that returns a list gets a warning', () => {
    const text = 'export const handler = async (event) => Promise.all(event.Records.map(String));';

    expect(synth({ 'main.ts': text }, {}, queueOf())).toEqual([
      expect.stringContaining('how Lambda reads a list as the result of a batch, got a list at'),
    ]);
  });

  test.each([
    ['nothing', 'export const handler = async (event) => {};'],
    ['a batch response', 'export const handler = async () => ({ batchItemFailures: [] });'],
    [
      'what another function returns',
      'export const handler = async () => run(); function run() { return "a"; }',
    ],
  ])('that returns %s gets no warning', (_name, text) => {
    expect(synth({ 'main.ts': text }, {}, queueOf())).toEqual([]);
  });

  test('without partial batch response gets no warning', () => {
    const text = "export const handler = async () => 'ok';";

    expect(synth({ 'main.ts': text }, {}, queueOf({ reportBatchItemFailures: false }))).toEqual([]);
  });
});

describe.each([true, undefined, false])('with `reportBatchItemFailures: %s`', (report) => {
  test('a handler of a table’s changes that returns a text', () => {
    const files = { 'main.ts': "export const handler = async () => 'ok';" };
    const found = synth(files, {}, (stack) => [
      Trigger.tableChanges(
        new dynamodb.TableV2(stack, 'Table', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
          dynamoStream: dynamodb.StreamViewType.NEW_IMAGE,
        }),
        report === undefined ? {} : { reportBatchItemFailures: report },
      ),
    ]);

    expect(found).toHaveLength(report === false ? 0 : 1);
  });
});

test('a handler of a route may return what it wants', () => {
  const files = { 'main.ts': 'export const handler = async () => ({ statusCode: 200 });' };

  expect(synth(files, {}, () => [Trigger.http('GET /')])).toEqual([]);
});

import { callCost, reportIn } from '../../../bin/invoke/call-cost';
import { triggerNamed } from '../../../bin/invoke/choose-trigger';
import { requireJson, readEvent } from '../../../bin/invoke/read-event';
import { aliasArn } from '../../../bin/failures/function-arn';
import { appModel } from '../../support/app-model';
import { path, tempFolder } from '../../support/synth';
import { functionModel, NIGHTLY, route } from '../support/models';

const model = appModel({
  functions: [
    functionModel('Close', NIGHTLY),
    functionModel('List', route('GET /orders'), route('GET /orders/{id}')),
    functionModel('Bare'),
  ],
});

test('a trigger is named by the id of its function, or by its words', () => {
  expect(triggerNamed(model, 'Close').trigger).toBe(NIGHTLY);
  expect(triggerNamed(model, 'GET /orders').fn.id).toBe('List');
});

test.each([
  ['List', 'List has 2 triggers'],
  ['Bare', 'Bare has no trigger'],
  ['Closed', 'there is no trigger `Closed`'],
])('fails where %s names none or several', (name, message) => {
  expect(() => triggerNamed(model, name)).toThrow(message);
});

test.each([
  ['Closed', 'did you mean `Close`?'],
  ['Ghost', 'write one of Close, cron(0 2 * * ? *)'],
])('the remedy for the unknown name %s is a name that the app has', (name, remedy) => {
  expect(() => triggerNamed(model, name)).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining(remedy) as unknown }) as Error,
  );
});

test('an event is read from a file, and must be JSON', () => {
  const folder = tempFolder({ 'good.json': '{"a":1}', 'bad.json': '{a:1}' });

  expect(readEvent(path.join(folder, 'good.json'))).toBe('{"a":1}');
  expect(() => readEvent(path.join(folder, 'bad.json'))).toThrow('is not JSON, got `{a:1}`');
  expect(() => requireJson('a\n b', 'it')).toThrow('it is not JSON, got `a b`');
  expect(() => readEvent(path.join(folder, 'none.json'))).toThrow('cannot be read (ENOENT)');
  expect(() => requireJson('x', 'the argument')).toThrow('the argument is not JSON');
});

test.each([
  [
    'text',
    'START RequestId: 1\nREPORT RequestId: 1\tDuration: 12.3 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB',
  ],
  [
    'JSON',
    '{"type":"platform.start"}\n{"type":"platform.report","record":{"requestId":"1","status":"success","metrics":{"durationMs":12.3,"billedDurationMs":13,"memorySizeMB":128,"maxMemoryUsedMB":64}}}',
  ],
])('the billed time is found in the tail of a log in %s', (_form, log) => {
  expect(reportIn(log, functionModel('A'))?.billedDurationMs).toBe(13);
});

test('a log without a report has none', () => {
  expect(reportIn('hello', functionModel('A'))).toBeUndefined();
});

// https://aws.amazon.com/lambda/pricing/: $0.20 for a million requests; for arm64 $0.0000133334 a GB-second.
test('a call of 2 seconds with 512 MB on arm64 costs its request and one GB-second', () => {
  const fn = { architecture: 'arm64', memoryMb: 512 };

  expect(callCost(fn, { billedDurationMs: 2000 }, 'us-east-1')).toBeCloseTo(
    0.0000002 + 0.0000133334,
    10,
  );
  expect(
    callCost({ ...fn, architecture: 'x86_64' }, { billedDurationMs: 2000 }, 'us-east-1'),
  ).toBeCloseTo(0.0000002 + 0.0000166667, 10);
});

test('the call goes through the alias where there is one', () => {
  const [fn] = model.functions;

  expect(fn && aliasArn({ ...fn, alias: 'live' }, 'aws', model)).toMatch(
    /:function:Shop-Close-Abc:live$/,
  );
  expect(fn && aliasArn(fn, 'aws', model)).toMatch(/:function:Shop-Close-Abc$/);
});

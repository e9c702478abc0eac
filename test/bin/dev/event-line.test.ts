import { describeEvent, linesOf } from '../../../bin/dev/event-line';
import { overview } from '../../../bin/dev/overview';
import { answerOf } from '../../../bin/dev/function-server';
import pc from 'picocolors';
import { appModel } from '../../support/app-model';
import { CHANGES, functionModel, NIGHTLY, objects, route } from '../support/models';
import { kindOf } from '../../../lib/kinds/trigger-kinds';

const NOW = new Date('2026-01-15T12:00:00Z');
const asked = {
  requestId: 'r',
  memoryMb: 256,
  event: kindOf(route('GET /orders')).sampleEvent(route('GET /orders')),
};

test('a request is one line with its route, its status, and its cold start', () => {
  const ran = {
    outcome: { result: '{"statusCode":201}', memoryMb: 80 },
    log: [],
    durationMs: 12,
    initMs: 140,
  };
  const [line, ...others] = linesOf(functionModel('List', route('GET /orders')), asked, ran, NOW);

  expect(others).toEqual([]);
  expect(line).toMatchObject({
    function: 'List',
    kind: 'report',
    text: 'GET /orders → 201, 12 ms, 80 of 256 MB, cold start 140 ms',
    report: { status: 'success', initDurationMs: 140 },
  });
});

test('a failure is marked, with its error, after what the function wrote', () => {
  const error = { errorType: 'TypeError', errorMessage: 'no order' };
  const ran = { outcome: { error }, log: ['{"level":"INFO","message":"hi"}'], durationMs: 3 };
  const [written, line] = linesOf(functionModel('List', route('GET /orders')), asked, ran, NOW);

  expect(written).toMatchObject({ function: 'List', kind: 'message', text: 'hi' });
  expect(line?.text).toContain(': TypeError: no order');
  expect(line?.report?.status).toBe('failure');
});

test('a batch says how many records it has', () => {
  const event = kindOf(CHANGES).sampleEvent(CHANGES) as { Records: unknown[] };
  const two = { Records: [...event.Records, ...event.Records] };

  expect(describeEvent(functionModel('Project', CHANGES), two)).toMatch(/^2 × changes of Orders/);
  expect(describeEvent(functionModel('Bare'), { any: 1 })).toBe('event');
});

test('the overview has addresses, schedules, events, tables and buckets', () => {
  const model = appModel({
    functions: [
      functionModel('Get', route('GET /orders/{id}')),
      functionModel('Close', NIGHTLY),
      functionModel('Import', objects('Uploads', 'in/')),
      functionModel('Page', {
        kind: 'functionUrl',
        invocation: 'synchronous',
        source: 'Shop/Orders/Page/Url',
        details: {},
      }),
    ],
    tables: [
      {
        id: 'Orders',
        path: 'Shop/Orders/Orders',
        name: 'Shop-Orders-X',
        made: true,
        billing: 'onDemand',
      },
    ],
    buckets: [{ id: 'Uploads', path: 'Shop/Orders/Uploads', name: 'uploads-x', made: true }],
    http: { id: 'Api', path: 'Shop/Orders/Api', name: 'abc', made: true },
    webSocket: { id: 'Sockets', path: 'Shop/Orders/Sockets', name: 'def', made: true },
  });
  const places = {
    urls: new Map([
      [model.app.path, 'http://localhost:3000'],
      ['Shop/Orders/Sockets', 'ws://localhost:3001'],
      ['Shop/Orders/Page', 'http://localhost:3002'],
    ]),
    inspectors: new Map([['Shop/Orders/Get', 9229]]),
  };
  const shown = overview(model, places, pc.createColors(false));

  expect(shown).toContain('GET http://localhost:3000/orders/{id}  Get');
  expect(shown).toMatch(/function URLs +http:\/\/localhost:3002\/ {2}Page/);
  expect(shown).toMatch(/WebSocket +ws:\/\/localhost:3001\n/);
  expect(shown).toMatch(/schedules +cron\(0 2 \* \* \? \*\).*Close/);
  expect(shown).toMatch(/events +objects of Uploads \(in\/\*\) +Import/);
  expect(shown).toMatch(/tables +Orders {2}Shop-Orders-X/);
  expect(shown).toMatch(/buckets +Uploads {2}uploads-x/);
  expect(shown).toMatch(/debugger +127\.0\.0\.1:9229 {2}Get/);
});

test('the emulator gets a result byte for byte, and an error with its log', () => {
  expect(answerOf({ outcome: { result: '{"a":1.0}' }, log: ['x', 'y'], durationMs: 1 })).toBe(
    '{"body":{"a":1.0},"log":"x\\ny"}',
  );
  const error = { errorType: 'E', errorMessage: 'm' };
  expect(JSON.parse(answerOf({ outcome: { error }, log: [], durationMs: 1 }))).toEqual({
    body: error,
    error: true,
    log: '',
  });
});

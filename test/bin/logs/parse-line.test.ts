import pc from 'picocolors';
import { formatLine } from '../../../bin/logs/format-line';
import { functionOf, LogLine, parseLine } from '../../../bin/logs/parse-line';
import { functionModel } from '../support/models';

const FUNCTIONS = [functionModel('Import'), functionModel('Close')];
const STREAM = '2026/11/24/Shop-Import-Abc[$LATEST]0123456789abcdef';

function parse(message: unknown): LogLine {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const at = new Date('2026-11-24T08:30:01.250Z');
  return parseLine({ id: '1', at, stream: STREAM, group: 'shop-logs', message: text }, FUNCTIONS);
}

const report = (status: string, more: object = {}): object => ({
  time: '2026-11-24T08:30:01.250Z',
  type: 'platform.report',
  record: {
    requestId: 'q1',
    status,
    metrics: {
      durationMs: 12.34,
      billedDurationMs: 13,
      memorySizeMB: 1024,
      maxMemoryUsedMB: 81,
      ...more,
    },
  },
});

const TAB_REPORT =
  'REPORT RequestId: q1\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 1024 MB\tMax Memory Used: 81 MB\t';

test.each<[string, unknown, Partial<LogLine>]>([
  [
    'a JSON line of the handler',
    { timestamp: 'x', level: 'INFO', requestId: 'q1', message: 'day closed', orders: 3 },
    { kind: 'message', level: 'INFO', requestId: 'q1', text: 'day closed', fields: { orders: 3 } },
  ],
  [
    'an object as the message',
    { level: 'WARN', message: { a: 1 } },
    { kind: 'message', level: 'WARN', text: '{"a":1}' },
  ],
  [
    'an error',
    { level: 'ERROR', errorType: 'TypeError', errorMessage: 'no', stackTrace: ['at x', 'at y'] },
    { kind: 'message', level: 'ERROR', text: 'TypeError: no\nat x\nat y' },
  ],
  [
    'a report',
    report('success'),
    { kind: 'report', requestId: 'q1', text: '12.3 ms (billed 13 ms, 81 of 1024 MB)' },
  ],
  [
    'a report of a cold start',
    report('success', { initDurationMs: 240.1 }),
    { text: '12.3 ms (billed 13 ms, 81 of 1024 MB), cold start 240 ms' },
  ],
  [
    'a report of a timeout',
    report('timeout', { durationMs: 10_000 }),
    { text: 'timeout after 10000 ms (billed 13 ms, 81 of 1024 MB)' },
  ],
  [
    'another platform line',
    { type: 'platform.start', record: { requestId: 'q1' } },
    { kind: 'platform' },
  ],
  [
    'a report as text',
    TAB_REPORT,
    { kind: 'report', text: '12.3 ms (billed 13 ms, 81 of 1024 MB)' },
  ],
  [
    'a report of a cold start as text',
    `${TAB_REPORT}Init Duration: 240.1 ms\t`,
    { text: '12.3 ms (billed 13 ms, 81 of 1024 MB), cold start 240 ms' },
  ],
  [
    'a report of a timeout as text',
    `${TAB_REPORT}Status: timeout`,
    { text: 'timeout after 12.3 ms (billed 13 ms, 81 of 1024 MB)' },
  ],
  [
    'a start as text',
    'START RequestId: q1 Version: $LATEST\n',
    { kind: 'platform', requestId: 'q1' },
  ],
  [
    'a line of Node.js as text',
    '2026-11-24T08:30:01.250Z\tq1\tERROR\tno\nmore\n',
    { kind: 'message', level: 'ERROR', requestId: 'q1', text: 'no\nmore' },
  ],
  ['anything', 'hello {\n', { kind: 'message', text: 'hello {' }],
  ['a brace that begins no JSON', '{ hello', { kind: 'message', text: '{ hello' }],
])('%s', (_what, message, line) => {
  expect(parse(message)).toMatchObject({ function: 'Import', ...line });
});

test.each([
  [STREAM, 'Import'],
  ['2026/11/24/Other[12]0123', 'Other'],
  ['2026/11/24/[$LATEST]0123', undefined],
  ['api-access', undefined],
])('the stream %s belongs to %s', (stream, id) => {
  expect(functionOf({ stream, group: 'shop-logs' }, FUNCTIONS)).toBe(id);
});

test('a stream without a function name belongs to the only function of its log group', () => {
  const logGroup = { id: 'L', path: 'L', name: 'own', made: true };
  const one = { ...functionModel('One'), logGroup };
  const other = { ...functionModel('Other'), logGroup };
  const stream = '2026/11/24/[$LATEST]0123';

  expect(functionOf({ stream, group: 'own' }, [...FUNCTIONS, one])).toBe('One');
  expect(functionOf({ stream, group: 'own' }, [one, other])).toBeUndefined();
});

test('a line of an unknown function has a dash in the function’s column', () => {
  const line = { at: new Date(0), kind: 'message', text: 'hi' } as const;

  expect(formatLine(line, 3, pc.createColors(false))).toBe('00:00:00.000 -     hi\n');
});

test('control sequences of a log line are shown, not obeyed', () => {
  const text = formatLine(
    parse({ level: 'INFO', message: '\u001b[2J\r\n\u009b2J', n: '\u001b]0;x\u0007' }),
    6,
    pc.createColors(false),
  );

  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
  expect(text).toContain('\\u001b[2J {"n":');
  expect(text).toContain('\n             \\u009b2J\n');
});

test.each<[unknown, string]>([
  [report('success'), '08:30:01.250 Import ✓ 12.3 ms (billed 13 ms, 81 of 1024 MB)\n'],
  [
    report('success', { initDurationMs: 240 }),
    '08:30:01.250 Import ❄ 12.3 ms (billed 13 ms, 81 of 1024 MB), cold start 240 ms\n',
  ],
  [
    report('failure', { initDurationMs: 240 }),
    '08:30:01.250 Import ✗ failure after 12.3 ms (billed 13 ms, 81 of 1024 MB), cold start 240 ms\n',
  ],
  [{ level: 'INFO', message: 'hi', n: 1 }, '08:30:01.250 Import   hi {"n":1}\n'],
  [{ level: 'WARN', message: 'hm' }, '08:30:01.250 Import ! hm\n'],
  [
    { level: 'ERROR', errorType: 'E', errorMessage: 'no', stackTrace: ['at x'] },
    '08:30:01.250 Import ✗ E: no\n             at x\n',
  ],
])('%j is formatted', (message, text) => {
  expect(formatLine(parse(message), 6, pc.createColors(false))).toBe(text);
});

import { eventLoop } from '../../lib/guard/event-loop';
import { keysMeet } from '../../lib/guard/flows';
import { findingsOf } from '../../lib/guard/guard';
import { FlowInput, SourceInput, WriteInput } from '../../lib/guard/guard-input';
import { FACTS } from '../support/guard-input';

const by = (path: string, part: Partial<SourceInput> = {}): SourceInput => ({
  path,
  narrowed: false,
  ...part,
});
const flow = (id: string, runBy: SourceInput[], writes: WriteInput[]): FlowInput => ({
  function: id,
  runBy,
  writes,
});
const got = (...flows: FlowInput[]): (string | undefined)[] =>
  findingsOf(eventLoop, { ...FACTS, flows }).map(
    ({ message }) => /got (.*?): write/.exec(message)?.[1],
  );

const objects = (prefix: string, created = true): SourceInput['objects'] => ({
  prefix,
  suffix: '',
  created,
  removed: !created,
});
const keys = (pattern: string, puts = true): WriteInput => ({
  path: 'B',
  objects: { keys: pattern, puts, deletes: !puts },
});

test('a function that writes to its own source is a loop', () => {
  expect(got(flow('F', [by('T')], [{ path: 'T' }]))).toEqual(['F may write T, which triggers F']);
});

test('a function that writes elsewhere is no loop', () => {
  expect(got(flow('F', [by('T')], [{ path: 'U' }]))).toEqual([]);
});

test('a loop through other functions is reported once, step by step', () => {
  expect(
    got(
      flow('Before', [by('X')], [{ path: 'T' }]),
      flow('A', [by('T')], [{ path: 'U' }]),
      flow('B', [by('U')], [{ path: 'V' }, { path: 'W' }]),
      flow('C', [by('V')], [{ path: 'T' }]),
      flow('After', [by('W')], [{ path: 'Z' }]),
    ),
  ).toEqual([
    'A may write U, which triggers B; B may write V, which triggers C; C may write T, which triggers A',
  ]);
});

test('two loops are reported separately, each by its shortest path', () => {
  expect(
    got(
      flow('A', [by('T')], [{ path: 'T' }, { path: 'U' }]),
      flow('B', [by('U')], [{ path: 'T' }]),
      flow('C', [by('V')], [{ path: 'V' }]),
    ),
  ).toEqual([
    'A may write T, which triggers A',
    'B may write T, which triggers A; A may write U, which triggers B',
    'C may write V, which triggers C',
  ]);
});

test('a filtered stream closes no loop', () => {
  expect(got(flow('F', [by('T', { narrowed: true })], [{ path: 'T' }]))).toEqual([]);
});

test.each([
  ['the whole bucket', objects('in/'), { path: 'B' }, true],
  ['all keys', objects('in/'), keys('*'), true],
  ['the same prefix', objects('in/'), keys('in/*'), true],
  ['another prefix', objects('in/'), keys('out/*'), false],
  ['deletes, told of new objects', objects('in/'), keys('in/*', false), false],
  ['deletes, told of removed ones', objects('in/', false), keys('in/*', false), true],
] as const)('a function that may write %s', (_name, told, write, isLoop) => {
  expect(got(flow('F', [by('B', { objects: told })], [write]))).toHaveLength(isLoop ? 1 : 0);
});

test.each([
  ['*', '', '', true],
  ['*', 'in/', '.csv', true],
  ['in/*', 'in/', '', true],
  ['in/*', 'in/sub/', '', true],
  ['in/sub/*', 'in/', '', true],
  ['out/*', 'in/', '', false],
  ['*.json', '', '.csv', false],
  ['*.csv', '', '.csv', true],
  ['in/*.json', 'in/', '.csv', false],
  ['in/one.csv', 'in/', '.csv', true],
  ['in/one.csv', 'out/', '', false],
  ['in/one.csv', 'in/', '.json', false],
  ['in/?.csv', 'in/', '.csv', true],
])('keys of %s, the prefix %s and the suffix %s', (pattern, prefix, suffix, meet) => {
  expect(keysMeet(pattern, prefix, suffix)).toBe(meet);
});

test('many functions of one table without a loop are checked quickly', () => {
  const chain = Array.from({ length: 2000 }, (_, i) =>
    flow(`F${i}`, [by(`T${i}`)], [{ path: `T${i + 1}` }]),
  );
  const before = process.cpuUsage();

  expect(got(...chain)).toEqual([]);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
});

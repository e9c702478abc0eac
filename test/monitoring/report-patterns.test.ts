import {
  billedPattern,
  coldStartPatterns,
  failedPatterns,
  ReportFormat,
  timedOutPatterns,
} from '../../lib/monitoring/report-patterns';
import { matchPattern, metricValue } from '../support/filter-pattern';
import { JSON_REPORTS, OTHER_LINES, RecordedReport, TEXT_REPORTS } from '../support/report-lines';

const ALL: [ReportFormat, string, RecordedReport][] = [
  ...JSON_REPORTS.map((each): [ReportFormat, string, RecordedReport] => ['json', each.what, each]),
  ...TEXT_REPORTS.map((each): [ReportFormat, string, RecordedReport] => ['text', each.what, each]),
];

/** What the filters of a metric add to it for a line. */
function samples(
  filters: readonly { readonly pattern: string; readonly value: string }[],
  line: string,
): number[] {
  return filters.flatMap((filter) => metricValue(filter, line) ?? []);
}

describe.each(ALL)('of a report in %s, %s,', (format, _, recorded) => {
  test('the billed milliseconds are counted', () => {
    expect(samples([billedPattern(format, {})], recorded.line)).toEqual([recorded.billedMs]);
  });

  test('the memory size selects the metric', () => {
    const { memoryMb, billedMs, line } = recorded;

    expect(samples([billedPattern(format, { upToMb: memoryMb })], line)).toEqual([billedMs]);
    expect(samples([billedPattern(format, { upToMb: memoryMb - 1 })], line)).toEqual([]);
    expect(samples([billedPattern(format, { aboveMb: memoryMb })], line)).toEqual([]);
    expect(samples([billedPattern(format, { aboveMb: memoryMb - 1 })], line)).toEqual([billedMs]);
    expect(
      samples([billedPattern(format, { aboveMb: memoryMb - 1, upToMb: memoryMb })], line),
    ).toEqual([billedMs]);
  });

  test('there is one sample of success or failure', () => {
    expect(samples(failedPatterns(format), recorded.line)).toEqual([recorded.failed ? 1 : 0]);
  });

  test('timeouts are distinguished from other failures', () => {
    expect(samples(timedOutPatterns(format), recorded.line)).toEqual(recorded.timedOut ? [1] : []);
  });

  test('a cold start is counted with its duration', () => {
    expect(samples(coldStartPatterns(format), recorded.line)).toEqual(
      recorded.startMs === undefined ? [] : [recorded.startMs],
    );
  });
});

describe.each<ReportFormat>(['json', 'text'])('the patterns of %s', (format) => {
  const patterns = [
    ...failedPatterns(format),
    ...timedOutPatterns(format),
    ...coldStartPatterns(format),
    billedPattern(format, {}),
    billedPattern(format, { aboveMb: 127, upToMb: 10_240 }),
  ].map(({ pattern }) => pattern);
  const foreign = format === 'json' ? TEXT_REPORTS : JSON_REPORTS;

  test.each(patterns)('%s matches no other line', (pattern) => {
    const lines = [...OTHER_LINES, ...foreign.map(({ line }) => line)];

    expect(lines.filter((line) => matchPattern(pattern, line) !== undefined)).toEqual([]);
  });

  test('have fixed names, since dashboards of users refer to them', () => {
    const named = [failedPatterns, timedOutPatterns, coldStartPatterns];

    expect(named.map((patternsOf) => patternsOf(format).map(({ id }) => id))).toEqual([
      ['Failed', 'Succeeded'],
      ['TimedOut'],
      ['ColdStart', 'Restore'],
    ]);
  });

  test('are within the length limit of a filter', () => {
    expect(patterns.filter((pattern) => pattern.length > 1024)).toEqual([]);
  });
});

/**
 * Patterns for the line in which Lambda reports an invocation, as metric filters read it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */

/** The format of a function's report: a JSON object, or text separated by tabs. */
export type ReportFormat = 'json' | 'text';

/** A pattern for reports, and the number that each match adds to a metric. */
export interface ReportPattern {
  /** Unique within its metric and format. */
  readonly id: string;
  readonly pattern: string;
  /** A number, or the field that holds it. */
  readonly value: string;
}

/** A range of memory sizes, above `over` and up to `upTo`; without an upper bound if `upTo` is missing. */
export interface MemoryRange {
  readonly aboveMb?: number;
  readonly upToMb?: number;
}

/** 1 for each failed invocation, 0 for any other. */
export function failedPatterns(format: ReportFormat): ReportPattern[] {
  return format === 'json'
    ? [
        { id: 'Failed', pattern: json('$.record.status != "success"'), value: '1' },
        { id: 'Succeeded', pattern: json('$.record.status = "success"'), value: '0' },
      ]
    : [
        { id: 'Failed', pattern: '"REPORT RequestId:" "Status:"', value: '1' },
        { id: 'Succeeded', pattern: '"REPORT RequestId:" -"Status:"', value: '0' },
      ];
}

/** 1 for each timeout. */
export function timedOutPatterns(format: ReportFormat): ReportPattern[] {
  const pattern =
    format === 'json'
      ? json('$.record.status = "timeout"')
      : '"REPORT RequestId:" "Status: timeout"';
  return [{ id: 'TimedOut', pattern, value: '1' }];
}

/** The milliseconds of each initialization. */
export function coldStartPatterns(format: ReportFormat): ReportPattern[] {
  if (format === 'text') {
    const rest = 'l7, l8, l9, used, u4, init="Init", l10="Duration:", initialization, ...';
    return [
      { id: 'ColdStart', pattern: text('size', rest), value: '$initialization' },
      {
        id: 'Restore',
        pattern: text('size', rest.replace('"Init"', '"Restore"')),
        value: '$initialization',
      },
    ];
  }
  return ['init', 'restore'].map((phase) => ({
    id: phase === 'init' ? 'ColdStart' : 'Restore',
    pattern: json(`$.record.metrics.${phase}DurationMs >= 0`),
    value: `$.record.metrics.${phase}DurationMs`,
  }));
}

/**
 * The billed milliseconds of functions whose memory size is in a range. They include the initialization (billed since August
 * 2025) and, with SnapStart, the billed part of the restore.
 *
 * @see https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
 */
export function billedPattern(
  format: ReportFormat,
  { aboveMb, upToMb }: MemoryRange,
): Omit<ReportPattern, 'id'> {
  const bounds = (field: string): string[] => [
    ...(aboveMb === undefined ? [] : [`${field} > ${aboveMb}`]),
    ...(upToMb === undefined ? [] : [`${field} <= ${upToMb}`]),
  ];
  if (format === 'text') {
    const size = bounds('size').join(' && ');
    return { pattern: text(size === '' ? 'size' : size, '...'), value: '$billed' };
  }
  const billed = '$.record.metrics.billedDurationMs';
  const size = bounds('$.record.metrics.memorySizeMB');
  return { pattern: json(`${billed} >= 0`, ...size), value: billed };
}

function json(...conditions: string[]): string {
  const all = ['$.type = "platform.report"', ...conditions];
  return `{ ${all.map((condition) => `(${condition})`).join(' && ')} }`;
}

/** `REPORT RequestId: … Duration: 1.32 ms Billed Duration: 2 ms Memory Size: 1024 MB Max Memory Used: 68 MB Init Duration: …` */
function text(size: string, rest: string): string {
  const begin =
    'report="REPORT", l1="RequestId:", id, l2="Duration:", duration, u1, l3="Billed", l4="Duration:", billed, u2, l5="Memory", l6="Size:"';
  return `[${begin}, ${size}, u3, ${rest}]`;
}

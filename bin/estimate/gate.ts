import { formatDollars } from '../../lib/model/format-number';
import { UserError } from '../user-error';

/** The limits above which a build fails. */
export interface Gate {
  readonly maxIncreasePercent?: number;
  /** Dollars a month. */
  readonly maxMonthly?: number;
}

export interface Total {
  readonly app: string;
  readonly monthlyDollars: number;
  /** Absent without `--compare`. */
  readonly before?: number;
}

export function parseGate(options: Readonly<Record<string, unknown>>): Gate {
  const { maxIncrease, maxMonthly, compare } = options;
  if (maxIncrease !== undefined && compare === undefined) {
    throw new UserError(
      '`--max-increase` needs something to compare with',
      'add `--compare <assembly or git ref>`',
    );
  }
  return {
    maxIncreasePercent: maxIncrease === undefined ? undefined : parsePercent(asText(maxIncrease)),
    maxMonthly: maxMonthly === undefined ? undefined : parseDollars(asText(maxMonthly)),
  };
}

/** The exceeded limits, as sentences. */
export function violations(
  { maxIncreasePercent, maxMonthly }: Gate,
  totals: readonly Total[],
): string[] {
  return totals.flatMap(({ app, monthlyDollars, before }) => [
    ...(maxMonthly !== undefined && monthlyDollars > maxMonthly
      ? [
          `${app} costs ${formatDollars(monthlyDollars)} a month, above --max-monthly ${formatDollars(maxMonthly)}`,
        ]
      : []),
    ...(maxIncreasePercent !== undefined &&
    before !== undefined &&
    monthlyDollars > before * (1 + maxIncreasePercent / 100)
      ? [
          `${app} costs ${formatDollars(monthlyDollars - before)} a month more than before (${formatDollars(before)}), above --max-increase ${maxIncreasePercent}%`,
        ]
      : []),
  ]);
}

function parsePercent(text: string): number {
  const [, number = ''] = /^(\d+(?:\.\d+)?)%?$/.exec(text) ?? [];
  if (number === '') {
    throw new UserError(
      `\`--max-increase\` must be a percentage of at least 0, got \`${text}\``,
      'write, for example, `--max-increase 10%`',
    );
  }
  return Number(number);
}

function parseDollars(text: string): number {
  const [, number = ''] = /^\$?(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (number === '') {
    throw new UserError(
      `\`--max-monthly\` must be a number of dollars, at least 0, got \`${text}\``,
      'write, for example, `--max-monthly 200`',
    );
  }
  return Number(number);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

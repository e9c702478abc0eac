import { formatDollars } from '../../lib/model/format-number';
import { UserError } from '../user-error';

/** What a build may cost at most. */
export interface Gate {
  /** 0.1 for 10 %. */
  readonly maxIncrease?: number;
  /** Dollars a month. */
  readonly maxMonthly?: number;
}

export interface Total {
  readonly app: string;
  readonly monthlyDollars: number;
  /** Absent where nothing is compared. */
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
    maxIncrease: maxIncrease === undefined ? undefined : parsePercent(asText(maxIncrease)),
    maxMonthly: maxMonthly === undefined ? undefined : parseDollars(asText(maxMonthly)),
  };
}

/** What is over the gate, in sentences. */
export function violations({ maxIncrease, maxMonthly }: Gate, totals: readonly Total[]): string[] {
  return totals.flatMap(({ app, monthlyDollars, before }) => [
    ...(maxMonthly !== undefined && monthlyDollars > maxMonthly
      ? [
          `${app} costs ${formatDollars(monthlyDollars)} a month, above --max-monthly ${formatDollars(maxMonthly)}`,
        ]
      : []),
    ...(maxIncrease !== undefined &&
    before !== undefined &&
    monthlyDollars > before * (1 + maxIncrease)
      ? [
          `${app} costs ${formatDollars(monthlyDollars - before)} a month more than ${formatDollars(before)}, above --max-increase ${maxIncrease * 100}%`,
        ]
      : []),
  ]);
}

function parsePercent(text: string): number {
  const [, number = ''] = /^(\d+(?:\.\d+)?)%?$/.exec(text) ?? [];
  if (number === '') {
    throw new UserError(
      `\`--max-increase\` must be a percentage of at least 0, got \`${text}\``,
      'write for example `--max-increase 10%`',
    );
  }
  return Number(number) / 100;
}

function parseDollars(text: string): number {
  const [, number = ''] = /^\$?(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (number === '') {
    throw new UserError(
      `\`--max-monthly\` must be dollars of at least 0, got \`${text}\``,
      'write for example `--max-monthly 200`',
    );
  }
  return Number(number);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

import * as prices from './prices.json';

/** What AWS bills a month for: 730 hours. */
export const HOURS_A_MONTH = 730;

const SECONDS_A_MONTH = HOURS_A_MONTH * 3600;
const MB_A_GB = 1024;

/** An architecture as Lambda names it. */
export type PricedArchitecture = keyof typeof prices.lambda.provisionedPerGbSecond;

/** The region that the prices are of, with their date and source. */
export const PRICES_OF = {
  region: prices.region,
  date: prices.date,
  source: prices.lambda.source,
};

/** Dollars a month for execution environments that are kept ready, whatever the traffic; without what invocations cost. */
export function provisionedDollars(
  units: number,
  memoryMb: number,
  architecture: PricedArchitecture,
): number {
  const gigabytes = (units * memoryMb) / MB_A_GB;
  return gigabytes * SECONDS_A_MONTH * prices.lambda.provisionedPerGbSecond[architecture];
}

/** Dollars a month for the cached snapshot of one published version. Java's managed runtimes pay nothing for it. */
export function snapshotDollars(memoryMb: number, isJava: boolean): number {
  const gigabytes = memoryMb / MB_A_GB;
  return isJava ? 0 : gigabytes * SECONDS_A_MONTH * prices.lambda.snapStartCachePerGbSecond;
}

/**
 * The share of the time, 0 to 1, that a provisioned environment must be busy to cost less than the same work on demand: what it
 * costs to stand ready, by what each second of work costs less.
 */
export function breakEvenUtilization(architecture: PricedArchitecture): number {
  const { durationPerGbSecond, provisionedPerGbSecond, provisionedDurationPerGbSecond } =
    prices.lambda;
  const saved = durationPerGbSecond[architecture] - provisionedDurationPerGbSecond[architecture];
  return provisionedPerGbSecond[architecture] / saved;
}

/** `$8.76`, `$1,051.20`. */
export function showDollars(dollars: number): string {
  const [whole = '', cents = ''] = dollars.toFixed(2).split('.');
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

import { Architecture, lambdaPrices } from './lambda-prices';
import { dollarsFor, FALLBACK_REGION, PriceList, priceListOf } from './price-list';
import { SECONDS_A_MONTH } from '../schedule/month';

const MB_A_GB = 1024;

/** Dollars a month for provisioned environments, whatever the traffic, without the cost of invocations. */
export function provisionedDollars(
  units: number,
  memoryMb: number,
  architecture: Architecture,
  prices: PriceList = priceListOf(FALLBACK_REGION),
): number {
  const gigabytes = (units * memoryMb) / MB_A_GB;
  return dollarsFor(lambdaPrices(prices, architecture).provisioned, gigabytes * SECONDS_A_MONTH);
}

/** Dollars a month for the cached snapshot of one published version. Managed Java runtimes are free. */
export function snapshotDollars(
  memoryMb: number,
  isJava: boolean,
  prices: PriceList = priceListOf(FALLBACK_REGION),
): number {
  const gigabytes = memoryMb / MB_A_GB;
  return isJava
    ? 0
    : dollarsFor(prices.prices['lambda.snapStartCache'], gigabytes * SECONDS_A_MONTH);
}

/**
 * The share of the time, 0 to 1, that a provisioned environment must be busy to cost less than the same work on demand: its
 * standing price divided by the saving per second of work.
 */
export function breakEvenUtilization(
  architecture: Architecture,
  prices: PriceList = priceListOf(FALLBACK_REGION),
): number {
  const { duration, provisioned, provisionedDuration } = lambdaPrices(prices, architecture);
  const saved = dollarsFor(duration, 1) - dollarsFor(provisionedDuration, 1);
  return dollarsFor(provisioned, 1) / saved;
}

import { Notices } from '../../core/notices';
import { Stack, Token } from 'aws-cdk-lib';
import { Architecture, lambdaPrices } from '../../cost/lambda-prices';
import { FALLBACK_REGION, Price, PriceList, priceListOf } from '../../cost/price-list';
import {
  breakEvenUtilization,
  provisionedDollars,
  snapshotDollars,
} from '../../cost/standing-cost';
import { formatDollars } from '../../model/format-number';
import { provisionedOf } from '../cold-start';
import { HOURS_A_MONTH } from '../../schedule/month';
import { provisionedBounds, Publishing } from './live-alias';
import type { IAppFunction } from '../../core/contract';

export interface StandingCostProps extends Publishing {
  readonly memoryMb: number;
}

/**
 * Reports at synthesis what a function costs while it is idle. It is an info annotation of the CDK, which the CLI prints and the
 * user can acknowledge. Writing to the terminal directly is not an option, because the CLI runs the program with a pipe.
 */
export function reportStandingCost(fn: IAppFunction, props: StandingCostProps): void {
  const text = costLine(fn, props);
  if (text !== undefined) {
    const message = `${fn.node.path}: ${text}`;
    Notices.of(fn).add({ fn, level: 'info', id: 'cdk-serverless-app:standing-cost', message });
  }
}

function costLine(
  fn: IAppFunction,
  { coldStart, memoryMb }: StandingCostProps,
): string | undefined {
  const { kind } = coldStart;
  const options = provisionedOf(coldStart);
  const size = Token.isUnresolved(memoryMb)
    ? undefined
    : `${Number((memoryMb / 1024).toFixed(2))} GB`;
  const prices = pricesOf(fn);
  const architecture = fn.function.architecture.name as Architecture;
  const of = (price: Price): string =>
    `${HOURS_A_MONTH} h, ${architecture}, ${price.region}, ${price.date}`;
  if (options !== undefined) {
    const { provisioned } = lambdaPrices(prices, architecture);
    const dollars = (units: number, memory: number): string =>
      formatDollars(provisionedDollars(units, memory, architecture, prices));
    const bounds = provisionedBounds(options);
    const breakEven = Math.round(breakEvenUtilization(architecture, prices) * 100);
    const above = `it saves money only if they are busy more than ${breakEven} % of the time`;
    if (bounds === undefined || size === undefined) {
      return `provisioned concurrency costs ${dollars(1, 1024)} a month for each 1 GB (${of(provisioned)}), whatever the traffic; ${above}`;
    }
    const units = [...new Set(bounds)];
    const each = units.map((count) => dollars(count, memoryMb));
    return `keeps ${units.join(' to ')} × ${size} ready: ${each.join(' to ')} a month (${of(provisioned)}), whatever the traffic; ${above}`;
  }
  if (kind === 'snapStart' && !fn.function.runtime.name.startsWith('java')) {
    const dollars = snapshotDollars(size === undefined ? 1024 : memoryMb, false, prices);
    const price = prices.prices['lambda.snapStartCache'];
    return `keeps a snapshot of ${size ?? '1 GB'} for each published version: ${formatDollars(dollars)} a month (${of(price)}), 3 hours at least; one version is kept`;
  }
  return undefined;
}

function pricesOf(fn: IAppFunction): PriceList {
  const { region } = Stack.of(fn);
  return priceListOf(Token.isUnresolved(region) ? FALLBACK_REGION : region);
}

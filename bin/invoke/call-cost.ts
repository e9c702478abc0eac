import { lambdaPrices } from '../../lib/cost/lambda-prices';
import { priceListOf, unitPrice } from '../../lib/cost/price-list';
import type { FunctionModel } from '../../lib/model/app-model';
import { Report, parseLine } from '../logs/parse-line';

const MB_PER_GB = 1024;

/** Lambda's report in the tail of a log, whose lines are JSON or text. */
export function reportIn(log: string, fn: FunctionModel): Report | undefined {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return lines
    .map((message, i) =>
      parseLine({ id: String(i), at: new Date(0), stream: '', group: '', message }, [fn]),
    )
    .find(({ report }) => report !== undefined)?.report;
}

/** Dollars for one invocation on demand, without the free tier: the request, and the billed time at the function's memory. */
export function callCost(
  { architecture, memoryMb }: Pick<FunctionModel, 'architecture' | 'memoryMb'>,
  { billedDurationMs }: Pick<Report, 'billedDurationMs'>,
  region: string,
): number {
  const list = priceListOf(region);
  const gigabyteSeconds = (memoryMb / MB_PER_GB) * (billedDurationMs / 1000);
  return (
    unitPrice(list.prices['lambda.requests']) +
    gigabyteSeconds * unitPrice(lambdaPrices(list, architecture).duration)
  );
}

import { lambdaPrices } from '../../lib/cost/lambda-prices';
import { PriceList, unitPrice } from '../../lib/cost/price-list';
import { Advice, AdviceOf, NOTHING } from './advice';
import { ENOUGH_INVOCATIONS, FunctionFigures, memoryOf, monthly, percent, sum } from './figures';

/** The sizes that are recommended; the first is Lambda's minimum. */
const SIZES = [128, 256, 512, 768, 1024, 1536, 1769, 2048, 3072, 4096, 6144, 8192, 10_240];
/** Headroom above the peak. */
const HEADROOM = 1.4;
/** Above this share the next peak may exceed the memory. */
const CLOSE = 0.9;

export function memoryAdvice(figures: FunctionFigures, prices: PriceList): AdviceOf {
  const { fn, memory, invocations } = figures;
  const has = memoryOf(fn);
  if (has === undefined || invocations === 0) {
    return NOTHING;
  }
  const known = memory?.invocations ?? 0;
  if (memory === undefined || known < ENOUGH_INVOCATIONS) {
    const text = `the memory of ${known} invocations was measured, ${ENOUGH_INVOCATIONS - known} more needed`;
    return { advice: [], missing: [{ about: 'memory', of: fn.id, text }] };
  }
  const { peakMb } = memory;
  const enough = SIZES.find((size) => size >= peakMb * HEADROOM) ?? has;
  const evidence = `at most ${peakMb} of ${has} MB (${percent(peakMb / has)}) in ${known.toLocaleString('en-US')} invocations`;
  if (peakMb >= has * CLOSE && enough > has) {
    return only({
      about: 'memory',
      advice: `${fn.id} nearly runs out of memory, which would end its invocation`,
      evidence,
      monthlySaving: saving(figures, has, enough, prices),
      change: { path: fn.path, prop: 'memorySize', from: String(has), to: String(enough) },
    });
  }
  if (enough < has) {
    return only({
      about: 'memory',
      advice: `${fn.id} uses little of its memory. Less memory is also less CPU, so this saving is an upper limit: compare its duration afterwards`,
      evidence,
      monthlySaving: saving(figures, has, enough, prices),
      change: { path: fn.path, prop: 'memorySize', from: String(has), to: String(enough) },
    });
  }
  return NOTHING;
}

/** If the duration stays the same. */
function saving(
  { fn, hourlyMs, days }: FunctionFigures,
  has: number,
  wants: number,
  prices: PriceList,
): number {
  const gigabytes = (has - wants) / 1024;
  const price = unitPrice(lambdaPrices(prices, fn.architecture).duration);
  return monthly((sum(hourlyMs) / 1000) * gigabytes * price, days);
}

function only(advice: Advice): AdviceOf {
  return { advice: [advice], missing: [] };
}

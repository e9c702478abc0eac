import { lambdaPrices } from '../../lib/cost/lambda-prices';
import { PriceList, unitPrice } from '../../lib/cost/price-list';
import { breakEvenUtilization } from '../../lib/cost/standing-cost';
import { Advice, AdviceOf, NOTHING } from './advice';
import {
  architectureOf,
  ENOUGH_DAYS,
  FunctionFigures,
  memoryOf,
  monthly,
  percent,
  sum,
} from './figures';

const SECONDS_AN_HOUR = 3600;
/** The share of invocations without a ready environment above which more are recommended. */
const MUCH_SPILLOVER = 0.01;
/** A smaller saving is not worth a change. */
const WORTH_DOLLARS = 1;

/** Whether provisioned concurrency pays off, or would pay off. */
export function provisionedAdvice(figures: FunctionFigures, prices: PriceList): AdviceOf {
  const { fn, days, invocations } = figures;
  const { kind, min } = fn.coldStart as { readonly kind: string; readonly min?: unknown };
  if (memoryOf(fn) === undefined || kind === 'snapStart' || invocations === 0) {
    return NOTHING;
  }
  if (days < ENOUGH_DAYS) {
    const text = `${days.toFixed(1)} days of data, ${ENOUGH_DAYS} needed to cover the peaks of a week`;
    return { advice: [], missing: [{ about: 'provisioned', of: fn.id, text }] };
  }
  if (kind !== 'provisioned') {
    return wouldPay(figures, prices);
  }
  return typeof min === 'number' ? doesPay(figures, min, prices) : NOTHING;
}

/** Dollars a month that this number of environments saves compared with on demand, from the load of each hour. */
export function savedByReady(figures: FunctionFigures, units: number, prices: PriceList): number {
  const { fn, hourlyMs, days } = figures;
  const { duration, provisioned, provisionedDuration } = lambdaPrices(prices, fn.architecture);
  const gigabytes = (memoryOf(fn) ?? 0) / 1024;
  const cheaper = unitPrice(duration) - unitPrice(provisionedDuration);
  const inReady = sum(hourlyMs.map((ms) => Math.min(ms / 1000, units * SECONDS_AN_HOUR)));
  const standing = units * SECONDS_AN_HOUR * hourlyMs.length * unitPrice(provisioned);
  return monthly(gigabytes * (inReady * cheaper - standing), days);
}

/** A constantly busy function costs less with provisioned concurrency. */
function wouldPay(figures: FunctionFigures, prices: PriceList): AdviceOf {
  const { fn, hourlyMs } = figures;
  const most = Math.ceil(Math.max(0, ...hourlyMs) / 1000 / SECONDS_AN_HOUR);
  const [units, saving] = best(most, (count) => savedByReady(figures, count, prices));
  if (units === 0 || saving < WORTH_DOLLARS) {
    return NOTHING;
  }
  const share = breakEvenUtilization(architectureOf(fn), prices);
  return only({
    about: 'provisioned',
    advice: `${fn.id} is so busy that ${units} provisioned environments cost less than on demand, and avoid cold starts`,
    evidence: `on average ${(sum(hourlyMs) / 1000 / SECONDS_AN_HOUR / hourlyMs.length).toFixed(1)} in use; they pay off above a utilization of ${percent(share)}`,
    monthlySaving: saving,
    change: {
      path: fn.path,
      prop: 'coldStart',
      to: `ColdStart.provisioned({ min: ${units} })`,
    },
  });
}

function doesPay(figures: FunctionFigures, min: number, prices: PriceList): AdviceOf {
  const { fn, utilization, spillover, invocations } = figures;
  const of = (units: number): string => written(fn.coldStart, units);
  const change = (to: string): Advice['change'] => ({
    path: fn.path,
    prop: 'coldStart',
    from: of(min),
    to,
  });
  if (spillover > invocations * MUCH_SPILLOVER) {
    const more = min + Math.max(1, Math.ceil((spillover / invocations) * min));
    return only({
      about: 'provisioned',
      advice: `${fn.id} needs more environments than are provisioned: the others start cold`,
      evidence: `${percent(spillover / invocations)} of ${invocations.toLocaleString('en-US')} invocations spilled over`,
      monthlySaving: savedByReady(figures, more, prices) - savedByReady(figures, min, prices),
      change: change(of(more)),
    });
  }
  if (utilization === undefined) {
    const text = 'CloudWatch has no utilization data for the provisioned environments yet';
    return { advice: [], missing: [{ about: 'provisioned', of: fn.id, text }] };
  }
  const used = Math.max(1, Math.ceil(utilization.most * min));
  const evidence = `${percent(utilization.average)} of ${min} in use on average, ${percent(utilization.most)} at most; they pay off above ${percent(breakEvenUtilization(architectureOf(fn), prices))}`;
  if (used < min) {
    const saving = savedByReady(figures, used, prices) - savedByReady(figures, min, prices);
    return only({
      about: 'provisioned',
      advice: `${fn.id} never used more than ${used} of its ${min} environments`,
      evidence,
      monthlySaving: saving,
      change: change(of(used)),
    });
  }
  const loss = -savedByReady(figures, min, prices);
  return loss < WORTH_DOLLARS
    ? NOTHING
    : only({
        about: 'provisioned',
        advice: `${fn.id} would cost less on demand; the difference is what you pay to avoid cold starts, which is worth it only if someone waits for the response`,
        evidence,
        monthlySaving: loss,
        change: change('ColdStart.onDemand()'),
      });
}

/** The user’s `coldStart` expression with another `min`. */
function written(coldStart: FunctionFigures['fn']['coldStart'], min: number): string {
  const max = coldStart.max === undefined ? '' : `, max: ${Math.max(min, coldStart.max)}`;
  const more = (coldStart.schedules ?? []).length > 0 ? ', schedules: […]' : '';
  return `ColdStart.provisioned({ min: ${min}${max}${more} })`;
}

function best(most: number, value: (count: number) => number): [number, number] {
  let found: [number, number] = [0, 0];
  for (let count = 1; count <= most; count++) {
    const saved = value(count);
    if (saved > found[1]) {
      found = [count, saved];
    }
  }
  return found;
}

function only(advice: Advice): AdviceOf {
  return { advice: [advice], missing: [] };
}

import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../props/prop-check';
import { AppEstimate, CostPart, LevelEstimate } from '../cost/app-estimate';
import { formatDollars } from '../model/format-number';
import { UsageLevel } from './usage';

/** The number of parts that the error names, the largest first. */
const NAMED = 5;

let create: (estimate: AppEstimate) => CostEstimate;

/** The monthly cost of an app at three usage levels. Created by `ServerlessApp.estimate`. */
export class CostEstimate {
  static {
    create = (estimate) => new CostEstimate(estimate);
  }

  /** At low usage. */
  public readonly low: LevelEstimate;

  /** At the expected usage. */
  public readonly moderate: LevelEstimate;

  /** At high usage. */
  public readonly high: LevelEstimate;

  /** The region of the prices. */
  public readonly region: string;

  /** The date of the oldest price, for example `2026-11-23`. */
  public readonly pricesDate: string;

  /** The parts that use the prices of us-east-1, because those of the region are unknown. */
  public readonly fallbacks: string[];

  /** The assumptions, in sentences. */
  public readonly assumptions: string[];

  /** What is not included, in sentences. */
  public readonly notIncluded: string[];

  /** Resources in the app's stack that cost money but that the estimate does not count, for example `2 secrets (Db, Keys)`. */
  public readonly uncounted: string[];

  private readonly check: PropCheck;

  private constructor(estimate: AppEstimate) {
    const { low, moderate, high } = estimate.levels;
    this.low = low;
    this.moderate = moderate;
    this.high = high;
    this.region = estimate.prices.region;
    this.pricesDate = estimate.prices.date;
    this.fallbacks = [...estimate.prices.fallbacks];
    this.assumptions = [...estimate.assumptions];
    this.notIncluded = [...estimate.notIncluded];
    this.uncounted = [...estimate.uncounted];
    this.check = new PropCheck(estimate.app.path, 'estimate');
  }

  /** The estimate at a level. */
  public at(level: UsageLevel): LevelEstimate {
    if (!Object.values(UsageLevel).includes(level)) {
      throw this.check.error(
        'level',
        `must be one of ${Object.values(UsageLevel).join(', ')}`,
        level,
        'use `UsageLevel`',
      );
    }
    return this[level];
  }

  /**
   * Throws if the app costs this amount or more, and names the largest parts. For tests.
   *
   * @param dollars the limit in dollars a month, above 0
   * @param level the usage level; `UsageLevel.MODERATE` by default
   */
  public assertMonthlyBelow(dollars: number, level: UsageLevel = UsageLevel.MODERATE): void {
    if (Token.isUnresolved(dollars) || !(dollars > 0)) {
      const got = Token.isUnresolved(dollars) ? unquoted('a token') : dollars;
      throw this.check.error(
        'dollars',
        'must be above 0',
        got,
        'give an amount in dollars a month',
      );
    }
    const { monthlyDollars, parts } = this.at(level);
    if (monthlyDollars >= dollars) {
      const greatest = [...parts].sort((a, b) => b.dollars - a.dollars).slice(0, NAMED);
      throw this.check.error(
        `${level}.monthlyDollars`,
        `must be below ${formatDollars(dollars)}`,
        monthlyDollars,
        `the largest parts are ${greatest.map(formatPart).join('; ')}`,
      );
    }
  }
}

/** @internal */
export function costEstimateOf(estimate: AppEstimate): CostEstimate {
  return create(estimate);
}

function formatPart({ dollars, service, what, resource }: CostPart): string {
  const of = resource === undefined ? '' : ` of ${resource}`;
  return `${formatDollars(dollars)} ${service}, ${what}${of}`;
}

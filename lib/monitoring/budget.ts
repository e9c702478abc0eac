import { Token } from 'aws-cdk-lib';
import { BUDGET_DEFAULTS } from '../core/defaults';
import { PropCheck, unquoted } from '../props/prop-check';
import { checkProps } from '../props/check-props';
import { anything, listOf } from '../props/kinds';
import { propsOf } from '../props/prop-set';

/** Options of a budget. */
export interface BudgetOptions {
  /**
   * The percentages of actual cost at which AWS notifies, each above 0.
   *
   * @default [80, 100]
   */
  readonly actual?: number[];

  /**
   * The percentages of the month's forecast cost at which AWS notifies, each above 0. AWS forecasts after about five weeks of
   * data.
   *
   * @default [100]
   */
  readonly forecast?: number[];

  /**
   * Email addresses to notify in addition to the app's `notify`, for example those of the people who pay. Together with `notify`
   * at most ten.
   *
   * @default - those of `notify`
   */
  readonly notify?: string[];

  /**
   * The prefix of the budget's name, at most 91 characters, without `:` and `\`. A hash of the notifications follows, because AWS
   * does not allow a budget to change them.
   *
   * @default - CloudFormation chooses the name
   */
  readonly budgetName?: string;
}

/**
 * Percentages, addresses and the name have their own rules and messages.
 *
 * @internal
 */
export const BUDGET_PROPS = propsOf<BudgetOptions>()({
  actual: listOf<number>(anything()).defaultsTo(BUDGET_DEFAULTS.actual),
  forecast: listOf<number>(anything()).defaultsTo(BUDGET_DEFAULTS.forecast),
  notify: listOf<string>(anything()),
  budgetName: anything(),
});

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html */
const MAX_NOTIFICATIONS = 10;
/** 100 characters, minus a hyphen and the hash. */
const MAX_NAME = 91;

/**
 * The budget of an app for a month. Several times a day AWS compares it with the cost of all resources that have the app's tag,
 * and notifies `notify` and `notifyTopic`. A budget costs nothing. Each app with a budget creates its own.
 */
export class Budget {
  /**
   * A budget in dollars a month, with taxes and credits as on the bill.
   *
   * @param usd above 0
   */
  public static monthly(usd: number, options: BudgetOptions = {}): Budget {
    const check = new PropCheck('Budget', 'monthly');
    const given: unknown = usd;
    if (
      typeof given !== 'number' ||
      (!Token.isUnresolved(given) && !(given > 0 && Number.isFinite(given)))
    ) {
      const rule = 'must be a number of dollars above 0';
      throw check.error('usd', rule, given, 'write, for example, `Budget.monthly(200)`');
    }
    checkProps(options, BUDGET_PROPS, check);
    checkPercentages('actual', options.actual, check);
    checkPercentages('forecast', options.forecast, check);
    checkCount(options, check);
    checkName(options.budgetName, check);
    return new Budget(usd, options);
  }

  private constructor(
    /** Dollars a month. */
    public readonly monthlyUsd: number,
    options: BudgetOptions,
  ) {
    budgetOptions.set(this, options);
  }
}

const budgetOptions = new WeakMap<Budget, BudgetOptions>();

/** @internal */
export function budgetOptionsOf(budget: Budget): BudgetOptions {
  return budgetOptions.get(budget) ?? {};
}

function checkPercentages(
  prop: string,
  percentages: readonly number[] | undefined,
  check: PropCheck,
): void {
  percentages?.forEach((percentage, i) => {
    const given: unknown = percentage;
    if (
      typeof given !== 'number' ||
      (!Token.isUnresolved(given) && !(given > 0 && Number.isFinite(given)))
    ) {
      const remedy = `write, for example, \`{ ${prop}: [50, 100] }\``;
      throw check.error(`${prop}[${i}]`, 'must be a percentage above 0', given, remedy);
    }
    if (percentages.indexOf(percentage) < i) {
      const got = unquoted(`${percentage} twice`);
      throw check.error(prop, 'must not repeat a percentage', got, 'leave one of them out');
    }
  });
}

function checkCount(options: BudgetOptions, check: PropCheck): void {
  const { actual = BUDGET_DEFAULTS.actual, forecast = BUDGET_DEFAULTS.forecast } = options;
  const count = actual.length + forecast.length;
  if (count === 0 || count > MAX_NOTIFICATIONS) {
    throw check.error(
      'actual',
      `and \`forecast\` must together have from 1 to ${MAX_NOTIFICATIONS} percentages`,
      count,
      'leave them out for 80 and 100 % of actual, and 100 % of forecast cost',
    );
  }
}

function checkName(name: string | undefined, check: PropCheck): void {
  if (name === undefined || Token.isUnresolved(name)) {
    return;
  }
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME || /[:\\]/.test(name)) {
    const rule = `must have 1 to ${MAX_NAME} characters, without \`:\` and \`\\\``;
    throw check.error('budgetName', rule, name, 'give another name, or leave it out');
  }
}

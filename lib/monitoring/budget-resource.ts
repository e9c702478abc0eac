import { createHash } from 'node:crypto';
import { Stack, TagManager, Token } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import { IConstruct } from 'constructs';
import { checkAddresses } from './private/address-rules';
import { appName } from '../core/app-name';
import { BUDGET_DEFAULTS } from '../core/defaults';
import { unquoted } from '../props/prop-check';
import { Budget, budgetOptionsOf } from './budget';
import { Notifications } from './notifications';
import { COST_TAG } from '../cost/cost-tag';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';

/** Lower than the priority of any tag that the user sets. */
const TAG_PRIORITY = 10;

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html */
const MAX_ADDRESSES = 10;
const HASH_LENGTH = 8;

/**
 * Regions where CloudFormation does not support AWS::Budgets::Budget, according to the regional schemas of cfn-lint 1.5, read on
 * 2026-11-24. The regions of China are among them, which bill in another currency.
 */
const REGIONS_WITHOUT =
  /^(af-south-1|ap-east-[12]|ap-northeast-3|ap-south-2|ap-southeast-[34567]|ca-west-1|cn-.*|eu-central-2|eu-north-1|eu-south-[12]|il-central-1|me-central-1|mx-central-1|us-gov-.*)$/;

/** Whether a budget can be a resource of a stack in that region. */
export function supportsBudgets(region: string): boolean {
  return !REGIONS_WITHOUT.test(region);
}

/** The app's budget, and the tag that assigns costs to the app. */
export class BudgetResource {
  readonly resource: budgets.CfnBudget;

  private readonly tag: string;

  constructor(
    private readonly app: IServerlessApp,
    budget: Budget,
  ) {
    this.tag = appName(app);
    this.requireRegion();
    this.resource = this.makeBudget(budget);
    const { monthlyUsd: usd } = budget;
    if (!Token.isUnresolved(usd)) {
      AppContext.of(app).model.monitoring.budgetDollars = usd;
    }
  }

  /** Adds the cost tag to a construct of the app, in whichever stack it is. */
  mark(node: IConstruct): void {
    TagManager.of(node)?.setTag(COST_TAG, this.tag, TAG_PRIORITY);
  }

  private makeBudget(budget: Budget): budgets.CfnBudget {
    const { monthlyUsd: amount } = budget;
    const options = budgetOptionsOf(budget);
    const { actual = BUDGET_DEFAULTS.actual, forecast = BUDGET_DEFAULTS.forecast } = options;
    const subscribers = this.subscribers(options.notify ?? []);
    const tell = (
      notificationType: string,
      threshold: number,
    ): budgets.CfnBudget.NotificationWithSubscribersProperty => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold,
        thresholdType: 'PERCENTAGE',
      },
      subscribers,
    });
    const notifications = [
      ...actual.map((threshold) => tell('ACTUAL', threshold)),
      ...forecast.map((threshold) => tell('FORECASTED', threshold)),
    ];
    return new budgets.CfnBudget(this.app, 'Budget', {
      budget: {
        budgetName: this.nameOf(options.budgetName, notifications),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${COST_TAG}$${this.tag}`] },
      },
      notificationsWithSubscribers: notifications,
    });
  }

  /** A change of notifications creates another budget, and CloudFormation creates it while the old one still has its name. */
  private nameOf(given: string | undefined, notifications: readonly object[]): string | undefined {
    const text = JSON.stringify(Stack.of(this.app).resolve(notifications));
    const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
    return given === undefined ? undefined : `${given}-${hash}`;
  }

  /**
   * AWS Budgets notifies the addresses directly. They also subscribe to the app's topic, so only the user's own topic is added
   * here: each address gets one email, without confirmation.
   */
  private subscribers(others: readonly string[]): budgets.CfnBudget.SubscriberProperty[] {
    const notifications = Notifications.of(this.app);
    const check = AppContext.of(this.app).check;
    if (others.length > 0) {
      checkAddresses(others, check.at('budget'));
    }
    const addresses = [...new Set([...notifications.addresses, ...others])];
    const { userTopic } = notifications;
    if (addresses.length === 0 && userTopic === undefined) {
      throw check.error(
        'budget',
        'must have a notification target',
        unquoted('neither `notify` nor `notifyTopic`'),
        'give the app `notify: ["ops@example.com"]`',
      );
    }
    if (addresses.length > MAX_ADDRESSES) {
      throw check.error(
        'budget',
        `must have at most ${MAX_ADDRESSES} email addresses`,
        addresses.length,
        'give the address of a group, or your own topic: `notifyTopic`',
      );
    }
    return [
      ...addresses.map((address) => ({ subscriptionType: 'EMAIL', address })),
      ...(userTopic === undefined
        ? []
        : [{ subscriptionType: 'SNS', address: userTopic.topicArn }]),
    ];
  }

  private requireRegion(): void {
    const { region } = Stack.of(this.app);
    if (!Token.isUnresolved(region) && !supportsBudgets(region)) {
      throw AppContext.of(this.app).check.error(
        'budget',
        'must be left out in a region where CloudFormation does not support AWS::Budgets::Budget',
        unquoted(`a budget in ${region}`),
        `create one by hand or in a stack in us-east-1, for the tag \`${COST_TAG}\` = \`${this.tag}\``,
      );
    }
  }
}

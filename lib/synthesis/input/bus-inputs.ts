import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { EventBusInput, RuleInput, TopicInput } from '../../guard/guard-input';
import { pathOf } from './references';

const DEFAULT_BUS = 'default';

/** The rules that are deployed with the app's stack, including those that the app did not create. */
export function ruleInputs(resources: readonly CfnResource[]): RuleInput[] {
  return rulesIn(resources).flatMap((rule) => {
    const pattern: unknown = Stack.of(rule).resolve(rule.eventPattern);
    // A rule with a schedule has none.
    return pattern === undefined
      ? []
      : { path: pathOf(rule), patternCharacters: JSON.stringify(pattern).length };
  });
}

/** The event buses of these rules. */
export function eventBusInputs(resources: readonly CfnResource[]): EventBusInput[] {
  const counts = countBy(rulesIn(resources), ({ eventBusName }) => nameOf(eventBusName));
  return [...counts].map(([name, rules]) => ({ name, rules }));
}

/** The topics with filter policies that are deployed with the app's stack. */
export function topicInputs(resources: readonly CfnResource[]): TopicInput[] {
  const subscriptions = subscriptionsIn(resources).filter(
    ({ filterPolicy }) => filterPolicy !== undefined,
  );
  const counts = countBy(subscriptions, ({ topicArn }) => nameOf(topicArn));
  return [...counts].map(([name, filterPolicies]) => ({ name, filterPolicies }));
}

/** The subscriptions among the resources. */
export function subscriptionsIn(resources: readonly CfnResource[]): sns.CfnSubscription[] {
  return resources.filter(
    (part): part is sns.CfnSubscription => part.cfnResourceType === 'AWS::SNS::Subscription',
  );
}

/** The rules among the resources. */
export function rulesIn(resources: readonly CfnResource[]): events.CfnRule[] {
  return resources.filter(
    (part): part is events.CfnRule => part.cfnResourceType === 'AWS::Events::Rule',
  );
}

/** The construct path of what the name or ARN refers to, or the text itself. Shards, too, refer to the resource of the app's stack. */
function nameOf(name: string | undefined): string {
  if (name === undefined) {
    return DEFAULT_BUS;
  }
  const token = Tokenization.reverseCompleteString(name);
  return Reference.isReference(token) ? pathOf(token.target) : name;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

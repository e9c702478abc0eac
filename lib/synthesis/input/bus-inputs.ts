import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { EventBusInput, RuleInput, TopicInput } from '../../guard/guard-input';
import type { NamedEvents } from '../../kinds/trigger-kind';

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

/** What sends to a queue or a topic: a topic with a subscription, or an event bus with a rule. */
export interface Forwarding {
  /** The construct path of the topic or bus. */
  readonly source: string;
  /** Whether a filter policy selects the messages. */
  readonly narrowed: boolean;
  /** The events of a bus that the rule selects. */
  readonly events?: NamedEvents;
}

/**
 * The topics and buses that send to a queue or a topic, by the construct path of the queue or topic.
 *
 * @param defaultBus the construct path of the account’s default bus
 */
export function forwardings(
  resources: readonly CfnResource[],
  defaultBus: string,
): Map<string, Forwarding[]> {
  const found = new Map<string, Forwarding[]>();
  const add = (to: string, forwarding: Forwarding): void => {
    found.set(to, [...(found.get(to) ?? []), forwarding]);
  };
  for (const { endpoint, topicArn, filterPolicy, protocol } of subscriptionsIn(resources)) {
    if (protocol === 'sqs' && endpoint !== undefined) {
      add(nameOf(endpoint), { source: nameOf(topicArn), narrowed: filterPolicy !== undefined });
    }
  }
  const receivers = resources.filter(({ cfnResourceType: type }) =>
    ['AWS::SQS::Queue', 'AWS::SNS::Topic'].includes(type),
  );
  for (const rule of receivers.length === 0 ? [] : rulesIn(resources)) {
    const bus = nameOf(rule.eventBusName);
    const events = forwardedEvents(rule);
    for (const receiver of events === undefined ? [] : receiversOf(rule, receivers)) {
      const source = bus === DEFAULT_BUS ? defaultBus : bus;
      add(pathOf(receiver), { source, narrowed: false, events });
    }
  }
  return found;
}

/** The events that a rule forwards; undefined if functions cannot put them, as those of AWS services. */
function forwardedEvents(rule: events.CfnRule): NamedEvents | undefined {
  const pattern: unknown = Stack.of(rule).resolve(rule.eventPattern);
  const { source, 'detail-type': detailTypes } = (pattern ?? {}) as Record<string, unknown>;
  const ofServices =
    Array.isArray(source) && source.every((one) => typeof one === 'string' && /^aws\./.test(one));
  if (pattern === undefined || ofServices) {
    return undefined;
  }
  return Array.isArray(detailTypes) && detailTypes.every((one) => typeof one === 'string')
    ? { detailTypes: detailTypes }
    : {};
}

/** The queues and topics of the rule’s stack that are its targets. */
function receiversOf(rule: events.CfnRule, receivers: readonly CfnResource[]): CfnResource[] {
  const stack = Stack.of(rule);
  const targets = stack.resolve(rule.targets) as
    ReadonlyArray<{ readonly arn: unknown }> | undefined;
  const arns = new Set((targets ?? []).map(({ arn }) => JSON.stringify(arn)));
  return receivers.filter((receiver) => {
    const id = stack.getLogicalId(receiver);
    return (
      Stack.of(receiver) === stack &&
      [{ Ref: id }, { 'Fn::GetAtt': [id, 'Arn'] }, { 'Fn::GetAtt': [id, 'TopicArn'] }].some((arn) =>
        arns.has(JSON.stringify(arn)),
      )
    );
  });
}

function subscriptionsIn(resources: readonly CfnResource[]): sns.CfnSubscription[] {
  return resources.filter(
    (part): part is sns.CfnSubscription => part.cfnResourceType === 'AWS::SNS::Subscription',
  );
}

function rulesIn(resources: readonly CfnResource[]): events.CfnRule[] {
  return resources.filter(
    (part): part is events.CfnRule => part.cfnResourceType === 'AWS::Events::Rule',
  );
}

/** The path of the construct that made the resource. */
function pathOf({ node }: IConstruct): string {
  return node.scope?.node.path ?? node.path;
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

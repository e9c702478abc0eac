import { CfnResource, Stage } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';
import type { Listening } from '../../kinds/trigger-kind';
import { isPlainObject } from '../../trigger/pattern-json';
import { rulesIn, subscriptionsIn } from './bus-inputs';
import { keysOfFilter, listOf, membersOf, objectsOf } from './object-events';
import { pathOf, referredPath, withPaths } from './references';

/** What sends to a queue, a topic, a stream, a bus or a function: a topic, an event bus with a rule, or a bucket. */
export interface Forwarding extends Listening {
  /** The construct path of the topic, bus or bucket. */
  readonly source: string;
}

/** By the construct path of the receiver. */
export type Forwardings = ReadonlyMap<string, readonly Forwarding[]>;

/**
 * The topics, buses and buckets of the app’s stage that send to other resources, even if the rule or the subscription is in another stack.
 *
 * @param defaultBus the construct path of the account’s default bus
 */
export function forwardings(app: IConstruct, defaultBus: string): Forwardings {
  // Nothing refers to a resource of another stage.
  const whole = Stage.of(app) ?? app.node.root;
  const resources = whole.node.findAll().filter((part) => CfnResource.isCfnResource(part));
  const found = new Map<string, Forwarding[]>();
  const add = (to: unknown, forwarding: Forwarding): void => {
    const path = referredPath(to);
    if (path !== undefined) {
      found.set(path, [...(found.get(path) ?? []), forwarding]);
    }
  };
  for (const subscription of subscriptionsIn(resources)) {
    const source = referredPath(withPaths(subscription, subscription.topicArn));
    if (subscription.protocol === 'sqs' && source !== undefined) {
      const narrowed = subscription.filterPolicy !== undefined;
      add(withPaths(subscription, subscription.endpoint), { source, narrowed });
    }
  }
  for (const rule of rulesIn(resources)) {
    const targets = listOf(withPaths(rule, rule.targets));
    for (const forwarding of targets.length === 0 ? [] : sentBy(rule, defaultBus)) {
      targets.filter(isPlainObject).forEach(({ arn }) => {
        add(arn, forwarding);
      });
    }
  }
  for (const bucket of resources) {
    notificationsOf(bucket).forEach(({ to, ...forwarding }) => {
      add(to, forwarding);
    });
  }
  return found;
}

/** What a rule sends: the events of a bus that functions can put, or those of buckets’ objects. */
function sentBy(rule: events.CfnRule, defaultBus: string): Forwarding[] {
  const pattern = withPaths(rule, rule.eventPattern);
  if (!isPlainObject(pattern)) {
    return []; // a rule with a schedule
  }
  const objects = objectsOf(pattern).map(({ bucket: source, ...listening }) => ({
    source,
    ...listening,
  }));
  const { source: sources, 'detail-type': detailTypes, $or: alternatives } = pattern;
  const ofServices =
    Array.isArray(sources) &&
    sources.every((one) => typeof one === 'string' && /^aws\./.test(one)) &&
    !JSON.stringify(alternatives ?? []).includes('"source"');
  if (ofServices) {
    return objects;
  }
  const isPlain =
    alternatives === undefined &&
    Array.isArray(detailTypes) &&
    detailTypes.every((one) => typeof one === 'string' && referredPath(one) === undefined);
  const bus =
    rule.eventBusName === undefined ? defaultBus : referredPath(withPaths(rule, rule.eventBusName));
  return bus === undefined
    ? objects
    : [
        ...objects,
        {
          source: bus,
          narrowed: false,
          events: isPlain ? { detailTypes: detailTypes as string[] } : {},
        },
      ];
}

interface Notification extends Forwarding {
  /** The receiver, as `withPaths` resolves it. */
  readonly to: unknown;
}

/** What a bucket sends without EventBridge: by its own setting, or by the custom resource with which the CDK sets it. */
function notificationsOf(resource: CfnResource): Notification[] {
  if (resource.cfnResourceType === 'AWS::S3::Bucket') {
    const given = withPaths(resource, Reflect.get(resource, 'notificationConfiguration'));
    const { queueConfigurations, topicConfigurations, lambdaConfigurations } = membersOf(given);
    return [queueConfigurations, topicConfigurations, lambdaConfigurations]
      .flatMap(listOf)
      .map(membersOf)
      .map(({ queue, topic = queue, function: fn = topic, event, filter }) =>
        notification(pathOf(resource), fn, [event], filter),
      );
  }
  if (resource.cfnResourceType !== 'Custom::S3BucketNotifications') {
    return [];
  }
  const given = withPaths(resource, Reflect.get(resource, 'cfnProperties'));
  const { BucketName: name, NotificationConfiguration: all } = membersOf(given);
  const {
    QueueConfigurations: queues,
    TopicConfigurations: topics,
    LambdaFunctionConfigurations: functions,
  } = membersOf(all);
  const source = referredPath(name);
  return source === undefined
    ? []
    : [queues, topics, functions]
        .flatMap(listOf)
        .map(membersOf)
        .map(
          ({ QueueArn, TopicArn = QueueArn, LambdaFunctionArn: to = TopicArn, Events, Filter }) =>
            notification(source, to, listOf(Events), Filter),
        );
}

function notification(
  source: string,
  to: unknown,
  types: readonly unknown[],
  filter: unknown,
): Notification {
  const reports = (kind: string): boolean =>
    types.some((type) => typeof type !== 'string' || type.startsWith(kind));
  const objects = {
    ...keysOfFilter(filter),
    created: reports('s3:ObjectCreated:'),
    removed: reports('s3:ObjectRemoved:'),
  };
  return { source, to, narrowed: false, objects };
}

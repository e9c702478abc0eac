import { Stack, Token, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { amounts } from '../../estimate/usage-prop-set';
import { Failures } from '../../failure/failures';
import { AppFunctionOptions } from '../../function/app-function-props';
import { TOPIC_KIND } from '../../kinds/topic-kind';
import { instance, mapOf } from '../../props/kinds';
import { PropCheck, unquoted } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';
import { idOfSource, requireFirst, requireSource } from '../source-rules';
import { checkTopicFilters } from './topic-filters';
import { warn } from '../../core/messages';

/** Options of a topic trigger. */
export interface TopicTriggerOptions {
  /**
   * The messages that invoke the function, selected by their attributes: up to 5 attributes, and up to 150 combinations of
   * values. Not together with `filterPolicyWithMessageBody`.
   *
   * @default - all messages
   */
  readonly filterPolicy?: { readonly [attribute: string]: sns.SubscriptionFilter };

  /**
   * The messages that invoke the function, selected by their body, which must be JSON: up to 5 keys, and up to 150 combinations
   * of values, each multiplied by the depth of its key. SNS bills the bytes that it scans.
   *
   * @default - all messages
   */
  readonly filterPolicyWithMessageBody?: { readonly [key: string]: sns.FilterOrPolicy };

  /**
   * The expected number of messages in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise what functions of the app publish, otherwise 10,000, 100,000 and
   * 1 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

const FILTER = "write, for example, `SubscriptionFilter.stringFilter({ allowlist: ['order'] })`";
const BODY_FILTER = `${FILTER} inside \`FilterOrPolicy.filter(…)\``;

/** @internal */
export const TOPIC_TRIGGER_PROPS = propsOf<TopicTriggerOptions>()({
  filterPolicy: mapOf(instance('a filter', FILTER, 'conditions').required()),
  filterPolicyWithMessageBody: mapOf(instance('a filter', BODY_FILTER, 'type').required()),
  monthlyEvents: amounts(),
});

/** Options of `onNotification`: those of the function and of the trigger. */
export interface NotificationFunctionOptions extends AppFunctionOptions, TopicTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `send-mail.ts` gives `SendMail`
   */
  readonly id?: string;
}

/**
 * Messages of a topic; see `Trigger.topic`.
 *
 * @internal
 */
export class TopicTrigger implements ITrigger {
  constructor(
    private readonly topic: sns.ITopic,
    private readonly options: TopicTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { topic } = this;
    const { check } = FunctionContext.of(fn);
    const { monthlyEvents, ...filters } = acceptOptions(fn, this.options, TOPIC_TRIGGER_PROPS);
    requireSource(fn, topic, 'topic', check, ['region']);
    requireStandard(topic, check);
    checkTopicFilters(filters, check);
    const id = `Topic${idOfSource(fn, topic)}`;
    requireFirst(
      fn,
      id,
      topic,
      'topic',
      'put all values into one filter policy, or add another function',
    );
    this.permit(fn, id);
    const subscription = this.subscribe(fn, id);
    warnOfOtherAccount(fn, topic);
    return {
      kind: TOPIC_KIND.kind,
      invocation: InvocationType.ASYNCHRONOUS,
      source: topic.node.path,
      details: {
        topicArn: topic.topicArn,
        subscriptionArn: (subscription.node.defaultChild as sns.CfnSubscription).ref,
        filtered: filteredBy(filters),
        monthlyEvents: levelModel(monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }

  private permit(fn: IAppFunction, id: string): void {
    fn.target.addPermission(`${id}Permission`, {
      scope: fn,
      principal: new iam.ServicePrincipal('sns.amazonaws.com'),
      sourceArn: this.topic.topicArn,
    });
  }

  /** Unlike the CDK's own dead-letter option, `letTopicSend` writes one statement for all topics of the app. */
  private subscribe(fn: IAppFunction, id: string): sns.Subscription {
    const { topic } = this;
    const { filterPolicy, filterPolicyWithMessageBody } = this.options;
    const subscription = FunctionContext.of(fn).check.withPropPath(
      '',
      () =>
        new sns.Subscription(fn, id, {
          topic,
          protocol: sns.SubscriptionProtocol.LAMBDA,
          endpoint: fn.target.functionArn,
          filterPolicy,
          filterPolicyWithMessageBody,
        }),
    );
    const resource = subscription.node.defaultChild as sns.CfnSubscription;
    if (fn.alias !== undefined) {
      Validations.of(resource).acknowledge({
        id: 'CloudFormation-Validate::W3694',
        reason: 'SNS invokes an alias by its ARN, as it does a function',
      });
    }
    Failures.of(fn).letTopicSend(topic);
    resource.redrivePolicy = {
      deadLetterTargetArn: fn.app.failureQueue.queueArn,
    };
    return subscription;
  }
}

/** Lambda cannot subscribe to a FIFO topic: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html */
function requireStandard(topic: sns.ITopic, check: PropCheck): void {
  const isFifo =
    topic.fifo || (!Token.isUnresolved(topic.topicArn) && topic.topicArn.endsWith('.fifo'));
  if (isFifo) {
    throw check.error(
      'topic',
      'must be a standard topic, because SNS delivers messages of a FIFO topic to queues only',
      unquoted(`${topic.node.path}, which is a FIFO topic`),
      'subscribe a queue: `topic.addSubscription(new SqsSubscription(queue))`, where `queue` is `app.addQueue("Q", { fifo: true })`, and use `onMessage(queue, …)`',
    );
  }
}

function filteredBy(options: TopicTriggerOptions): 'attributes' | 'body' | undefined {
  if (options.filterPolicy !== undefined) {
    return 'attributes';
  }
  return options.filterPolicyWithMessageBody === undefined ? undefined : 'body';
}

function warnOfOtherAccount(fn: IAppFunction, topic: sns.ITopic): void {
  const [ours, theirs] = [Stack.of(fn).account, topic.env.account];
  if (Token.isUnresolved(ours) || Token.isUnresolved(theirs) || ours === theirs) {
    return;
  }
  warn(
    fn,
    'cdk-serverless-app:topic-of-other-account',
    `${fn.node.path}: ${topic.node.path} is in the account ${theirs}, so its policy must grant \`sns:Subscribe\` to the account ` +
      `${ours}; otherwise CloudFormation cannot create the subscription`,
  );
}

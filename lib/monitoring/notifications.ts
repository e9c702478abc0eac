import { RemovalPolicy, Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { perApp } from '../core/per-app';
import { alarmScope } from './private/alarm-scope';
import { checkAddresses } from './private/address-rules';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';

/** The app's props that configure notifications. */
export interface NotificationProps {
  readonly notify?: readonly string[];
  readonly notifyTopic?: sns.ITopic;
}

/** Who is notified: email addresses, through the app's own topic, and the user's own topic. */
export class Notifications {
  static readonly of = perApp((context) => new Notifications(context));

  readonly addresses: readonly string[];

  /** The email subscriptions to the app's own topic, once it exists. */
  readonly subscriptions: sns.Subscription[] = [];

  private made?: sns.Topic;
  private readonly connected = new Set<cloudwatch.AlarmBase>();

  private readonly app: IServerlessApp;
  private readonly given: NotificationProps;

  private constructor({ app, check, props }: AppContext) {
    this.app = app;
    this.given = props;
    checkAddresses(this.given.notify, check);
    this.addresses = this.given.notify ?? [];
  }

  /** Whether the app has a notification target. */
  get isAsked(): boolean {
    return this.addresses.length > 0 || this.given.notifyTopic !== undefined;
  }

  /** The user's own topic, if there is one. */
  get userTopic(): sns.ITopic | undefined {
    return this.given.notifyTopic;
  }

  /** The topics to publish to: the app's own, which sends email, and the user's. The first access creates the app's own. */
  get topics(): sns.ITopic[] {
    return [
      ...(this.addresses.length > 0 ? [this.ownTopic] : []),
      ...(this.given.notifyTopic === undefined ? [] : [this.given.notifyTopic]),
    ];
  }

  /** The app's own topic, if anything has needed it so far. */
  get existingTopic(): sns.Topic | undefined {
    return this.made;
  }

  /** Connects an alarm to all targets, and if requested also its change to insufficient data. */
  connect(alarm: cloudwatch.AlarmBase, alarmsOnMissingData = false): void {
    if (this.connected.has(alarm)) {
      return;
    }
    this.connected.add(alarm);
    for (const topic of this.topics) {
      const action = { bind: () => ({ alarmActionArn: topic.topicArn }) };
      alarm.addAlarmAction(action);
      if (alarmsOnMissingData) {
        alarm.addInsufficientDataAction(action);
      }
    }
  }

  private get ownTopic(): sns.Topic {
    this.made ??= this.makeTopic();
    return this.made;
  }

  private makeTopic(): sns.Topic {
    const scope = alarmScope(this.app);
    const topic = new sns.Topic(scope, 'Topic', {
      displayName: this.app.node.path.slice(0, 100),
      enforceSSL: true,
      masterKey: this.makeKey(scope),
    });
    topic.addToResourcePolicy(this.mayPublish('cloudwatch', topic.topicArn, this.anyAlarm()));
    topic.addToResourcePolicy(this.mayPublish('budgets', topic.topicArn, this.anyBudget()));
    this.addresses.forEach((address, i) => {
      const id = Token.isUnresolved(address) ? `Mail${i + 1}` : address;
      const protocol = sns.SubscriptionProtocol.EMAIL;
      this.subscriptions.push(
        new sns.Subscription(topic, id, { topic, protocol, endpoint: address }),
      );
    });
    return topic;
  }

  /**
   * The AWS-managed key for SNS does not allow CloudWatch and AWS Budgets to publish, and its policy cannot be changed
   * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html). The key is removed with the stack, because a topic
   * stores nothing.
   */
  private makeKey(scope: Construct): kms.Key {
    const key = new kms.Key(scope, 'TopicKey', {
      description: `Encrypts the notifications of ${this.app.node.path}`.slice(0, 8192),
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: ['cloudwatch', 'budgets'].map(
          (service) => new iam.ServicePrincipal(`${service}.amazonaws.com`),
        ),
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'], // in a key policy, `*` means that key
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this.app).account } },
      }),
    );
    AppContext.of(this.app).model.keys.push({
      id: key.node.id,
      path: key.node.path,
      name: key.keyId,
      made: true,
    });
    return key;
  }

  private mayPublish(service: string, topicArn: string, sourceArn: string): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
      actions: ['sns:Publish'],
      resources: [topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(this.app).account },
        ArnLike: { 'aws:SourceArn': sourceArn },
      },
    });
  }

  private anyAlarm(): string {
    const { partition, region, account } = Stack.of(this.app);
    return `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`;
  }

  private anyBudget(): string {
    const { partition, account } = Stack.of(this.app);
    return `arn:${partition}:budgets::${account}:*`;
  }
}

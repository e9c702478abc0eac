import { Annotations, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { UsageAmounts } from '../../estimate/usage';
import { AppBucket, isAround } from '../../storage/app-bucket';
import { eventsOverlap } from '../../model/object-event-types';
import { PropCheck } from '../../props/prop-check';
import { levelModel } from '../../estimate/usage-model';
import { acceptOptions } from '../../core/accept-options';
import { amounts } from '../../estimate/usage-prop-set';
import { listOf, oneOf, text } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import { checkKeyFilter, encodeKeyFilter } from './key-filter';
import { connectByEventBridge } from './object-rule';
import { requireSource } from '../source-rules';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';

/** Options of a trigger by objects. */
export interface ObjectTriggerOptions {
  /**
   * The beginning of the keys of the objects that count, for example `uploads/`: the key as it is, not URL-encoded, since the library
   * encodes it where S3 asks for that. At most 1,024 bytes, without a `/` in front, and without `*`, which is no wildcard to S3.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * The end of those keys, for example `.csv`: as they are, not URL-encoded. At most 1,024 bytes, without `*`.
   *
   * @default - all objects
   */
  readonly suffix?: string;

  /**
   * The kinds of S3 events.
   *
   * @default [EventType.OBJECT_CREATED]
   */
  readonly eventTypes?: s3.EventType[];

  /**
   * How many objects you expect in a month, for the estimate of the cost; nothing else follows from it.
   *
   * @default - what the function's or the app's `usage` says; else as many as functions of the app write, or 1,000, 10,000 and
   * 100,000 where none of them writes to the bucket
   */
  readonly monthlyEvents?: UsageAmounts;
}

/** @internal */
export const OBJECT_TRIGGER_PROPS = propsOf<ObjectTriggerOptions>()({
  prefix: text(),
  suffix: text(),
  eventTypes: listOf(oneOf('EventType', () => s3.EventType)).defaultsTo([
    s3.EventType.OBJECT_CREATED,
  ]),
  monthlyEvents: amounts(),
});

/**
 * An object that was created, removed and so on; see `Trigger.objectCreated`.
 *
 * @internal
 */
export class ObjectTrigger implements ITrigger {
  constructor(
    private readonly bucket: s3.IBucket,
    private readonly options: ObjectTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { bucket } = this;
    const options = acceptOptions(fn, this.options, OBJECT_TRIGGER_PROPS);
    checkOptions(options, FunctionContext.of(fn).check);
    requireSource(fn, bucket, 'bucket', FunctionContext.of(fn).check);
    const { eventTypes } = options;
    const native =
      bucket instanceof AppBucket &&
      bucket.hasDeterministicName &&
      isAround(Stack.of(bucket), Stack.of(fn));
    if (native) {
      this.notify(bucket, fn, eventTypes);
    } else {
      connectByEventBridge(fn, bucket, eventTypes, options);
      this.requireEventBridge(fn);
    }
    return {
      kind: 'objectCreated',
      invocation: InvocationType.ASYNCHRONOUS,
      source: bucket.node.path,
      details: {
        eventTypes,
        prefix: options.prefix,
        suffix: options.suffix,
        by: native ? 's3' : 'eventBridge',
        monthlyEvents: levelModel(
          options.monthlyEvents,
          FunctionContext.of(fn).check.at('monthlyEvents'),
        ),
      },
    };
  }

  /** S3 notifies the function itself: nothing stands between them. */
  private notify(bucket: AppBucket, fn: IAppFunction, eventTypes: readonly s3.EventType[]): void {
    const { prefix, suffix } = this.options;
    const rules = [
      ...(prefix === undefined ? [] : [{ name: 'prefix', value: encodeKeyFilter(prefix) }]),
      ...(suffix === undefined ? [] : [{ name: 'suffix', value: encodeKeyFilter(suffix) }]),
    ];
    const permission = permit(bucket, fn);
    for (const event of eventTypes) {
      bucket.notifyFunction(
        {
          event,
          function: fn.target.functionArn,
          filter: rules.length > 0 ? { s3Key: { rules } } : undefined,
        },
        permission,
      );
    }
  }

  private requireEventBridge(fn: IAppFunction): void {
    const { bucket } = this;
    if (AppBucket.isAppBucket(bucket)) {
      bucket.enableEventBridgeNotification();
      return;
    }
    if (bucket instanceof s3.Bucket) {
      fn.node.addValidation({
        validate: () => (sendsToEventBridge(bucket) ? [] : [this.missingEventBridge(fn, bucket)]),
      });
      return;
    }
    Annotations.of(fn).addWarningV2(
      'cdk-serverless-app:imported-bucket',
      `${fn.node.path}: ${bucket.node.path} is not of this app, so its objects reach the function through EventBridge: see that the ` +
        'bucket sends its events there (properties of the bucket, “Amazon EventBridge: on”), and that the handler expects an ' +
        'EventBridge event, not an S3 one',
    );
  }

  private missingEventBridge(fn: IAppFunction, bucket: s3.IBucket): string {
    return FunctionContext.of(fn).check.error(
      'bucket',
      'must send its events to EventBridge, since it is not made by `addBucket`',
      `${bucket.node.path}, which does not`,
      'make it with `addBucket`, which needs no EventBridge, or give it `eventBridgeEnabled: true`',
    ).message;
  }
}

function checkOptions(options: ObjectTriggerOptions, check: PropCheck): void {
  checkKeyFilter(options, check);
  if (options.eventTypes?.length === 0) {
    throw check.error(
      'eventTypes',
      'must name at least one kind of event',
      'an empty list',
      'leave it out for created objects',
    );
  }
  checkOverlaps(options.eventTypes ?? [], check);
}

/** S3 refuses a configuration in which one event would be told twice. */
function checkOverlaps(eventTypes: readonly s3.EventType[], check: PropCheck): void {
  eventTypes.forEach((eventType, index) => {
    const earlier = eventTypes.slice(0, index).find((other) => eventsOverlap(eventType, other));
    if (earlier !== undefined) {
      throw check.error(
        'eventTypes',
        'must name each kind of event once',
        `${earlier} and ${eventType}`,
        'leave one of them out: a `*` stands for all kinds that begin like it',
      );
    }
  });
}

/** One permission for a function and bucket, however many kinds of events and prefixes there are. */
function permit(bucket: AppBucket, fn: IAppFunction): IConstruct {
  const id = `ObjectPermission${bucket.node.scope === fn.app ? bucket.node.id : Names.nodeUniqueId(bucket.node)}`;
  const existing = fn.node.tryFindChild(id);
  if (existing !== undefined) {
    return existing;
  }
  fn.target.addPermission(id, {
    scope: fn,
    principal: new iam.ServicePrincipal('s3.amazonaws.com'),
    sourceArn: bucket.deterministicArn,
    sourceAccount: Stack.of(fn).account,
  });
  return fn.node.findChild(id);
}

function sendsToEventBridge(bucket: s3.Bucket): boolean {
  const stack = Stack.of(bucket);
  const cfnBucket = bucket.node.defaultChild as s3.CfnBucket;
  const configuration = stack.resolve(cfnBucket.notificationConfiguration) as
    s3.CfnBucket.NotificationConfigurationProperty | undefined;
  if (configuration?.eventBridgeConfiguration !== undefined) {
    return true;
  }
  // The CDK's own construct for notifications of any kind. What it keeps of EventBridge is not public, so where a version of
  // the CDK calls it otherwise, the bucket has the benefit of the doubt.
  const notifications = bucket.node.tryFindChild('Notifications');
  return (
    notifications !== undefined &&
    stack.resolve(Reflect.get(notifications, 'eventBridgeEnabled')) !== false
  );
}

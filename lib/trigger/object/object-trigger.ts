import { Annotations, Stack } from 'aws-cdk-lib';
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
import { idOfSource, requireSource } from '../source-rules';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';

/** Options of an object trigger. */
export interface ObjectTriggerOptions {
  /**
   * The prefix of the object keys, for example `uploads/`: the plain key, not URL-encoded, because the library encodes it where S3
   * requires that. At most 1,024 bytes, without a leading `/`, and without `*`, which is not a wildcard in S3.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * The suffix of the object keys, for example `.csv`: the plain key, not URL-encoded. At most 1,024 bytes, without `*`.
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
   * The expected number of objects in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise what functions of the app write to the bucket, otherwise 1,000,
   * 10,000 and 100,000
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
 * Events of the objects in a bucket; see `Trigger.objectCreated`.
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

  /** S3 notifies the function directly. */
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
      `${fn.node.path}: ${bucket.node.path} is not a bucket of this app, so its events reach the function through EventBridge: make sure that the ` +
        'bucket sends its events there (“Amazon EventBridge: on” in the bucket’s properties), and that the handler expects an ' +
        'EventBridge event, not an S3 one',
    );
  }

  private missingEventBridge(fn: IAppFunction, bucket: s3.IBucket): string {
    return FunctionContext.of(fn).check.error(
      'bucket',
      'must send its events to EventBridge, because `addBucket` did not create it',
      `${bucket.node.path}, which does not`,
      'create it with `addBucket`, which needs no EventBridge, or give it `eventBridgeEnabled: true`',
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

/** S3 rejects a configuration that would notify twice about one event. */
function checkOverlaps(eventTypes: readonly s3.EventType[], check: PropCheck): void {
  eventTypes.forEach((eventType, index) => {
    const earlier = eventTypes.slice(0, index).find((other) => eventsOverlap(eventType, other));
    if (earlier !== undefined) {
      throw check.error(
        'eventTypes',
        'must not repeat a kind of event',
        `${earlier} and ${eventType}`,
        'leave one of them out: a `*` covers all kinds with that prefix',
      );
    }
  });
}

/** One permission for each function and bucket, however many triggers connect them. */
function permit(bucket: AppBucket, fn: IAppFunction): IConstruct {
  const id = `ObjectPermission${idOfSource(fn, bucket)}`;
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
  // The CDK's own construct for notifications. Its EventBridge setting is not public. If another version of the CDK names it
  // differently, the bucket is assumed to send its events.
  const notifications = bucket.node.tryFindChild('Notifications');
  return (
    notifications !== undefined &&
    stack.resolve(Reflect.get(notifications, 'eventBridgeEnabled')) !== false
  );
}

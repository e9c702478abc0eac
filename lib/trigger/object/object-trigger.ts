import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { AppBucket, isAround } from '../../storage/app-bucket';
import { levelModel } from '../../estimate/usage-model';
import { acceptOptions } from '../../core/accept-options';
import { encodeKeyFilter } from './key-filter';
import { checkObjectOptions, OBJECT_TRIGGER_PROPS, ObjectTriggerOptions } from './object-options';
import { functionListener } from '../event-target';
import { connectByEventBridge } from './object-rule';
import { idOfSource, requireSource } from '../source-rules';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';

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
    checkObjectOptions(options, FunctionContext.of(fn).check);
    requireSource(fn, bucket, 'bucket', FunctionContext.of(fn).check);
    const { eventTypes } = options;
    const native =
      bucket instanceof AppBucket &&
      bucket.hasDeterministicName &&
      isAround(Stack.of(bucket), Stack.of(fn));
    if (native) {
      this.notify(bucket, fn, eventTypes);
    } else {
      connectByEventBridge(functionListener(fn), bucket, eventTypes, options);
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

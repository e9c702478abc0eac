import { CfnResource, Stack } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { AppContext } from '../core/app-context';
import { IServerlessApp } from '../core/contract';
import { requireFreeId } from '../core/free-ids';
import { claimName } from '../core/physical-names';
import { checkProps } from '../props/check-props';
import { withoutUndefined } from '../props/options';
import { unquoted } from '../props/prop-check';
import { STREAM_PROPS } from './stream-prop-set';

/**
 * A Kinesis stream of the app: encrypted, on demand unless the user gave a number of shards, and retained with the data. Options of
 * the user override these.
 */
export function addStream(
  app: IServerlessApp,
  id: string,
  props: kinesis.StreamProps,
): kinesis.Stream {
  const context = AppContext.of(app);
  requireFreeId(context, id, 'streams', 'give it another id');
  const check = context.check.at(`streams.${id}`);
  checkProps(props, STREAM_PROPS, check);
  if (props.streamMode === kinesis.StreamMode.ON_DEMAND && props.shardCount !== undefined) {
    throw check.error(
      'shardCount',
      'must be left out for an on-demand stream, which chooses its shards itself',
      props.shardCount,
      'leave out one of `shardCount` and `streamMode`',
    );
  }
  if (props.encryption === kinesis.StreamEncryption.UNENCRYPTED) {
    throw check.error(
      'encryption',
      'must encrypt the stream',
      unquoted('`StreamEncryption.UNENCRYPTED`'),
      'leave it out: the AWS managed key costs nothing',
    );
  }
  context.changes.record(props, STREAM_PROPS, `streams.${id}`);
  claimName(app, 'streamName', props.streamName, check);
  return check.withPropPath(
    '',
    () =>
      new kinesis.Stream(app, id, {
        // Without a value the CDK adds a condition to the template, for two regions of China.
        encryption:
          props.encryptionKey === undefined
            ? kinesis.StreamEncryption.MANAGED
            : kinesis.StreamEncryption.KMS,
        streamMode:
          props.shardCount === undefined
            ? kinesis.StreamMode.ON_DEMAND
            : kinesis.StreamMode.PROVISIONED,
        removalPolicy: context.defaults.removalPolicy,
        ...withoutUndefined(props),
      }),
  );
}

/** The stream's settings for the model of its trigger. Those of an imported stream are unknown. */
export function streamSettings(stream: kinesis.IStream): Readonly<Record<string, unknown>> {
  const { defaultChild } = stream.node;
  if (!CfnResource.isCfnResource(defaultChild)) {
    return {};
  }
  const { streamModeDetails, shardCount } = defaultChild as kinesis.CfnStream;
  const mode: unknown = Stack.of(stream).resolve(streamModeDetails);
  const onDemand = JSON.stringify(mode ?? {}).includes(kinesis.StreamMode.ON_DEMAND);
  return { mode: onDemand ? 'onDemand' : 'provisioned', shards: onDemand ? undefined : shardCount };
}

import { RemovalPolicy } from 'aws-cdk-lib';
import { StreamEncryption, StreamMode, StreamProps } from 'aws-cdk-lib/aws-kinesis';
import { stageDefault } from '../core/defaults';
import { STREAM_KIND } from '../kinds/stream-kind';
import { duration, instance, integer, oneOf, passedOn, textOf } from '../props/kinds';
import { propsOf } from '../props/prop-set';

const ROW = STREAM_KIND.defaults?.part ?? '';

/**
 * The CDK's own options of a stream.
 *
 * Ranges: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html,
 * of the name: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
 */
export const STREAM_PROPS = propsOf<StreamProps>('aws-kinesis/lib/stream#StreamProps')({
  streamName: textOf(1, 128, {
    what: 'of letters, digits, `_`, `-` and `.`',
    fits: /^[A-Za-z0-9_.-]+$/,
  }),
  retentionPeriod: duration(86_400, 31_536_000, {
    tokenUnit: 'hours',
    remedy: 'write, for example, `Duration.days(7)`',
  }),
  shardCount: integer(1, undefined, 'shards').in(ROW),
  streamMode: oneOf('StreamMode', () => StreamMode).in(ROW),
  encryption: oneOf('StreamEncryption', () => StreamEncryption).in(ROW),
  encryptionKey: instance('a key', 'write, for example, `new Key(…)`', 'keyArn').in(ROW),
  removalPolicy: oneOf('RemovalPolicy', () => RemovalPolicy)
    .byStage(stageDefault('removalPolicy'))
    .in(ROW),
  ...passedOn('shardLevelMetrics'),
});

import { FifoThroughputScope, TopicProps, TracingConfig } from 'aws-cdk-lib/aws-sns';
import { TOPIC_KIND } from '../kinds/topic-kind';
import { flag, fullText, instance, integer, oneOf, passedOn, textOf } from '../props/kinds';
import { propsOf } from '../props/prop-set';

const ROW = TOPIC_KIND.defaults?.part ?? '';

/**
 * The CDK's own options of a topic.
 *
 * Ranges: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html,
 * of the name: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export const TOPIC_PROPS = propsOf<TopicProps>('aws-sns/lib/topic#TopicProps')({
  displayName: fullText(),
  topicName: textOf(1, 256, {
    what: 'of letters, digits, `_` and `-`, ending with `.fifo` for a FIFO topic',
    fits: /^[A-Za-z0-9_-]+(\.fifo)?$/,
  }),
  masterKey: instance('a key', 'write, for example, `new Key(…)`', 'keyArn').in(ROW),
  contentBasedDeduplication: flag(),
  fifo: flag(),
  messageRetentionPeriodInDays: integer(1, 365, 'days'),
  enforceSSL: flag().defaultsTo(true).in(ROW),
  signatureVersion: oneOf('1 or 2', () => ({ ONE: '1', TWO: '2' })),
  tracingConfig: oneOf('TracingConfig', () => TracingConfig),
  fifoThroughputScope: oneOf('FifoThroughputScope', () => FifoThroughputScope),
  ...passedOn('loggingConfigs'),
});

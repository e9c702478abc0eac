import { PropCheck, unquoted } from '../../props/prop-check';
import { isPlainObject } from '../pattern-json';

/**
 * Rejects a pattern that matches no message. Lambda compares only the body of a message:
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function checkMessageFilter(
  pattern: Readonly<Record<string, unknown>>,
  check: PropCheck,
): void {
  for (const [name, part] of Object.entries(pattern)) {
    if (name === '$or' && Array.isArray(part)) {
      part.filter(isPlainObject).forEach((one) => {
        checkMessageFilter(one, check);
      });
    } else if (name !== 'body') {
      throw check.error(
        name,
        'must be `body`, the only field that Lambda compares for a queue',
        unquoted(RECORD.includes(name) ? 'another field of the record' : 'an unknown field'),
        RECORD.includes(name)
          ? 'let the sender write it into the body, or filter in the subscription of the topic'
          : `write \`body: { ${name}: … }\``,
      );
    }
  }
}

const RECORD = [
  'messageId',
  'receiptHandle',
  'attributes',
  'messageAttributes',
  'md5OfBody',
  'eventSource',
  'eventSourceARN',
  'awsRegion',
];

import { instance } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import type { RequestPart } from './request-part';

/** How requests become messages of a queue. */
export interface RequestMessageOptions {
  /**
   * The group of a message. A FIFO queue delivers the messages of a group in order and needs it; a standard queue shares its consumer
   * fairly among groups. A group has 1 to 128 letters, digits and punctuation marks; a request with any other group gets 400.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
   * @default - no group; an error for a FIFO queue
   */
  readonly messageGroup?: RequestPart;

  /**
   * The part that identifies repeated requests: if two within five minutes have the same value, a FIFO queue accepts the second and does
   * not deliver it.
   *
   * @default - the body if the queue has `contentBasedDeduplication`; otherwise each request is a message
   */
  readonly deduplication?: RequestPart;
}

const REMEDY = "write, for example, `RequestPart.path('id')`";

/** @internal */
export const REQUEST_MESSAGE_PROPS = propsOf<RequestMessageOptions>()({
  messageGroup: instance('a RequestPart', REMEDY, 'place'),
  deduplication: instance('a RequestPart', REMEDY, 'place'),
});

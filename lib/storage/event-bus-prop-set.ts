import { duration, fullText, instance, passedOn, textOf } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import type { AppEventBusProps } from './app-event-bus-props';

const DAY = 86_400;
/** A limit of this library: ten years. EventBridge keeps an archive forever if it has no retention. */
const MAX_DAYS = 3650;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
export const EVENT_BUS_PROPS = propsOf<AppEventBusProps>('aws-events/lib/event-bus#EventBusProps')({
  eventBusName: textOf(1, 256, {
    what: 'of letters, digits, `_`, `-` and `.`',
    fits: /^[A-Za-z0-9_.-]+$/,
  }),
  eventSourceName: fullText(),
  deadLetterQueue: instance('a queue', 'write, for example, `new Queue(…)`', 'queueArn'),
  description: fullText(),
  kmsKey: instance('a key', 'write, for example, `new Key(…)`', 'keyArn'),
  archiveRetention: duration(DAY, MAX_DAYS * DAY, { tokenUnit: 'days' }),
  ...passedOn('logConfig'),
});

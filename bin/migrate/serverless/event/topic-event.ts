import type { EventModel } from '../../model';
import { topicFilter } from '../../read/event-parts';
import { sourceOf } from '../../read/source';
import { isMap, mapOf, textOf, Value } from '../../value';
import { normalized } from '../logical-names';
import type { EventContext } from './event-context';

export function readTopic(value: Value, context: EventContext): EventModel {
  const given = mapOf(value);
  if (given.redrivePolicy !== undefined) {
    context.note({
      kind: 'differs',
      at: context.at,
      text: 'the redrive policy of the subscription is not carried over: messages that fail go to the app’s failure queue',
    });
  }
  const filter = topicFilter(given.filterPolicy, given.filterPolicyScope);
  const arn =
    given.arn ??
    (typeof value === 'string' && !value.startsWith('arn:')
      ? undefined
      : isMap(value) && given.topicName !== undefined
        ? undefined
        : value);
  if (arn !== undefined) {
    return { kind: 'topic', source: sourceOf(arn), ...filter };
  }
  const name = given.topicName ?? value;
  return {
    kind: 'topic',
    source: { name, makes: `SNSTopic${normalized(textOf(name) ?? 'Topic')}` },
    ...filter,
  };
}

import type { EventOf, SourceModel } from '../model';
import { mapOf, numberOf, Value } from '../value';

/** The filter policy of a subscription, and whether it applies to the message body. */
export function topicFilter(
  policy: Value,
  scope: Value,
): Pick<EventOf<'topic'>, 'filter' | 'filterBody'> {
  return {
    filter: policy === undefined ? undefined : mapOf(policy),
    filterBody: scope === 'MessageBody',
  };
}

/** The retry policy of a rule. `attempts` and `maxAge` are the names of its two members in the definition. */
export function retryPolicy(
  value: Value,
  attempts: string,
  maxAge: string,
): EventOf<'events'>['retry'] {
  const given = mapOf(value);
  return value === undefined
    ? undefined
    : { attempts: numberOf(given[attempts]), maxAge: numberOf(given[maxAge]) };
}

/** The event bus of a rule, or nothing for the default bus of the account. */
export function ownBus(
  value: Value,
  sourceOf: (value: Value) => SourceModel,
): SourceModel | undefined {
  return value === undefined || value === 'default' ? undefined : sourceOf(value);
}

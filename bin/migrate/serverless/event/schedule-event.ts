import type { EventModel } from '../../model';
import { isMap, listOf, mapOf, Value } from '../../value';
import type { EventContext } from './event-context';

export function readSchedule(value: Value, { note, at }: EventContext): EventModel[] {
  const given = mapOf(value);
  const rates = isMap(value) && given.rate !== undefined ? listOf(given.rate) : [value];
  if (given.inputPath !== undefined || given.inputTransformer !== undefined) {
    note({
      kind: 'lost',
      at,
      text: '`inputPath` and `inputTransformer` of a schedule are not carried over: EventBridge Scheduler has only `input`, so write what the handler needs there',
    });
  }
  return rates.map((expression) => ({
    kind: 'schedule',
    expression,
    enabled: given.enabled ?? true,
    timeZone: given.timezone,
    input: given.input,
  }));
}

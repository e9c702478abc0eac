import type { EventModel } from '../../model';
import { mapOf, textOf, Value } from '../../value';
import { normalized } from '../logical-names';
import type { EventContext } from './event-context';

export function readUserPool(value: Value, { note, at }: EventContext): EventModel[] {
  const given = mapOf(value);
  const operation = textOf(given.trigger) ?? '';
  if (given.existing === true) {
    note({
      kind: 'lost',
      at,
      text: `the trigger ${operation} of the existing user pool ${textOf(given.pool) ?? ''} is not carried over: a trigger is a setting of the pool, so set it where the pool is declared`,
    });
    return [];
  }
  const pool = textOf(given.pool) ?? 'Users';
  return [
    {
      kind: 'userPool',
      source: { name: given.pool, makes: `CognitoUserPool${normalized(pool)}` },
      operation,
    },
  ];
}

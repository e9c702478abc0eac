import type { EventOf } from '../../model';
import { textOf, Value } from '../../value';
import { call, Node, object, quote } from '../print';
import type { Scope } from '../scope';
import { anyNode, flagNode, textNode } from '../values';

export function scheduleNode(expression: Value, timeZone: Value, scope: Scope): Node {
  const zone = textOf(timeZone);
  return call(`${scope.module('scheduler')}.ScheduleExpression.expression`, [
    textNode(expression, scope),
    ...(zone === undefined ? [] : [call(`${scope.cdk('TimeZone')}.of`, [quote(zone)])]),
  ]);
}

export function scheduleOptions({ input, enabled }: EventOf<'schedule'>, scope: Scope): Node {
  const data = typeof input === 'string' ? parsed(input) : input;
  return object({
    input:
      data === undefined
        ? undefined
        : call(
            `${scope.module('scheduler')}.ScheduleTargetInput.${typeof data === 'string' ? 'fromText' : 'fromObject'}`,
            [anyNode(data, scope)],
          ),
    enabled: flagNode(enabled ?? true, scope),
  });
}

export function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

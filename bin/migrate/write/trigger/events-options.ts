import type { EventOf } from '../../model';
import { call, code, Node, object } from '../print';
import type { Scope } from '../scope';
import { anyNode, duration, flagNode } from '../values';
import { parsed } from './schedule-options';
import { busNode } from './source-nodes';

export function eventsOptions(
  { bus, input, enabled, retry }: EventOf<'events'>,
  scope: Scope,
): Node {
  return object({
    eventBus: bus === undefined ? undefined : busNode(bus, scope),
    input:
      input === undefined
        ? undefined
        : call(`${scope.module('events')}.RuleTargetInput.fromObject`, [
            anyNode(typeof input === 'string' ? parsed(input) : input, scope),
          ]),
    retryPolicy:
      retry &&
      object({
        retryAttempts: retry.attempts === undefined ? undefined : code(String(retry.attempts)),
        maxEventAge: retry.maxAge === undefined ? undefined : duration(retry.maxAge, scope),
      }),
    enabled: enabled === undefined || enabled === true ? undefined : flagNode(enabled, scope),
  });
}

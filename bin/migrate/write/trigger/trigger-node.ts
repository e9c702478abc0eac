import type { EventModel } from '../../model';
import { call, Node, object, quote } from '../print';
import type { Scope } from '../scope';
import { bucketOptions } from './bucket-options';
import { patternNode } from './event-pattern';
import { eventsOptions } from './events-options';
import { httpOptions, routeOf } from './http-options';
import { mappingOptions } from './mapping-options';
import { operationNode } from './pool-operation';
import { scheduleNode, scheduleOptions } from './schedule-options';
import { sourceNode } from './source-nodes';
import { socketOptions } from './socket-options';
import { topicOptions } from './topic-options';
import { urlOptions } from './url-options';

/** `Trigger.…` for one event. Throws `NotCarried` if the library has no such trigger. */
export function triggerNode(event: EventModel, scope: Scope, at: string): Node {
  const trigger = (name: string, args: readonly Node[], options: Node): Node =>
    call(`${scope.ours('Trigger')}.${name}`, [
      ...args,
      ...(options.kind === 'object' && options.entries.length === 0 ? [] : [options]),
    ]);
  switch (event.kind) {
    case 'http':
      return trigger('http', [quote(routeOf(event.route))], httpOptions(event, scope));
    case 'queue':
      return trigger(
        'queue',
        [sourceNode(event.source, 'queue', scope)],
        mappingOptions(event.mapping, scope, false),
      );
    case 'table':
      return trigger(
        'tableChanges',
        [sourceNode(event.source, 'table', scope)],
        mappingOptions(event.mapping, scope, true),
      );
    case 'stream':
      return trigger(
        'stream',
        [sourceNode(event.source, 'stream', scope)],
        mappingOptions(event.mapping, scope, true),
      );
    case 'topic':
      return trigger(
        'topic',
        [sourceNode(event.source, 'topic', scope)],
        topicOptions(event, scope),
      );
    case 'bucket':
      return trigger(
        'objectCreated',
        [sourceNode(event.source, 'bucket', scope)],
        bucketOptions(event, scope, at),
      );
    case 'schedule':
      return trigger(
        'schedule',
        [scheduleNode(event.expression, event.timeZone, scope)],
        scheduleOptions(event, scope),
      );
    case 'events':
      return trigger('events', [patternNode(event.pattern, scope)], eventsOptions(event, scope));
    case 'userPool':
      return trigger(
        'userPool',
        [sourceNode(event.source, 'pool', scope), operationNode(event.operation, scope)],
        object({}),
      );
    case 'url':
      return trigger('functionUrl', [], urlOptions(event, scope));
    case 'socket':
      return trigger('webSocket', [quote(event.route)], socketOptions(event, scope));
  }
}

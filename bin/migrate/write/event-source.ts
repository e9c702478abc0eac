import type { EventModel, SourceModel } from '../model';

/** The resource that an event comes from. A route and a schedule have none. */
export function eventSource(event: EventModel): SourceModel | undefined {
  if (event.kind === 'events') {
    return event.bus;
  }
  return 'source' in event ? event.source : undefined;
}

import { TriggerModel } from '../model/app-model';
import { customKind } from './custom-kind';
import { EVENT_KIND } from './event-kind';
import { FUNCTION_URL_KIND } from './function-url-kind';
import { HTTP_KIND } from './http-kind';
import { OBJECT_KIND } from './object-kind';
import { QUEUE_KIND } from './queue-kind';
import { SCHEDULE_KIND } from './schedule-kind';
import { STREAM_KIND } from './stream-kind';
import { TABLE_CHANGES_KIND } from './table-changes-kind';
import { TOPIC_KIND } from './topic-kind';
import { TriggerKind } from './trigger-kind';
import { USER_POOL_KIND, USER_POOL_SENDER_KIND } from './user-pool-kind';
import { WEB_SOCKET_KIND } from './web-socket-kind';

/** Every kind of trigger that the library creates. */
export const TRIGGER_KINDS: readonly TriggerKind[] = [
  HTTP_KIND,
  TABLE_CHANGES_KIND,
  OBJECT_KIND,
  SCHEDULE_KIND,
  QUEUE_KIND,
  TOPIC_KIND,
  EVENT_KIND,
  STREAM_KIND,
  USER_POOL_KIND,
  USER_POOL_SENDER_KIND,
  WEB_SOCKET_KIND,
  FUNCTION_URL_KIND,
];

const kinds = new Map(TRIGGER_KINDS.map((each) => [each.kind, each]));

/** The kind of a trigger. A trigger of an unknown kind was implemented by the user. */
export function kindOf({ kind }: Pick<TriggerModel, 'kind'>): TriggerKind {
  return kinds.get(kind) ?? customKind(kind);
}

/** Describes in a few words what triggers a function. */
export function describeTrigger(trigger: TriggerModel): string {
  return kindOf(trigger).describe(trigger);
}

/** Whether anyone may call the function through this trigger. */
export function isOpen(trigger: TriggerModel): boolean {
  return kindOf(trigger).caller?.isOpen(trigger) === true;
}

/** The trigger among these that an event came from: the only one of the event's kind, or the one that the event fits. */
export function triggerOfEvent(
  triggers: readonly TriggerModel[],
  event: unknown,
): TriggerModel | undefined {
  const kind = TRIGGER_KINDS.find((each) => each.recognizes(event))?.kind;
  const possible = triggers.filter(
    (trigger) => kind === undefined || mayPass(trigger, kind, event),
  );
  if (possible.length < 2) {
    return possible[0];
  }
  if (kind === undefined) {
    return undefined;
  }
  const fitting = possible.filter((trigger) => kindOf(trigger).fits(event, trigger));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Whether an event that has the form of a kind's events may reach a function through this trigger. */
export function mayPass(trigger: TriggerModel, kind: string, event: unknown): boolean {
  const own = kindOf(trigger);
  return own.kind === kind || (own.passesAnyForm === true && own.fits(event, trigger));
}

/** Whether a caller waits for the function's response. */
export function hasCaller(trigger: Pick<TriggerModel, 'kind'>): boolean {
  return kindOf(trigger).caller !== undefined;
}

/** Whether a clock triggers the function. */
export function hasClock(trigger: Pick<TriggerModel, 'kind'>): boolean {
  return kindOf(trigger).clock !== undefined;
}

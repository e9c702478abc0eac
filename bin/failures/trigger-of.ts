import { kindOf, mayPass, TRIGGER_KINDS } from '../../lib/kinds/trigger-kinds';
import type { TriggerKind } from '../../lib/kinds/trigger-kind';
import type { AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { asObject, asText, at, parseJson } from '../json/unknown';
import type { FailureKind } from './failure';

/** The triggers of a function that can have caused a failure of this kind with this event. */
export function fittingTriggers(
  { triggers }: FunctionModel,
  kind: FailureKind,
  event: string,
  model: AppModel,
): readonly TriggerModel[] {
  const able = triggers.filter((trigger) => failsAs(trigger, kind));
  const value = parseJson(event);
  const parts = recordsOf(value);
  const [recognized, ...others] = new Set(parts.map(kindOfEvent));
  if (others.length > 0 || (kind === 'asynchronous' && isMixed(value, recognized))) {
    return [];
  }
  // Only Lambda writes to the bucket of records. An ARN does not always show its table.
  const same = able.filter((trigger) => trigger.kind === recognized?.kind);
  if (recognized?.stream !== undefined && same.length === 1) {
    return same;
  }
  const fitting = able.filter((trigger) =>
    parts.every(
      (part) => mayDeliver(trigger, part, recognized) && isOfBucket(trigger, part, model),
    ),
  );
  // A user’s own trigger may deliver what a service sends, for example the events of a bus by a rule that the user made.
  return fitting.length > 0 ? fitting : able.filter((trigger) => isOfUser(kindOf(trigger)));
}

function isOfUser(kind: TriggerKind): boolean {
  return !TRIGGER_KINDS.includes(kind);
}

/** Splits a batch into events with one record each, because every record must come from the trigger. */
function recordsOf(value: unknown): readonly unknown[] {
  const records = asObject(value)?.Records;
  return Array.isArray(records) && records.length > 1
    ? records.map((record: unknown) => ({ Records: [record] }))
    : [value];
}

function kindOfEvent(event: unknown): TriggerKind | undefined {
  return TRIGGER_KINDS.find((each) => each.recognizes(event));
}

/** No service sends other members next to `Records`. */
function isMixed(value: unknown, recognized: TriggerKind | undefined): boolean {
  const { Records: records, ...others } = asObject(value) ?? {};
  return (
    recognized?.source !== undefined && records !== undefined && Object.keys(others).length > 0
  );
}

/** Whether an event may come from a trigger. Only schedules, requests and the user’s own triggers send events of any form. */
function mayDeliver(
  trigger: TriggerModel,
  event: unknown,
  recognized: TriggerKind | undefined,
): boolean {
  const own = kindOf(trigger);
  if (recognized?.source !== undefined) {
    return mayPass(trigger, recognized.kind, event) && own.fits(event, trigger);
  }
  const isOfOwnForm = recognized?.kind === own.kind || own.passesAnyForm === true;
  return !hasOwnForm(own) || (isOfOwnForm && own.fits(event, trigger));
}

function hasOwnForm(kind: TriggerKind): boolean {
  return kind.clock === undefined && kind.caller === undefined && !isOfUser(kind);
}

/** Whether an S3 event names the bucket of the trigger, if the name is known. */
function isOfBucket({ source }: TriggerModel, event: unknown, { buckets }: AppModel): boolean {
  const named = asText(at(event, 'Records', 0, 's3', 'bucket', 'name'));
  const known = asText(buckets.find(({ path }) => path === source)?.name);
  return named === undefined || known === undefined || named === known;
}

/** Whether a trigger can cause a kind of failure. The kinds that are missing here come from asynchronous invocations. */
const FORMS: Partial<Record<FailureKind, (trigger: TriggerModel) => boolean>> = {
  stream: (trigger) => kindOf(trigger).failsTo(trigger).to === 'failureBucket',
  schedule: (trigger) => kindOf(trigger).clock !== undefined,
};

function failsAs(trigger: TriggerModel, kind: FailureKind): boolean {
  return FORMS[kind]?.(trigger) ?? trigger.invocation === 'asynchronous';
}

import { kindOf, mayPass, TRIGGER_KINDS } from '../../lib/kinds/trigger-kinds';
import type { FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { parseJson } from '../json/unknown';
import type { FailureKind } from './failure';

/** The triggers of a function that can have caused a failure of this kind with this event. */
export function fittingTriggers(
  { triggers }: FunctionModel,
  kind: FailureKind,
  event: string,
): readonly TriggerModel[] {
  const able = triggers.filter((trigger) => failsAs(trigger, kind));
  const value = parseJson(event);
  const recognized = TRIGGER_KINDS.find((each) => each.recognizes(value));
  // Only Lambda writes to the bucket of records. An ARN does not always show its table.
  const same = able.filter((trigger) => trigger.kind === recognized?.kind);
  if (recognized?.stream !== undefined && same.length === 1) {
    return same;
  }
  // A schedule may have any input. Only events of a resource name their source.
  return recognized?.source === undefined
    ? able
    : able.filter(
        (trigger) =>
          mayPass(trigger, recognized.kind, value) && kindOf(trigger).fits(value, trigger),
      );
}

/** Whether a trigger can cause a kind of failure. The kinds that are missing here come from asynchronous invocations. */
const FORMS: Partial<Record<FailureKind, (trigger: TriggerModel) => boolean>> = {
  stream: (trigger) => kindOf(trigger).failsTo(trigger).to === 'failureBucket',
  schedule: (trigger) => kindOf(trigger).clock !== undefined,
};

function failsAs(trigger: TriggerModel, kind: FailureKind): boolean {
  return FORMS[kind]?.(trigger) ?? trigger.invocation === 'asynchronous';
}

import { describeTrigger } from '../../lib/kinds/trigger-kinds';
import type { AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { nearestName } from '../nearest';
import { UserError } from '../user-error';

export interface ChosenTrigger {
  readonly fn: FunctionModel;
  readonly trigger: TriggerModel;
}

export function functionNamed({ functions }: AppModel, id: string): FunctionModel {
  const found = functions.find((fn) => fn.id === id);
  if (found === undefined) {
    throw new UserError(
      `there is no function \`${id}\``,
      nearestName(
        id,
        functions.map((fn) => fn.id),
      ),
    );
  }
  return found;
}

/** The trigger of the function with this id, or the trigger that `describe` shows under this name: `GET /orders`. */
export function triggerNamed(model: AppModel, name: string): ChosenTrigger {
  const all = model.functions.flatMap((fn) => fn.triggers.map((trigger) => ({ fn, trigger })));
  const found = all.filter(
    ({ fn, trigger }) => fn.id === name || describeTrigger(trigger) === name,
  );
  const [only, ...others] = found;
  if (only === undefined) {
    const fn = model.functions.find(({ id }) => id === name);
    throw fn === undefined
      ? new UserError(
          `there is no trigger \`${name}\``,
          nearestName(
            name,
            all.flatMap((each) => [each.fn.id, describeTrigger(each.trigger)]),
          ),
        )
      : new UserError(
          `${name} has no trigger`,
          `run \`serverless-app invoke ${name} --event <file>\``,
        );
  }
  if (others.length > 0) {
    throw new UserError(
      `${name} has ${found.length} triggers`,
      `choose one: ${found.map(({ trigger }) => `"${describeTrigger(trigger)}"`).join(', ')}`,
    );
  }
  return only;
}

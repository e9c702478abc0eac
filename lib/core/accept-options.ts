import { checkProps } from '../props/check-props';
import type { PropSet } from '../props/prop';
import { WithDefaults, withDefaults } from '../props/prop-set';
import type { IAppFunction } from './contract';
import { AppContext } from './app-context';
import { FunctionContext } from './function-context';

/**
 * Checks a trigger's options, records which defaults they change, and fills in the others. A trigger calls it first in its `bind`.
 *
 * How a new trigger declares its options:
 *
 * 1. `lib/trigger/queue/queue-trigger-props.ts` exports `QUEUE_TRIGGER_PROPS = propsOf<QueueTriggerOptions>()({ … })`: a kind for each
 *    option (lib/props/kinds.ts), its default (`.defaultsTo(10)`), and its row of the table of defaults (`.in('queues')`). A new row
 *    needs its name in lib/model/defaults-part.ts and its text in lib/core/defaults-table.ts. A default that a pure room needs too (cost,
 *    scaling, guard) is a constant in lib/model/defaults.ts.
 * 2. `bind` begins with `const options = acceptOptions(fn, this.options, QUEUE_TRIGGER_PROPS)`. Rules between options follow, as functions.
 * 3. The short form in lib/app/short-forms.ts is one call: `addShort(app, entry, options, QUEUE_TRIGGER_PROPS, (own) => Trigger.queue(queue, own))`.
 * 4. test/support/prop-sets.ts gets one line. The random generator, the Token cases and the test of unknown names follow from it.
 */
export function acceptOptions<T extends object, D>(
  fn: IAppFunction,
  options: T,
  set: PropSet<T, D>,
): WithDefaults<T, D> {
  checkProps(options, set, FunctionContext.of(fn).check);
  AppContext.of(fn).changes.record(options, set, FunctionContext.of(fn).check.base);
  return withDefaults(options, set, fn.app.stage);
}

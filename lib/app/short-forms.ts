import { AppFunction } from '../function/app-function';
import { AppFunctionOptions } from '../function/app-function-props';
import { AppContext } from '../core/app-context';
import { IServerlessApp, ITrigger } from '../core/contract';
import { functionIdFromEntry } from '../core/names';
import { FUNCTION_OPTIONS_PROPS } from '../function/function-prop-set';
import { checkProp, requireStruct } from '../props/check-props';
import { text } from '../props/kinds';
import { splitOptions } from '../props/options';
import type { PropSet } from '../props/prop';
import { propsOf } from '../props/prop-set';

interface ShortFormOptions extends AppFunctionOptions {
  readonly id?: string;
}

const SHORT_FORM_PROPS = propsOf<ShortFormOptions>(...FUNCTION_OPTIONS_PROPS.cdk)({
  ...FUNCTION_OPTIONS_PROPS.props,
  id: text(),
});

/** Adds a function with one trigger, whose options are given together with the function's. */
export function addWithTrigger<T extends object>(
  app: IServerlessApp,
  entry: string,
  options: ShortFormOptions & T,
  ofTrigger: PropSet<T>,
  trigger: (options: T) => ITrigger,
): AppFunction {
  const check = AppContext.of(app).check;
  requireStruct(options, check, 'options');
  checkProp(options.id, 'options.id', SHORT_FORM_PROPS.props.id, check);
  const id = options.id ?? functionIdFromEntry(entry, check);
  const at = check.at(`functions.${id}`);
  const { own, others } = splitOptions<T, ShortFormOptions>(
    options,
    ofTrigger,
    SHORT_FORM_PROPS,
    at,
  );
  const { id: _, ...ofFunction } = others;
  return new AppFunction(app, id, { ...ofFunction, entry, triggers: [trigger(own)] });
}

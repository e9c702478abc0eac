import { Token } from 'aws-cdk-lib';
import { withoutUndefined } from '../props/options';
import { isWithin, PropCheck } from '../props/prop-check';
import { checkProps, requireStruct } from '../props/check-props';
import { LOAD_PROPS } from './load-prop-set';
import { LoadForecast } from '../scaling/load-forecast';
import { loadOptions } from '../scaling/load-of-function';
import { LoadOptions } from '../scaling/load-options';
import { simulateLoad } from '../scaling/simulate-load';
import { AppContext } from '../core/app-context';
import type { IAppFunction } from '../core/contract';

const LONGEST_MS = 900_000;
const LONGEST_LOAD = 86_400;

/** A load that comes at once: what it meets, and what its callers see. It is calculated, without an account. */
export class Load {
  /**
   * What happens when so many requests a second come at once and stay, of which each takes so long.
   *
   * @param rps requests a second, from 0
   * @param durationMs how long one takes in a warm environment, in milliseconds: above 0, at most 900,000
   * @param options what stands in the way; `Load.of` takes it from a function
   */
  public static simulate(rps: number, durationMs: number, options: LoadOptions = {}): LoadForecast {
    const check = new PropCheck('Load.simulate', '');
    requireWithin('rps', rps, { min: 0, max: Number.MAX_SAFE_INTEGER }, check);
    requireWithin('durationMs', durationMs, { min: Number.MIN_VALUE, max: LONGEST_MS }, check);
    requireStruct(options, check, 'options');
    checkProps(options, LOAD_PROPS, check);
    const given = withoutUndefined(options);
    check.integer('seconds', given.seconds, { min: 1, max: LONGEST_LOAD, unit: 'seconds' });
    if ((given.rateLimit === undefined) !== (given.burstLimit === undefined)) {
      throw check.error(
        given.rateLimit === undefined ? 'rateLimit' : 'burstLimit',
        'must be given with the other one of the throttle',
        undefined,
        'give both, or neither for no throttle but the account’s',
      );
    }
    return simulateLoad(rps, durationMs, given);
  }

  /**
   * What stands between a load and this function: the app's throttle or the route's, what the function reserves and provisions, what
   * others reserve, the account's limits (`scaling`), and the bounds of the tables that it may touch. What a request takes
   * of them, `readUnits` and `writeUnits`, is yours to say. What is known only at deployment counts as AWS begins with.
   *
   * @param fn the function, with all its triggers and access
   * @param options go before what the function has
   */
  public static of(fn: IAppFunction, options: LoadOptions = {}): LoadOptions {
    const { model } = AppContext.of(fn);
    return { ...loadOptions(model, fn.node.id), ...withoutUndefined(options) };
  }

  private constructor() {}
}

function requireWithin(
  prop: string,
  value: unknown,
  { min, max }: { min: number; max: number },
  check: PropCheck,
): void {
  if (Token.isUnresolved(value) || !isWithin(value, min, max)) {
    const rule = `must be a known number, ${min === 0 ? 'not below 0' : 'above 0'} and at most ${max}`;
    throw check.error(prop, rule, value, 'give what you expect at the peak');
  }
}

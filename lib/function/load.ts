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

/** Calculates, without an account, which limits a sudden load reaches and what its callers see. */
export class Load {
  /**
   * Simulates that `rps` requests a second arrive suddenly and keep coming.
   *
   * @param rps requests a second, at least 0
   * @param durationMs the duration of a request in a warm environment, in milliseconds: above 0, at most 900,000
   * @param options the limits that apply; `Load.of` derives them from a function
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
        'must be given together with the other of `rateLimit` and `burstLimit`',
        undefined,
        'give both, or neither to use only the account’s throttle',
      );
    }
    return simulateLoad(rps, durationMs, given);
  }

  /**
   * Collects the limits that apply to a function: the throttle of the app or the route, its reserved and provisioned concurrency,
   * the reservations of others, the account's limits (`scaling`), and the maximum throughput of the tables that it may access.
   * You must give `readUnits` and `writeUnits`, the units that a request uses, yourself. A value that is known only at deployment
   * counts as AWS's initial value.
   *
   * @param fn the function, with all its triggers and access
   * @param options these override the values of the function
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
    throw check.error(prop, rule, value, 'give the peak that you expect');
  }
}

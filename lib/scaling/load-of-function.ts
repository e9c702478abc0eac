import { Throttle } from '../kinds/trigger-kind';
import { hasCaller, kindOf } from '../kinds/trigger-kinds';
import { AppModel, FunctionModel, TableModel } from '../model/app-model';
import { LoadOptions } from './load-options';
import { resolvedNumber } from '../model/resolved';
import { provisionedOf } from './provisioned';

/**
 * The limits that apply to a function of an app, from the app's model at synthesis or in the cloud assembly. Values known only at
 * deployment are left out.
 */
export function loadOptions(model: AppModel, functionId: string): LoadOptions {
  const fn = model.functions.find(({ id }) => id === functionId);
  if (fn === undefined) {
    return {};
  }
  const called = fn.triggers.some(hasCaller);
  const others = model.functions.filter((other) => other !== fn);
  return {
    waits: !called && fn.triggers.length > 0,
    ...throttleOf(fn, model),
    ...(opensConnections(fn) ? { opensConnections: true } : {}),
    apiRateLimit: resolvedNumber(model.app.limits.apiRate),
    apiBurstLimit: resolvedNumber(model.app.limits.apiBurst),
    concurrencyLimit: resolvedNumber(model.app.limits.concurrency),
    concurrencyElsewhere: others.reduce(
      (sum, other) =>
        sum + (resolvedNumber(other.reservedConcurrency) ?? provisionedOf(other).min ?? 0),
      0,
    ),
    reservedConcurrency: resolvedNumber(fn.reservedConcurrency),
    ...maxConcurrencyOf(fn),
    readyEnvironments: provisionedOf(fn).min,
    ...boundsOf(model.tables.filter((table) => touches(fn, table))),
  };
}

/** The throttle of the route that admits the least. A route without a throttle has the app's. */
function throttleOf(fn: FunctionModel, model: AppModel): Throttle {
  const throttles = fn.triggers.flatMap((trigger): Throttle[] => {
    const { caller } = kindOf(trigger);
    const own = caller?.throttleOf?.(trigger);
    const ofApi = caller?.throttleOfApi?.(model);
    return own === undefined
      ? []
      : [
          {
            rateLimit: own.rateLimit ?? resolvedNumber(ofApi?.rateLimit),
            burstLimit: own.burstLimit ?? resolvedNumber(ofApi?.burstLimit),
          },
        ];
  });
  return throttles.length === 0
    ? {}
    : throttles.reduce((least, next) =>
        (next.rateLimit ?? Infinity) < (least.rateLimit ?? Infinity) ? next : least,
      );
}

/** Whether each event of the function is a new connection. A function that other triggers run too is not bound by connections alone. */
function opensConnections({ triggers }: FunctionModel): boolean {
  return (
    triggers.length > 0 &&
    triggers.every((trigger) => kindOf(trigger).caller?.opensConnection?.(trigger) === true)
  );
}

/** The concurrency that all triggers allow together; no limit if one of them has none. */
function maxConcurrencyOf({ triggers }: FunctionModel): LoadOptions {
  const bounds = triggers.flatMap((trigger) => kindOf(trigger).maxConcurrency?.(trigger) ?? []);
  return triggers.length === 0 || bounds.length < triggers.length
    ? {}
    : { maxConcurrency: bounds.reduce((sum, bound) => sum + bound, 0) };
}

function touches(fn: FunctionModel, { path, billing }: TableModel): boolean {
  return billing === 'onDemand' && fn.access.some((access) => access.path === path);
}

/** The lowest of the tables' limits, each determined separately. */
function boundsOf(tables: readonly TableModel[]): LoadOptions {
  const least = (valueOf: (table: TableModel) => unknown): number | undefined => {
    const values = tables.flatMap((table) => resolvedNumber(valueOf(table)) ?? []);
    return values.length === 0 ? undefined : Math.min(...values);
  };
  const warm = (valueOf: (table: TableModel) => unknown): number | undefined =>
    tables.every((table) => resolvedNumber(valueOf(table)) !== undefined)
      ? least(valueOf)
      : undefined;
  return {
    maxReadUnits: least(({ maxReadUnits }) => maxReadUnits),
    maxWriteUnits: least(({ maxWriteUnits }) => maxWriteUnits),
    // A table without a setting counts as new.
    warmReadUnits: warm(({ warmReadUnits }) => warmReadUnits),
    warmWriteUnits: warm(({ warmWriteUnits }) => warmWriteUnits),
  };
}

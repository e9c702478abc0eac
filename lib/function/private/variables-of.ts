import type { IAppFunction } from '../../core/contract';
import { AppLambda, lambdaResource } from '../app-lambda';

/** The names of the variables of a function, with those of an override of its resource. */
export function variablesOf({ function: fn }: IAppFunction): ReadonlySet<string> {
  const overrides: unknown = Reflect.get(lambdaResource(fn), 'rawOverrides');
  const { Properties: { Environment: { Variables = {} } = {} } = {} } = (overrides ?? {}) as {
    readonly Properties?: { readonly Environment?: { readonly Variables?: object } };
  };
  const own = fn instanceof AppLambda ? fn.variables.keys() : [];
  return new Set([...own, ...Object.keys(Variables)]);
}

import { Throttle } from '../../kinds/trigger-kind';
import { kindOf } from '../../kinds/trigger-kinds';
import { AppModel, FunctionModel } from '../../model/app-model';
import {
  AccountInput,
  FunctionInput,
  TableThroughputInput,
  ThrottleInput,
} from '../../guard/guard-input';
import { resolvedNumber } from '../../model/resolved';
import { provisionedOf } from '../../scaling/provisioned';

/** The guards' input about scaling, from the app's model, without Tokens. */
export function functionScaling(
  input: FunctionModel | undefined,
): Pick<FunctionInput, 'reserved' | 'provisionedMin' | 'provisionedMax' | 'parallelization'> {
  const provisioned = provisionedOf(input ?? {});
  const factors = (input?.triggers ?? []).flatMap(
    (trigger) => kindOf(trigger).stream?.batchesPerShard(trigger) ?? [],
  );
  return {
    reserved: resolvedNumber(input?.reservedConcurrency),
    provisionedMin: provisioned.min,
    provisionedMax: provisioned.max,
    parallelization:
      factors.length > 0 ? factors.reduce((sum, factor) => sum + factor, 0) : undefined,
  };
}

export function accountInput({ limits }: AppModel['app']): AccountInput {
  return {
    concurrency: resolvedNumber(limits.concurrency),
    apiRate: resolvedNumber(limits.apiRate),
    apiBurst: resolvedNumber(limits.apiBurst),
  };
}

export function tableInputs({ tables }: AppModel): TableThroughputInput[] {
  return tables.map(({ id, maxReadUnits, maxWriteUnits, warmReadUnits, warmWriteUnits }) => ({
    id,
    maxReads: resolvedNumber(maxReadUnits),
    maxWrites: resolvedNumber(maxWriteUnits),
    warmReads: resolvedNumber(warmReadUnits),
    warmWrites: resolvedNumber(warmWriteUnits),
  }));
}

/** The throttles of the app's APIs, and those of routes. */
export function throttleInputs(
  { http, webSocket }: AppModel,
  functions: readonly FunctionModel[],
): ThrottleInput[] {
  const ofRoutes = functions.flatMap(({ id, triggers }) =>
    triggers.flatMap((trigger) => {
      const own = kindOf(trigger).caller?.throttleOf?.(trigger);
      return own === undefined ? [] : [throttle(`functions.${id}.throttle`, own)];
    }),
  );
  const ofSockets = webSocket === undefined ? [] : [throttle('webSocket.throttle', webSocket)];
  return [throttle(`${http?.type ?? 'http'}.throttle`, http ?? {}), ...ofSockets, ...ofRoutes];
}

function throttle(prop: string, { rateLimit, burstLimit }: Throttle): ThrottleInput {
  return { prop, rate: resolvedNumber(rateLimit), burst: resolvedNumber(burstLimit) };
}

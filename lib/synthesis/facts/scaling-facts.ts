import { AppModel, FunctionFacts, TriggerFacts } from '../../model/app-model';
import {
  AccountFacts,
  FunctionResources,
  TableThroughputFacts,
  ThrottleFacts,
} from '../../guard/guard-facts';
import { resolvedNumber } from '../../model/resolved';
import { provisionedOf } from '../../scaling/provisioned';

/** What the guards look at of scaling, taken from the app's model, with Tokens left out. */
export function functionScaling(
  facts: FunctionFacts | undefined,
): Pick<FunctionResources, 'reserved' | 'provisionedMin' | 'provisionedMax' | 'parallelization'> {
  const provisioned = provisionedOf(facts ?? {});
  const factors = (facts?.triggers ?? [])
    .filter(({ kind }) => kind === 'tableChanges')
    .map(({ details }) => resolvedNumber(details['parallelizationFactor']) ?? 1);
  return {
    reserved: resolvedNumber(facts?.reservedConcurrency),
    provisionedMin: provisioned.min,
    provisionedMax: provisioned.max,
    parallelization:
      factors.length > 0 ? factors.reduce((sum, factor) => sum + factor, 0) : undefined,
  };
}

export function accountFacts({ limits }: AppModel['app']): AccountFacts {
  return {
    concurrency: resolvedNumber(limits.concurrency),
    apiRate: resolvedNumber(limits.apiRate),
    apiBurst: resolvedNumber(limits.apiBurst),
  };
}

export function tableFacts({ tables }: AppModel): TableThroughputFacts[] {
  return tables.map(({ id, maxReadUnits, maxWriteUnits, warmReadUnits, warmWriteUnits }) => ({
    id,
    maxReads: resolvedNumber(maxReadUnits),
    maxWrites: resolvedNumber(maxWriteUnits),
    warmReads: resolvedNumber(warmReadUnits),
    warmWrites: resolvedNumber(warmWriteUnits),
  }));
}

/** The app's own bound, and those of routes that have one. */
export function throttleFacts(
  http: { readonly rateLimit?: number; readonly burstLimit?: number } | undefined,
  functions: readonly FunctionFacts[],
): ThrottleFacts[] {
  const ofRoutes = functions.flatMap(({ id, triggers }) =>
    triggers
      .filter(({ kind }) => kind === 'http')
      .map(({ details }) => throttle(`functions.${id}.throttle`, details)),
  );
  return [
    throttle('http.throttle', { rateLimit: http?.rateLimit, burstLimit: http?.burstLimit }),
    ...ofRoutes,
  ];
}

function throttle(prop: string, details: TriggerFacts['details']): ThrottleFacts {
  return { prop, rate: resolvedNumber(details['rateLimit']), burst: resolvedNumber(details['burstLimit']) };
}

import type { MappingModel } from '../model';
import { flagOf, listOf, numberOf, textOf, Value } from '../value';

/** The settings of an event source mapping, whatever the definition calls them. */
export interface GivenMapping {
  readonly batchSize: Value;
  readonly window: Value;
  readonly enabled: Value;
  readonly partial: boolean;
  readonly maxConcurrency: Value;
  readonly filters: Value;
  readonly startingPosition: Value;
  readonly startingTimestamp: Value;
  readonly parallelization: Value;
  readonly maxRetries: Value;
  readonly maxRecordAge: Value;
  readonly bisect: Value;
  readonly tumblingWindow: Value;
  readonly enhancedFanOut?: Value;
}

/** The mapping of a queue, which has no stream settings. */
export function queueMapping(given: GivenMapping): MappingModel {
  const { batchSize, window, enabled, partial, maxConcurrency, filters } = given;
  return {
    batchSize,
    window,
    enabled,
    partial,
    maxConcurrency,
    filters: filters === undefined ? undefined : listOf(filters),
  };
}

/** The mapping of a stream. `position` is where the framework begins to read by default. */
export function streamMapping(given: GivenMapping, position: string): MappingModel {
  return {
    ...queueMapping(given),
    startingPosition: textOf(given.startingPosition) ?? position,
    startingTimestamp: numberOf(given.startingTimestamp),
    parallelization: given.parallelization,
    maxRetries: numberOf(given.maxRetries),
    maxRecordAge: numberOf(given.maxRecordAge),
    bisect: flagOf(given.bisect) ?? false,
    tumblingWindow: given.tumblingWindow,
    enhancedFanOut: given.enhancedFanOut === true ? true : undefined,
  };
}

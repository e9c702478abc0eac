import type { MappingModel } from '../../model';
import { isMap, numberOf, Value } from '../../value';
import { call, code, list, Node, object } from '../print';
import { NotCarried, Scope } from '../scope';
import { parsed } from './schedule-options';
import { anyNode, duration, flagNode, numberNode } from '../values';

export function mappingOptions(mapping: MappingModel, scope: Scope, isStream: boolean): Node {
  const number = (value: Value): Node | undefined =>
    value === undefined ? undefined : numberNode(value, scope);
  const seconds = (value: Value): Node | undefined =>
    value === undefined || numberOf(value) === 0 ? undefined : duration(value, scope);
  const { partial, enabled, filters, startingPosition = 'TRIM_HORIZON' } = mapping;
  if (startingPosition === 'AT_TIMESTAMP' && mapping.startingTimestamp === undefined) {
    throw new NotCarried('it begins at a time that the definition does not give');
  }
  const lambda = scope.module('lambda');
  return object({
    startingPosition:
      isStream && startingPosition !== 'TRIM_HORIZON'
        ? code(`${lambda}.StartingPosition.${startingPosition}`)
        : undefined,
    startingPositionTimestamp:
      startingPosition === 'AT_TIMESTAMP' && mapping.startingTimestamp !== undefined
        ? call('new Date', [code(String(Math.round(mapping.startingTimestamp * 1000)))])
        : undefined,
    batchSize: number(mapping.batchSize),
    maxBatchingWindow: seconds(mapping.window),
    maxConcurrency: number(mapping.maxConcurrency),
    filters: filters && list(filters.map((one) => filterNode(one, scope))),
    parallelizationFactor: number(mapping.parallelization),
    tumblingWindow: seconds(mapping.tumblingWindow),
    // Lambda’s own default has no limit.
    maxRetryAttempts: isStream
      ? code(
          String(
            mapping.maxRetries === undefined || mapping.maxRetries < 0
              ? 10_000
              : mapping.maxRetries,
          ),
        )
      : undefined,
    maxRecordAge:
      mapping.maxRecordAge === undefined || mapping.maxRecordAge < 60
        ? undefined
        : duration(mapping.maxRecordAge, scope),
    bisectBatchOnError: isStream && mapping.bisect !== true ? code('false') : undefined,
    reportBatchItemFailures: partial ? undefined : code('false'),
    enhancedFanOut: mapping.enhancedFanOut === true ? code('true') : undefined,
    enabled: enabled === undefined || enabled === true ? undefined : flagNode(enabled, scope),
  });
}

/** A pattern as `FilterCriteria.filter` accepts it. In SAM it is JSON text. */
function filterNode(value: Value, scope: Scope): Node {
  const pattern = isMap(value) && value.Pattern !== undefined ? value.Pattern : value;
  const data = typeof pattern === 'string' ? parsed(pattern) : pattern;
  if (!isMap(data)) {
    throw new NotCarried('the pattern of its filter is not the JSON of an object');
  }
  return call(`${scope.module('lambda')}.FilterCriteria.filter`, [anyNode(data, scope)]);
}

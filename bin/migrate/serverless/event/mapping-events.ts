import type { EventModel, MappingModel, SourceModel } from '../../model';
import { sourceOf } from '../../read/source';
import { attributeOf, flagOf, isMap, listOf, mapOf, numberOf, textOf, Value } from '../../value';

export function arnSource(value: Value): SourceModel {
  const arn = isMap(value) && value.arn !== undefined ? value.arn : value;
  return sourceOf(arn);
}

export function mappingOf(value: Value, isStream: boolean): MappingModel {
  const given = mapOf(value);
  return {
    batchSize: given.batchSize,
    window: given.maximumBatchingWindow ?? given.batchWindow,
    enabled: given.enabled,
    partial: given.functionResponseType === 'ReportBatchItemFailures',
    maxConcurrency: given.maximumConcurrency,
    filters: given.filterPatterns === undefined ? undefined : listOf(given.filterPatterns),
    ...(isStream && {
      startingPosition: textOf(given.startingPosition) ?? 'TRIM_HORIZON',
      parallelization: given.parallelizationFactor,
      maxRetries: numberOf(given.maximumRetryAttempts),
      maxRecordAge: numberOf(given.maximumRecordAgeInSeconds),
      bisect: flagOf(given.bisectBatchOnFunctionError) ?? false,
      tumblingWindow: given.tumblingWindowInSeconds,
      enhancedFanOut: given.consumer === true ? true : undefined,
    }),
  };
}

export function readStream(value: Value): EventModel[] {
  const source = arnSource(value);
  const text = JSON.stringify(source.arn ?? '');
  const type = textOf(mapOf(value).type);
  const isTable =
    type === 'dynamodb' ||
    (type === undefined &&
      (/:dynamodb:/.test(text) || attributeOf(source.arn)?.attribute === 'StreamArn'));
  return [{ kind: isTable ? 'table' : 'stream', source, mapping: mappingOf(value, true) }];
}

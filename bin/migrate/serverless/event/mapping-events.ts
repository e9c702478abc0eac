import type { EventModel, SourceModel } from '../../model';
import { GivenMapping, queueMapping, streamMapping } from '../../read/mapping';
import { sourceOf } from '../../read/source';
import { attributeOf, isMap, mapOf, textOf, Value } from '../../value';

function arnSource(value: Value): SourceModel {
  const arn = isMap(value) && value.arn !== undefined ? value.arn : value;
  return sourceOf(arn);
}

export function readQueue(value: Value): EventModel {
  return { kind: 'queue', source: arnSource(value), mapping: queueMapping(mappingOf(value)) };
}

export function readStream(value: Value): EventModel[] {
  const source = arnSource(value);
  const text = JSON.stringify(source.arn ?? '');
  const type = textOf(mapOf(value).type);
  const isTable =
    type === 'dynamodb' ||
    (type === undefined &&
      (/:dynamodb:/.test(text) || attributeOf(source.arn)?.attribute === 'StreamArn'));
  return [
    {
      kind: isTable ? 'table' : 'stream',
      source,
      mapping: streamMapping(mappingOf(value), 'TRIM_HORIZON'),
    },
  ];
}

function mappingOf(value: Value): GivenMapping {
  const given = mapOf(value);
  return {
    batchSize: given.batchSize,
    window: given.maximumBatchingWindow ?? given.batchWindow,
    enabled: given.enabled,
    partial: given.functionResponseType === 'ReportBatchItemFailures',
    maxConcurrency: given.maximumConcurrency,
    filters: given.filterPatterns,
    startingPosition: given.startingPosition,
    startingTimestamp: given.startingPositionTimestamp,
    parallelization: given.parallelizationFactor,
    maxRetries: given.maximumRetryAttempts,
    maxRecordAge: given.maximumRecordAgeInSeconds,
    bisect: given.bisectBatchOnFunctionError,
    tumblingWindow: given.tumblingWindowInSeconds,
    // `true`, or the ARN of a consumer; the trigger has one of its own.
    enhancedFanOut: given.consumer !== undefined && given.consumer !== false,
  };
}

import { asNumber, asText, at, JsonObject } from '../json/unknown';
import type { ParsedFailure } from './failure';

/** The result of an invocation, as recorded by Lambda. */
export function outcomeOf(
  record: JsonObject,
): Pick<ParsedFailure, 'error' | 'condition' | 'attempts'> {
  const attempts = asNumber(at(record, 'requestContext', 'approximateInvokeCount'));
  const error = [
    at(record, 'responsePayload', 'errorType'),
    at(record, 'responsePayload', 'errorMessage'),
  ]
    .map(asText)
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  return {
    error: error === '' ? asText(at(record, 'responseContext', 'functionError')) : error,
    condition: asText(at(record, 'requestContext', 'condition')),
    attempts: attempts === undefined || attempts < 0 ? undefined : Math.round(attempts),
  };
}

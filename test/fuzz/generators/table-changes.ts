import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { Recipe } from '../support/recipe';
import { FLAGS, rarely, seconds, within } from '../support/values';

const filter = (name: string): Recipe =>
  new Recipe(`a filter of ${name}`, () =>
    lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.isEqual(name) }),
  );

export const TABLE_CHANGES_OPTIONS = {
  startingPosition: rarely(fc.constantFrom('LATEST', 'TRIM_HORIZON'), 'AT_TIMESTAMP'),
  batchSize: within(1, 10_000),
  maxBatchingWindow: seconds(0, 300),
  filters: fc
    .subarray(['INSERT', 'MODIFY', 'REMOVE'], { minLength: 1 })
    .map((names) => names.map((name) => filter(name))),
  parallelizationFactor: within(1, 10),
  tumblingWindow: seconds(0, 900),
  maxRetryAttempts: within(0, 10_000),
  maxRecordAge: seconds(60, 604_800),
  bisectBatchOnError: FLAGS,
  reportBatchItemFailures: FLAGS,
  enabled: FLAGS,
};

import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { TABLE_CHANGES_TRIGGER_PROPS } from '../../../lib/trigger/table-changes/table-changes-trigger';
import { valuesOf } from '../support/declared';
import { Recipe } from '../support/recipe';
import { rarely } from '../support/values';
import { AMOUNTS } from './usage';

const filter = (name: string): Recipe =>
  new Recipe(`a filter of ${name}`, () =>
    lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.isEqual(name) }),
  );

export const TABLE_CHANGES_OPTIONS = valuesOf(TABLE_CHANGES_TRIGGER_PROPS, {
  startingPosition: rarely(fc.constantFrom('LATEST', 'TRIM_HORIZON'), 'AT_TIMESTAMP'),
  filters: fc
    .subarray(['INSERT', 'MODIFY', 'REMOVE'], { minLength: 1 })
    .map((names) => names.map((name) => filter(name))),
  monthlyEvents: AMOUNTS,
});

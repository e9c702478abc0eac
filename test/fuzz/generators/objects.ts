import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { OBJECT_TRIGGER_PROPS } from '../../../lib/trigger/object/object-options';
import { valuesOf } from '../support/declared';
import { ANY_TEXT } from '../support/values';
import { AMOUNTS } from './usage';

const PART = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom('in/', 'out/', '.csv', 'a', 'żółć/', 'a b=1/') },
  { weight: 1, arbitrary: ANY_TEXT },
  { weight: 1, arbitrary: fc.constantFrom('/in', 'in/*', 'x'.repeat(1025), '') },
);

export const OBJECT_OPTIONS = valuesOf(OBJECT_TRIGGER_PROPS, {
  prefix: PART,
  suffix: PART,
  eventTypes: fc.array(fc.constantFrom(...Object.values(s3.EventType)), {
    minLength: 1,
    maxLength: 2,
  }),
  monthlyEvents: AMOUNTS,
});

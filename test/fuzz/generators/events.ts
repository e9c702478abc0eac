import * as events from 'aws-cdk-lib/aws-events';
import * as fc from 'fast-check';
import { EVENT_TRIGGER_PROPS } from '../../../lib/trigger/event/event-options';
import { valuesOf } from '../support/declared';
import { recipe, theirs } from '../support/recipe';
import { AMOUNTS } from './usage';

const { Match } = events;

/** Values of a field, most of them right. */
const VALUES = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.array(fc.constantFrom('shop', 'aws.s3', 'ż'), { minLength: 1, maxLength: 2 }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      Match.prefix('a'),
      Match.prefix(''),
      Match.anythingBut('x'),
      Match.exists(),
      Match.greaterThan(3),
      Match.wildcard('a*'),
      Match.wildcard('a**'),
      Match.cidr('10.0.0.0/8'),
      Match.interval(1, 5),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>([], 'shop', [[]], [{ prefx: 'a' }], [{ exists: 1 }], [{}]),
  },
);

export const EVENT_PATTERN = fc.record(
  {
    source: VALUES,
    detailType: VALUES,
    account: VALUES,
    // The CDK's type does not have it.
    $or: fc.array(
      fc.oneof(
        { weight: 20, arbitrary: fc.record({ source: VALUES, 'detail-type': VALUES }) },
        { weight: 1, arbitrary: fc.record({ detailType: VALUES }) },
      ),
      { minLength: 2, maxLength: 3 },
    ),
    detail: fc.oneof(
      fc.dictionary(fc.constantFrom('kind', 'total'), VALUES, { maxKeys: 2 }),
      fc.record({ $or: fc.array(fc.record({ kind: VALUES }), { maxLength: 3 }) }),
    ),
  },
  { requiredKeys: ['source'] },
);

export const EVENT_OPTIONS = valuesOf(EVENT_TRIGGER_PROPS, {
  eventBus: fc.oneof(
    theirs('a bus', (scope, id) => new events.EventBus(scope, id)),
    theirs('an imported bus', (scope, id) => events.EventBus.fromEventBusName(scope, id, 'theirs')),
  ),
  input: recipe('RuleTargetInput.fromObject(…)', () =>
    events.RuleTargetInput.fromObject({ id: events.EventField.fromPath('$.detail.id') }),
  ),
  monthlyEvents: AMOUNTS,
});

import * as sns from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { TOPIC_TRIGGER_PROPS } from '../../../lib/trigger/topic/topic-trigger';
import { valuesOf } from '../support/declared';
import { theirs } from '../support/recipe';
import { AMOUNTS } from './usage';

/** A topic that the user brings. */
export const TOPIC = fc.oneof(
  { weight: 10, arbitrary: theirs('a topic', (scope, id) => new sns.Topic(scope, id)) },
  {
    weight: 2,
    arbitrary: theirs('an imported topic', (scope, id) =>
      sns.Topic.fromTopicArn(scope, id, 'arn:aws:sns:eu-west-1:111111111111:theirs'),
    ),
  },
  {
    weight: 1,
    arbitrary: theirs('a FIFO topic', (scope, id) => new sns.Topic(scope, id, { fifo: true })),
  },
);

const FILTER = fc
  .array(fc.constantFrom('order', 'refund', ''), { maxLength: 3 })
  .map((allowlist) => sns.SubscriptionFilter.stringFilter({ allowlist }));
const NAMES = fc.constantFrom('kind', 'shop', 'a b', 'ż');

export const TOPIC_OPTIONS = valuesOf(TOPIC_TRIGGER_PROPS, {
  filterPolicy: fc.dictionary(NAMES, FILTER, { maxKeys: 3 }),
  filterPolicyWithMessageBody: fc.dictionary(
    NAMES,
    fc.oneof(
      FILTER.map((filter) => sns.FilterOrPolicy.filter(filter)),
      fc
        .dictionary(NAMES, FILTER, { maxKeys: 2 })
        .map((inner) =>
          sns.FilterOrPolicy.policy(
            Object.fromEntries(
              Object.entries(inner).map(([name, one]) => [name, sns.FilterOrPolicy.filter(one)]),
            ),
          ),
        ),
    ),
    { maxKeys: 2 },
  ),
  monthlyEvents: AMOUNTS,
});

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as fc from 'fast-check';
import { Rollout } from 'cdk-serverless-app';
import { ROLLOUT_PROPS } from '../../../lib/function/private/rollout-prop-set';
import { declared } from '../support/declared';
import { realize, Recipe, recipe } from '../support/recipe';
import { duration, mostly, seconds, within } from '../support/values';

const ALARM = recipe('an alarm', ({ stack }) =>
  cloudwatch.Alarm.fromAlarmArn(
    stack,
    `Alarm${stack.node.children.length}`,
    'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:a',
  ),
);
const HOOK = fc
  .nat({ max: 3 })
  .map(
    (n) =>
      new Recipe(`function ${n}`, ({ functions }) => functions[n % Math.max(1, functions.length)]),
  );

const OPTIONS = declared(ROLLOUT_PROPS, {
  interval: fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((minutes) => duration(60 * minutes)),
    seconds(60, 172_800),
  ),
  maxErrors: within(0, 10),
  alarms: fc.array(ALARM, { maxLength: 2 }),
  beforeTraffic: HOOK,
  afterTraffic: HOOK,
});

export const ROLLOUT = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('canary', 'linear'), mostly(OPTIONS))
      .map(
        ([kind, given]) =>
          new Recipe(`Rollout.${kind}(${fc.stringify(given)})`, (made) =>
            Rollout[kind as 'canary'](realize(given, made) as never),
          ),
      ),
  },
  { weight: 1, arbitrary: recipe('Rollout.allAtOnce()', () => Rollout.allAtOnce()) },
);

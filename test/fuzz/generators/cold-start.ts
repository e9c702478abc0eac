import * as fc from 'fast-check';
import { ColdStart } from 'cdk-serverless-app';
import {
  PROVISIONED_PROPS,
  PROVISIONED_SCHEDULE_PROPS,
} from '../../../lib/function/private/provisioned-prop-set';
import { declared } from '../support/declared';
import { realize, Recipe, recipe } from '../support/recipe';
import { mostly, within } from '../support/values';
import { SCHEDULE } from './schedules';

const SCHEDULES = fc.array(
  declared(PROVISIONED_SCHEDULE_PROPS, {
    schedule: SCHEDULE,
    min: within(1, 6),
    max: within(6, 20),
  }),
  { maxLength: 3 },
);

const PROVISIONED = declared(
  PROVISIONED_PROPS,
  { min: within(1, 5), max: within(5, 20), schedules: SCHEDULES },
  2,
);

export const COLD_START = fc.oneof(
  {
    weight: 4,
    arbitrary: mostly(PROVISIONED).map(
      (given) =>
        new Recipe(`ColdStart.provisioned(${fc.stringify(given)})`, (made) =>
          ColdStart.provisioned(realize(given, made) as never),
        ),
    ),
  },
  { weight: 1, arbitrary: recipe('ColdStart.onDemand()', () => ColdStart.onDemand()) },
  { weight: 1, arbitrary: recipe('ColdStart.snapStart()', () => ColdStart.snapStart()) },
);

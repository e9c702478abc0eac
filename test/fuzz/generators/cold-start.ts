import * as fc from 'fast-check';
import { ColdStart } from 'cdk-serverless-app';
import { realize, Recipe, recipe } from '../support/recipe';
import { FLAGS, mostly, options, within } from '../support/values';
import { SCHEDULE, WHEN } from './schedules';

const UTILIZATION = fc.oneof(
  fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  fc.constantFrom(0.1, 0.9, 0.05, 1),
);

const PROVISIONED = options(
  {
    max: within(5, 20),
    targetUtilization: UTILIZATION,
    schedules: fc.array(
      options({ max: within(6, 20), ...WHEN }, { schedule: SCHEDULE, min: within(1, 6) }),
      { maxLength: 3 },
    ),
    spilloverAlarm: FLAGS,
    force: FLAGS,
  },
  { min: within(1, 5) },
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

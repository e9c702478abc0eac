import { Size } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import {
  APP_USAGE_PROPS,
  ESTIMATE_PROPS,
  FUNCTION_USAGE_PROPS,
} from '../../../lib/estimate/usage-prop-set';
import { declared } from '../support/declared';
import { Recipe } from '../support/recipe';
import { duration, NUMBER_TOKEN, options, rarely } from '../support/values';

const AMOUNT = rarely(
  fc.oneof(fc.integer({ min: 0, max: 10_000_000 }), fc.double({ min: 0, max: 100, noNaN: true })),
  -1,
  '5',
  NUMBER_TOKEN,
);

/** Mostly rising from level to level, as the rule demands. */
export const AMOUNTS = fc.oneof(
  { weight: 5, arbitrary: options({ moderate: AMOUNT }, {}, 2) },
  { weight: 2, arbitrary: fc.constant({ low: 0, moderate: 10, high: 1e9 }) },
  { weight: 1, arbitrary: options({ low: AMOUNT, high: AMOUNT }, {}, 2) },
);

const SIZE = fc
  .integer({ min: 0, max: 10_000 })
  .map((kibibytes) => new Recipe(`Size.kibibytes(${kibibytes})`, () => Size.kibibytes(kibibytes)));

const FUNCTION_PARTS = {
  monthlyEvents: AMOUNTS,
  duration: rarely(fc.integer({ min: 1, max: 900 }).map(duration), duration(0), duration(901)),
  readsPerEvent: AMOUNT,
  writesPerEvent: AMOUNT,
  itemSize: SIZE,
  responseSize: SIZE,
  logSize: SIZE,
  operationsPerEvent: AMOUNT,
};

export const FUNCTION_USAGE = declared(FUNCTION_USAGE_PROPS, FUNCTION_PARTS);

export const APP_USAGE = declared(APP_USAGE_PROPS, {
  ...FUNCTION_PARTS,
  tableGigabytes: AMOUNTS,
  bucketGigabytes: AMOUNTS,
});

/** Nothing is printed: thousands of apps would fill the screen. */
export const ESTIMATE = declared(ESTIMATE_PROPS, { print: fc.constant(false) }, 1);

import { Lazy } from 'aws-cdk-lib';
import { resolvedNumber } from '../../lib/model/resolved';
import { Provisioned, provisionedOf, WithColdStart } from '../../lib/scaling/provisioned';

const token = Lazy.number({ produce: () => 9 });

test.each<[string, WithColdStart, Provisioned]>([
  ['nothing, where nothing is said', {}, {}],
  ['nothing, on demand', { coldStart: {} }, {}],
  ['a fixed number', { coldStart: { min: 3 } }, { min: 3, max: 3 }],
  ['a range', { coldStart: { min: 3, max: 8 } }, { min: 3, max: 8 }],
  ['a max below min, as it is', { coldStart: { min: 3, max: 2 } }, { min: 3, max: 2 }],
  [
    'what a schedule raises it to',
    { coldStart: { min: 1, schedules: [{ min: 5, max: 20 }, { min: 30 }] } },
    { min: 1, max: 30 },
  ],
  [
    'what a schedule raises a range to',
    { coldStart: { min: 1, max: 8, schedules: [{ min: 20 }] } },
    { min: 1, max: 20 },
  ],
  [
    'what a schedule raises a fixed number to',
    { coldStart: { min: 3, max: 3, schedules: [{ min: 9 }] } },
    { min: 3, max: 9 },
  ],
  [
    'the range, where a schedule lowers it',
    { coldStart: { min: 4, max: 8, schedules: [{ min: 1, max: 2 }] } },
    { min: 4, max: 8 },
  ],
  ['a max alone', { coldStart: { max: 8 } }, { max: 8 }],
  ['nothing that is a token', { coldStart: { min: token, max: 8 } }, { max: 8 }],
  ['nothing that is an expression', { coldStart: { min: { Ref: 'Least' } } }, {}],
])('what is provisioned: %s', (_name, facts, provisioned) => {
  expect(provisionedOf(facts)).toEqual(provisioned);
});

test.each([
  [0, 0],
  [7, 7],
  [token, undefined],
  [{ 'Fn::Select': [] }, undefined],
  ['7', undefined],
  [undefined, undefined],
])('of %j is known: %p', (value, expected) => {
  expect(resolvedNumber(value)).toBe(expected);
});

import { eventsOverlap } from '../../lib/model/object-event-types';

test.each([
  ['s3:ObjectCreated:Put', 's3:ObjectCreated:Put', true],
  ['s3:ObjectCreated:*', 's3:ObjectCreated:Put', true],
  ['s3:ObjectCreated:Put', 's3:ObjectCreated:*', true],
  ['s3:ObjectCreated:*', 's3:ObjectCreated:*', true],
  ['s3:ObjectCreated:Put', 's3:ObjectCreated:Post', false],
  ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete', false],
  ['s3:ObjectCreated:Pu', 's3:ObjectCreated:Put', false], // not every beginning is all of its kind
  ['s3:LifecycleTransition', 's3:LifecycleTransition', true],
])('whether %s and %s can be the same event: %p', (one, other, expected) => {
  expect(eventsOverlap(one, other)).toBe(expected);
});

import { EVENT_KIND } from '../../lib/kinds/event-kind';
import { mayPass, triggerOfEvent } from '../../lib/kinds/trigger-kinds';
import { busEventsOf, objectsOf } from '../support/app-model';

const load = { itemBytes: 1024, responseBytes: 0, events: 1000 };
const items = (trigger: ReturnType<typeof busEventsOf>, itemBytes = 1024): unknown =>
  EVENT_KIND.billItems?.({ ...load, trigger, itemBytes }, {} as never);

describe('the price', () => {
  test.each([
    [64 * 1024, 1000],
    [64 * 1024 + 1, 2000],
  ])('is by 64 KB of %d bytes', (itemBytes, quantity) => {
    expect(items(busEventsOf('Shop'), itemBytes)).toEqual([
      { price: 'eventBridge.events', resource: 'Shop', quantity },
    ]);
  });

  test.each([
    [{ ofDefaultBus: true, sources: ['aws.ec2', 'aws.ecs'] }, 0],
    [{ ofDefaultBus: true, sources: ['aws.ec2', 'shop'] }, 1],
    [{ ofDefaultBus: true, sources: [{ prefix: 'aws.' }] }, 1],
    [{ ofDefaultBus: true }, 1],
    [{ sources: ['aws.ec2'] }, 1],
  ])('of %j has %d items: events of AWS services are free', (details, count) => {
    expect(items(busEventsOf('Shop', details))).toHaveLength(count);
  });
});

test.each([
  [{ sources: ['shop'], detailTypes: ['A', 'B'] }, 'A, B from shop on Shop'],
  [{ detailTypes: [{ prefix: 'Order' }] }, 'Order* on Shop'],
  [{ sources: ['aws.ec2'], ofDefaultBus: true }, 'events from aws.ec2'],
  [{ enabled: false }, 'events on Shop (off)'],
])('%j is described as %p', (details, text) => {
  expect(EVENT_KIND.describe(busEventsOf('Shop', details))).toBe(text);
});

const event = (source: string, type = 'OrderPlaced'): object => ({ source, 'detail-type': type });

test.each([
  [{}, event('shop'), true],
  [{ sources: ['shop'] }, event('shop'), true],
  [{ sources: ['shop'] }, event('other'), false],
  [{ sources: [{ prefix: 'sh' }] }, event('shop'), true],
  [{ sources: [{ prefix: 'x' }] }, event('shop'), false],
  [{ sources: [{ wildcard: 'x*' }] }, event('shop'), true],
  [{ detailTypes: ['OrderPaid'] }, event('shop'), false],
  [{ sources: ['x'], transformed: true }, 'anything', true],
])('a pattern %j may pass %j: %p', (details, given, expected) => {
  expect(EVENT_KIND.fits(given, busEventsOf('Shop', details))).toBe(expected);
});

describe('an event of S3', () => {
  const created = event('aws.s3', 'Object Created');
  const ofBus = busEventsOf('Bus', { sources: ['aws.s3'] });

  test('may come from a bus', () => {
    expect(triggerOfEvent([ofBus], created)).toBe(ofBus);
    expect(mayPass(ofBus, 'objectCreated', created)).toBe(true);
    expect(mayPass(busEventsOf('Bus', { sources: ['shop'] }), 'objectCreated', created)).toBe(
      false,
    );
  });

  test('comes from the bucket where the bus does not pass it on', () => {
    const ofBucket = objectsOf('Uploads', { by: 'eventBridge' });

    expect(triggerOfEvent([busEventsOf('Bus', { sources: ['shop'] }), ofBucket], created)).toBe(
      ofBucket,
    );
  });
});

test.each([
  [['events:PutEvents'], undefined, undefined, { events: { detailTypes: undefined } }],
  [
    ['events:*'],
    undefined,
    { 'ForAllValues:StringEquals': { 'events:detail-type': 'A' } },
    { events: { detailTypes: ['A'] } },
  ],
  [
    ['events:PutEvents'],
    undefined,
    { 'ForAllValues:StringEquals': { 'events:detail-type': ['A', 'B'] } },
    { events: { detailTypes: ['A', 'B'] } },
  ],
  [
    ['events:PutEvents'],
    undefined,
    { StringLike: { x: 'y' } },
    { events: { detailTypes: undefined } },
  ],
  [['events:PutRule'], undefined, undefined, undefined],
  [['events:PutEvents'], 'below', undefined, undefined],
])('a grant of %j on the bus and %p with %j writes %j', (actions, below, conditions, expected) => {
  expect(EVENT_KIND.source?.writesOf?.(actions, below, conditions)).toEqual(expected);
});

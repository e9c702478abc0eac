import { Lazy } from 'aws-cdk-lib';
import { requireFreeId, scopeOfNew } from '../../lib/core/free-ids';
import { PropCheck } from '../../lib/props/prop-check';
import type { AppContext } from '../../lib/core/app-context';

/** The part of an app's context that decides about ids. */
function appWith(count?: number, ...ids: string[]): AppContext {
  return {
    check: new PropCheck('Test/App', ''),
    placement: {
      count,
      tryFindChild: (id: string) => (ids.includes(id) ? {} : undefined),
      scopeOf: (id: string) => `the scope of ${id}`,
    },
  } as unknown as AppContext;
}

const requiring = (context: AppContext, id: unknown) => (): void => {
  requireFreeId(context, id as string, 'tables', 'give it another id');
};
const RULE = 'must have an id that the app does not reserve';

test.each([
  'Orders',
  'logs',
  'HttpApi2',
  'RolloutCanary',
  'RolloutCanary10Percent',
  'RolloutLinear10Percent5MinutesToo',
  'MyRolloutCanary10Percent5Minutes',
  'MyRolloutByToken',
  'RolloutByTokens',
  'Shard1', // nothing of an app without shards
])('%s is free', (id) => {
  expect(requiring(appWith(), id)).not.toThrow();
});

test.each([
  'Logs',
  'HttpApi',
  'FailureQueue',
  'RolloutCanary10Percent5Minutes',
  'RolloutLinear1Percent2880Minutes',
  'RolloutByToken',
  'RolloutByToken12',
])('fails for %s, which the app may need', (id) => {
  expect(requiring(appWith(), id)).toThrow(
    `Test/App: \`tables.${id}\` ${RULE}, got "${id}": give it another id`,
  );
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'fails for %s, which the CDK would mistake for an existing construct',
  (id) => {
    expect(requiring(appWith(), id)).toThrow(
      `Test/App: \`tables.${id}\` must not have an id that is a property of every JavaScript object, which the CDK takes for a construct, got "${id}": give it another id`,
    );
  },
);

test.each(['Shard0', 'Shard12', 'Shard1.NestedStack'])(
  'fails for %s in an app with shards',
  (id) => {
    expect(requiring(appWith(2), id)).toThrow(`\`tables.${id}\` ${RULE}`);
  },
);

test.each(['Shard', 'MyShard1', 'Shard1x', 'Shard1.NestedStackResource', 'ShardOne'])(
  '%s is free in an app with shards',
  (id) => {
    expect(requiring(appWith(2), id)).not.toThrow();
  },
);

test('fails for an id that is taken', () => {
  expect(requiring(appWith(undefined, 'Orders'), 'Orders')).toThrow(
    'Test/App: `tables.Orders` must have a unique id in the app, got "Orders" twice: give it another id',
  );
  expect(requiring(appWith(undefined, 'Orders'), 'Order')).not.toThrow();
});

test('fails for an empty id', () => {
  expect(requiring(appWith(), '')).toThrow(
    'Test/App: `tables.` must have an id, got an empty one: give it another id',
  );
});

test.each<[string, unknown, string]>([
  ['a token', Lazy.string({ produce: () => 'Orders' }), 'a token'],
  ['a number', 5, '5'],
  ['nothing', undefined, 'undefined'],
])('fails for %s', (_name, id, got) => {
  expect(requiring(appWith(), id)).toThrow(
    `Test/App: \`tables\` must have an id that is a string known at synthesis, got ${got}: write it, for example \`"Orders"\``,
  );
});

test('a new function is placed in its shard if its id is free', () => {
  expect(scopeOfNew(appWith(2), 'GetOrder')).toBe('the scope of GetOrder');
  expect(() => scopeOfNew(appWith(2, 'GetOrder'), 'GetOrder')).toThrow(
    '`functions.GetOrder` must have a unique id in the app, got "GetOrder" twice: give it another id: `{ id: "…" }` in the short form',
  );
});

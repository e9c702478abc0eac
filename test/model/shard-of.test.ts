import { shardOf, shardsThatHold } from '../../lib/model/shard-of';

const IDS = Array.from({ length: 1000 }, (_, i) => `Function${i}`);

// Recorded, worked out by an independent program. Where one of these changes, the functions of all who use sharding are replaced.
test.each([
  ['GetOrder', [0, 1, 1, 1, 6, 16]],
  ['CreateOrder', [0, 0, 0, 0, 0, 72]],
  ['ImportOrders', [0, 1, 1, 1, 4, 18]],
  ['Orders', [0, 1, 1, 1, 5, 12]],
  ['Zażółć', [0, 1, 2, 3, 3, 80]],
  ['', [0, 1, 2, 2, 5, 22]],
  ['Function88759', [0, 0, 0, 0, 0, 75]],
])('the shard of %j is the recorded one', (id, shards) => {
  expect([1, 2, 3, 4, 8, 100].map((count) => shardOf(id, count))).toEqual(shards);
});

test('every shard gets about the same number of functions', () => {
  const shards = IDS.map((id) => shardOf(id, 8));
  const sizes = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => shards.filter((shard) => shard === n).length);

  expect(Math.min(...sizes)).toBeGreaterThan(90);
  expect(Math.max(...sizes)).toBeLessThan(160);
});

test('an additional shard takes functions over, and moves no others', () => {
  const moved = IDS.filter((id) => shardOf(id, 8) !== shardOf(id, 9));

  expect(moved.length).toBeGreaterThan(70);
  expect(moved.length).toBeLessThan(160);
  expect(moved.map((id) => shardOf(id, 9)).filter((shard) => shard !== 8)).toEqual([]);
});

test('the recommended number of shards follows the fullest shard', () => {
  const weights = new Map(IDS.slice(0, 100).map((id) => [id, 5]));
  const fullest = (count: number): number =>
    Math.max(
      ...[...Array(count).keys()].map(
        (shard) => [...weights.keys()].filter((id) => shardOf(id, count) === shard).length * 5,
      ),
    );

  const count = shardsThatHold(weights, 300, 100);

  expect(fullest(count)).toBeLessThanOrEqual(300);
  expect(fullest(count - 1)).toBeGreaterThan(300);
});

test('a shard at exactly the limit requires no further shard', () => {
  expect(shardsThatHold(new Map([['Large', 300]]), 300, 7)).toBe(1);
  expect(shardsThatHold(new Map(), 0, 7)).toBe(1);
});

test('if no number is enough, it is the largest', () => {
  expect(shardsThatHold(new Map([['Huge', 600]]), 300, 7)).toBe(7);
});

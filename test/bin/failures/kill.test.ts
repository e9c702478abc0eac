import * as fc from 'fast-check';
import type { FailureBucket, FailureQueue, FunctionRunner } from '../../../bin/failures/failure';
import { withFailures } from '../../../bin/failures/open-failures';
import { removeRetriedElsewhere, retry, RetryOutcome } from '../../../bin/failures/retry';
import { FakeBucket, FakeQueue } from '../support/fake-failures';
import { arnOf, CHANGES, deployedModel, functionModel, NIGHTLY } from '../support/models';

const MODEL = deployedModel([functionModel('Import', NIGHTLY), functionModel('Project', CHANGES)]);
const IO = {
  interruptible: <T>(work: (signal: AbortSignal) => Promise<T>) =>
    work(new AbortController().signal),
};

/** How many events there are of each kind. */
interface Load {
  readonly asynchronous: number;
  readonly records: number;
  /** How many of the records have lost their message. */
  readonly expired: number;
}

/** The event of a record, which names it. */
const batchOf = (key: string): string =>
  JSON.stringify({ Records: [{ eventSource: 'aws:dynamodb', key }] });

const nameIn = (event: unknown): string =>
  typeof event === 'string'
    ? event
    : ((event as { Records: readonly { key: string }[] }).Records[0]?.key ?? '');

class World {
  readonly queue: FakeQueue;
  readonly bucket: FakeBucket;
  /** How often the function succeeded on each event. */
  readonly runs = new Map<string, number>();
  readonly events: readonly string[];

  constructor({ asynchronous, records, expired }: Load) {
    const ids = Array.from({ length: asynchronous }, (_, i) => `a${i}`);
    const keys = Array.from({ length: records }, (_, i) => `aws/lambda/m/s/r${i}`);
    const body = (value: object): object => ({
      sentAt: new Date(0),
      attributes: {},
      body: JSON.stringify(value),
    });
    const arn = (name: string): object => ({ functionArn: arnOf(`Shop-${name}-Abc`) });
    const messages = [
      ...ids.map((id) => ({
        id,
        ...body({ requestContext: arn('Import'), requestPayload: id }),
      })),
      ...keys.slice(expired).map((key) => ({
        id: `n-${key}`,
        ...body({
          'detail-type': 'Object Created',
          detail: { bucket: { name: 'failed-records' }, object: { key } },
        }),
      })),
    ];
    this.queue = new FakeQueue(
      messages.map((message) => ({ receipt: message.id, ...message }) as never),
    );
    const record = (key: string): string =>
      JSON.stringify({ requestContext: arn('Project'), payload: batchOf(key) });
    this.bucket = new FakeBucket(new Map(keys.map((key) => [key, record(key)])));
    this.events = [...ids, ...keys];
  }

  /** Visibility timeouts and claims expire. */
  passTime(): void {
    this.queue.showAll();
    this.bucket.claims.clear();
  }

  isKept(event: string): boolean {
    return this.bucket.objects.has(event) || this.queue.has(event);
  }
}

/** `retry --all`, killed before its n-th call: from then on it does nothing, not even its cleanup. */
async function retryAll(world: World, killedBefore: number): Promise<boolean> {
  let calls = 0;
  let killed: () => void = () => undefined;
  const death = new Promise<boolean>((resolve) => {
    killed = (): void => {
      resolve(true);
    };
  });
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    await new Promise((resolve) => setImmediate(resolve)); // lets the other command go on
    if (++calls >= killedBefore) {
      killed();
      return new Promise(() => undefined);
    }
    return work();
  };
  const { queue: q, bucket: b } = world;
  const queue: FailureQueue = {
    name: q.name,
    receive: () => step(() => q.receive()),
    state: () => step(() => q.state()),
    hide: (message, seconds) => step(() => q.hide(message, seconds)),
    keepHidden: () => step(() => q.keepHidden()),
    release: (messages) => step(() => q.release(messages)),
    remove: (message) => step(() => q.remove(message)),
  };
  const bucket: FailureBucket = {
    list: (limit) => step(() => b.list(limit)),
    read: (key) => step(() => b.read(key)),
    remove: (key) => step(() => b.remove(key)),
    claim: (key) => step(() => b.claim(key)),
    releaseClaim: (key) => step(() => b.releaseClaim(key)),
  };
  const runner: FunctionRunner = {
    invoke: (_arn, event) =>
      step(() => {
        const name = nameIn(JSON.parse(event));
        world.runs.set(name, (world.runs.get(name) ?? 0) + 1);
        return Promise.resolve({ response: 'null' });
      }),
  };
  const work = withFailures(
    { queue, bucket },
    MODEL,
    { io: IO, limit: 1000 },
    async (open, store, signal) => {
      const outcomes: RetryOutcome[] = [];
      for (const failure of open.failures) {
        outcomes.push(await retry(failure, { model: MODEL, store, runner, signal }));
      }
      await removeRetriedElsewhere(outcomes, store);
    },
  );
  return Promise.race([death, work.then(() => false)]);
}

const LOAD = fc.record({
  asynchronous: fc.integer({ min: 0, max: 4 }),
  records: fc.integer({ min: 0, max: 4 }),
  expired: fc.integer({ min: 0, max: 4 }),
});
const KILLS = fc.array(fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 40 })), {
  minLength: 1,
  maxLength: 4,
});

test('killed at any moment, retries lose nothing and repeat at most one event for each kill', async () => {
  await fc.assert(
    fc.asyncProperty(LOAD, KILLS, async (load, kills) => {
      const world = new World(load);
      let killed = 0;
      for (const killedBefore of kills) {
        killed += (await retryAll(world, killedBefore)) ? 1 : 0;
        for (const event of world.events) {
          expect([event, world.isKept(event) || world.runs.has(event)]).toEqual([event, true]);
        }
        world.passTime();
      }
      const repeated = [...world.runs.values()].reduce((sum, runs) => sum + runs - 1, 0);
      expect(repeated).toBeLessThanOrEqual(killed);

      await retryAll(world, Infinity);
      world.passTime();
      await retryAll(world, Infinity); // removes messages whose record is gone
      expect(world.events.filter((event) => world.isKept(event))).toEqual([]);
      expect([world.runs.size, world.queue.visible]).toEqual([world.events.length, []]);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('two retries at once run each event once, whenever one of them is killed', async () => {
  await fc.assert(
    fc.asyncProperty(LOAD, fc.integer({ min: 1, max: 60 }), async (load, killedBefore) => {
      const world = new World(load);

      const killed = await Promise.all([retryAll(world, killedBefore), retryAll(world, Infinity)]);
      const repeated = [...world.runs.values()].filter((runs) => runs > 1);

      expect(repeated).toEqual([]);
      expect(killed[1]).toBe(false);
      for (const event of world.events) {
        expect(world.isKept(event) || world.runs.has(event)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
}, 60_000);

// Real processes with small handlers.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from '../../../bin/dev/function-process';
import { FunctionPool } from '../../../bin/dev/function-pool';
import { Reaper } from '../../../bin/dev/reaper';
import { fs, path, tempFolder } from '../../support/synth';

const HANDLERS = {
  'one.mjs': `
    let count = 0;
    export const handler = async (event, context) => ({
      version: 1, count: ++count, event, name: process.env.NAME, pid: process.pid,
      id: context.awsRequestId, left: context.getRemainingTimeInMillis() > 0,
    });
    export const wait = async ({ ms }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return 1;
    };`,
  'two.mjs':
    'export const handler = async () => ({ version: 2 });\nexport const wait = async () => 2;',
  'log.mjs': `
    export const handler = async () => {
      console.log('hello %s', 'ada');
      console.warn({ order: 1 });
      console.debug('not at this level');
      process.stdout.write('raw\\n');
    };`,
  'fails.mjs': `
    export const handler = async () => { throw new TypeError('no order'); };
    export const exits = async () => process.exit(3);
    export const rejectsLater = async () => {
      setTimeout(() => { void Promise.reject(new Error('too late')); }, 20);
    };
    export const loops = async () => { for (;;); };
    export const callback = (event, context, done) => done(null, 'called back');
    export const some = async ({ fails, ms = 0 }) => {
      if (fails === 'rejects') void Promise.reject(new Error('forgotten'));
      if (fails === 'loops') for (;;);
      await new Promise((resolve) => setTimeout(resolve, fails ? 5000 : ms));
      return process.pid;
    };
    export const rejects = async () => {
      void Promise.reject(new Error('forgotten'));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    };`,
  'prints.mjs': `
    export const handler = async () => {
      for (let i = 0; i < 20_000; i++) console.log('x'.repeat(100));
      console.log('the last line');
    };
    export const partly = async () => { process.stdout.write('no end '); process.stdout.write('of line'); };
    export const exits = async () => { process.stdout.write('no end of line'); process.exit(3); };
    export const large = async ({ character, count }) => character.repeat(count);`,
  'broken.mjs': "throw new Error('at the top');",
  'streams.mjs': `
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
      out.write('a');
      out.end('b');
    });`,
};

const folder = tempFolder(HANDLERS);
const reaper = new Reaper();
const pools: FunctionPool[] = [];
let requests = 0;

afterAll(() => {
  pools.forEach((pool) => {
    pool.stop();
  });
  reaper.stop();
});

async function poolOf(file: string, handler = 'handler'): Promise<FunctionPool> {
  const pool = new FunctionPool({ folder: () => folder, reaper });
  pools.push(pool);
  await pool.replace({ file: path.join(folder, file), handler, packages: [], stream: false });
  return pool;
}

function invocation(event: unknown = {}, given: Partial<Invocation> = {}): Invocation {
  return {
    functionName: 'Shop-F',
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Shop-F',
    version: '$LATEST',
    requestId: `request-${++requests}`,
    timeoutSeconds: 20,
    memoryMb: 128,
    logFormat: 'JSON',
    logLevel: 'INFO',
    logGroup: '/aws/lambda/Shop-F',
    environment: { NAME: 'orders' },
    event,
    ...given,
  };
}

const answer = async (pool: FunctionPool, asked = invocation()): Promise<Record<string, unknown>> =>
  JSON.parse((await pool.invoke(asked)).outcome.result ?? '{}') as Record<string, unknown>;

jest.setTimeout(60_000);

test('a handler gets its event, its environment and its context', async () => {
  const pool = await poolOf('one.mjs');
  const asked = invocation({ order: 1 });

  expect(await answer(pool, asked)).toMatchObject({
    event: { order: 1 },
    name: 'orders',
    id: asked.requestId,
    left: true,
  });
});

test('the first event meets a cold start, the next one the same process', async () => {
  const pool = await poolOf('one.mjs');
  const first = await pool.invoke(invocation());
  const second = await pool.invoke(invocation());

  expect([first.initMs, second.initMs]).toEqual([expect.any(Number), undefined]);
  expect(JSON.parse(second.outcome.result ?? '')).toMatchObject({ count: 2 });
});

test('events at the same time run in processes of their own', async () => {
  const pool = await poolOf('one.mjs', 'wait');
  const started = Date.now();
  await pool.invoke(invocation({ ms: 0 }));
  await Promise.all([1, 2].map(() => pool.invoke(invocation({ ms: 1500 }))));

  expect(Date.now() - started).toBeLessThan(60_000);
  expect((await pool.invoke(invocation({ ms: 0 }))).outcome.result).toBe('1');
});

test('another bundle answers as soon as it is there, and an event that is under way ends with the old one', async () => {
  const pool = await poolOf('one.mjs', 'wait');
  await pool.invoke(invocation({ ms: 0 }));
  const running = pool.invoke(invocation({ ms: 3000 }));
  await sleep(500); // It has begun.
  await pool.replace({
    file: path.join(folder, 'two.mjs'),
    handler: 'wait',
    packages: [],
    stream: false,
  });

  expect((await pool.invoke(invocation({ ms: 0 }))).outcome.result).toBe('2');
  expect((await running).outcome.result).toBe('1');
});

test('another environment is another process', async () => {
  const pool = await poolOf('one.mjs');
  await pool.invoke(invocation());
  const other = invocation({}, { environment: { NAME: 'invoices' } });

  expect(await answer(pool, other)).toMatchObject({ count: 1, name: 'invoices' });
});

test('`cold` makes the next event meet a cold start', async () => {
  const pool = await poolOf('one.mjs');
  await pool.invoke(invocation());
  pool.cold();

  expect((await pool.invoke(invocation())).initMs).toEqual(expect.any(Number));
});

test('logs have the form of Lambda’s, and the level that the function has', async () => {
  const { log } = await (await poolOf('log.mjs')).invoke(invocation());
  const [hello = '', order = '', ...rest] = log;

  expect(JSON.parse(hello)).toMatchObject({
    level: 'INFO',
    message: 'hello ada',
    requestId: expect.stringMatching(/^request-/),
  });
  expect(JSON.parse(order)).toMatchObject({ level: 'WARN', message: { order: 1 } });
  expect(rest).toEqual(['raw']);
});

test('logs in the text format have time, request and level', async () => {
  const asked = invocation({}, { logFormat: 'Text' });
  const { log } = await (await poolOf('log.mjs')).invoke(asked);

  expect(log[0]).toMatch(new RegExp(`^\\S+Z\\t${asked.requestId}\\tINFO\\thello ada$`));
  expect(log).toHaveLength(4); // The text format has no levels to leave out.
});

test.each([
  ['an error', 'handler', 'TypeError', 'no order'],
  ['an exit', 'exits', 'Runtime.ExitError', 'Runtime exited with error: exit status 3'],
  ['a rejection that nobody handles', 'rejects', 'Runtime.UnhandledPromiseRejection', 'forgotten'],
])(
  '%s of a handler gives the error that Lambda gives',
  async (_what, handler, errorType, errorMessage) => {
    const pool = await poolOf('fails.mjs', handler);
    const { outcome } = await pool.invoke(invocation());

    expect(outcome.error).toMatchObject({ errorType, errorMessage });
  },
);

test('a handler that never ends is ended at its timeout, and the next event runs', async () => {
  const pool = await poolOf('fails.mjs', 'loops');
  const { outcome, log } = await pool.invoke(invocation({}, { timeoutSeconds: 1 }));

  expect(outcome.error?.errorType).toBe('Sandbox.Timedout');
  expect(log.at(-1)).toContain('Task timed out after 1.00 seconds');
  await pool.replace({
    file: path.join(folder, 'two.mjs'),
    handler: 'handler',
    packages: [],
    stream: false,
  });
  expect(await answer(pool)).toEqual({ version: 2 });
});

test.each(['rejects', 'loops'])(
  'an event right after one that ends its process (%s) runs in another process',
  async (fails) => {
    const lost: unknown[] = [];
    const pool = new FunctionPool({
      folder: () => folder,
      reaper,
      onLost: (log) => lost.push(log),
    });
    pools.push(pool);
    const file = path.join(folder, 'fails.mjs');
    await pool.replace({ file, handler: 'some', packages: [], stream: false });
    await pool.invoke(invocation());
    const failed = await pool.invoke(invocation({ fails }, { timeoutSeconds: 1 }));
    const { outcome } = await pool.invoke(invocation({ ms: 300 }));
    await sleep(100);

    expect(failed.outcome.error).toBeDefined();
    expect(outcome).toMatchObject({ result: expect.stringMatching(/^\d+$/) });
    expect(lost).toEqual([]); // Its failure has been reported.
  },
);

test('output without an end of line is in the log of the event', async () => {
  const partly = await (await poolOf('prints.mjs', 'partly')).invoke(invocation());
  const exits = await (await poolOf('prints.mjs', 'exits')).invoke(invocation());

  expect(partly.log).toEqual(['no end of line']);
  expect(exits.log).toContain('no end of line');
});

test('a log that is too long says how many lines are left out', async () => {
  const { log } = await (await poolOf('prints.mjs')).invoke(invocation());

  expect(log.length).toBeLessThan(20_000);
  expect(log.at(-1)).toBe(`… ${20_001 - (log.length - 1)} more lines, which \`dev\` does not keep`);
});

test.each([
  ['x', 6_291_556 - 2, undefined], // Two quotation marks.
  ['x', 6_291_556 - 1, 'Function.ResponseSizeTooLarge'],
  ['é', 6_291_556 / 2 - 1, undefined],
  ['é', 6_291_556 / 2, 'Function.ResponseSizeTooLarge'],
])('a result is limited by its bytes: %s × %d', async (character, count, errorType) => {
  const pool = await poolOf('prints.mjs', 'large');
  const { outcome } = await pool.invoke(invocation({ character, count }));

  expect(outcome.error?.errorType).toBe(errorType);
});

test('an entry that does not load is an error of each event', async () => {
  const pool = await poolOf('broken.mjs');

  expect((await pool.invoke(invocation())).outcome.error).toMatchObject({
    errorMessage: 'at the top',
  });
});

test('a handler that is not exported is named', async () => {
  const pool = await poolOf('one.mjs', 'other');

  expect((await pool.invoke(invocation())).outcome.error).toMatchObject({
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'the entry exports no function `other`',
  });
});

test('a handler with a callback, and one that streams its response', async () => {
  const called = await (await poolOf('fails.mjs', 'callback')).invoke(invocation());
  const streamed = await answer(await poolOf('streams.mjs'));

  expect(called.outcome.result).toBe('"called back"');
  expect(streamed).toEqual({ statusCode: 201, body: 'YWI=', isBase64Encoded: true });
});

test.each([true, false])(
  'a module whose default export has `fetch` answers requests, stream: %s',
  async (stream) => {
    const place = tempFolder({
      'web.mjs':
        "export default { fetch: ({ method }) => new Response(`${method}!`, { headers: { 'x-a': '1' } }) };",
    });
    const pool = new FunctionPool({ folder: () => place, reaper });
    pools.push(pool);
    await pool.replace({
      file: path.join(place, 'web.mjs'),
      handler: 'handler',
      packages: [],
      stream,
    });
    const event = { rawPath: '/', rawQueryString: '', requestContext: { http: { method: 'GET' } } };

    expect(await answer(pool, invocation(event))).toMatchObject({
      statusCode: 200,
      headers: { 'x-a': '1' },
      body: stream ? Buffer.from('GET!').toString('base64') : 'GET!',
    });
  },
);

test('an event whose bundle is removed before its process has started is answered by the next bundle', async () => {
  const own = tempFolder({ 'one.mjs': HANDLERS['one.mjs'] });
  const pool = new FunctionPool({ folder: () => folder, reaper });
  pools.push(pool);
  const build = { handler: 'handler', packages: [], stream: false };
  await pool.replace({ ...build, file: path.join(own, 'one.mjs') });
  const asked = pool.invoke(invocation());
  fs.rmSync(path.join(own, 'one.mjs'));
  await pool.replace({ ...build, file: path.join(folder, 'two.mjs') });

  expect(JSON.parse((await asked).outcome.result ?? '')).toEqual({ version: 2 });
});

test('a process that ends by itself between two events is reported once, with its log', async () => {
  const lost: string[] = [];
  const pool = new FunctionPool({
    folder: () => folder,
    reaper,
    onLost: (log) => lost.push(log.join(' ')),
  });
  pools.push(pool);
  const file = path.join(folder, 'fails.mjs');
  await pool.replace({ file, handler: 'rejectsLater', packages: [], stream: false });
  expect((await pool.invoke(invocation())).outcome.error).toBeUndefined();
  while (lost.length === 0) {
    await sleep(20);
  }
  pool.cold(); // ends processes too, which is no loss

  expect((await pool.invoke(invocation())).initMs).toBeGreaterThanOrEqual(0);
  expect(lost).toEqual([expect.stringContaining('too late')]);
});

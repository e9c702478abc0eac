import { HandlerScript } from '../../lib/bundling/handler-script';

const functionIn = (text: string, name = 'handler'): unknown => new HandlerScript(text).find(name);

function parametersIn(text: string, name = 'handler'): number | undefined {
  const found = new HandlerScript(text).find(name);
  return found !== undefined && 'parameters' in found ? found.parameters : undefined;
}

describe('three parameters are found in', () => {
  test.each<[string]>([
    ['export const handler = (a, b, c) => {};'],
    ['export const handler = async (event, context, callback) => { callback(null, 1); };'],
    ['export const handler: Handler<A, B> = (event, _context, callback) => callback();'],
    ['export const handler: (a: A) => void = (a, b, c) => {};'],
    [
      'export const handler = (event: Map<A, B>, context: Context, callback: Callback<A, B>): void => {};',
    ],
    ['export const handler = ({ a = 1, b }, [c], callback?: (e: E, r: R) => void) => {};'],
    ['export const handler = function (a, b, c) {};'],
    ['export const handler = async function named(a, b, c) {};'],
    ['export function handler(a: { x: 1, y: 2 }, b, c): Promise<void> { return run(); }'],
    ['export async function handler(a, b, c,) {}'],
    ['function run(a, b, c) {}\nexport { run as handler };'],
    ['const handler = (a, b, c) => {};\nexport { handler };'],
    ['export default (a, b, c) => {};'],
    ['export default async function (a, b, c) {}'],
    ['export default function named(a, b, c) {}'],
    ['const run = (a, b, c) => {};\nexport default run;'],
    ['exports.handler = (a, b, c) => {};'],
    ['exports.handler = function (a, b, c) {};'],
    ['module.exports.handler = async (a, b, c) => {};'],
    ['module.exports = { other: 1, handler: (a, b, c) => {} };'],
    ['module.exports = { handler(a, b, c) {} };'],
    ['module.exports = { async handler(a, b, c) {} };'],
    ['const handler = (a, b, c) => {};\nmodule.exports = { handler };'],
    ['function handler(this: X, a, b, c) {}\nexports.handler = handler;'],
    ['export const handler = ((a, b, c) => {}) as Handler;'],
    ['export const handler = (a, b, c) => {}\nexport const other = 1'],
  ])('%s', (text) => {
    const name = text.includes('export default') ? 'default' : 'handler';

    expect(parametersIn(text, name)).toBe(3);
  });
});

describe('as many parameters as JavaScript counts are found in', () => {
  test.each<[string, number]>([
    ['export const handler = async () => 1;', 0],
    ['export const handler = async (a, b) => 1;', 2],
    ['export const handler = async (a, b = {}, c) => 1;', 1],
    ['export const handler = async (a, b: C = d(1, 2), c) => 1;', 1],
    ['export const handler = async (a, ...rest) => 1;', 1],
    ['export const handler = async ({ a, b, c }) => 1;', 1],
    ['export const handler = async (a: Record<string, [A, B]>, b) => 1;', 2],
    ['export const handler = async (a: (x: A, y: B, z: C) => void) => 1;', 1],
  ])('%s', (text, count) => {
    expect(parametersIn(text)).toBe(count);
  });
});

test.each([
  'export const handler = wrap((a, b, c) => {});',
  'export const handler = middy().use(x).handler((a, b, c) => {});',
  'export const handler = awslambda.streamifyResponse(async (a, b, c) => {});',
  'export const handler = function (a, b, c) {}.bind(other);',
  'export const handler = make(function (a, b, c) {});',
  'let handler = (a, b, c) => {};\nhandler = wrap(handler);\nexport { handler };',
  'export function handler(a, b, c): void;\nexport function handler(...all) {}',
  'exports.handler = require("./other").handler;',
  'const other = (a, b, c) => {};\nexport const handler = async () => 1;\nexport { other };',
  'const text = "export const handler = (a, b, c) => {}";',
  '// export const handler = (a, b, c) => {};',
  'if (x) { exports.handle = (a, b, c) => {}; }',
  'export const handler = (a, b, c);',
  'export const handler = class { run(a, b, c) {} };',
])('nothing is said of %s', (text) => {
  expect(parametersIn(text) ?? 0).toBeLessThan(3);
});

test.each([
  ['export { handler } from "./other";', { specifier: './other', name: 'handler' }],
  ['export { run as handler } from "./other";', { specifier: './other', name: 'run' }],
  [
    'import { run } from "./other";\nexport { run as handler };',
    { specifier: './other', name: 'run' },
  ],
  [
    'import run from "./other";\nexport const handler = run;',
    { specifier: './other', name: 'default' },
  ],
])('%s leads to another file', (text, place) => {
  expect(functionIn(text)).toEqual(place);
});

describe('what a function returns', () => {
  const resultsOf = (body: string): unknown => {
    const text = `export const handler = async (event) => ${body};`;
    const found = new HandlerScript(text).find('handler');
    return found !== undefined && 'returns' in found ? found.returns : found;
  };

  test.each([
    [`{\n  return 'ok';\n}`, [{ kind: 'text', line: 2 }]],
    [`{\n  return "a" + b;\n}`, [{ kind: 'text', line: 2 }]],
    ['{\n  return `done ${count}`;\n}', [{ kind: 'text', line: 2 }]],
    [`{\n  return JSON.stringify(x);\n}`, [{ kind: 'text', line: 2 }]],
    [`'ok'`, [{ kind: 'text', line: 1 }]],
    [`({ statusCode: 200, body: 'x' })`, [{ kind: 'response', line: 1 }]],
    [`{\n  if (a) {\n    return { statusCode: 200 };\n  }\n}`, [{ kind: 'response', line: 3 }]],
    [
      `{\n  try { x(); } catch (e) { return { body, statusCode }; }\n}`,
      [{ kind: 'response', line: 2 }],
    ],
    [`{\n  const r = { statusCode: 200 };\n  return r;\n}`, [{ kind: 'response', line: 3 }]],
    [
      `{ for (const r of event.Records) { await one(r); }\n  return 'ok';\n}`,
      [{ kind: 'text', line: 2 }],
    ],
    [`{ return; }`, []],
    [`{ return { batchItemFailures: [] }; }`, []],
    [`{ return { ...x, statusCode: 200 }; }`, []],
    [`{ return { statusCode: 200, batchItemFailures }; }`, []],
    [`{ return 'a'.length; }`, []],
    [`{ return run(); }`, []],
    [`{ const a = list.map((x) => { return 'a'; }); }`, []],
    [`{ const f = function () { return 'a'; }; }`, []],
    [`{ const f = { run() { return 'a'; } }; }`, []],
    [`{ const f = (x): X => { return 'a'; }; }`, []],
    [`{ function f(): X { return 'a'; } }`, []],
    [`{ let r = { statusCode: 200 }; r = other; return r; }`, []],
    [`{ return ok ? 'a' : undefined; }`, []],
    ['{\n  return Promise.all(event.Records.map(one));\n}', [{ kind: 'list', line: 2 }]],
    ['{ return await Promise.allSettled(jobs); }', [{ kind: 'list', line: 1 }]],
    ['[1, 2]', [{ kind: 'list', line: 1 }]],
    ['true', [{ kind: 'value', line: 1 }]],
    ['{ return 200; }', [{ kind: 'value', line: 1 }]],
    [`{ return await 'ok'; }`, [{ kind: 'text', line: 1 }]],
    ['{ return Promise.all(jobs).then(toResponse); }', []],
    ['{ return [a, b].reduce(sum); }', []],
    ['{ return true && run(); }', []],
    ['{ return Promise.race(jobs); }', []],
    ['{ return null; }', []],
    ['{ return undefined; }', []],
  ])('%s', (body, results) => {
    expect(resultsOf(body)).toEqual(results);
  });
});

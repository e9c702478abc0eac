// Modules whose default export has `fetch`: how they are recognized, bundled and run.
import { BundlingFormat, Trigger } from 'cdk-serverless-app';
import { Duration } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { functionUrlEvent, httpEvent, restEvent } from 'cdk-serverless-app/testing';
import { appOf, assetFolder, bundle, run } from '../support/bundles';
import { fs, path, tempFolder, templateOf } from '../support/synth';

const FETCH =
  'export default { fetch: (request) => new Response(`${request.method} ${request.url}`) };';
const filesIn = (folder: string): string[] => fs.readdirSync(folder).sort();

describe('a module whose default export has `fetch`', () => {
  test.each([
    ['an object', FETCH],
    [
      'an instance',
      `class App { fetch(request) { return new Response(this.text(request)); } text({ method, url }) { return \`\${method} \${url}\`; } }\nconst app = new App();\nexport default app;`,
    ],
    [
      'a name for it',
      `const app = { async fetch(request) { return new Response(\`\${request.method} \${request.url}\`); } };\nexport { app as default };`,
    ],
    [
      'an object with other members',
      `const fetch = (request) => new Response(\`\${request.method} \${request.url}\`);\nexport default { port: 3000, fetch };`,
    ],
    [
      'an object that gets it later',
      `const app = {};\napp.fetch = (request) => new Response(\`\${request.method} \${request.url}\`);\nexport default app;`,
    ],
    ['another file’s', "export { default } from './other';"],
  ])('answers requests: %s', (_what, text) => {
    const folder = bundle({ 'main.ts': text, 'other.ts': FETCH });

    expect(filesIn(folder)).toEqual(['app.mjs', 'index.mjs', 'web-handler.mjs']);
    expect(run(folder, { event: httpEvent('GET /orders', { query: { a: '1' } }) })).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: 'GET https://localhost/orders?a=1',
      isBase64Encoded: false,
    });
  });

  const ANSWER = '(request) => new Response(`${request.method} ${request.url}`)';
  test.each([
    ['module.exports = { fetch }', `const fetch = ${ANSWER};\nmodule.exports = { fetch };`],
    ['exports.fetch', `exports.fetch = ${ANSWER};`],
    ['module.exports with other members', `module.exports = { port: 3000, fetch: ${ANSWER} };`],
    [
      'exports.default, as compilers write it',
      `Object.defineProperty(exports, "__esModule", { value: true });\nexports.default = { fetch: ${ANSWER} };`,
    ],
    [
      'an instance',
      `class App { fetch(request) { return (${ANSWER})(request); } }\nconst app = new App();\nmodule.exports = app;`,
    ],
    [
      'a new instance',
      `class App { fetch(request) { return (${ANSWER})(request); } }\nmodule.exports = new App();`,
    ],
    ['an object that gets it', `const app = {};\napp.fetch = ${ANSWER};\nmodule.exports = app;`],
  ])('of CommonJS answers requests in both formats: %s', (_what, text) => {
    for (const format of [BundlingFormat.ESM, BundlingFormat.CJS]) {
      const folder = bundle({ 'main.js': text }, { bundling: { format } });

      expect(run(folder, { event: httpEvent('GET /orders') })).toMatchObject({
        statusCode: 200,
        body: 'GET https://localhost/orders',
      });
    }
  });

  test.each([
    ['a function', 'module.exports = (event) => event;'],
    ['a named function', 'function app(request, response) {}\nmodule.exports = app;'],
    ['an object without it', 'module.exports = { run: () => 1 };'],
  ])('of CommonJS: %s is an error', (_what, text) => {
    expect(() => bundle({ 'main.js': text })).toThrow('must export `handler`');
  });

  test.each([
    ['payload 1.0', restEvent('POST /orders', { body: 'x' }), 'POST https://localhost/orders'],
    ['a function URL', functionUrlEvent('/a'), 'GET https://localhost/a'],
  ])('answers %s', (_what, event, body) => {
    expect(run(bundle({ 'main.ts': FETCH }), { event })).toMatchObject({ statusCode: 200, body });
  });

  test.each([
    ['CommonJS', { format: BundlingFormat.CJS }],
    ['one with a source map', { sourceMap: true }],
    ['shared chunks', { sharedChunks: true }],
    ['one with packages', {}],
  ])('works as %s', (_what, bundling) => {
    const folder = bundle(
      {
        'main.ts': `import { text } from 'p';\nexport default { fetch: () => new Response(text) };`,
        'node_modules/p/package.json':
          '{ "name": "p", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
        'node_modules/p/index.js': 'export const text = "from p";',
      },
      { bundling },
    );

    expect(run(folder, { event: httpEvent('GET /') })).toMatchObject({ body: 'from p' });
  });

  test('is the same from the cache, with its findings', () => {
    process.env.SERVERLESS_APP_CACHE = tempFolder({});
    try {
      const root = tempFolder({
        'main.ts': 'export default { fetch: () => new Response(process.env.MISSING) };',
      });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
      const synth = (): { readonly key: unknown; readonly warned: boolean } => {
        const { app, stack, outdir } = appOf(root);
        app.addFunction('F', { entry: 'main.ts' });
        templateOf(stack);
        const manifest = app.node.findChild('F').node.metadata.map(({ data }) => String(data));
        return {
          key: path.basename(assetFolder(outdir)),
          warned: manifest.join().includes('MISSING'),
        };
      };
      const [first, second] = [synth(), synth()];

      expect(second).toEqual(first);
      expect(first.warned).toBe(true);
    } finally {
      process.env.SERVERLESS_APP_CACHE = 'off';
    }
  });

  test('has its handler run as before, if it exports one too', () => {
    const folder = bundle({ 'main.ts': `export const handler = async () => 'mine';\n${FETCH}` });

    expect(filesIn(folder)).toEqual(['index.mjs']);
    expect(run(folder)).toBe('mine');
  });

  test('gets its variables, Lambda’s event and context, and what it is still waiting for is finished first', () => {
    const folder = bundle(
      {
        'main.ts': `let done = 0;
          export default { fetch: (request, env, ctx) => {
            ctx.waitUntil(new Promise((resolve) => setTimeout(() => { done++; globalThis.process.stderr.write('later'); resolve(); }, 20)));
            return Response.json([env.FLAVOUR, ctx.lambda.event.routeKey, typeof ctx.lambda.context, done]);
          } };`,
      },
      { environment: { FLAVOUR: 'blue' } },
    );

    const { body } = run(folder, {
      event: httpEvent('GET /orders'),
      environment: { FLAVOUR: 'blue' },
    }) as { readonly body: string };

    expect(JSON.parse(body)).toEqual(['blue', 'GET /orders', 'object', 0]);
  });
});

describe('a module without `handler`', () => {
  const synth =
    (text: string): (() => unknown) =>
    () =>
      bundle({ 'main.ts': text });

  test.each([
    ['a function', 'export default async (event) => event;', 'main.ts:1'],
    [
      'a named function',
      '\nexport default async function main(event) { return event; }',
      'main.ts:2',
    ],
    [
      'an object without `fetch`',
      'export default { port: 3000, other: { fetch: 1 } };',
      'main.ts:1',
    ],
    ['a variable with one', 'const app = { port: 3000 };\nexport default app;', 'main.ts:1'],
  ])('is an error if its default export is %s', (_what, text, place) => {
    expect(synth(text)).toThrow(
      `Test/App: \`functions.F.entry\` must export \`handler\`, or a default export with \`fetch(request)\`, got one without it at ${place}`,
    );
  });

  test('is an error if it exports no default either', () => {
    expect(synth('export const other = 1;')).toThrow(
      /must export `handler`, got `other` in .*main\.ts: write .*, or a default export with `fetch`/,
    );
  });

  test('is an error if another handler is named', () => {
    expect(() => bundle({ 'main.ts': FETCH }, { handler: 'list' })).toThrow(
      'must export `list`, got `default`',
    );
  });

  test('fails at its start, if only then it is known that there is no `fetch`', () => {
    const folder = bundle({ 'main.ts': 'export default new Map();' });

    expect(() => run(folder)).toThrow(
      'the entry exports no `handler`, and its default export has no `fetch(request)`: export one of them',
    );
  });
});

describe('the triggers of such a module', () => {
  const synth =
    (declare: (app: ReturnType<typeof appOf>['app']) => void, options = {}): (() => unknown) =>
    () => {
      const { app, stack } = appOf(tempFolder({ 'main.ts': FETCH }), options);
      declare(app);
      return templateOf(stack);
    };

  test.each<[string, Parameters<typeof synth>[0], string]>([
    [
      'a schedule',
      (app) => app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'main.ts'),
      'rate',
    ],
    ['a queue', (app) => app.onMessage(app.addQueue('Jobs'), 'main.ts'), 'Jobs'],
    [
      'a request and a table',
      (app) => {
        app
          .onRequest('GET /', 'main.ts')
          .addTrigger(Trigger.tableChanges(app.addTable('Orders', { partitionKey: 'id' })));
      },
      'Orders',
    ],
    ['a WebSocket', (app) => app.onSocket('$connect', 'main.ts'), '$connect'],
  ])('must not be %s', (_what, declare, got) => {
    expect(synth(declare)).toThrow(
      new RegExp(
        `Test/App: \`functions.Main.triggers\` must be HTTP requests for an entry that exports no \`handler\` but a default with \`fetch\`, got .*${got.replace('$', '\\$')}.*: export a \`handler\``,
      ),
    );
  });

  test('must stream all or none', () => {
    expect(
      synth((app) => {
        app
          .onRequest('GET /', 'main.ts')
          .addTrigger(Trigger.functionUrl({ authType: FunctionUrlAuthType.NONE, stream: true }));
      }),
    ).toThrow(
      'must stream either all responses or none for an entry whose default export has `fetch`, got 1 of 2 that stream',
    );
  });

  test.each([
    [true, '{stream:true}'],
    [false, '{stream:false}'],
  ])('stream: %s', (stream, text) => {
    const { app, stack, outdir } = appOf(tempFolder({ 'main.ts': FETCH }));
    app.onFunctionUrl('main.ts', { stream });
    templateOf(stack);

    expect(fs.readFileSync(path.join(assetFolder(outdir), 'index.mjs'), 'utf8')).toContain(text);
  });
});

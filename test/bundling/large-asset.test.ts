import { appOf } from '../support/bundles';
import { fs, infos, path, tempFolder, templateOf } from '../support/synth';

const MB = 1024 * 1024;

/** A package of one file that exports a text of this size. */
function packageOf(name: string, bytes: number): Record<string, string> {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0' }),
    [`node_modules/${name}/index.js`]: `exports.text = "${'x'.repeat(bytes)}";`,
  };
}

const reading = (name: string): string =>
  `import it from '${name}'; export const handler = async () => it.text;`;

function informed(root: string, entries: readonly string[], copied?: string): string[] {
  const { app, stack } = appOf(root);
  entries.forEach((entry, i) =>
    app.addFunction(`F${i}`, {
      entry,
      bundling: copied === undefined ? {} : { copyFiles: [{ source: copied }] },
    }),
  );
  templateOf(stack);
  return infos(stack).filter((it) => it.includes('large-asset'));
}

test('an information names the packages that make an asset large', () => {
  const root = tempFolder({
    'main.ts': `import one from 'one'; import two from 'two'; export const handler = async () => [one, two];`,
    ...packageOf('one', 4 * MB),
    ...packageOf('two', 2 * MB),
  });

  expect(informed(root, ['main.ts'])).toEqual([
    expect.stringContaining(
      'Test/App: `functions.F0.bundling` makes an asset of 6.0 MB, unzipped, and each cold start reads the code in it. ' +
        'Its largest parts: `one` 4.0 MB, `two` 2.0 MB. Import only the parts',
    ),
  ]);
});

test('AWS SDK v2 has a remedy of its own', () => {
  const root = tempFolder({ 'main.ts': reading('aws-sdk'), ...packageOf('aws-sdk', 6 * MB) });

  expect(informed(root, ['main.ts'])[0]).toContain(
    'Its largest parts: `aws-sdk` 6.0 MB. Use AWS SDK v3 (`import { S3 } from "@aws-sdk/client-s3"`)',
  );
});

test('functions with the same finding share one message', () => {
  const root = tempFolder({
    'a.ts': reading('one'),
    'b.ts': `${reading('one')} export const other = 1;`,
    ...packageOf('one', 6 * MB),
  });

  expect(informed(root, ['a.ts', 'b.ts'])).toEqual([
    expect.stringContaining('(the same holds for `functions.F1`)'),
  ]);
});

test('a copied file counts', () => {
  const root = tempFolder({ 'main.ts': 'export const handler = async () => 1;' });
  fs.writeFileSync(path.join(root, 'model.bin'), Buffer.alloc(5 * MB));

  expect(informed(root, ['main.ts'], 'model.bin')[0]).toContain(
    'Its largest parts: `model.bin` 5.0 MB',
  );
});

test('an asset below 5 MB gets no information', () => {
  const root = tempFolder({ 'main.ts': reading('one'), ...packageOf('one', 5 * MB - 2000) });

  expect(informed(root, ['main.ts'])).toEqual([]);
});

test('the cache keeps what an asset consists of', () => {
  process.env.SERVERLESS_APP_CACHE = tempFolder({});
  try {
    const root = tempFolder({ 'main.ts': reading('one'), ...packageOf('one', 6 * MB) });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
    const first = informed(root, ['main.ts']);

    expect(informed(root, ['main.ts'])).toEqual(first);
    expect(first).toHaveLength(1);
  } finally {
    process.env.SERVERLESS_APP_CACHE = 'off';
  }
});

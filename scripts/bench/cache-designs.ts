/**
 * The bundling cache against the simplest sound design: the hashes of all inputs of each entry, and one pass over the entries that changed.
 * `npx tsx scripts/bench/cache-designs.ts` prints milliseconds, the least of three runs, of both designs in turn.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { bundleAll } from '../../lib/bundling/bundler';

const FUNCTIONS = Number(process.env.BENCH_FUNCTIONS ?? 150);
const ROUNDS = 3;
const REPOSITORY = path.join(__dirname, '..', '..');

const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'bench-cache-'));
fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(root, 'node_modules'));
fs.writeFileSync(path.join(root, 'package.json'), '{}');
const entries = Array.from({ length: FUNCTIONS }, (_, i) => path.join(root, `f${i}.ts`));
const text = (i: number, version: string): string =>
  `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
  const db = DynamoDBDocumentClient.from(new DynamoDBClient());
  export const handler = async () => [${i}, '${version}', await db.send(new GetCommand({ TableName: 'T', Key: { id: '${i}' } }))];`;
const edit = (i: number, version: string): void => {
  fs.writeFileSync(entries[i] ?? '', text(i, version));
};
entries.forEach((_, i) => {
  edit(i, '0');
});

/** Milliseconds that the work takes. */
function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Today's design, with its cache in a folder. */
function today(cache: string): void {
  process.env.SERVERLESS_APP_CACHE = cache;
  const requests = entries.map((entry, i) => ({
    owner: `F${i}`,
    entry,
    handler: 'handler',
    root,
    nodeVersion: '24',
    options: {},
  }));
  bundleAll(requests).forEach((files) => {
    files.forEach(({ content }) => content());
  });
}

/** The inputs of each entry with their hashes, and its code, in one JSON file. */
interface Stored {
  readonly inputs: Readonly<Record<string, string>>;
  readonly units: Readonly<
    Record<string, { readonly inputs: readonly string[]; readonly code: string }>
  >;
}

function simple(file: string): void {
  const known = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Stored)
    : { inputs: {}, units: {} };
  const hashes = new Map<string, string>();
  const hashOf = (input: string): string => {
    const hash =
      hashes.get(input) ??
      createHash('sha256')
        .update(fs.existsSync(input) ? fs.readFileSync(input) : '')
        .digest('hex');
    hashes.set(input, hash);
    return hash;
  };
  const changed = entries.filter(
    (entry) =>
      known.units[entry]?.inputs.every((input) => hashOf(input) === known.inputs[input]) !== true,
  );
  if (changed.length === 0) {
    return;
  }
  const { metafile, outputFiles } = esbuild.buildSync({
    entryPoints: Object.fromEntries(changed.map((entry) => [path.basename(entry, '.ts'), entry])),
    absWorkingDir: root,
    outdir: path.join(root, 'out'),
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    legalComments: 'none',
  });
  const codes = new Map(outputFiles.map((it) => [path.basename(it.path, '.js'), it.text]));
  const units = { ...known.units };
  for (const { entryPoint = '', inputs } of Object.values(metafile.outputs)) {
    const entry = path.resolve(root, entryPoint);
    units[entry] = {
      inputs: Object.keys(inputs).map((it) => path.resolve(root, it)),
      code: codes.get(path.basename(entry, '.ts')) ?? '',
    };
  }
  const all = new Set(Object.values(units).flatMap(({ inputs }) => inputs));
  const stored: Stored = {
    inputs: Object.fromEntries([...all].map((input) => [input, hashOf(input)])),
    units,
  };
  fs.writeFileSync(file, JSON.stringify(stored));
}

const results = new Map<string, number[]>();
for (let round = 0; round < ROUNDS; round++) {
  const [cache, file] = [
    path.join(root, `cache-${round}`),
    path.join(root, `simple-${round}.json`),
  ];
  for (const [design, run] of [
    [
      'today',
      () => {
        today(cache);
      },
    ],
    [
      'simplest',
      () => {
        simple(file);
      },
    ],
  ] as const) {
    const add = (what: string, ms: number): void => {
      results.set(`${what}, ${design}`, [...(results.get(`${what}, ${design}`) ?? []), ms]);
    };
    add('cold', timed(run));
    add('unchanged', timed(run));
    edit(7, `${round} ${design}`);
    add('one changed', timed(run));
  }
}
for (const [what, times] of [...results].sort()) {
  console.log(`${what}: ${Math.round(Math.min(...times))} ms`);
}
fs.rmSync(root, { recursive: true });

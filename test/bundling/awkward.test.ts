import * as lambda from 'aws-cdk-lib/aws-lambda';
import { addAwkwardHandlers, FORMATS, writeAwkwardHandlers } from '../support/awkward-handlers';
import { appOf, bundleIn, environments, hashes, run } from '../support/bundles';
import { fs, path, tempFolder } from '../support/synth';

describe.each(FORMATS)('as $name', ({ bundling, handlers }) => {
  let assets: Record<string, string>;
  let variables: Record<string, Record<string, string>>;

  // All in one synthesis, as in an app: so they are also in each other's way, if anything is.
  beforeAll(() => {
    const root = tempFolder();
    writeAwkwardHandlers(root);
    const { app, stack, outdir } = appOf(root);
    addAwkwardHandlers(app, handlers, bundling);
    assets = Object.fromEntries(
      Object.entries(hashes(stack)).map(([id, hash]) => [id, path.join(outdir, `asset.${hash}`)]),
    );
    variables = environments(stack);
  }, 60_000);

  test.each(handlers.map((it) => [it.name, it] as const))(
    'a function %s answers',
    (_name, { id, event, answer }) => {
      const environment = variables[id];

      expect(run(assets[id] ?? '', { event, environment })).toEqual(answer);
    },
  );
});

test.each([
  [lambda.Architecture.ARM_64, 'crc32-linux-arm64-gnu', 183],
  [lambda.Architecture.X86_64, 'crc32-linux-x64-gnu', 62],
])(
  'a native package is installed for %o',
  (architecture, name, machine) => {
    const root = tempFolder();
    writeAwkwardHandlers(root);

    const folder = bundleIn(root, 'NativePackage/main.ts', {
      architecture,
      bundling: { nodeModules: ['@node-rs/crc32'] },
    });

    const packages = path.join(folder, 'node_modules', '@node-rs');
    expect(fs.readdirSync(packages)).toEqual(['crc32', name]);
    const [binary = ''] = fs
      .readdirSync(path.join(packages, name))
      .filter((it) => /\.node$/.test(it));
    const header = fs.readFileSync(path.join(packages, name, binary)).subarray(0, 20);
    expect([header.toString('latin1', 1, 4), header.readUInt16LE(18)]).toEqual(['ELF', machine]);
  },
  60_000,
);

import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import type { BundlingOptions } from '../bundling';

/** One function's request for its code. */
export interface BundleRequest {
  /** The function, as errors name it: the app's path and the path of the prop. */
  readonly owner: string;
  /** Absolute path of the file that exports the handler. */
  readonly entry: string;
  /** The name under which the entry exports the handler. */
  readonly handler: string;
  /** The folder that relative paths in `options` start from. */
  readonly root: string;
  /** The Node.js major version that the code runs on. */
  readonly nodeVersion: string;
  readonly options: BundlingOptions;
}

/** The files of a function's asset by their name inside it. */
export type BundleFiles = Map<string, Uint8Array>;

const ENTRY_NAME = 'index';

// CommonJS packages inside an ES module expect these. They are set on the global object, not declared, so that a handler
// may declare its own.
const COMMONJS_BANNER =
  "import{createRequire as __appCreateRequire}from'node:module';" +
  'globalThis.require??=__appCreateRequire(import.meta.url);' +
  'globalThis.__filename??=import.meta.filename;globalThis.__dirname??=import.meta.dirname;';

/**
 * Bundles all requests, those with the same options in one pass of esbuild. What a request's files hold follows from
 * its own sources, its dependencies and its options alone: no chunk is shared, and nothing of a pass goes into a file.
 *
 * @throws one error for all entries that could not be bundled
 */
export function bundleAll(requests: readonly BundleRequest[]): Map<BundleRequest, BundleFiles> {
  const results = new Map<BundleRequest, BundleFiles>();
  const problems: string[] = [];
  for (const group of groupByOptions(requests)) {
    const built = buildGroup(group, problems);
    for (const [request, files] of built) {
      results.set(request, files);
    }
  }
  if (problems.length > 0) {
    throw new Error(problems.join('\n\n'));
  }
  return results;
}

function groupByOptions(requests: readonly BundleRequest[]): BundleRequest[][] {
  const groups = new Map<string, BundleRequest[]>();
  for (const request of requests) {
    const key = JSON.stringify([
      request.root,
      request.nodeVersion,
      request.handler,
      request.options,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return [...groups.values()];
}

function buildGroup(
  group: readonly BundleRequest[],
  problems: string[],
): Map<BundleRequest, BundleFiles> {
  const entries = [...new Set(group.map((request) => request.entry))];
  const outputs = buildEntries(group, entries, problems);
  const results = new Map<BundleRequest, BundleFiles>();
  for (const request of group) {
    const output = outputs.get(request.entry);
    if (output === undefined) {
      continue;
    }
    const problem = missingExport(request, output);
    if (problem === undefined) {
      results.set(request, output.files);
    } else {
      problems.push(problem);
    }
  }
  return results;
}

interface EntryOutput {
  readonly files: BundleFiles;
  readonly exports: readonly string[];
  readonly commonJs: boolean;
}

function buildEntries(
  group: readonly BundleRequest[],
  entries: readonly string[],
  problems: string[],
): Map<string, EntryOutput> {
  const settings = group[0] as BundleRequest;
  try {
    return buildPass(settings, entries);
  } catch (error) {
    // A failed pass does not say which entries are sound, so each is asked alone. Only a broken app pays for this.
    const outputs = new Map<string, EntryOutput>();
    for (const entry of entries) {
      try {
        buildPass(settings, [entry]).forEach((output, key) => outputs.set(key, output));
      } catch (failure) {
        const owners = group
          .filter((request) => request.entry === entry)
          .map((request) => request.owner);
        problems.push(describeFailure(owners, asBuildFailure(failure)));
      }
    }
    if (problems.length === 0) {
      throw error;
    }
    return outputs;
  }
}

function buildPass(settings: BundleRequest, entries: readonly string[]): Map<string, EntryOutput> {
  if (entries.length > 1 && copiesFiles(settings)) {
    return new Map(entries.flatMap((entry) => [...buildPass(settings, [entry])]));
  }
  // Each entry gets a folder of its own. Its number is in no file: only the depth matters, to a source map.
  const entryPoints = Object.fromEntries(entries.map((entry, i) => [`${i}/${ENTRY_NAME}`, entry]));
  const result = runEsbuild(settings, { entryPoints });
  const outputs = new Map<string, EntryOutput>();
  entries.forEach((entry, i) => {
    const output = collectOutput(settings, result, String(i));
    outputs.set(entry, output.commonJs ? rebuildCommonJs(settings, entry) : output);
  });
  return outputs;
}

/** Copied files lie in one place for a whole pass, so entries that have some are bundled one by one. */
function copiesFiles({ options }: BundleRequest): boolean {
  return Object.values(options.loader ?? {}).some((name) => name === 'file' || name === 'copy');
}

/** A CommonJS entry has a default export only; Lambda looks for the handler's own name. */
function rebuildCommonJs(settings: BundleRequest, entry: string): EntryOutput {
  const { handler } = settings;
  const contents = `import * as entry from ${JSON.stringify(entry)}; export const ${handler} = entry.${handler};`;
  const result = runEsbuild(settings, {
    stdin: { contents, resolveDir: path.dirname(entry), sourcefile: 'entry.js' },
    outfile: path.join(outdir(settings), '0', `${ENTRY_NAME}.mjs`),
  });
  const output = collectOutput(settings, result, '0');
  const named = new RegExp(`\\b${handler}\\b`).test(fs.readFileSync(entry, 'utf8'));
  return { ...output, commonJs: true, exports: named ? output.exports : [] };
}

type EsbuildResult = esbuild.BuildResult<{ metafile: true; write: false }>;

function runEsbuild(settings: BundleRequest, input: esbuild.BuildOptions): EsbuildResult {
  const { options, root } = settings;
  const engine = loadEsbuild(settings);
  const result = engine.buildSync({
    ...(input.outfile === undefined
      ? { outdir: outdir(settings), outExtension: { '.js': '.mjs' }, assetNames: '0/[name]-[hash]' }
      : {}),
    ...input,
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: `node${settings.nodeVersion}`,
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: COMMONJS_BANNER },
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    minify: options.minify ?? true,
    sourcemap: options.sourceMap ?? false,
    sourcesContent: false,
    external: options.externalModules,
    define: options.define,
    loader: options.loader as Record<string, esbuild.Loader> | undefined,
    tsconfig: options.tsconfig === undefined ? undefined : path.resolve(root, options.tsconfig),
  });
  for (const warning of result.warnings) {
    process.stderr.write(`${formatMessage(warning)}\n`);
  }
  return result;
}

function outdir(settings: BundleRequest): string {
  return path.join(settings.root, '.serverless-app');
}

function collectOutput(
  settings: BundleRequest,
  result: EsbuildResult,
  folder: string,
): EntryOutput {
  const base = path.join(outdir(settings), folder);
  const files: BundleFiles = new Map();
  for (const file of result.outputFiles) {
    const name = path.relative(base, file.path);
    if (!name.startsWith('..')) {
      files.set(name.split(path.sep).join('/'), file.contents);
    }
  }
  const main = path
    .relative(settings.root, path.join(base, `${ENTRY_NAME}.mjs`))
    .split(path.sep)
    .join('/');
  const output = result.metafile.outputs[main];
  const commonJs =
    output?.entryPoint !== undefined && result.metafile.inputs[output.entryPoint]?.format === 'cjs';
  return { files, exports: output?.exports ?? [], commonJs };
}

function missingExport(request: BundleRequest, output: EntryOutput): string | undefined {
  if (output.exports.includes(request.handler)) {
    return undefined;
  }
  const got =
    output.exports.length === 0
      ? 'no exports'
      : output.exports.map((name) => `\`${name}\``).join(', ');
  return (
    `${request.owner} must export \`${request.handler}\`, got ${got} in ${request.entry}: ` +
    `write \`export const ${request.handler} = async (event) => { … }\`, or give the name it has in \`handler\``
  );
}

function describeFailure(owners: readonly string[], failure: esbuild.BuildFailure): string {
  const messages = failure.errors.map((message) => `  ${formatMessage(message)}`);
  return [`${owners.join(', ')} must compile, got:`, ...messages].join('\n');
}

function formatMessage(message: esbuild.Message): string {
  const { location } = message;
  if (location === null) {
    return message.text;
  }
  return `${location.file}:${location.line}:${location.column + 1}: ${message.text}\n    ${location.lineText.trim()}`;
}

function asBuildFailure(error: unknown): esbuild.BuildFailure {
  // Not `instanceof`: esbuild makes the error in a worker, whose `Error` is another one under jest.
  const failure = error as esbuild.BuildFailure | undefined;
  if (Array.isArray(failure?.errors)) {
    return failure;
  }
  throw error;
}

/** esbuild is optional: an app that brings `code` for every function never loads it. */
function loadEsbuild(settings: BundleRequest): typeof esbuild {
  let location: string;
  try {
    location = require.resolve('esbuild', { paths: [settings.root, __dirname] });
  } catch {
    throw new Error(
      `${settings.owner} must be bundled by esbuild, got no esbuild near ${settings.root}: ` +
        'run `npm install --save-dev esbuild`, or give `code` and `runtime` instead of `entry`',
    );
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when something is bundled
  return require(location) as typeof esbuild;
}

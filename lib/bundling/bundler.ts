import * as fs from 'node:fs';
import * as path from 'node:path';
import { BundleCache } from './bundle-cache';
import { AssetFiles, filesWith } from './asset-files';
import { BundleRequest } from './bundle-request';
import { EntryOutput } from './entry-output';
import { BuildError, bundleEntries, bundleTexts, formatMessage } from './esbuild-pass';
import { isEsm } from './output-names';
import { remedyOf } from './native-import';
import { modulesAbove } from './module-paths';
import { findingsFor } from './package-findings';
import { Bundled, bundleInTwoSteps } from './packages';
import { bundleShared } from './shared-chunks';

/**
 * Bundles all requests, those with the same options in one pass of esbuild. The files of a request depend only on its own
 * sources, dependencies and options: no chunk is shared, and nothing about the pass goes into a file.
 *
 * @throws one error for all entries that could not be bundled
 */
export function bundleAll(requests: readonly BundleRequest[]): Map<BundleRequest, AssetFiles> {
  const results = new Map<BundleRequest, AssetFiles>();
  const problems: string[] = [];
  const real = new Map(requests.map((request) => [whereItLies(request), request]));
  for (const group of groupByOptions([...real.keys()])) {
    const built = buildGroup(group, problems);
    for (const [request, files] of built) {
      results.set(real.get(request) as BundleRequest, files);
    }
  }
  if (problems.length > 0) {
    throw new Error(problems.join('\n\n'));
  }
  return results;
}

/** Resolves links, as esbuild does. A link that later points elsewhere is another entry. */
function whereItLies(request: BundleRequest): BundleRequest {
  const { root, entry } = request;
  return { ...request, root: fs.realpathSync(root), entry: fs.realpathSync(entry) };
}

/** The sources in the code with the bytes that each takes. Used for an error only, since it bundles again. */
export function codeInputs(request: BundleRequest): ReadonlyMap<string, number> {
  const real = whereItLies(request);
  return bundleEntries(real, [real.entry]).get(real.entry)?.inputs() ?? new Map<string, number>();
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
): Map<BundleRequest, AssetFiles> {
  const settings = group[0] as BundleRequest;
  const cache = new BundleCache(settings, group);
  const made = findAll(group, cache);
  const missing = group.filter(({ entry }) => !made.has(entry));
  for (const [entry, bundled] of buildEntries(missing, cache, problems)) {
    const owners = group.filter((request) => request.entry === entry);
    const lacking = owners
      .map((request) => missingExport(request, bundled))
      .filter((it) => it !== undefined);
    problems.push(...lacking);
    if (lacking.length === 0) {
      made.set(entry, bundled.files);
      cache.keep(entry, bundled);
    }
  }
  cache.save();
  for (const { entry, reportFindings } of group) {
    const findings = cache.findingsOf(entry);
    if (findings.length > 0) {
      reportFindings?.(findings);
    }
  }
  return new Map(
    group.flatMap((request) => {
      const files = made.get(request.entry);
      return files === undefined ? [] : [[request, files] as const];
    }),
  );
}

/** The cached entries. With shared chunks all entries must be cached, or none is used. */
function findAll(group: readonly BundleRequest[], cache: BundleCache): Map<string, AssetFiles> {
  const found = new Map<string, AssetFiles>();
  const entries = new Set(group.map((request) => request.entry));
  for (const entry of entries) {
    const known = cache.find(entry);
    if (known !== undefined) {
      found.set(entry, known);
    }
  }
  const isWhole = found.size === entries.size || group[0]?.options.sharedChunks !== true;
  return isWhole ? found : new Map<string, AssetFiles>();
}

function buildEntries(
  group: readonly BundleRequest[],
  cache: BundleCache,
  problems: string[],
): Map<string, Bundled> {
  const [settings] = group;
  if (settings === undefined) {
    return new Map();
  }
  const entries = [...new Set(group.map((request) => request.entry))];
  try {
    return buildPass(settings, cache, entries);
  } catch (error) {
    requireBuildError(error);
    // A failed pass does not say which entries are good, so each is built alone. Only a broken app pays for this.
    return buildOneByOne(group, cache, entries, problems);
  }
}

function buildOneByOne(
  group: readonly BundleRequest[],
  cache: BundleCache,
  entries: readonly string[],
  problems: string[],
): Map<string, Bundled> {
  const settings = group[0] as BundleRequest;
  const outputs = new Map<string, Bundled>();
  for (const entry of entries) {
    try {
      buildAlone(settings, cache, entry).forEach((output, key) => outputs.set(key, output));
    } catch (error) {
      const owners = group
        .filter((request) => request.entry === entry)
        .map((request) => request.owner);
      problems.push(describeFailure(owners, requireBuildError(error)));
    }
  }
  return outputs;
}

/** An entry that fails in two steps is bundled whole, so that the error names the user's file and not a stub. */
function buildAlone(
  settings: BundleRequest,
  cache: BundleCache,
  entry: string,
): Map<string, Bundled> {
  try {
    return buildPass(settings, cache, [entry]);
  } catch (error) {
    requireBuildError(error);
    return buildWhole(settings, cache, [entry]);
  }
}

function buildPass(
  settings: BundleRequest,
  cache: BundleCache,
  entries: readonly string[],
): Map<string, Bundled> {
  if (entries.length > 1 && copiesFiles(settings)) {
    return new Map(entries.flatMap((entry) => [...buildPass(settings, cache, [entry])]));
  }
  const outputs = isDivisible(settings)
    ? bundleInTwoSteps(settings, cache, entries)
    : new Map<string, Bundled>();
  const rest = entries.filter((entry) => !outputs.has(entry));
  if (rest.length > 0) {
    buildWhole(settings, cache, rest).forEach((output, entry) => outputs.set(entry, output));
  }
  return outputs;
}

function buildWhole(
  settings: BundleRequest,
  { packageFindings }: BundleCache,
  entries: readonly string[],
): Map<string, Bundled> {
  const { sharedChunks = false } = settings.options;
  const outputs = sharedChunks ? bundleShared(settings, entries) : bundleEntries(settings, entries);
  const commonJs = entries.filter((entry) => outputs.get(entry)?.commonJs === true);
  const rebuilt = rebuildCommonJs(settings, commonJs);
  return new Map(
    [...outputs].map(([entry, output]) => {
      const sources = sharedChunks ? [...outputs.values()] : [output];
      const found = { graph: output.graph(), contents: output.contents() };
      const modules = modulesAbove(entry);
      const inPackages = packageFindings.in({ ...found, modules });
      const findings = findingsFor(settings, found, inPackages);
      return [entry, whole(rebuilt.get(entry) ?? output, sources, findings)];
    }),
  );
}

/** The inputs are those of the first build; building an entry again reads the same files. */
function whole(
  { files, exports }: Pick<EntryOutput, 'files' | 'exports'>,
  sources: readonly EntryOutput[],
  findings: Bundled['findings'],
): Bundled {
  return {
    files: filesWith(files),
    exports,
    watched: (watch) => sources.map((output) => watch.of(output.graph(), 'bundled')),
    findings,
  };
}

/** A source map describes one file as esbuild printed it. */
function isDivisible(settings: BundleRequest): boolean {
  const { sourceMap = false, sharedChunks = false } = settings.options;
  return isEsm(settings) && !sourceMap && !sharedChunks && !copiesFiles(settings);
}

/** A pass writes all copied files to one folder, so entries that may have some are bundled one by one. */
function copiesFiles({ options }: BundleRequest): boolean {
  return Object.values(options.loader ?? {}).some((name) => name === 'file' || name === 'copy');
}

/** A CommonJS entry has a default export only, but Lambda needs the handler as a named export. */
function rebuildCommonJs(
  settings: BundleRequest,
  entries: readonly string[],
): Map<string, Pick<EntryOutput, 'files' | 'exports'>> {
  const { handler } = settings;
  const text = (entry: string): { contents: string; folder: string } => ({
    contents: isEsm(settings)
      ? `import * as entry from ${JSON.stringify(entry)}; ${exportOf(handler)}`
      : `exports.${handler} = require(${JSON.stringify(entry)}).${handler};`,
    folder: path.dirname(entry),
  });
  const outputs = bundleTexts(settings, new Map(entries.map((entry) => [entry, text(entry)])));
  return new Map(
    [...outputs].map(([entry, { files, exports }]) => {
      const named = namesWord(fs.readFileSync(entry, 'utf8'), handler);
      const all = isEsm(settings) ? exports : [handler];
      return [entry, { files, exports: named ? all : [] }];
    }),
  );
}

/** Reserved words can be exported (`exports.delete = …`) but not declared. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return static super ' +
    'switch this throw true try typeof var void while with yield'
  ).split(' '),
);

function exportOf(handler: string): string {
  return handler === 'entry' || RESERVED.has(handler)
    ? `const it = entry.${handler}; export { it as ${handler} };`
    : `export const ${handler} = entry.${handler};`;
}

/** Whether a text contains a name as a whole identifier. Not a pattern with `\b`, since a name may contain `$`. */
function namesWord(text: string, name: string): boolean {
  return text.split(/[^\p{ID_Continue}$]+/u).includes(name);
}

function missingExport(request: BundleRequest, output: Bundled): string | undefined {
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

function describeFailure(owners: readonly string[], { problem }: BuildError): string {
  const messages = problem.errors.map(
    (message) => `  ${formatMessage(message)}${remedyOf(message)}`,
  );
  return [`${owners.join(', ')} must compile, got:`, ...messages].join('\n');
}

/** Any other error is thrown on. */
function requireBuildError(error: unknown): BuildError {
  if (error instanceof BuildError) {
    return error;
  }
  throw error;
}

import * as fs from 'node:fs';
import { BundleCache, Bundled } from './bundle-cache';
import { AssetFiles, filesWith } from './asset-files';
import { BundleRequest } from './bundle-request';
import { bundleCommonJs, CommonJsEntry, CommonJsOutput } from './common-js-entry';
import { EntryOutput, ImportGraph } from './entry-output';
import { BuildProblems } from './build-problems';
import { BuildError, bundleEntries } from './esbuild-pass';
import { callbackError, isCallback, missingExport, noFetchError } from './export-errors';
import { isEsm } from './output-names';
import { largePartsOf } from './large-parts';
import { modulesAbove } from './module-paths';
import type { PackageFinding } from './package-finding';
import { findingsFor, PackageFindings } from './package-findings';
import { bundleInTwoSteps } from './packages';
import { bundleShared } from './shared-chunks';
import { withWebHandler } from './web-module';

/** The result for each entry. A CommonJS entry may have a separate bundle for a handler. */
type Bundles = Map<string, readonly Bundled[]>;

/**
 * Bundles all requests, those with the same options in one pass of esbuild. The files of a request depend only on its own
 * sources, dependencies and options: no chunk is shared, and nothing about the pass goes into a file.
 *
 * @throws one error for all entries that could not be bundled
 */
export function bundleAll(requests: readonly BundleRequest[]): Map<BundleRequest, AssetFiles> {
  const results = new Map<BundleRequest, AssetFiles>();
  const problems = new BuildProblems();
  const real = new Map(requests.map((request) => [whereItLies(request), request]));
  for (const group of groupByOptions([...real.keys()])) {
    const built = buildGroup(group, problems);
    for (const [request, files] of built) {
      results.set(real.get(request) as BundleRequest, files);
    }
  }
  if (problems.all.length > 0) {
    throw new Error(problems.all.join('\n\n'));
  }
  return results;
}

/** Resolves links, as esbuild does. A link that points elsewhere is another entry. */
function whereItLies(request: BundleRequest): BundleRequest {
  const { root, entry } = request;
  return { ...request, root: fs.realpathSync(root), entry: fs.realpathSync(entry) };
}

/** The sources in the code, with the bytes that each takes. Only errors use it, because it bundles again. */
export function codeInputs(request: BundleRequest): ReadonlyMap<string, number> {
  const real = whereItLies(request);
  return bundleEntries(real, [real.entry]).get(real.entry)?.inputs() ?? new Map<string, number>();
}

function groupByOptions(requests: readonly BundleRequest[]): BundleRequest[][] {
  const groups = new Map<string, BundleRequest[]>();
  for (const request of requests) {
    const key = JSON.stringify([request.root, request.nodeVersion, request.options]);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return [...groups.values()];
}

/** Functions with the same entry share its build, whichever of its exports they run. */
function buildGroup(
  group: readonly BundleRequest[],
  problems: BuildProblems,
): Map<BundleRequest, AssetFiles> {
  const settings = group[0] as BundleRequest;
  const cache = new BundleCache(settings, group);
  const { made, names } = findAll(group, cache);
  const missing = group.filter((request) => !made.has(request));
  const built = buildEntries(missing, cache, problems);
  for (const [entry, bundles] of built) {
    bundles.forEach((bundled) => {
      cache.keep(entry, bundled);
    });
  }
  for (const request of missing) {
    const bundles = built.get(request.entry) ?? []; // empty if it does not compile
    const name = exportsOf(request).find((it) => bundles.some((bundled) => isFor(bundled, it)));
    const bundled = bundles.find((it) => name !== undefined && isFor(it, name));
    if (bundled !== undefined) {
      made.set(request, bundled.files);
      names.set(request, name ?? '');
    } else if (bundles.length > 0) {
      problems.add(missingExport(request, bundles));
    }
  }
  cache.save();
  for (const request of group) {
    const { entry, reportFindings } = request;
    const handler = names.get(request) ?? request.handler;
    const findings = cache
      .findingsOf(entry, handler)
      .filter((it) => it.handler === undefined || it.handler === handler);
    if (handler !== request.handler) {
      addWeb(request, findings, made, problems);
      continue;
    }
    findings.filter(isCallback).forEach((it) => {
      problems.add(callbackError(request, it));
    });
    if (findings.length > 0) {
      reportFindings?.(findings);
    }
  }
  return made;
}

function isFor({ onlyFor, exports }: Bundled, handler: string): boolean {
  return (onlyFor ?? handler) === handler && exports.includes(handler);
}

/** The exports that a request can run, the best first: its handler, or a default export with `fetch`. */
function exportsOf({ handler, web }: BundleRequest): string[] {
  return web === undefined ? [handler] : [handler, 'default'];
}

/** Makes a handler of a default export with `fetch`, unless its source says that it has none, or the function cannot run it. */
function addWeb(
  request: BundleRequest,
  findings: readonly PackageFinding[],
  made: Map<BundleRequest, AssetFiles>,
  problems: BuildProblems,
): void {
  const { reportFindings, web } = request;
  const noFetch = findings.find(({ kind }) => kind === 'no-fetch');
  const { stream = false, problem } = web?.() ?? {};
  if (noFetch !== undefined) {
    problems.add(noFetchError(request, noFetch));
  } else if (problem !== undefined) {
    problems.add(problem);
  } else {
    made.set(request, withWebHandler(request, made.get(request) ?? new Map(), stream));
    reportFindings?.(findings);
  }
}

interface Found {
  readonly made: Map<BundleRequest, AssetFiles>;
  /** The export that each request runs. */
  readonly names: Map<BundleRequest, string>;
}

/** The cached bundles. With shared chunks, either all entries are cached or none is used. */
function findAll(group: readonly BundleRequest[], cache: BundleCache): Found {
  const found: Found = { made: new Map(), names: new Map() };
  for (const request of group) {
    for (const name of exportsOf(request)) {
      const known = cache.find(request.entry, name);
      if (known !== undefined) {
        found.made.set(request, known);
        found.names.set(request, name);
        break;
      }
    }
  }
  const isWhole = found.made.size === group.length || group[0]?.options.sharedChunks !== true;
  return isWhole ? found : { made: new Map(), names: new Map() };
}

function buildEntries(
  group: readonly BundleRequest[],
  cache: BundleCache,
  problems: BuildProblems,
): Bundles {
  const [settings] = group;
  if (settings === undefined) {
    return new Map();
  }
  const entries = entriesOf(group);
  try {
    return buildPass(settings, cache, entries);
  } catch (error) {
    requireBuildError(error);
    // A failed pass does not say which entries are valid, so each is built alone. Only a broken app pays for this.
    return buildOneByOne(group, cache, entries, problems);
  }
}

/** Each entry once, with the handlers that functions need from it. */
function entriesOf(group: readonly BundleRequest[]): CommonJsEntry[] {
  const handlers = new Map<string, Set<string>>();
  for (const { entry, handler } of group) {
    handlers.set(entry, (handlers.get(entry) ?? new Set()).add(handler));
  }
  return [...handlers].map(([entry, names]) => ({ entry, handlers: [...names] }));
}

function buildOneByOne(
  group: readonly BundleRequest[],
  cache: BundleCache,
  entries: readonly CommonJsEntry[],
  problems: BuildProblems,
): Bundles {
  const settings = group[0] as BundleRequest;
  const outputs: Bundles = new Map();
  for (const item of entries) {
    try {
      buildAlone(settings, cache, item).forEach((output, key) => outputs.set(key, output));
    } catch (error) {
      const owners = group
        .filter((request) => request.entry === item.entry)
        .map((request) => request.owner);
      problems.addFailure(owners, requireBuildError(error));
    }
  }
  return outputs;
}

/** Bundles an entry as a whole after a failure in two steps, so that the error names the user's file instead of a stub. */
function buildAlone(settings: BundleRequest, cache: BundleCache, item: CommonJsEntry): Bundles {
  try {
    return buildPass(settings, cache, [item]);
  } catch (error) {
    requireBuildError(error);
    return buildWhole(settings, cache, [item]);
  }
}

function buildPass(
  settings: BundleRequest,
  cache: BundleCache,
  items: readonly CommonJsEntry[],
): Bundles {
  if (items.length > 1 && copiesFiles(settings)) {
    return new Map(items.flatMap((item) => [...buildPass(settings, cache, [item])]));
  }
  const entries = items.map(({ entry }) => entry);
  const { bundles, commonJs } = isDivisible(settings)
    ? bundleInTwoSteps(settings, cache, entries)
    : { bundles: new Map<string, Bundled>(), commonJs: new Set<string>() };
  const rest = items.filter(({ entry }) => !bundles.has(entry));
  const known = rest.filter(({ entry }) => commonJs.has(entry));
  return new Map([
    ...[...bundles].map(([entry, bundled]) => [entry, [bundled]] as const),
    ...buildKnownCommonJs(settings, cache, known),
    ...buildWhole(
      settings,
      cache,
      rest.filter(({ entry }) => !commonJs.has(entry)),
    ),
  ]);
}

function buildWhole(
  settings: BundleRequest,
  { packageFindings }: BundleCache,
  items: readonly CommonJsEntry[],
): Bundles {
  if (items.length === 0) {
    return new Map();
  }
  const { sharedChunks = false } = settings.options;
  const entries = items.map(({ entry }) => entry);
  const outputs = sharedChunks ? bundleShared(settings, entries) : bundleEntries(settings, entries);
  const commonJs = items.filter(({ entry }) => outputs.get(entry)?.commonJs === true);
  const named = bundleCommonJs(settings, commonJs);
  return new Map(
    [...outputs].map(([entry, output]) => {
      const sources = sharedChunks ? [...outputs.values()] : [output];
      const graphs = sources.map(({ graph }) => graph);
      const findings = findingsIn(settings, packageFindings, entry, output);
      const bundles = named.get(entry) ?? [{ output, exports: output.exports }];
      // The inputs are those of the first build; a repeated build reads the same files.
      return [entry, bundles.map((it) => whole(it, graphs, findings))];
    }),
  );
}

/** Entries that are certainly CommonJS are bundled only once, with their names. */
function buildKnownCommonJs(
  settings: BundleRequest,
  { packageFindings }: BundleCache,
  items: readonly CommonJsEntry[],
): Bundles {
  return new Map(
    [...bundleCommonJs(settings, items)].map(([entry, bundles]) => [
      entry,
      bundles.map((bundled) => {
        // The output without the text that exports the names.
        const graph = (): ImportGraph => new Map([...bundled.output.graph()].slice(1));
        const output = { ...bundled.output, graph };
        return whole(bundled, [graph], findingsIn(settings, packageFindings, entry, output));
      }),
    ]),
  );
}

function findingsIn(
  settings: BundleRequest,
  packages: PackageFindings,
  entry: string,
  output: Pick<EntryOutput, 'graph' | 'contents' | 'inputs'>,
): Bundled['findings'] {
  const found = { graph: output.graph(), contents: output.contents() };
  const inPackages = packages.in({ ...found, modules: modulesAbove(entry) });
  return [...findingsFor(settings, found, inPackages), ...largePartsOf(output)];
}

function whole(
  { output, exports, onlyFor }: CommonJsOutput,
  graphs: ReadonlyArray<() => ImportGraph>,
  findings: Bundled['findings'],
): Bundled {
  return {
    files: filesWith(output.files),
    exports,
    onlyFor,
    watched: (watch) => graphs.map((graph) => watch.of(graph(), 'bundled')),
    findings,
  };
}

/** A source map describes a single file, as esbuild printed it. */
function isDivisible(settings: BundleRequest): boolean {
  const { sourceMap = false, sharedChunks = false } = settings.options;
  return isEsm(settings) && !sourceMap && !sharedChunks && !copiesFiles(settings);
}

/** A pass writes all copied files to one folder, so entries that may have such files are bundled one by one. */
function copiesFiles({ options }: BundleRequest): boolean {
  return Object.values(options.loader ?? {}).some((name) => name === 'file' || name === 'copy');
}

/** Rethrows any other error. */
function requireBuildError(error: unknown): BuildError {
  if (error instanceof BuildError) {
    return error;
  }
  throw error;
}

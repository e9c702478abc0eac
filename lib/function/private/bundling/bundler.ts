import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { BundleCache } from './bundle-cache';
import { BundleFiles, BundleRequest } from './bundle-request';
import {
  asBuildFailure,
  bundleEntries,
  bundleText,
  EntryOutput,
  formatMessage,
} from './esbuild-pass';
import { remedyOf } from './native-import';
import { bundleInTwoSteps } from './packages';

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

function buildEntries(
  group: readonly BundleRequest[],
  entries: readonly string[],
  problems: string[],
): Map<string, EntryOutput> {
  const settings = group[0] as BundleRequest;
  const cache = new BundleCache(settings);
  try {
    return buildPass(settings, cache, entries);
  } catch (error) {
    asBuildFailure(error);
    // A failed pass does not say which entries are sound, so each is asked alone. Only a broken app pays for this.
    return buildOneByOne(group, cache, entries, problems);
  }
}

function buildOneByOne(
  group: readonly BundleRequest[],
  cache: BundleCache,
  entries: readonly string[],
  problems: string[],
): Map<string, EntryOutput> {
  const settings = group[0] as BundleRequest;
  const outputs = new Map<string, EntryOutput>();
  for (const entry of entries) {
    try {
      buildAlone(settings, cache, entry).forEach((output, key) => outputs.set(key, output));
    } catch (error) {
      const owners = group
        .filter((request) => request.entry === entry)
        .map((request) => request.owner);
      problems.push(describeFailure(owners, asBuildFailure(error)));
    }
  }
  return outputs;
}

/** An entry that fails in two steps is tried whole, so that an error names the user's file and not what stands for it. */
function buildAlone(
  settings: BundleRequest,
  cache: BundleCache,
  entry: string,
): Map<string, EntryOutput> {
  try {
    return buildPass(settings, cache, [entry]);
  } catch (error) {
    asBuildFailure(error);
    return buildWhole(settings, [entry]);
  }
}

function buildPass(
  settings: BundleRequest,
  cache: BundleCache,
  entries: readonly string[],
): Map<string, EntryOutput> {
  if (entries.length > 1 && copiesFiles(settings)) {
    return new Map(entries.flatMap((entry) => [...buildPass(settings, cache, [entry])]));
  }
  const outputs = isDivisible(settings)
    ? bundleInTwoSteps(settings, cache, entries)
    : new Map<string, EntryOutput>();
  const rest = entries.filter((entry) => !outputs.has(entry));
  if (rest.length > 0) {
    buildWhole(settings, rest).forEach((output, entry) => outputs.set(entry, output));
  }
  return outputs;
}

function buildWhole(settings: BundleRequest, entries: readonly string[]): Map<string, EntryOutput> {
  const outputs = [...bundleEntries(settings, entries)].map(
    ([entry, output]) =>
      [entry, output.commonJs ? rebuildCommonJs(settings, entry) : output] as const,
  );
  return new Map(outputs);
}

/** A source map speaks of one file, as esbuild printed it. */
function isDivisible(settings: BundleRequest): boolean {
  return settings.options.sourceMap !== true && !copiesFiles(settings);
}

/** Copied files lie in one place for a whole pass, so entries that have some are bundled one by one. */
function copiesFiles({ options }: BundleRequest): boolean {
  return Object.values(options.loader ?? {}).some((name) => name === 'file' || name === 'copy');
}

/** A CommonJS entry has a default export only; Lambda looks for the handler's own name. */
function rebuildCommonJs(settings: BundleRequest, entry: string): EntryOutput {
  const { handler } = settings;
  const contents = `import * as entry from ${JSON.stringify(entry)}; export const ${handler} = entry.${handler};`;
  const output = bundleText(settings, contents, path.dirname(entry));
  const named = new RegExp(`\\b${handler}\\b`).test(fs.readFileSync(entry, 'utf8'));
  return { ...output, commonJs: true, exports: named ? output.exports : [] };
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
  const messages = failure.errors.map(
    (message) => `  ${formatMessage(message)}${remedyOf(message)}`,
  );
  return [`${owners.join(', ')} must compile, got:`, ...messages].join('\n');
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ImportGraph } from './entry-output';
import { isInPackage } from './module-paths';
import type { PackageFinding } from './package-finding';
import { ExportedFunction, HandlerScript } from './handler-script';

/** From this version on, Lambda rejects handlers with three parameters. */
const WITHOUT_CALLBACKS = 24;

/** A handler may be exported through other files of the user. */
const MAX_FILES = 10;

/**
 * Findings about an entry's handlers: those that expect a callback, and those whose results Lambda does not accept as a batch
 * response. Only functions that the source exports directly are judged, not those that another function wraps.
 *
 * @param graph begins with the entry
 */
export function handlerFindings(
  { root, nodeVersion }: { readonly root: string; readonly nodeVersion: string },
  graph: ImportGraph,
): PackageFinding[] {
  const [entry] = graph.keys();
  const scripts = new Map<string, HandlerScript>();
  const scriptOf = (file: string): HandlerScript => {
    const known = scripts.get(file) ?? new HandlerScript(fs.readFileSync(file, 'utf8'));
    scripts.set(file, known);
    return known;
  };
  if (entry === undefined || !isSource(entry)) {
    return [];
  }
  const noFetch = scriptOf(entry).defaultWithoutFetch();
  const place = (file: string, line: number): string =>
    `${path.relative(root, file).split(path.sep).join('/')}:${line}`;
  const web: PackageFinding[] =
    noFetch === undefined
      ? []
      : [{ kind: 'no-fetch', handler: 'default', source: place(entry, noFetch) }];
  const ofHandlers = [...namesIn(entry, graph, scriptOf)].flatMap((handler): PackageFinding[] => {
    const found = find(entry, handler, graph, scriptOf);
    if (found === undefined) {
      return [];
    }
    const at = (line: number): string => place(found.file, line);
    const { line, parameters, returns } = found.exported;
    return [
      ...(parameters >= 3 && Number(nodeVersion) >= WITHOUT_CALLBACKS
        ? [{ kind: 'callback', handler, source: at(line) } as const]
        : []),
      ...returns.map(
        (it) => ({ kind: 'returns', handler, source: at(it.line), returns: it.kind }) as const,
      ),
    ];
  });
  return [...web, ...ofHandlers];
}

type ScriptOf = (file: string) => HandlerScript;

/** The names that a file exports, its own first, then those of `export * from`, which has no `default`. */
function namesIn(
  file: string,
  graph: ImportGraph,
  scriptOf: ScriptOf,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(file) || seen.size >= MAX_FILES) {
    return new Set();
  }
  seen.add(file);
  const script = scriptOf(file);
  const others = script.starSources.flatMap((specifier) => {
    const source = sourceOf(specifier, file, graph);
    return source === undefined
      ? []
      : [...namesIn(source, graph, scriptOf, seen)].filter((name) => name !== 'default');
  });
  return new Set([...script.exportedNames, ...others]);
}

function find(
  file: string,
  name: string,
  graph: ImportGraph,
  scriptOf: ScriptOf,
  seen = new Set<string>(),
): { readonly file: string; readonly exported: ExportedFunction } | undefined {
  const step = `${file} ${name}`;
  if (seen.has(step) || seen.size >= MAX_FILES) {
    return undefined;
  }
  seen.add(step);
  const script = scriptOf(file);
  const exported = script.find(name);
  if (exported !== undefined && 'parameters' in exported) {
    return { file, exported };
  }
  const isOwn = [...script.exportedNames].includes(name);
  const next =
    exported !== undefined
      ? [exported]
      : (isOwn ? [] : script.starSources).map((specifier) => ({ specifier, name }));
  for (const one of next) {
    const source = sourceOf(one.specifier, file, graph);
    const found = source === undefined ? undefined : find(source, one.name, graph, scriptOf, seen);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The user's file that an import names. */
function sourceOf(specifier: string, file: string, graph: ImportGraph): string | undefined {
  const record = graph.get(file)?.find(({ original }) => original === specifier);
  return record === undefined || record.external === true || !isSource(record.path)
    ? undefined
    : record.path;
}

function isSource(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file) && !isInPackage(file) && fs.existsSync(file);
}

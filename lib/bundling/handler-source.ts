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
  const script = scriptOf(entry);
  const noFetch = script.defaultWithoutFetch();
  const source = (line: number): string =>
    `${path.relative(root, entry).split(path.sep).join('/')}:${line}`;
  const web: PackageFinding[] =
    noFetch === undefined
      ? []
      : [{ kind: 'no-fetch', handler: 'default', source: source(noFetch) }];
  const ofHandlers = [...script.exportedNames].flatMap((handler): PackageFinding[] => {
    const found = find(entry, handler, graph, scriptOf);
    const at = (line: number): string =>
      `${path
        .relative(root, found?.file ?? '')
        .split(path.sep)
        .join('/')}:${line}`;
    if (found === undefined) {
      return [];
    }
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

function find(
  entry: string,
  handler: string,
  graph: ImportGraph,
  scriptOf: (file: string) => HandlerScript,
): { readonly file: string; readonly exported: ExportedFunction } | undefined {
  let [file, name] = [entry, handler];
  for (let i = 0; i < MAX_FILES; i++) {
    const exported = scriptOf(file).find(name);
    if (exported === undefined || 'parameters' in exported) {
      return exported && { file, exported };
    }
    const record = graph.get(file)?.find(({ original }) => original === exported.specifier);
    if (record?.external === true || record === undefined || !isSource(record.path)) {
      return undefined;
    }
    [file, name] = [record.path, exported.name];
  }
  return undefined;
}

function isSource(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file) && !isInPackage(file) && fs.existsSync(file);
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import type { FunctionModel } from '../../lib/model/app-model';
import { sourceBuild } from '../source-build';

/** Facts read from a function's sources. */
export interface SourceFacts {
  /** `handler`, or `fetch` if the default export has it and there is no handler. */
  readonly style: 'handler' | 'fetch';
  /** The packages for AWS that the user’s own files import, each with one of these files. */
  readonly imports: ReadonlyMap<string, string>;
}

/** Clients and helpers that have no use without AWS. */
const OF_AWS =
  /^(@aws-sdk\/|@smithy\/|@aws-lambda-powertools\/|@middy\/|@aws-amplify\/|aws-sdk(\/|$)|aws-xray-sdk|aws-lambda(\/|$)|@?hono\/aws-lambda|serverless-http$|@vendia\/serverless-express$)/;

/** Reads the sources of a function by bundling its own files; undefined if there are none or they do not compile. */
export async function sourceFacts(
  fn: FunctionModel,
  project: string,
  builder: typeof esbuild,
): Promise<SourceFacts | undefined> {
  const root = path.resolve(project, fn.bundling?.root ?? '');
  const entry = fn.entry === undefined ? undefined : path.resolve(root, fn.entry);
  if (entry === undefined || !fn.runtime.startsWith('nodejs') || !fs.existsSync(entry)) {
    return undefined;
  }
  const tsconfig = fn.bundling?.options?.tsconfig;
  const result = await builder
    .build({
      ...sourceBuild(root, entry),
      ...(typeof tsconfig === 'string' ? { tsconfig: path.resolve(root, tsconfig) } : {}),
    })
    .catch(() => undefined);
  if (result === undefined) {
    return undefined;
  }
  const imports = new Map<string, string>();
  for (const [file, { imports: all }] of Object.entries(result.metafile.inputs)) {
    for (const { path: name } of all.filter((it) => it.external === true && OF_AWS.test(it.path))) {
      if (!imports.has(name)) {
        imports.set(name, file);
      }
    }
  }
  const [output] = Object.values(result.metafile.outputs);
  const exported = output?.exports ?? [];
  const isFetch = !exported.includes(fn.handler) && exported.includes('default');
  return { style: isFetch ? 'fetch' : 'handler', imports };
}

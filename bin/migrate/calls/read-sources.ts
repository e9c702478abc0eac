import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { projectEsbuild } from '../../dev/project-esbuild';
import { sourceBuild } from '../../source-build';

/** The own files that a handler reaches by its imports, as JavaScript, and the packages that they name. */
export interface Sources {
  readonly files: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Reads the sources of a handler. Throws an error that says why they cannot be read whole. */
export function readSources(folder: string, entry: string): Sources {
  const builder = projectEsbuild(folder);
  const inputs = inputsOf(builder, folder, entry);
  const files = new Map<string, string>();
  const packages = new Set<string>();
  for (const [file, { imports }] of Object.entries(inputs)) {
    for (const { path: name, external } of imports) {
      // `<runtime>` is esbuild's own.
      if (external === true && name !== '<runtime>') {
        packages.add(name);
      }
    }
    if (SCRIPT.test(file)) {
      files.set(file, javaScriptOf(builder, path.resolve(folder, file)));
    }
  }
  return { files, packages: [...packages] };
}

function inputsOf(
  builder: typeof esbuild,
  folder: string,
  entry: string,
): esbuild.Metafile['inputs'] {
  try {
    return builder.buildSync({
      ...sourceBuild(folder, entry),
      loader: { '.node': 'empty', '.html': 'text', '.graphql': 'text', '.gql': 'text' },
    }).metafile.inputs;
  } catch (error) {
    const [first] = (error as { errors?: Array<{ text: string }> }).errors ?? [];
    throw new Error(
      `its sources cannot be read: ${first?.text ?? String(error)}`.replace(/\s+/g, ' '),
      { cause: error },
    );
  }
}

/** Without types and comments, and in a form that every parser reads. */
function javaScriptOf(builder: typeof esbuild, file: string): string {
  const extension = path.extname(file).slice(1);
  const loader = /^[cm]?ts$/.test(extension) ? 'ts' : extension === 'tsx' ? 'tsx' : 'jsx';
  return builder.transformSync(fs.readFileSync(file, 'utf8'), {
    loader,
    target: 'es2022',
    logLevel: 'silent',
    legalComments: 'none',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  }).code;
}

/**
 * Bundles the command into one file, `dist/bin/serverless-app.js`, with the notices of the packages in it. The AWS clients are most of
 * the file, and most commands do not need them, so they are in it as a string that is compiled when a client is first used: Node.js
 * reads a string much faster than it parses code, and the command starts in half the time. `npm run build` runs this, and so do tests.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { jsonAsText } from './json-as-text';
import { renderNotices } from './third-party-notices';

const ROOT = path.join(__dirname, '..');
const BIN = path.join(ROOT, 'bin');

// Node.js reads a file faster that is pure ASCII; esbuild escapes other characters, except in template literals. A string that is
// compiled on its own can `require`, but not `import`.
const PLAIN = { 'template-literal': false, 'dynamic-import': false };

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  write: false,
  supported: PLAIN,
  logLevel: 'warning',
} satisfies esbuild.BuildOptions;

export interface BuiltCli {
  /** The source files that are parsed at each start. */
  readonly atStart: readonly string[];
  /** The source files of the AWS clients, which are compiled on first use. */
  readonly lazy: readonly string[];
}

/** Also writes `THIRD-PARTY-NOTICES.txt`, next to the folder of the command. */
export async function buildCli(
  outfile = path.join(ROOT, 'dist', 'bin', 'serverless-app.js'),
): Promise<BuiltCli> {
  const clients = await buildClients();
  const { metafile } = await esbuild.build({
    ...OPTIONS,
    metafile: true,
    entryPoints: [path.join(BIN, 'serverless-app.ts')],
    outfile,
    write: true,
    // `serve` imports the code of functions, which are ES modules.
    supported: { 'template-literal': false },
    plugins: [lazyClients(clients), jsonAsText],
  });
  // Files that other processes run, so they cannot be in the bundle.
  fs.cpSync(path.join(BIN, 'dev', 'scripts'), path.join(path.dirname(outfile), 'dev'), {
    recursive: true,
    filter: (file) => !file.includes('__pycache__'),
  });
  fs.copyFileSync(
    path.join(ROOT, 'lib', 'bundling', 'web-handler.mjs'),
    path.join(path.dirname(outfile), 'dev', 'web-handler.mjs'),
  );
  const built = { atStart: Object.keys(metafile.inputs), lazy: clients.inputs };
  const notices = path.join(path.dirname(outfile), '..', 'THIRD-PARTY-NOTICES.txt');
  fs.writeFileSync(notices, renderNotices([...built.atStart, ...built.lazy], ROOT));
  return built;
}

/** `import('./aws/…')` resolves to a module of the string. */
const lazyClients = (clients: Clients): esbuild.Plugin => ({
  name: 'lazy-clients',
  setup: (build) => {
    build.onResolve({ filter: /^\.\/aws\// }, ({ path: file }) => ({
      path: path.basename(file, '.js'),
      namespace: 'client',
    }));
    build.onLoad({ filter: /.*/, namespace: 'client' }, ({ path: name }) => ({
      contents: `module.exports = require('aws:clients')[${JSON.stringify(name)}]();`,
      resolveDir: BIN,
    }));
    build.onResolve({ filter: /^aws:clients$/ }, () => ({ path: 'clients', namespace: 'clients' }));
    build.onLoad({ filter: /.*/, namespace: 'clients' }, () => ({
      contents: moduleOf(clients),
      resolveDir: BIN,
    }));
  },
});

/** A module that compiles the string, and passes it our own modules that the clients use, so that each exists once. */
function moduleOf({ text, ours }: Clients): string {
  const modules = ours.map((id) => `${JSON.stringify(id)}: () => require(${JSON.stringify(id)})`);
  return `
    const { compileFunction } = require('node:vm');
    const ours = { ${modules.join(', ')} };
    const module_ = { exports: {} };
    compileFunction(${JSON.stringify(text)}, ['module', 'exports', 'require'], {
      filename: 'serverless-app-clients.js',
    })(module_, module_.exports, (id) => (ours[id] ?? (() => require(id)))());
    module.exports = module_.exports;
  `;
}

interface Clients {
  readonly text: string;
  /** The modules outside `bin/aws` that the clients import. */
  readonly ours: readonly string[];
  readonly inputs: readonly string[];
}

async function buildClients(): Promise<Clients> {
  const files = fs.readdirSync(path.join(BIN, 'aws'));
  const names = files.map((file) => path.basename(file, '.ts'));
  const ours = new Set<string>();
  const result = await esbuild.build({
    ...OPTIONS,
    metafile: true,
    stdin: {
      contents: names.map((name) => `exports['${name}'] = () => require('./${name}');`).join('\n'),
      resolveDir: path.join(BIN, 'aws'),
    },
    plugins: [
      {
        name: 'ours',
        setup: (build) => {
          build.onResolve({ filter: /^\.\.\// }, ({ path: file, resolveDir }) => {
            if (resolveDir !== path.join(BIN, 'aws')) {
              return undefined;
            }
            const id = `./${file.slice('../'.length)}`;
            ours.add(id);
            return { path: id, external: true };
          });
        },
      },
    ],
  });
  return {
    text: result.outputFiles[0]?.text ?? '',
    ours: [...ours],
    inputs: Object.keys(result.metafile.inputs),
  };
}

if (require.main === module) {
  void buildCli();
}

/**
 * Bundles the command into one file, `dist/bin/serverless-app.js`. The clients of AWS are most of it, and most commands do not need
 * them: they stand in the file as a text that is compiled when one is first asked for. Node.js reads a text much faster than it parses
 * code, so the command starts in half the time. `npm run build` runs it; tests run it too, since they are run without a build.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';

const ROOT = path.join(__dirname, '..');
const BIN = path.join(ROOT, 'bin');

// Without letters beyond ASCII Node.js reads the file as bytes; esbuild writes them as escapes, but not in templates. And a text
// that is compiled by itself cannot import, only require.
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

/** @returns the files that are parsed at each start */
export async function buildCli(
  outfile = path.join(ROOT, 'dist', 'bin', 'serverless-app.js'),
): Promise<string[]> {
  const { metafile } = await esbuild.build({
    ...OPTIONS,
    metafile: true,
    entryPoints: [path.join(BIN, 'serverless-app.ts')],
    outfile,
    write: true,
    plugins: [lazyClients, factsAsText],
  });
  return Object.keys(metafile.inputs);
}

/** The facts for `diff` are a text too, which is read when they are first asked for. */
const factsAsText: esbuild.Plugin = {
  name: 'facts-as-text',
  setup: (build) => {
    build.onLoad({ filter: /resource-facts\.json$/ }, ({ path: file }) => {
      const facts = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')));
      return { contents: `module.exports = JSON.parse(${JSON.stringify(facts)});` };
    });
  },
};

/** `import('./aws/…')` gives a module of the text. */
const lazyClients: esbuild.Plugin = {
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
    build.onLoad({ filter: /.*/, namespace: 'clients' }, async () => ({
      contents: await clients(),
      resolveDir: BIN,
    }));
  },
};

/** A module that has the text, and gives it the modules of ours that the clients use: so that there is only one of each. */
async function clients(): Promise<string> {
  const { text, ours } = await clientsText();
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

async function clientsText(): Promise<{ readonly text: string; readonly ours: string[] }> {
  const files = fs.readdirSync(path.join(BIN, 'aws'));
  const names = files.map((file) => path.basename(file, '.ts'));
  const ours = new Set<string>();
  const result = await esbuild.build({
    ...OPTIONS,
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
  return { text: result.outputFiles[0]?.text ?? '', ours: [...ours] };
}

if (require.main === module) {
  void buildCli();
}

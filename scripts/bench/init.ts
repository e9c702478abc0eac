import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Figure, Group, progress, Sides } from './figure';
import { runtimeNode } from './runtime-node';
import { outdirOf, Side, synthesize } from './sides';
import { median, repeat } from './statistics';
import { ROOT, Workspace } from './workspace';

const SAMPLES = 9;
const HANDLERS = [
  'get-order',
  'list-orders',
  'create-order',
  'project-order',
  'import-orders',
  'close-day',
];

/** The work of a cold start: loading the six handlers of `examples/orders`, as each side bundles them and as Lambda's runtime loads them. */
export const INIT: Group = { name: 'init', figures, measure };

function figures(): Figure[] {
  return [
    {
      id: 'init-default',
      description:
        'init of the six handlers, compared with `NodejsFunction`’s default (the SDK from `node_modules`)',
      unit: 'ms',
      as: 'share',
      target: 0.7,
    },
    {
      id: 'init-bundled',
      description: 'the same, compared with `NodejsFunction` with the SDK bundled',
      unit: 'ms',
      as: 'share',
      target: 0.2,
    },
  ];
}

function measure(): Record<string, Sides> {
  const workspace = new Workspace(0);
  try {
    fs.cpSync(path.join(ROOT, 'examples', 'orders', 'src'), path.join(workspace.folder, 'lib'), {
      recursive: true,
    });
    for (const handler of HANDLERS) {
      fs.writeFileSync(
        path.join(workspace.folder, 'src', `${handler}.ts`),
        `export { handler } from '../lib/${handler}';\n`,
      );
    }
    progress('init of the six handlers');
    const sides = ['ours', 'nodejsFunctionDefault', 'nodejsFunctionSdkBundled'] as const;
    sides.forEach((side) => synthesize(workspace, side));
    const samples = repeat(SAMPLES, () => sides.map((side) => initTime(workspace, side)));
    const [ours = Number.NaN, standard = Number.NaN, bundled = Number.NaN] = sides.map((_, i) =>
      median(samples.map((sample) => sample[i] ?? Number.NaN)),
    );
    return {
      'init-default': { ours, theirs: standard },
      'init-bundled': { ours, theirs: bundled },
    };
  } finally {
    workspace.remove();
  }
}

/** What Lambda's runtime interface client has loaded before it loads a function (aws-lambda-ric 3.3.0). */
const LOADED = ['assert', 'fs', 'http', 'module', 'net', 'path', 'util'];

/** Loads a file as that client does: ES modules by `import`, others by `require`. An `import` of those would also search their exports. */
const LOADER = `
${LOADED.map((name) => `require('node:${name}');`).join('\n')}
const { pathToFileURL } = require('node:url');
const load = async (file) => (file.endsWith('.mjs') ? import(pathToFileURL(file).href) : require(file));
const start = performance.now();
load(process.argv[2]).then(() => console.log(performance.now() - start));`;

/** Milliseconds to load each function's code in a fresh process of the runtime's Node.js; the mean over the functions. */
function initTime(workspace: Workspace, side: Side): number {
  const outdir = outdirOf(workspace, side);
  const loader = path.join(workspace.folder, 'load.cjs');
  fs.writeFileSync(loader, LOADER);
  const assets = fs.readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  const times = assets.map((asset) => {
    const file =
      ['index.mjs', 'index.js']
        .map((name) => path.join(outdir, asset, name))
        .find((name) => fs.existsSync(name)) ?? '';
    const options = { cwd: workspace.folder, encoding: 'utf8' } as const;
    return Number(execFileSync(runtimeNode(), [loader, file], options));
  });
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

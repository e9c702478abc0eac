/**
 * Measures this library beside the CDK's own constructs, both sides in one run, and prints a table, or JSON with `--json`.
 * Times are medians over rounds; what counts are the ratios. The CDK's template validation is off on both sides; its own
 * cost is the same for both. Needs a build.
 *
 * `--rounds <n>` (3), `--functions <n>` (150)
 */
import { parseArgs } from 'node:util';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { initTime, Side, synthesize } from './bench/sides';
import { ROOT, Workspace } from './bench/workspace';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    functions: { type: 'string', default: '150' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const functions = Number(values.functions);

interface Row {
  readonly figure: string;
  readonly ours: number;
  readonly theirs: number;
  /** What the figure is to be. */
  readonly target: string;
  /** `faster`: theirs by ours; `share`: ours by theirs. */
  readonly as: 'faster' | 'share';
}

function main(): void {
  const rows = [...synthRows(), ...initRows()];
  process.stdout.write(
    values.json ? `${JSON.stringify(rows.map(withRatio), undefined, 2)}\n` : table(rows),
  );
}

function synthRows(): Row[] {
  const workspace = new Workspace(functions);
  try {
    const times = measure(workspace);
    const single = new Workspace(1);
    const one = median(repeat(() => (single.clearCache(), synthesize(single, 'ours'))));
    single.remove();
    return [
      {
        figure: `cold synth of ${functions} functions with the SDK, against NodejsFunction with the SDK bundled`,
        ours: times.cold,
        theirs: times.nodejsFunction,
        target: '20 times faster; goal 50',
        as: 'faster',
      },
      {
        figure: 'the same with only the packages in the cache (all handlers are new)',
        ours: times.packagesWarm,
        theirs: times.nodejsFunction,
        target: '25 times faster; goal 60',
        as: 'faster',
      },
      {
        figure: `unchanged synth of ${functions} functions, against NodejsFunction`,
        ours: times.unchanged,
        theirs: times.nodejsFunction,
        target: '120 times faster; goal 150',
        as: 'faster',
      },
      {
        figure: 'the same against no bundling at all (inline code)',
        ours: times.unchanged,
        theirs: times.inline,
        target: 'at most 1.4',
        as: 'share',
      },
      {
        figure: `one handler of ${functions} changed, against the unchanged synth and one function’s build`,
        ours: times.oneChanged,
        theirs: times.unchanged + one,
        target: 'at most 1.3',
        as: 'share',
      },
    ];
  } finally {
    workspace.remove();
  }
}

interface Times {
  readonly cold: number;
  readonly packagesWarm: number;
  readonly unchanged: number;
  readonly oneChanged: number;
  readonly inline: number;
  readonly nodejsFunction: number;
}

/** All sides in turn in each round. */
function measure(workspace: Workspace): Times {
  const samples = repeat((round) => {
    progress(`round ${round + 1} of ${rounds}`);
    workspace.clearCache();
    const cold = synthesize(workspace, 'ours');
    workspace.writeHandlers(`new-${round}`);
    const packagesWarm = synthesize(workspace, 'ours');
    const unchanged = synthesize(workspace, 'ours', 'cdk.out', true);
    workspace.writeHandler(0, `changed-${round}`);
    const oneChanged = synthesize(workspace, 'ours', 'cdk.out', true);
    const inline = synthesize(workspace, 'inline');
    const nodejsFunction = synthesize(workspace, 'nodejsFunctionSdkBundled');
    return { cold, packagesWarm, unchanged, oneChanged, inline, nodejsFunction };
  });
  const of = (name: keyof Times): number => median(samples.map((sample) => sample[name]));
  return {
    cold: of('cold'),
    packagesWarm: of('packagesWarm'),
    unchanged: of('unchanged'),
    oneChanged: of('oneChanged'),
    inline: of('inline'),
    nodejsFunction: of('nodejsFunction'),
  };
}

/** The handlers of the reference app, as each side bundles them. */
function initRows(): Row[] {
  const workspace = new Workspace(0);
  try {
    fs.cpSync(path.join(ROOT, 'examples', 'orders', 'src'), path.join(workspace.folder, 'lib'), {
      recursive: true,
    });
    for (const entry of [
      'get-order',
      'list-orders',
      'create-order',
      'project-order',
      'import-orders',
      'close-day',
    ]) {
      fs.writeFileSync(
        path.join(workspace.folder, 'src', `${entry}.ts`),
        `export { handler } from '../lib/${entry}';\n`,
      );
    }
    const sides: readonly Side[] = ['ours', 'nodejsFunctionDefault', 'nodejsFunctionSdkBundled'];
    sides.forEach((side) => synthesize(workspace, side, `out-${side}`));
    progress('init');
    const samples = Array.from({ length: 9 }, () =>
      sides.map((side) => initTime(workspace, `out-${side}`)),
    );
    const [ours = 0, standard = 0, bundled = 0] = sides.map((_, i) =>
      median(samples.map((sample) => sample[i] ?? 0)),
    );
    return [
      {
        figure:
          'init of the six handlers, against NodejsFunction’s default (the SDK from node_modules)',
        ours,
        theirs: standard,
        target: 'at most 0.7',
        as: 'share',
      },
      {
        figure: 'the same against NodejsFunction with the SDK bundled',
        ours,
        theirs: bundled,
        target: 'at most 0.2',
        as: 'share',
      },
    ];
  } finally {
    workspace.remove();
  }
}

function repeat<T>(sample: (round: number) => T): T[] {
  return Array.from({ length: rounds }, (_, round) => sample(round));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function withRatio(row: Row): Row & { readonly ratio: number } {
  return { ...row, ratio: row.as === 'faster' ? row.theirs / row.ours : row.ours / row.theirs };
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(withRatio).map(({ figure, ours, theirs, ratio, as, target }) => {
    const shown = as === 'faster' ? `${ratio.toFixed(0)} times faster` : ratio.toFixed(2);
    return `| ${figure} | ${ours.toFixed(0)} ms | ${theirs.toFixed(0)} ms | **${shown}** | ${target} |`;
  });
  return [
    '| figure | here | the other side | ratio | target |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

function progress(text: string): void {
  process.stderr.write(`-- ${text}\n`);
}

main();

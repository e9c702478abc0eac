import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { BenchOptions, Result } from './figure';
import { ROOT } from './workspace';

/** What `--json` prints; stable. */
export interface Report {
  readonly schemaVersion: 1;
  readonly machine: {
    readonly platform: string;
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly functions: number;
  readonly figures: readonly Result[];
}

export function reportOf(figures: readonly Result[], options: BenchOptions): Report {
  return {
    schemaVersion: 1,
    machine: {
      platform: `${process.platform} ${process.arch}`,
      cpu: os.cpus()[0]?.model ?? '',
      cores: os.availableParallelism(),
      memoryGb: Math.round(os.totalmem() / 1024 ** 3),
    },
    versions: {
      node: process.versions.node,
      'cdk-serverless-app': versionOf('.'),
      ...Object.fromEntries(
        ['aws-cdk', 'aws-cdk-lib', 'esbuild', 'sucrase', 'tsx'].map((name) => [
          name,
          versionOf(path.join('node_modules', name)),
        ]),
      ),
    },
    rounds: options.rounds,
    functions: options.functions,
    figures,
  };
}

export function tableOf({ figures, machine, versions, rounds }: Report): string {
  const rows = figures.map((result) =>
    [
      result.id,
      result.description,
      amount(result.ours, result.unit),
      amount(result.theirs, result.unit),
      `**${ratioText(result.ratio, result.as)}**`,
      targetText(result),
      result.met === null ? '' : result.met ? 'yes' : 'NO',
    ].join(' | '),
  );
  return [
    '| id | figure | here | the other side | ratio | target | met |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `${count(rounds)}, medians; ${machine.cores} cores (${machine.cpu}); ` +
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    '',
  ].join('\n');
}

const BLOCK = /<!-- bench -->[\s\S]*<!-- \/bench -->/;

/** Puts the figures that have a target into docs/benchmarks.md. */
export function writePage(report: Report): void {
  const file = path.join(ROOT, 'docs', 'benchmarks.md');
  const text = fs.readFileSync(file, 'utf8');
  if (!BLOCK.test(text)) {
    throw new Error('docs/benchmarks.md has no block <!-- bench -->…<!-- /bench -->');
  }
  fs.writeFileSync(
    file,
    text.replace(BLOCK, () => `<!-- bench -->\n\n${benchBlock(report)}\n\n<!-- /bench -->`),
  );
}

function benchBlock({ figures, machine, versions, rounds }: Report): string {
  const rows = figures
    .filter(({ target }) => target !== null)
    .map((result) => {
      const missed = result.met === false ? ', missed' : '';
      const ratio =
        result.unit === 'resources'
          ? `${result.ours} : ${result.theirs}`
          : ratioText(result.ratio, result.as);
      return `| ${result.description} | ${ratio} | ${targetText(result)}${missed} |`;
    });
  const node = versions.node?.split('.')[0] ?? '';
  return [
    `Measured by \`npm run bench\` (both sides in one run, medians of ${count(rounds)}, ${machine.cores} cores, Node.js ${node}, aws-cdk-lib ` +
      `${versions['aws-cdk-lib'] ?? ''}; template validation off on both sides unless stated):`,
    '',
    '| figure | ratio | target |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function count(rounds: number): string {
  return rounds === 1 ? '1 round' : `${rounds} rounds`;
}

function amount(value: number, unit: Result['unit']): string {
  return `${unit === 'ms a function' ? value.toFixed(2) : value.toFixed(0)} ${unit}`;
}

function ratioText(ratio: number, as: Result['as']): string {
  return as === 'faster' ? `${ratio.toFixed(0)} times faster` : ratio.toFixed(2);
}

function targetText({ target, goal, as }: Result): string {
  if (target === null) {
    return '';
  }
  const text = as === 'faster' ? `at least ${target} times` : `at most ${target}`;
  return goal === null ? text : `${text}; goal ${goal}`;
}

function versionOf(folder: string): string {
  const manifest = path.join(ROOT, folder, 'package.json');
  return (JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string }).version;
}

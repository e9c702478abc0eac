/**
 * Measures this library against the CDK's own constructs, both sides in one run, and prints a table. Times are medians over
 * rounds; the ratios are what counts. The CDK's template validation is off on both sides unless a figure says otherwise;
 * its own cost is printed separately. Needs a build. The shape of the JSON is `Report` in bench/output.ts.
 *
 * `--rounds <n>` (3), `--functions <n>` (150, for the figures outside the group `scale`), `--only <id or group,…>`, `--json`,
 * `--write` (the table in docs/benchmarks.md too)
 */
import { CLI } from './bench/cli-start';
import { Group, Result, resultOf } from './bench/figure';
import { FUNCTIONS } from './bench/functions';
import { IMPORT } from './bench/import-time';
import { INIT } from './bench/init';
import { CliOptions, parseOptions } from './bench/options';
import { reportOf, tableOf, writePage } from './bench/output';
import { REST } from './bench/rest';
import { SCALE } from './bench/scale';
import { VALIDATION } from './bench/validation';
import { WHOLE_SYNTH } from './bench/whole-synth';

const GROUPS: readonly Group[] = [
  FUNCTIONS,
  SCALE,
  REST,
  WHOLE_SYNTH,
  VALIDATION,
  INIT,
  IMPORT,
  CLI,
];

function main(): void {
  const options = parseOptions(process.argv.slice(2), GROUPS);
  const report = reportOf(
    GROUPS.flatMap((group) => resultsOf(group, options)),
    options,
  );
  process.stdout.write(
    options.json ? `${JSON.stringify(report, undefined, 2)}\n` : tableOf(report),
  );
  if (options.write) {
    writePage(report);
  }
}

/** A group is not measured if none of its figures is requested. */
function resultsOf(group: Group, options: CliOptions): Result[] {
  const figures = group.figures(options).filter(({ id }) => options.only?.has(id) ?? true);
  if (figures.length === 0) {
    return [];
  }
  const sides = group.measure(options);
  return figures.map((figure) => {
    const measured = sides[figure.id];
    if (measured === undefined) {
      throw new Error(`the group ${group.name} does not measure ${figure.id}`);
    }
    return resultOf(figure, measured);
  });
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

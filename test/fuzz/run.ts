import * as fc from 'fast-check';
import { fork } from 'node:child_process';
import * as os from 'node:os';
import { APP_SPEC } from './generators/app-spec';
import { requireSound } from './support/soundness';

/**
 * `npm run test:fuzz`: at least 10,000 random apps, in a process for each core. `FUZZ_RUNS` asks for another number, `FUZZ_SEED` repeats a
 * run, `FUZZ_WORKERS` bounds the processes. A chunk takes its own seed from the run's and its place, so the same seed gives the same apps.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const WORKERS = Number(process.env.FUZZ_WORKERS ?? os.availableParallelism());
const CHUNK = 250;

interface Report {
  readonly synthesized: number;
  readonly refused: number;
  /** What fast-check says of the smallest app that broke the property. */
  readonly defect?: string;
}

function runChunk(seed: number, numRuns: number): Report {
  let synthesized = 0;
  let refused = 0;
  const property = fc.property(APP_SPEC, (spec) => {
    if ('files' in requireSound(spec)) {
      synthesized += 1;
    } else {
      refused += 1;
    }
  });
  const details = fc.check(property, { numRuns, seed });
  const cause = String(details.errorInstance).slice(0, 2000);
  const defect = details.failed ? `${fc.defaultReportMessage(details)}\n${cause}` : undefined;
  return { synthesized, refused, defect };
}

async function main(): Promise<void> {
  const started = Date.now();
  const chunks = Array.from({ length: Math.ceil(RUNS / CHUNK) }, (_, i) => i);
  const reports: Report[] = [];
  const work = async (): Promise<void> => {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      const numRuns = Math.min(CHUNK, RUNS - chunk * CHUNK);
      const report = await inProcess(SEED + chunk, numRuns);
      reports.push(report);
      const done = reports.reduce(
        (sum, { synthesized, refused }) => sum + synthesized + refused,
        0,
      );
      console.log(`${done} of ${RUNS} (seed ${SEED + chunk})`);
      if (report.defect !== undefined) {
        console.error(report.defect);
        process.exitCode = 1;
      }
    }
  };
  console.log(`${RUNS} random apps, seed ${SEED}, ${WORKERS} processes`);
  await Promise.all(Array.from({ length: WORKERS }, work));
  const synthesized = reports.reduce((sum, report) => sum + report.synthesized, 0);
  const refused = reports.reduce((sum, report) => sum + report.refused, 0);
  const defects = reports.filter(({ defect }) => defect !== undefined).length;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `${synthesized + refused} random apps with seed ${SEED} in ${seconds} s: ${synthesized} synthesized to a sound template, twice ` +
      `the same; ${refused} refused with a path and a remedy; chunks with a defect: ${defects}`,
  );
}

/** In a process of its own, so that what a chunk holds in memory goes with it. */
function inProcess(seed: number, numRuns: number): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [String(seed), String(numRuns)]);
    child.once('message', (report) => {
      resolve(report as Report);
    });
    child.once('exit', (code) => {
      reject(new Error(`the chunk with seed ${seed} ended with ${code} and no report`));
    });
  });
}

const [seed, numRuns] = process.argv.slice(2);
if (seed === undefined) {
  void main();
} else {
  process.send?.(runChunk(Number(seed), Number(numRuns)), () => {
    process.disconnect();
  });
}

/**
 * Runs Stryker area by area, so that a mutant meets only the tests of its area, and says how many of each were seen, and which were
 * not and nobody has said why. `MUTATION_AREAS=guard,cost` chooses areas; what stands behind `--` goes to Stryker.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { argv, env, execPath, exit, stdout } from 'node:process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { areaNames, reportOf } from './areas.mjs';
import { SURVIVORS } from './survivors.mjs';

const LEAST = 90;
const stryker = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json')),
  'bin/stryker.js',
);

const results = areaNames(env.MUTATION_AREAS).map(measured);
results.forEach(explain);
results.forEach(({ name, seen, all, seconds }) => {
  say(
    `${name.padEnd(10)} ${seen} of ${all} mutants seen, ${percent(seen, all)} %, in ${seconds} s`,
  );
});
const sum = (/** @type {(result: (typeof results)[number]) => number} */ of) =>
  results.reduce((total, result) => total + of(result), 0);
const [seen, all] = [sum((result) => result.seen), sum((result) => result.all)];
say(`${'in all'.padEnd(10)} ${seen} of ${all}, ${percent(seen, all)} %`);
exit(
  results.every((result) => result.all > 0 && result.seen >= result.all * (LEAST / 100)) ? 0 : 1,
);

/**
 * Without mutants where Stryker has failed, and said why.
 *
 * @param {string} name of an area
 */
function measured(name) {
  const report = reportOf(name);
  rmSync(report, { force: true });
  const started = performance.now();
  const options = ['--reporters', 'progress-append-only,json', ...argv.slice(2)];
  spawnSync(execPath, [stryker, 'run', ...options], {
    env: { ...env, MUTATION_AREAS: name },
    stdio: 'inherit',
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  const mutants = existsSync(report) ? mutantsOf(report) : [];
  const unseen = mutants.filter(({ status: is }) => is === 'Survived' || is === 'NoCoverage');
  const seenOnes = mutants.filter(({ status: is }) => is === 'Killed' || is === 'Timeout');
  return {
    name,
    seconds,
    unseen,
    seen: seenOnes.length,
    all: unseen.length + seenOnes.length,
    files: new Set(mutants.map(({ file }) => file)),
  };
}

/** @param {string} report the path of Stryker's */
function mutantsOf(report) {
  const { files } = JSON.parse(readFileSync(report, 'utf8'));
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map(({ status, location, replacement }) => ({
      file,
      status,
      line: location.start.line,
      change: `${oneLine(partOf(source, location))} → ${oneLine(replacement)}`,
    })),
  );
}

/** Says what was not seen for no reason that stands in the list, and which reasons are not needed any more. */
function explain({ unseen, files }) {
  for (const { file, line, change } of unseen) {
    if (SURVIVORS[file]?.[change] === undefined) {
      say(`not seen, for no reason that is listed: ${file}:${line} ${change}`);
    }
  }
  for (const file of files) {
    for (const listed of Object.keys(SURVIVORS[file] ?? {})) {
      if (!unseen.some(({ file: of, change }) => of === file && change === listed)) {
        say(`listed as not seen, but there is none: ${file} ${listed}`);
      }
    }
  }
}

function partOf(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function percent(part, whole) {
  return whole === 0 ? '0.00' : ((100 * part) / whole).toFixed(2);
}

function say(line) {
  stdout.write(`${line}\n`);
}

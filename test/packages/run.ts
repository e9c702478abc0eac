import { BundlingFormat, BundlingOptions } from 'cdk-serverless-app';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Build, buildByCdk, buildHere, buildPlain, recommended } from './builds';
import { CASES } from './cases';
import { PackageCase } from './package-case';
import { installedProject, runtimeOf, versionOf, writeHandler } from './project';
import { runHandler } from './run-handler';
import { Services } from './services';
import { Outcome, renderPage, Row } from './table';

/**
 * `npm run test:packages`: bundles and runs a handler for each package of the table in docs/packages.md, and writes the table.
 * With names of packages, `npm run test:packages -- pdfkit knex`, it runs only those and writes nothing.
 */
const PAGE = path.join(__dirname, '..', '..', 'docs', 'packages.md');

/** A recommended line may lead to another message. */
const ROUNDS = 4;

interface Place {
  readonly source: string;
  readonly node: string;
  readonly environment: Readonly<Record<string, string>>;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const project = installedProject();
  const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'packages-cache-'));
  process.env.SERVERLESS_APP_CACHE = cache; // what is found in packages is to be found anew
  const node = runtimeOf(project);
  const services = await Services.start(project, node);
  const rows: Row[] = [];
  try {
    for (const [i, item] of CASES.entries()) {
      if (wanted.length === 0 || item.packages.some((name) => wanted.includes(name))) {
        const source = writeHandler(project, item, i);
        rows.push(rowOf(item, project, { source, node, environment: services.environment }));
      }
    }
  } finally {
    services.stop();
    fs.rmSync(cache, { recursive: true, force: true });
  }
  if (wanted.length === 0) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    fs.writeFileSync(PAGE, renderPage(rows, version.replace('v', '')));
  }
  const silent = rows.filter(({ plain, cdk, esm, cjs }) => {
    return [plain, cdk].some(({ kind }) => kind === 'works') && [esm, cjs].some(isSilent);
  });
  silent.forEach(({ packages }) => {
    console.error(
      `${packages.join(', ')}: runs with plain esbuild or NodejsFunction, fails here without a message`,
    );
  });
  process.exitCode = silent.length === 0 ? 0 : 1;
}

function rowOf(item: PackageCase, project: string, place: Place): Row {
  const plain = temporarily((folder) => {
    const build = buildPlain(place.source, folder);
    return outcomeOf(build, item, place);
  });
  const cdk = temporarily((folder) => {
    const build = buildByCdk(place.source, folder, project);
    return outcomeOf(build, item, place);
  });
  const given = item.bundling ?? {};
  const esm = outcomeHere(item, place, given);
  const cjs = outcomeHere(item, place, { ...given, format: BundlingFormat.CJS });
  const packages = item.packages.map((name) => `${name} ${versionOf(project, name)}`);
  const row = { packages, does: item.does, plain, cdk, esm, cjs };
  console.log(`${item.packages.join(', ')} (${item.does})`);
  Object.entries({ plain, cdk, esm, cjs }).forEach(([way, it]) => {
    console.log(`  ${way}: ${JSON.stringify(it)}`);
  });
  return row;
}

/** Builds with the options of the case, and then with those that the messages recommend. */
function outcomeHere(item: PackageCase, place: Place, given: BundlingOptions): Outcome {
  const first = runWith(item, place, given);
  let { outcome, messages } = first;
  const all = [...messages];
  let options = given;
  for (let round = 0; round < ROUNDS; round++) {
    const next = recommended(messages, options);
    if (next === undefined) {
      break;
    }
    options = next;
    ({ outcome, messages } = runWith(item, place, options));
    all.push(...messages);
  }
  if (outcome.kind === 'fails') {
    return { ...outcome, messages: all };
  }
  const { format: _, ...added } = options;
  return options === given
    ? outcome
    : {
        kind: 'recommended',
        options: given.format === undefined ? options : added,
        needless: first.outcome.kind === 'works',
      };
}

function runWith(
  item: PackageCase,
  place: Place,
  options: BundlingOptions,
): { readonly outcome: Outcome; readonly messages: readonly string[] } {
  return temporarily((folder) => {
    const build = buildHere(place.source, folder, options);
    return { outcome: outcomeOf(build, item, place), messages: build.messages };
  });
}

function outcomeOf(
  { asset, messages }: Build,
  { returns }: PackageCase,
  { node, environment }: Place,
): Outcome {
  if (asset === undefined) {
    return { kind: 'fails', error: messages[0] ?? '', messages };
  }
  const run = runHandler(asset, node, environment);
  if ('error' in run) {
    return { kind: 'fails', error: run.error, messages };
  }
  return isDeepStrictEqual(run.result, JSON.parse(JSON.stringify(returns)))
    ? { kind: 'works' }
    : { kind: 'fails', error: `returns ${JSON.stringify(run.result)}`, messages };
}

function isSilent(outcome: Outcome): boolean {
  return outcome.kind === 'fails' && outcome.messages.length === 0;
}

function temporarily<T>(make: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'packages-'));
  try {
    return make(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

void main();

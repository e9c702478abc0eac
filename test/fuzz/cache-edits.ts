import { ChildProcess, fork } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { hashOfFiles } from '../../lib/bundling/asset-files';
import { bundleAll } from '../../lib/bundling/bundler';
import { EditedProject, ENTRIES } from './support/edited-project';
import { Random } from './support/random';

/**
 * The bundling cache against bundling without one: random edits of a project, also while two syntheses run over the same cache, of
 * which some are killed. After each step the assets from the cache are those of a cold synthesis. `FUZZ_EDITS` asks for another
 * number of edits than 10,000, `FUZZ_SEED` repeats them; the moments within a synthesis differ from run to run.
 */
const EDITS = Number(process.env.FUZZ_EDITS ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** The longest that a synthesis of the project takes, or nearly. */
const WHILE_MS = 60;

interface Answer {
  /** The hash of each entry's asset, or of an entry that cannot be bundled, its absence. */
  readonly hashes: readonly string[];
  /** Whether nothing was built. */
  readonly warm: boolean;
}

/** A process that bundles the project whenever it is asked to, with a cache or without one. */
class Synthesizer {
  private child?: ChildProcess;

  constructor(
    private readonly root: string,
    private readonly cache: string,
  ) {}

  bundle(): Promise<Answer | undefined> {
    this.child ??= fork(__filename, [this.root], {
      env: { ...process.env, SERVERLESS_APP_CACHE: this.cache },
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'], // esbuild warns of half-made edits
    });
    const { child } = this;
    return new Promise((resolve) => {
      const end = (answer?: unknown): void => {
        child.removeAllListeners();
        resolve(typeof answer === 'object' ? (answer as Answer) : undefined);
      };
      child.once('message', end).once('exit', () => {
        end();
      });
      child.send('bundle');
    });
  }

  kill(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'serverless-app-edits-'));
  const random = new Random(SEED);
  const project = new EditedProject(path.join(folder, 'project'), random);
  const cache = path.join(folder, 'cache');
  const [first, second] = [1, 2].map(() => new Synthesizer(project.root, cache)) as [
    Synthesizer,
    Synthesizer,
  ];
  const cold = new Synthesizer(project.root, 'off');
  const counts = { edits: 0, during: 0, atOnce: 0, killed: 0, warm: 0, steps: 0, stale: 0 };
  console.log(`${EDITS} random edits, seed ${SEED}`);
  const started = Date.now();
  while (counts.edits < EDITS) {
    counts.steps++;
    const history = [project.edit()];
    await pause(random.pick([0, 0, 60]));
    const running = [first.bundle()];
    if (random.next() < 0.5) {
      running.push(second.bundle());
      counts.atOnce++;
    }
    if (random.next() < 0.5) {
      await pause(random.next() * WHILE_MS);
      history.push(`during a synthesis: ${project.edit()}`);
      counts.during++;
    }
    if (random.next() < 0.05) {
      await pause(random.next() * WHILE_MS);
      first.kill();
      counts.killed++;
    }
    await Promise.all(running);
    counts.edits += history.length;
    const [served, anew] = [await second.bundle(), await cold.bundle()];
    counts.warm += served?.warm === true ? 1 : 0;
    if (anew === undefined || JSON.stringify(served?.hashes) !== JSON.stringify(anew.hashes)) {
      counts.stale++;
      console.error(`stale at step ${counts.steps} (seed ${SEED}): ${history.join('; ')}`);
      process.exitCode = 1;
    }
    if (counts.steps % 500 === 0) {
      console.log(`${counts.edits} of ${EDITS}`);
    }
  }
  [first, second, cold].forEach((one) => {
    one.kill();
  });
  fs.rmSync(folder, { recursive: true });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `${counts.edits} edits with seed ${SEED} in ${seconds} s: ${counts.during} during a synthesis, ${counts.atOnce} times two syntheses ` +
      `at once, ${counts.killed} killed; ${counts.warm} of ${counts.steps} answers without a build; stale: ${counts.stale}`,
  );
  if (counts.warm < counts.steps * 0.1) {
    console.error('the cache served too little to prove anything');
    process.exitCode = 1;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function bundle(root: string): Answer {
  const requests = ENTRIES.map((entry) => ({
    owner: entry,
    entry: path.join(root, 'app', entry),
    handler: 'handler',
    root: path.join(root, 'app'),
    nodeVersion: '24',
    options: {},
  }));
  const before = process.cpuUsage().user;
  try {
    const made = bundleAll(requests);
    const hashes = requests.map((request) => hashOfFiles(made.get(request) ?? new Map()));
    return { hashes, warm: process.cpuUsage().user - before < WARM_MICROSECONDS };
  } catch {
    return { hashes: [], warm: false }; // an edit during this synthesis took a file away
  }
}

/** A build of the project takes several times as much. */
const WARM_MICROSECONDS = 12_000;

const [root] = process.argv.slice(2);
if (root === undefined) {
  void main();
} else {
  process.on('message', () => process.send?.(bundle(root)));
}

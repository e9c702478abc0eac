/**
 * Does what `npm create cdk-serverless-app` does, with the packed library and the packed generator: makes a project with every
 * event, installs, checks types, runs the tests and synthesizes; `-- --each` also makes a project for each event. Needs a build.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');
const GENERATOR = path.join(ROOT, 'packages', 'create-cdk-serverless-app');
const EVENTS = ['http', 'table', 'objects', 'schedule', 'queue', 'event'];

function main(each: boolean): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'create-app-'));
  try {
    const library = pack(ROOT, folder);
    const generator = pack(GENERATOR, folder);
    const first = path.join(folder, 'my-app');
    create(first, EVENTS, library, generator);
    tryProject(first);
    for (const event of each ? EVENTS : []) {
      const project = path.join(folder, `my-${event}-app`);
      // Each package that it may use is in the first project; test/create compares what it uses with its package.json.
      create(project, [event], library, generator, ['--no-install']);
      fs.symlinkSync(path.join(first, 'node_modules'), path.join(project, 'node_modules'));
      tryProject(project);
    }
    say('the created apps compile, pass their tests and synthesize');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function create(
  project: string,
  events: readonly string[],
  library: string,
  generator: string,
  more: readonly string[] = [],
): void {
  say(`create an app with ${events.join(', ')}`);
  const generate = ['exec', '--yes', `--package=${generator}`, '--', 'create-cdk-serverless-app'];
  const options = ['--yes', '--events', events.join(','), '--library', library, ...more];
  run(path.dirname(project), 'npm', [...generate, project, ...options]);
}

function tryProject(project: string): void {
  for (const script of ['check', 'test', 'synth']) {
    say(`npm run ${script}`);
    run(project, 'npm', ['run', script]);
  }
  say('serverless-app types --check');
  run(project, 'npx', ['serverless-app', 'types', '--check']);
}

function pack(source: string, folder: string): string {
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: source,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [packed] = JSON.parse(output) as [{ filename: string }];
  return path.join(folder, packed.filename);
}

function run(cwd: string, command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}

function say(text: string): void {
  process.stdout.write(`try-create: ${text}\n`);
}

main(process.argv.includes('--each'));

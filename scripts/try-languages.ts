/**
 * Builds the library for Python, Go and Java, installs it from local files into the example apps of these languages, synthesizes
 * them, and compares each template with that of the TypeScript app. For .NET it builds the library, or generates its sources where
 * there is no SDK. Needs a build, and the languages' own tools. Names of languages choose some: `npm run try-languages -- python go`.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const ROOT = path.join(__dirname, '..');
const EXAMPLES = path.join(ROOT, 'examples', 'languages');
const PACKAGES = path.join(ROOT, 'languages');

const { version: VERSION } = JSON.parse(
  fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
) as { readonly version: string };

const PACMAK = ['npx', 'jsii-pacmak', '--outdir', PACKAGES];

interface Language {
  /** Installs the library into a copy of the example, and returns the command that synthesizes it. Without it there is no example. */
  readonly prepare?: (example: string) => readonly string[];
  /** For jsii-pacmak. */
  readonly flags?: readonly string[];
  /** What jsii-pacmak must have made in its folder, in any folder of it. */
  readonly made?: readonly string[];
  /** Why it cannot be tried on this machine. */
  readonly obstacle?: () => string | undefined;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  python: {
    prepare: (example) => {
      const environment = path.join(example, '.venv');
      run(example, ['python3', '-m', 'venv', environment]);
      const wheel = fileIn(path.join(PACKAGES, 'python'), /\.whl$/);
      const python = path.join(environment, 'bin', 'python3');
      run(example, [python, '-m', 'pip', 'install', '--quiet', wheel]);
      return [python, 'app.py'];
    },
  },
  go: {
    // A module is its sources, and a build of all of it would take minutes more.
    flags: ['--code-only'],
    prepare: (example) => {
      const module = path.join(PACKAGES, 'go', 'serverlessapp');
      const replaced = `-replace=github.com/cdk-serverless-app/serverlessapp=${module}`;
      run(example, ['go', 'mod', 'edit', replaced]);
      run(example, ['go', 'mod', 'tidy']);
      run(example, ['go', 'build', '-o', 'app', '.']);
      return [path.join(example, 'app')];
    },
  },
  java: {
    prepare: (example) => {
      const repository = `-DaltDeploymentRepository=local::file://${path.join(PACKAGES, 'java')}`;
      const jar = fileIn(path.join(PACKAGES, 'java'), /\d\.jar$/);
      const install = [`-Dfile=${jar}`, `-DpomFile=${jar.replace(/\.jar$/, '.pom')}`, repository];
      run(example, ['mvn', '-q', 'install:install-file', ...install]);
      run(example, ['mvn', '-q', 'compile']);
      return ['mvn', '-q', 'exec:java'];
    },
    obstacle: () => {
      const { devDependencies } = JSON.parse(
        fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
      ) as { devDependencies: Record<string, string> };
      const artifact = `software.amazon.awscdk:aws-cdk-lib:${devDependencies['aws-cdk-lib']}`;
      try {
        const get = ['dependency:get', `-Dartifact=${artifact}`, '-Dtransitive=false'];
        execFileSync('mvn', ['-q', ...get], { stdio: 'ignore' });
        return undefined;
      } catch {
        return `the Maven registry here has no ${artifact}`;
      }
    },
  },
  dotnet: hasDotnet()
    ? { made: [`CdkServerlessApp.${VERSION}.nupkg`] }
    : { flags: ['--code-only'], made: ['CdkServerlessApp.csproj', 'ServerlessApp.cs'] },
};

function hasDotnet(): boolean {
  try {
    execFileSync('dotnet', ['--list-sdks'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function main(chosen: readonly string[]): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'languages-'));
  try {
    fs.cpSync(EXAMPLES, folder, { recursive: true });
    const reference = path.join(folder, 'typescript.out');
    synthesize(path.join(EXAMPLES, 'typescript'), ['npx', 'tsx', 'app.ts'], reference);
    for (const name of chosen) {
      tryLanguage(name, folder, reference);
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function tryLanguage(name: string, folder: string, reference: string): void {
  const language = LANGUAGES[name];
  if (language === undefined) {
    throw new Error(`there is no example in ${name}: use ${Object.keys(LANGUAGES).join(', ')}`);
  }
  const obstacle = language.obstacle?.();
  if (obstacle !== undefined) {
    if (process.env.CI !== undefined) {
      throw new Error(`${name}: ${obstacle}`);
    }
    say(`${name}: NOT TRIED, because ${obstacle}`);
    return;
  }
  say(`${name}: build the package`);
  run(ROOT, [...PACMAK, '--targets', name, ...(language.flags ?? [])]);
  requireMade(name, language.made ?? []);
  if (language.prepare === undefined) {
    say(
      `${name}: ${language.flags === undefined ? 'the package is built' : 'no SDK here, so only the sources are generated'}`,
    );
    return;
  }
  const example = path.join(folder, name);
  say(`${name}: install it into the example`);
  const command = language.prepare(example);
  say(`${name}: synthesize`);
  const outdir = path.join(folder, `${name}.out`);
  synthesize(example, command, outdir);
  compare(name, reference, outdir);
  say(`${name}: the template, with its asset hashes, is that of the TypeScript app`);
}

function requireMade(name: string, files: readonly string[]): void {
  const made = fs.readdirSync(path.join(PACKAGES, name), { recursive: true, encoding: 'utf8' });
  const missing = files.filter((file) => !made.some((it) => path.basename(it) === file));
  if (missing.length > 0) {
    throw new Error(`${name}: jsii-pacmak has not made ${missing.join(', ')}`);
  }
}

/** Without the CDK's CLI, whose context would be the same for all. */
function synthesize(cwd: string, [program = '', ...args]: readonly string[], outdir: string): void {
  execFileSync(program, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CDK_OUTDIR: outdir, SERVERLESS_APP_ESTIMATE: 'off' },
  });
}

function compare(name: string, reference: string, outdir: string): void {
  const [expected, actual] = [reference, outdir].map(
    (it) => JSON.parse(fs.readFileSync(path.join(it, 'Orders.template.json'), 'utf8')) as unknown,
  );
  if (isDeepStrictEqual(actual, expected)) {
    return;
  }
  const files = [reference, outdir].map((it) => path.join(it, 'Orders.template.json'));
  try {
    execFileSync('diff', ['-u', ...files], { stdio: ['ignore', 'inherit', 'inherit'] });
  } finally {
    say(`${name}: the template differs from that of the TypeScript app`);
  }
  throw new Error(`${name}: another template`);
}

/** The only file of a folder with such a name. */
function fileIn(folder: string, pattern: RegExp): string {
  const found = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name));
  if (found.length !== 1) {
    throw new Error(
      `${folder} must hold one package, got ${found.length === 0 ? 'none' : found.join(', ')}`,
    );
  }
  return path.join(folder, found[0] ?? '');
}

function run(cwd: string, [program = '', ...args]: readonly string[]): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}

function say(text: string): void {
  process.stdout.write(`try-languages: ${text}\n`);
}

main(process.argv.length > 2 ? process.argv.slice(2) : Object.keys(LANGUAGES));

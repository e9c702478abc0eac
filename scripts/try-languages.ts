/**
 * Builds the library for Python, Go and Java, installs it from local files into the example apps of these languages, synthesizes
 * them, and compares each template with that of the TypeScript app. For .NET it builds the library, or generates its sources where
 * there is no SDK. Needs a build, and the languages' own tools. Names of languages choose some: `npm run try-languages -- python go`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const ROOT = path.join(__dirname, '..');
const EXAMPLES = path.join(ROOT, 'examples', 'languages');
const PACKAGES = path.join(ROOT, 'languages');

const MANIFEST = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const CDK = MANIFEST.devDependencies['aws-cdk-lib'] ?? '';
const FLOOR = MANIFEST.peerDependencies['aws-cdk-lib']?.replace('^', '') ?? '';

const PACMAK = ['npx', 'jsii-pacmak', '--outdir', PACKAGES];

interface Language {
  /** Installs the library into a copy of the example, and returns the command that synthesizes it. Without it there is no example. */
  readonly prepare?: (example: string, cdk: string) => readonly string[];
  /** For jsii-pacmak. */
  readonly flags?: readonly string[];
  /** What jsii-pacmak must have made in its folder, in any folder of it. */
  readonly made?: readonly string[];
  /** The version of aws-cdk-lib in the language's registry, if it may differ from ours; undefined if the registry has none. */
  readonly cdk?: () => string | undefined;
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
    prepare: (example, cdk) => {
      const repository = `-DaltDeploymentRepository=local::file://${path.join(PACKAGES, 'java')}`;
      const jar = fileIn(path.join(PACKAGES, 'java'), /\d\.jar$/);
      const install = [`-Dfile=${jar}`, `-DpomFile=${jar.replace(/\.jar$/, '.pom')}`, repository];
      const version = `-Dcdk.version=${cdk}`;
      run(example, ['mvn', '-q', 'install:install-file', ...install]);
      run(example, ['mvn', '-q', version, 'compile']);
      return ['mvn', '-q', version, 'exec:java'];
    },
    cdk: newestInMaven,
  },
  dotnet: hasDotnet()
    ? { made: [`CdkServerlessApp.${MANIFEST.version}.nupkg`] }
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

/** The newest aws-cdk-lib in Maven’s registry that is not newer than ours. A mirror may lag behind npm. */
function newestInMaven(): string | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'newest-in-maven-'));
  const dependency = ['groupId>software.amazon.awscdk', 'artifactId>aws-cdk-lib'];
  const range = `version>[${FLOOR},${CDK}]`;
  const tags = (parts: readonly string[]): string =>
    parts.map((part) => `<${part}</${part.split('>')[0]}>`).join('');
  try {
    fs.writeFileSync(
      path.join(folder, 'pom.xml'),
      `<project xmlns="http://maven.apache.org/POM/4.0.0">${tags(['modelVersion>4.0.0', 'groupId>x', 'artifactId>x', 'version>1'])}
      <dependencies><dependency>${tags([...dependency, range])}</dependency></dependencies></project>`,
    );
    const { stdout } = spawnSync('mvn', ['-B', 'dependency:list'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return /aws-cdk-lib:jar:(\d[\d.]*):/.exec(stdout)?.[1];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function main(chosen: readonly string[]): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'languages-'));
  try {
    fs.cpSync(EXAMPLES, folder, { recursive: true });
    for (const name of chosen) {
      tryLanguage(name, folder);
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function tryLanguage(name: string, folder: string): void {
  const language = LANGUAGES[name];
  if (language === undefined) {
    throw new Error(`there is no example in ${name}: use ${Object.keys(LANGUAGES).join(', ')}`);
  }
  const cdk = language.cdk === undefined ? CDK : language.cdk();
  if (cdk === undefined) {
    throw new Error(`${name}: its registry has no aws-cdk-lib from ${FLOOR} to ${CDK}`);
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
  const command = language.prepare(example, cdk);
  say(`${name}: synthesize`);
  const outdir = path.join(folder, `${name}.out`);
  synthesize(example, command, outdir);
  compare(name, referenceWith(cdk, folder), outdir);
  say(
    `${name}: the template, with its asset hashes, is that of the TypeScript app (aws-cdk-lib ${cdk})`,
  );
}

/** The cloud assembly of the TypeScript app, with this aws-cdk-lib. */
function referenceWith(cdk: string, folder: string): string {
  const outdir = path.join(folder, `typescript-${cdk}.out`);
  if (fs.existsSync(outdir)) {
    return outdir;
  }
  if (cdk === CDK) {
    synthesize(path.join(EXAMPLES, 'typescript'), ['npx', 'tsx', 'app.ts'], outdir);
    return outdir;
  }
  const example = path.join(folder, 'typescript');
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  ) as [{ readonly filename: string }];
  const library = path.join(folder, packed.filename);
  fs.writeFileSync(path.join(example, 'package.json'), '{ "private": true }\n');
  const packages = [library, `aws-cdk-lib@${cdk}`, 'constructs', 'tsx'];
  run(example, ['npm', 'install', '--no-audit', '--no-fund', '--silent', ...packages]);
  synthesize(example, ['npx', 'tsx', 'app.ts'], outdir);
  return outdir;
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

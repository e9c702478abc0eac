/**
 * Installs the packed library into projects of the kinds that users have: package managers, module systems, `moduleResolution`, and releases of
 * TypeScript. Each compiles and synthesizes the app of the README; one runs it with `serverless-app dev`. Needs a build and the npm registry: `npm run try-projects`, or with names
 * of some: `npm run try-projects -- pnpm typescript-5.4`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { tryDev } from './try-dev';

const ROOT = path.join(__dirname, '..');
const PNPM = 'pnpm@10';
const YARN = '@yarnpkg/cli-dist@4';
const CDK_CLI = '^2.1148.1';
const CDK = process.env.CDK_SERVERLESS_APP_TRY_CDK ?? '^2.252.0';
const FLOOR = '2.252.0';
const VALIDATOR = '@aws/cloudformation-validate';

type Manager = 'npm' | 'pnpm' | 'yarn';

interface Project {
  readonly manager?: Manager;
  /** A package of a workspace, with the library installed at the top. */
  readonly workspace?: boolean;
  readonly type?: 'commonjs' | 'module';
  readonly typescript?: string;
  readonly module?: string;
  readonly moduleResolution?: string;
  /** The release of Node.js that runs it, as a package of npm; by default the one that runs this script. */
  readonly node?: string;
  /** Node.js itself reads the app, and `serverless-app dev` runs it. */
  readonly dev?: boolean;
}

const PROJECTS: Readonly<Record<string, Project>> = {
  'npm-commonjs': { type: 'commonjs' },
  'npm-module': { type: 'module' },
  'npm-workspace': { workspace: true },
  pnpm: { manager: 'pnpm' },
  'pnpm-workspace': { manager: 'pnpm', workspace: true },
  yarn: { manager: 'yarn' },
  'yarn-workspace': { manager: 'yarn', workspace: true },
  'node-20.11': { node: '20.11.0' },
  'node-22': { node: '22' },
  'node-24': { node: '24', type: 'module', dev: true },
  'typescript-5.4': { typescript: '5.4' },
  'typescript-5.9-node': { typescript: '5.9', module: 'commonjs', moduleResolution: 'node' },
  'typescript-6-nodenext': { typescript: '6.0', module: 'nodenext', moduleResolution: 'nodenext' },
  'typescript-6-bundler': {
    typescript: '6.0',
    module: 'preserve',
    moduleResolution: 'bundler',
    type: 'module',
  },
};

async function main(chosen: readonly string[]): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'try-projects-'));
  const failed: string[] = [];
  try {
    const tarball = pack(folder);
    for (const name of chosen) {
      const project = PROJECTS[name];
      if (project === undefined) {
        throw new Error(`there is no project ${name}: use ${Object.keys(PROJECTS).join(', ')}`);
      }
      const begin = Date.now();
      try {
        const cdk = cdkFor(project);
        await tryProject(project, path.join(folder, name), tarball, cdk);
        const seconds = Math.round((Date.now() - begin) / 1000);
        const dev = project.dev === true ? ', runs in dev' : '';
        say(`${name}: compiles and synthesizes with aws-cdk-lib ${cdk}${dev}, ${seconds} s`);
      } catch (error) {
        failed.push(name);
        say(`${name}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  say(`${chosen.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function pack(folder: string): string {
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [packed] = JSON.parse(output) as [{ readonly filename: string }];
  return path.join(folder, packed.filename);
}

/**
 * The CDK's package contains its validator. Yarn installs it from the registry nevertheless; a registry without it, such as a mirror that
 * lags behind, leaves Yarn the CDK that does not have one yet.
 */
function cdkFor({ manager }: Project): string {
  if (manager !== 'yarn' || CDK === FLOOR) {
    return CDK;
  }
  const wanted = view(`aws-cdk-lib@latest`, `dependencies[${VALIDATOR}]`);
  if (wanted === '' || view(`${VALIDATOR}@${wanted}`, 'version') !== '') {
    return CDK;
  }
  if (process.env.CI !== undefined) {
    throw new Error(`the registry has no ${VALIDATOR} ${wanted}, which the newest CDK needs`);
  }
  say(`the registry here has no ${VALIDATOR} ${wanted}, which Yarn needs for the newest CDK`);
  return FLOOR;
}

/** A field of a package on the registry; empty if there is no such version. */
function view(spec: string, field: string): string {
  const { stdout } = spawnSync('npm', ['view', spec, field], { encoding: 'utf8' });
  return stdout.trim();
}

async function tryProject(
  project: Project,
  folder: string,
  tarball: string,
  cdk: string,
): Promise<void> {
  const app = project.workspace === true ? path.join(folder, 'packages', 'shop') : folder;
  writeProject(project, folder, app, tarball, cdk);
  install(project, folder);
  const bin = [app, folder]
    .map((it) => path.join(it, 'node_modules', '.bin'))
    .filter((it) => fs.existsSync(it));
  // The project’s own programs first, among them its Node.js.
  const env = {
    ...process.env,
    PATH: [...bin, process.env.PATH].join(path.delimiter),
    SERVERLESS_APP_CACHE: 'off',
  };
  const { node } = project;
  if (node !== undefined) {
    const version = run(app, 'node', ['--version'], env).trim();
    if (!version.startsWith(`v${node}`)) {
      throw new Error(`the project must run on Node.js ${node}, got ${version}`);
    }
  }
  run(app, 'tsc', [], env);
  run(app, 'cdk', ['synth', '--quiet'], env);
  const template = path.join(app, 'cdk.out', 'Hello.template.json');
  if (!fs.readFileSync(template, 'utf8').includes('AWS::Lambda::Function')) {
    throw new Error('the template has no function');
  }
  if (project.dev === true) {
    await tryDev(app, env, path.join(ROOT, '.emulator'));
  }
}

function writeProject(
  project: Project,
  folder: string,
  app: string,
  tarball: string,
  cdk: string,
): void {
  const { workspace, type = 'commonjs', typescript = '6.0', node } = project;
  fs.mkdirSync(path.join(app, 'src'), { recursive: true });
  const packages = {
    private: true,
    type,
    dependencies: {
      'aws-cdk-lib': cdk,
      'cdk-serverless-app': `file:${tarball}`,
      constructs: '^10.5.0',
    },
    devDependencies: {
      '@types/aws-lambda': '^8.10.164',
      '@types/node': '^20.19.43',
      'aws-cdk': CDK_CLI,
      tsx: '^4.23.15',
      typescript: `~${typescript}.0`,
      ...(node === undefined ? {} : { node: /^\d+$/.test(node) ? `^${node}.0.0` : node }),
    },
  };
  write(app, 'package.json', JSON.stringify({ name: 'shop', ...packages }));
  if (workspace === true) {
    const top = { name: 'top', private: true, workspaces: ['packages/*'] };
    write(folder, 'package.json', JSON.stringify(top));
    write(folder, 'pnpm-workspace.yaml', 'packages: ["packages/*"]\n');
  }
  write(folder, '.yarnrc.yml', 'nodeLinker: node-modules\nnpmMinimalAgeGate: 0\n');
  write(folder, 'yarn.lock', '');
  write(app, 'app.ts', block("new Stack(new App(), 'Hello')"));
  write(path.join(app, 'src'), 'hello.ts', block('APIGatewayProxyHandlerV2 = async'));
  write(
    app,
    'cdk.json',
    JSON.stringify({ app: `node ${project.dev === true ? '' : '--import tsx '}app.ts` }),
  );
  write(app, 'tsconfig.json', JSON.stringify(compilerOptions(project)));
}

function compilerOptions({ module, moduleResolution }: Project): unknown {
  return {
    compilerOptions: {
      module: module ?? 'node16',
      ...(moduleResolution === undefined ? {} : { moduleResolution }),
      target: 'es2022',
      strict: true,
      noEmit: true,
      types: ['node'],
      esModuleInterop: true,
    },
    include: ['app.ts', 'src'],
  };
}

function install({ manager = 'npm' }: Project, folder: string): void {
  const exec = (program: string, command: string, args: readonly string[]): string =>
    run(folder, 'npx', ['--yes', `--package=${program}`, command, ...args], {
      ...process.env,
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false', // there is no lock yet, also in CI
    });
  if (manager === 'npm') {
    run(folder, 'npm', ['install', '--no-audit', '--no-fund'], process.env);
  } else if (manager === 'pnpm') {
    exec(PNPM, 'pnpm', ['install', '--no-frozen-lockfile']);
  } else {
    exec(YARN, 'yarn', ['install']);
  }
}

/** A block of the README with this text. */
function block(text: string): string {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  const found = blocks.find((code) => code.includes(text));
  if (found === undefined) {
    throw new Error(`README.md has no block with ${text}`);
  }
  return found;
}

function write(folder: string, file: string, text: string): void {
  fs.writeFileSync(path.join(folder, file), text);
}

function run(
  cwd: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): string {
  try {
    return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as {
      readonly stdout?: string;
      readonly stderr?: string;
    };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`.slice(0, 4000), {
      cause: error,
    });
  }
}

function say(text: string): void {
  process.stdout.write(`try-projects: ${text}\n`);
}

void main(process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PROJECTS));

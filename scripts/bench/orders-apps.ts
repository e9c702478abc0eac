import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { linkPackages, typescriptOf } from './packages';
import { ROOT } from './workspace';

const EXAMPLE = path.join(ROOT, 'examples', 'orders');

/** `examples/orders` as a user's project, in a separate folder. */
export interface OrdersApp {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** As on a machine that has never built it: no assembly, and neither our cache nor that of the TypeScript compiler. */
  makeCold(): void;
  remove(): void;
}

export interface OurOrders extends OrdersApp {
  /** The command that runs the app. */
  readonly command: string;
}

/** With this library, and with the `cdk.json` that the README gives, so that the figures apply to what the README recommends. */
export function ourOrders(): OurOrders {
  const config = cdkJsonOfReadme();
  const folder = makeFolder();
  fs.cpSync(EXAMPLE, folder, {
    recursive: true,
    filter: (source) => path.basename(source) !== 'cdk.out',
  });
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "name": "orders" }');
  fs.writeFileSync(path.join(folder, 'cdk.json'), config);
  linkPackages(folder, { 'cdk-serverless-app': ROOT });
  const { app: command } = JSON.parse(config) as { readonly app: string };
  return { ...finish(folder), command };
}

/**
 * In plain CDK: what `cdk init` makes, with `plain-orders` instead of its empty stack and with the same handlers. Its app command
 * checks the types first, with the TypeScript that it depends on.
 */
export function plainOrders(): OrdersApp {
  const folder = makeFolder();
  const cdk = path.join(ROOT, 'node_modules', '.bin', 'cdk');
  execFileSync(cdk, ['init', 'app', '--language', 'typescript', '--generate-only'], {
    cwd: folder,
    stdio: 'ignore',
  });
  fs.cpSync(path.join(ROOT, 'scripts', 'bench', 'plain-orders'), folder, { recursive: true });
  fs.cpSync(path.join(EXAMPLE, 'src'), path.join(folder, 'src'), { recursive: true });
  linkPackages(folder, { typescript: typescriptOf(folder) });
  return finish(folder);
}

/** The last part of the path names the project: `cdk init` calls its stack after it. */
function makeFolder(): string {
  const folder = path.join(
    fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'bench-')),
    'orders',
  );
  fs.mkdirSync(folder);
  return folder;
}

function finish(folder: string): OrdersApp {
  fs.writeFileSync(path.join(folder, 'package-lock.json'), '{}');
  // tsx keeps its compiled files in the folder for temporary files.
  const [cache, temporary] = ['cache', 'tmp'].map((name) => path.join(folder, '..', name));
  const makeCold = (): void => {
    for (const name of [path.join(folder, 'cdk.out'), cache, temporary]) {
      fs.rmSync(name ?? '', { recursive: true, force: true });
    }
    fs.mkdirSync(temporary ?? '');
  };
  makeCold();
  return {
    folder,
    environment: { ...process.env, SERVERLESS_APP_CACHE: cache, TMPDIR: temporary },
    makeCold,
    remove: () => {
      fs.rmSync(path.dirname(folder), { recursive: true, force: true });
    },
  };
}

function cdkJsonOfReadme(): string {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const config = /`cdk\.json`: `(\{.*?\})`/.exec(readme)?.[1];
  if (config === undefined) {
    throw new Error('README.md does not say what cdk.json holds');
  }
  return config;
}

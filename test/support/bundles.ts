import { Stack } from 'aws-cdk-lib';
import { AppFunctionOptions, ServerlessApp } from 'cdk-serverless-app';
import { execFileSync } from 'node:child_process';
import { fs, path, bundlingCdkApp, resources, tempFolder, templateOf } from './synth';
import { Files } from './write-files';

const FUNCTION = 'AWS::Lambda::Function';

/** A stack whose app has the handlers of a folder. */
export function appOf(
  root: string,
  context: Record<string, unknown> = {},
): { app: ServerlessApp; stack: Stack; outdir: string } {
  const cdk = bundlingCdkApp({ context });
  const stack = new Stack(cdk, 'Test');
  return { app: new ServerlessApp(stack, 'App', { root }), stack, outdir: cdk.outdir };
}

/** The asset hash of each function by its id. */
export function hashes(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    Object.entries(resources(stack, FUNCTION)).map(([id, { Properties = {} }]) => {
      const { S3Key } = Properties.Code as { S3Key: string };
      return [id.replace(/^App|Function.*$/g, ''), S3Key.replace('.zip', '')];
    }),
  );
}

/** The folder of the only asset with code. */
export function assetFolder(outdir: string): string {
  const folders = fs.readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  if (folders.length !== 1) {
    throw new Error(`there must be one asset, got ${folders.join(', ')}`);
  }
  return path.join(outdir, folders[0] ?? '');
}

/** Bundles one entry of some files; the folder of its asset. */
export function bundle(
  files: Files,
  options: AppFunctionOptions = {},
  entry = Object.keys(files)[0] ?? '',
): string {
  return bundleIn(tempFolder(files), entry, options);
}

/** Bundles one entry of a folder; the folder of its asset. */
export function bundleIn(root: string, entry: string, options: AppFunctionOptions = {}): string {
  const { app, stack, outdir } = appOf(root);
  app.addFunction('F', { entry, ...options });
  templateOf(stack);
  return assetFolder(outdir);
}

/** How Lambda would run an asset. */
export interface RunOptions {
  readonly handler?: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly event?: unknown;
}

/** Runs a bundle as Lambda does: imports the module in its folder, and calls the export. */
export function run(folder: string, options: RunOptions = {}): unknown {
  const { handler = 'handler', flags = [], environment = {}, event = { name: 'Ada' } } = options;
  const main = fs.readdirSync(folder).find((name) => /^index\.[cm]?js$/.test(name)) ?? 'index.mjs';
  const script = `
    const module = await import(${JSON.stringify(path.join(folder, main))});
    process.stdout.write(JSON.stringify(await module.${handler}(${JSON.stringify(event)}, {})));`;
  const args = [...flags, '--input-type=module', '--eval', script];
  const env = { ...process.env, ...environment, LAMBDA_TASK_ROOT: folder };
  const text = execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env,
    stdio: 'pipe',
  });
  return JSON.parse(text);
}

/** What a deployed function is given in its environment, by the function's id. */
export function environments(stack: Stack): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(resources(stack, FUNCTION)).map(([id, { Properties = {} }]) => {
      const { Variables = {} } = (Properties.Environment ?? {}) as {
        Variables?: Record<string, string>;
      };
      return [id.replace(/^App|Function.*$/g, ''), Variables];
    }),
  );
}

/** A file of that size which takes no place on the disk. */
export function sparse(bytes: number): string {
  const file = path.join(tempFolder({ large: '' }), 'large');
  fs.truncateSync(file, bytes);
  return file;
}

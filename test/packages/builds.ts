import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { BundlingFormat, BundlingOptions, ServerlessApp } from 'cdk-serverless-app';
import * as esbuild from 'esbuild';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** An asset, and what synthesis printed; no asset where it ended with an error. */
export interface Build {
  readonly asset?: string;
  readonly messages: readonly string[];
}

/** As esbuild bundles for Node.js by default. */
export function buildPlain(source: string, outdir: string): Build {
  try {
    esbuild.buildSync({
      entryPoints: [path.join(source, 'main.ts')],
      outfile: path.join(outdir, 'index.js'),
      bundle: true,
      platform: 'node',
      target: 'node24',
      logLevel: 'silent',
    });
    return { asset: outdir, messages: [] };
  } catch (error) {
    return { messages: (error as esbuild.BuildFailure).errors.map(({ text }) => text) };
  }
}

/** As the CDK’s `NodejsFunction` bundles a function. The SDK is in the asset, since no runtime provides it here. */
export function buildByCdk(source: string, outdir: string, project: string): Build {
  const cdk = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(cdk, 'Test');
  try {
    new NodejsFunction(stack, 'F', {
      entry: path.join(source, 'main.ts'),
      projectRoot: project,
      depsLockFilePath: path.join(project, 'package-lock.json'),
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: architectureHere(),
      bundling: { bundleAwsSDK: true },
    });
    cdk.synth();
    return { asset: assetIn(outdir), messages: [] };
  } catch {
    return { messages: ['esbuild ends with an error'] }; // which it printed
  }
}

/** As this library bundles a function. */
export function buildHere(source: string, outdir: string, bundling: BundlingOptions): Build {
  const cdk = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(cdk, 'Test');
  const app = new ServerlessApp(stack, 'App', { root: source });
  app.addFunction('F', { entry: 'main.ts', bundling, architecture: architectureHere() });
  try {
    const { messages } = cdk.synth().getStackByName('Test');
    const texts = messages
      .filter(({ level }) => ['warning', 'error'].includes(level))
      .map(({ entry }) => textOf(entry.data));
    return { asset: assetIn(outdir), messages: texts };
  } catch (error) {
    return { messages: [(error as Error).message] };
  }
}

function architectureHere(): lambda.Architecture {
  return process.arch === 'arm64' ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64;
}

function assetIn(outdir: string): string {
  const name = fs.readdirSync(outdir).find((it) => it.startsWith('asset.')) ?? '';
  return path.join(outdir, name);
}

function textOf(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data);
}

/** The options that messages recommend, added to those that the function has; undefined where they add nothing. */
export function recommended(
  messages: readonly string[],
  options: BundlingOptions,
): BundlingOptions | undefined {
  const text = messages.join('\n');
  const lists = (name: string): string[] =>
    [...text.matchAll(new RegExp(`\\b${name}: (\\[[^\\]]*\\])`, 'g'))].flatMap(
      ([, list = '[]']) => JSON.parse(list) as string[],
    );
  const union = (some: readonly string[] = [], more: readonly string[]): string[] | undefined => {
    const all = [...new Set([...some, ...more])];
    return all.length === 0 ? undefined : all;
  };
  const next: BundlingOptions = {
    ...options,
    nodeModules: union(options.nodeModules, lists('nodeModules')),
    externalModules: union(options.externalModules, lists('externalModules')),
    ...(text.includes('installScripts: true') ? { installScripts: true } : {}),
    ...(text.includes('format: BundlingFormat.CJS') ? { format: BundlingFormat.CJS } : {}),
  };
  return JSON.stringify(next) === JSON.stringify(options) ? undefined : next;
}

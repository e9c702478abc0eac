import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT, Workspace } from './workspace';

/**
 * The code that synthesizes the functions of a workspace: `app` creates their scope, with `shards` nested stacks if there are any,
 * and `add` declares function `i` with its `entry`.
 */
const SIDES = {
  ours: `
    const { ServerlessApp, Sharding } = require(${JSON.stringify(path.join(ROOT, 'dist'))});
    const app = (stack, shards) =>
      new ServerlessApp(stack, 'App', { root: '.', sharding: shards > 0 ? Sharding.nestedStacks(shards) : undefined });
    const add = (app, i, entry) => app.addFunction('F' + i, { entry });`,
  oursInline: `
    const { ServerlessApp } = require(${JSON.stringify(path.join(ROOT, 'dist'))});
    const { Code, Runtime } = require('aws-cdk-lib/aws-lambda');
    const app = (stack) => new ServerlessApp(stack, 'App');
    const add = (app, i) => app.addFunction('F' + i, {
      code: Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
    });`,
  nodejsFunctionSdkBundled: nodejsFunction('bundling: { bundleAwsSDK: true }'),
  nodejsFunctionDefault: nodejsFunction(''),
  inline: `
    const { NestedStack } = require('aws-cdk-lib');
    const { Function: Fn, Code, Runtime } = require('aws-cdk-lib/aws-lambda');
    const app = (stack, shards) =>
      shards > 0 ? Array.from({ length: shards }, (_, i) => new NestedStack(stack, 'Shard' + i)) : [stack];
    const add = (stacks, i) => new Fn(stacks[i % stacks.length], 'F' + i, {
      code: Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
    });`,
  // Retries and a failure queue as in ours. In plain CDK: four resources a function, and for 150 functions more than the quota of 500.
  inlineWithFailureQueue: `
    const { Duration } = require('aws-cdk-lib');
    const { Function: Fn, Code, Runtime } = require('aws-cdk-lib/aws-lambda');
    const { SqsDestination } = require('aws-cdk-lib/aws-lambda-destinations');
    const { Queue } = require('aws-cdk-lib/aws-sqs');
    const app = (stack) => {
      stack.node.setContext('@aws-cdk/core:stackResourceLimit', 0);
      return { stack, onFailure: new SqsDestination(new Queue(stack, 'Failures')) };
    };
    const add = ({ stack, onFailure }, i) => new Fn(stack, 'F' + i, {
      code: Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
      retryAttempts: 2, maxEventAge: Duration.hours(6), onFailure,
    });`,
} as const;

function nodejsFunction(bundling: string): string {
  return `
    const { NodejsFunction } = require('aws-cdk-lib/aws-lambda-nodejs');
    const { Runtime } = require('aws-cdk-lib/aws-lambda');
    const app = (stack) => stack;
    const add = (stack, i, entry) => new NodejsFunction(stack, 'F' + i, {
      entry, runtime: Runtime.NODEJS_24_X, projectRoot: '.', depsLockFilePath: 'package-lock.json', ${bundling}
    });`;
}

export type Side = keyof typeof SIDES;

export interface SynthOptions {
  /** Whether the cloud assembly of the last run exists, as for a user who synthesizes again. */
  readonly again?: boolean;
  readonly shards?: number;
}

export interface Synthesis {
  /** Milliseconds, without the time to load the CDK. */
  readonly ms: number;
  /** The peak of the process's resident memory; the memory of esbuild's own process is not included. */
  readonly mb: number;
}

/** The folder that a side synthesizes to. */
export function outdirOf(workspace: Workspace, side: Side): string {
  return path.join(workspace.folder, `out-${side}`);
}

/** One synthesis in a fresh process. */
export function synthesize(
  workspace: Workspace,
  side: Side,
  { again = false, shards = 0 }: SynthOptions = {},
): Synthesis {
  const outdir = outdirOf(workspace, side);
  const script = path.join(workspace.folder, `${side}.cjs`);
  fs.writeFileSync(
    script,
    `const { App, Stack } = require('aws-cdk-lib');
    ${SIDES[side]}
    const entries = require('node:fs').readdirSync('src').sort();
    const start = performance.now();
    const cdk = new App({ outdir: ${JSON.stringify(outdir)}, builtinCloudFormationValidation: false });
    const scope = app(new Stack(cdk, 'Stack'), ${shards});
    entries.forEach((entry, i) => add(scope, i, 'src/' + entry));
    cdk.synth();
    const ms = performance.now() - start;
    console.log(JSON.stringify({ ms, mb: process.resourceUsage().maxRSS / 1024 }));`,
  );
  if (!again) {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
  const output = execFileSync(process.execPath, [script], {
    cwd: workspace.folder,
    env: { ...process.env, SERVERLESS_APP_CACHE: workspace.cache },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Synthesis;
}

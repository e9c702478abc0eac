import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT, Workspace } from './workspace';

/** What synthesizes the functions of a workspace; each a body that declares function `i` with its `entry`. */
const SIDES = {
  ours: `
    const { ServerlessApp } = require(${JSON.stringify(path.join(ROOT, 'dist'))});
    const app = (stack) => new ServerlessApp(stack, 'App', { root: '.' });
    const add = (app, i, entry) => app.addFunction('F' + i, { entry });`,
  nodejsFunctionSdkBundled: `
    const { NodejsFunction } = require('aws-cdk-lib/aws-lambda-nodejs');
    const { Runtime } = require('aws-cdk-lib/aws-lambda');
    const app = (stack) => stack;
    const add = (stack, i, entry) => new NodejsFunction(stack, 'F' + i, {
      entry, runtime: Runtime.NODEJS_24_X, projectRoot: '.', depsLockFilePath: 'package-lock.json', bundling: { bundleAwsSDK: true },
    });`,
  nodejsFunctionDefault: `
    const { NodejsFunction } = require('aws-cdk-lib/aws-lambda-nodejs');
    const { Runtime } = require('aws-cdk-lib/aws-lambda');
    const app = (stack) => stack;
    const add = (stack, i, entry) => new NodejsFunction(stack, 'F' + i, {
      entry, runtime: Runtime.NODEJS_24_X, projectRoot: '.', depsLockFilePath: 'package-lock.json',
    });`,
  inline: `
    const { Function: Fn, Code, Runtime } = require('aws-cdk-lib/aws-lambda');
    const app = (stack) => stack;
    const add = (stack, i) => new Fn(stack, 'F' + i, {
      code: Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
    });`,
} as const;

export type Side = keyof typeof SIDES;

/** Milliseconds of one synthesis in a fresh process, without the time to load the CDK. */
export function synthesize(
  workspace: Workspace,
  side: Side,
  outdir = 'cdk.out',
  keep = false,
): number {
  const script = path.join(workspace.folder, `${side}.cjs`);
  fs.writeFileSync(
    script,
    `const { App, Stack } = require('aws-cdk-lib');
    ${SIDES[side]}
    const entries = require('node:fs').readdirSync('src').sort();
    const start = performance.now();
    const cdk = new App({ outdir: ${JSON.stringify(outdir)}, builtinCloudFormationValidation: false });
    const scope = app(new Stack(cdk, 'Stack'));
    entries.forEach((entry, i) => add(scope, i, 'src/' + entry));
    cdk.synth();
    console.log(performance.now() - start);`,
  );
  if (!keep) {
    fs.rmSync(path.join(workspace.folder, outdir), { recursive: true, force: true });
  }
  const output = execFileSync(process.execPath, [script], {
    cwd: workspace.folder,
    env: { ...process.env, SERVERLESS_APP_CACHE: workspace.cache },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return Number(output.trim().split('\n').at(-1));
}

/** Milliseconds to import each function's code in a fresh process; the mean over the functions. */
export function initTime(workspace: Workspace, outdir: string): number {
  const folder = path.join(workspace.folder, outdir);
  const assets = fs.readdirSync(folder).filter((name) => name.startsWith('asset.'));
  const times = assets.map((asset) => {
    const file =
      ['index.mjs', 'index.js']
        .map((name) => path.join(folder, asset, name))
        .find((name) => fs.existsSync(name)) ?? '';
    const code = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start);`;
    return Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
        cwd: workspace.folder,
        encoding: 'utf8',
        // The SDK's warning about the Node.js here takes time that there is not on Lambda.
        env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  });
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}
